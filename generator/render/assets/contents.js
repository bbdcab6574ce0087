// The contents of a page: marks the section that is read, and closes on a phone once one is chosen.
// Without this file the list is a list.

/** The last section that begins above the upper third of the window; at the foot the last of all. */
function read(sections) {
  if (scrollY + innerHeight >= document.documentElement.scrollHeight - 2) return sections.at(-1);
  return sections.filter((section) => section.getBoundingClientRect().top <= innerHeight / 3).at(-1);
}

function start(contents) {
  const links = new Map([...contents.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const sections = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  let waiting = 0;
  const mark = () => {
    waiting = 0;
    const here = read(sections)?.id;
    for (const [id, link] of links) {
      if (id === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  addEventListener("scroll", () => { waiting ||= requestAnimationFrame(mark); }, { passive: true });
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
  });
  mark();
}

const contents = document.querySelector(".gd-toc");
if (contents) start(contents);
