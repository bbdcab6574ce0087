// Search: a dialog anywhere (the button, Ctrl+K, / s f) and the page /search/. The index is not
// asked for before somebody searches. Without this file the button is a link to /search/.
import { begin, find } from "./index.js";
import { knowNames, namesFor } from "./names.js";

const ROOT = new URL("../", import.meta.url);
const PAGE = new URL("search/", ROOT);
const KEYS_OFF = "gone-dark-no-single-keys";
const IN_DIALOG = 8;
const ON_PAGE = 20;
const PAUSE_MS = 80;
const SHORT = 3; // letters: fewer begin so many words that it is worth waiting for more of them
const LONG_PAUSE_MS = 250;
const pause = (words) => new Promise((done) => setTimeout(done, words.length < SHORT ? LONG_PAUSE_MS : PAUSE_MS));

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** An excerpt as text and <mark>, whatever else its HTML may hold. */
function excerpt(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  const line = element("p", { class: "gd-search__excerpt" });
  for (const node of parsed.childNodes) {
    line.append(node.nodeName === "MARK" ? element("mark", {}, node.textContent) : node.textContent);
  }
  return line;
}

/** An address inside this site, or the site's root for anything else. */
function within(url) {
  const target = new URL(url, ROOT);
  return target.origin === ROOT.origin ? target.pathname + target.search + target.hash : ROOT.pathname;
}

function entry({ url, meta, excerpt: html }) {
  const facts = [meta.date, meta.place, meta.standing && `cause ${meta.standing}`].filter(Boolean).join(" · ");
  const item = element("li", {}, element("a", { href: within(url) }, meta.title || url));
  if (facts) item.append(element("p", { class: "gd-search__facts" }, facts));
  item.append(excerpt(html));
  return item;
}

/** The pages that bear the name searched for, in a line above the incidents. */
function pagesLine(pages) {
  const links = pages.map(({ url, kind, label, count }) =>
    element("li", {}, element("a", { href: url }, label), ` ${kind.toLowerCase()}, ${count}`),
  );
  return element("ul", { class: "gd-search__pages", "aria-label": "Pages of this name" }, ...links);
}

/** A search field with its results; `size` at a time, the rest behind `further`. */
function searchBox(size, further) {
  const input = element("input", {
    type: "text", inputmode: "search", enterkeyhint: "search", autocomplete: "off", spellcheck: "false",
    maxlength: "200", "aria-label": "Search the archive", placeholder: "A country, a network, a cause, a year",
  });
  const status = element("p", { class: "gd-search__status", role: "status" });
  const list = element("ol", { class: "gd-search__results" });
  const form = element("form", { class: "gd-search", role: "search" }, input, status, list);
  let turn = 0;
  let asWritten = "";
  let pending = Promise.resolve();

  /** Show more of what was found, each as soon as it and those before it are there. */
  async function append({ found, shown: words }, from, mine) {
    form.querySelector(".gd-search__further")?.remove();
    const asked = Array.from({ length: Math.min(size, found.length - from) }, (_, at) => found.tell(from + at));
    asked.forEach((each) => each.catch(() => {})); // whichever fails, it is told where it is awaited
    for (const [at, each] of asked.entries()) {
      const item = entry(await each);
      if (mine !== turn) return;
      if (at || from) list.append(item);
      else list.replaceChildren(item); // what was found before stays until there is something new
    }
    const shown = from + asked.length;
    if (shown >= found.length) return;
    const more = further(words, found.length, () => append({ found, shown: words }, shown, mine));
    more.classList.add("gd-search__further");
    form.append(more);
  }

  function again(name, act) {
    const button = element("button", { type: "button", class: "gd-search__meant" }, name);
    button.addEventListener("click", () => {
      act();
      input.dispatchEvent(new Event("input"));
      input.focus();
    });
    return button;
  }

  /** What the words give, or what a name gives that they mean and that no incident spells as they do. */
  async function sought(words, isWanted) {
    const names = namesFor(words);
    const found = await find(words, isWanted);
    const { pages, right } = await names;
    const wrong = right ? words.split(/\s+/).filter((word) => !right.includes(word)) : [];
    if (!right || words === asWritten || (await found.says(...wrong))) return { found, pages, right, shown: words };
    return { found: await find(right, isWanted), pages: (await namesFor(right)).pages, shown: right };
  }

  function told({ found, right, shown }, words) {
    const count = `${found.length || "No"} ${found.length === 1 ? "result" : "results"} for “${shown}”`;
    if (shown !== words) return [`${count}. `, again(`Only “${words}”`, () => { asWritten = words; })];
    return right ? [`${count}. Did you mean `, again(right, () => { input.value = right; }), "?"] : [count];
  }

  async function search() {
    const words = input.value.trim();
    const mine = ++turn;
    if (words) await pause(words);
    if (mine !== turn) return;
    try {
      const answer = words ? await sought(words, () => mine === turn) : { found: { length: 0 }, pages: [] };
      if (mine !== turn) return;
      form.querySelector(".gd-search__pages")?.remove();
      if (answer.pages.length) list.before(pagesLine(answer.pages));
      if (!answer.found.length) list.replaceChildren();
      await append(answer, 0, mine);
      if (mine === turn) status.replaceChildren(...(words ? told(answer, words) : []));
    } catch {
      const browse = element("a", { href: new URL("incidents/", ROOT).pathname }, "the list of all incidents");
      status.replaceChildren("Search could not be started. Everything is also in ", browse, ".");
    }
  }

  input.addEventListener("input", () => { pending = search(); });
  input.addEventListener("focus", () => {
    begin().catch(() => {});
    knowNames();
  }, { once: true });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await pending; // what is in the list may have been found for other words
    list.querySelector("a")?.click();
  });
  form.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [input, ...form.querySelectorAll(":is(.gd-search__pages, .gd-search__results) a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (next) next.focus();
    event.preventDefault();
  });
  return { form, input, search };
}

function pageOf(words) {
  const target = new URL(PAGE);
  target.searchParams.set("q", words);
  return target.pathname + target.search;
}

let dialog;

function open() {
  dialog ??= makeDialog();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
}

function makeDialog() {
  const all = (words, total) => element("a", { href: pageOf(words) }, `All ${total} results`);
  const { form } = searchBox(IN_DIALOG, all);
  const close = element("button", { type: "button", class: "gd-search__close", "aria-label": "Close search" }, "Esc");
  const made = element("dialog", { class: "gd-search-dialog", role: "dialog", "aria-label": "Search" }, form);
  form.querySelector("input").after(close);
  close.addEventListener("click", () => made.close());
  made.addEventListener("click", (event) => event.target === made && made.close());
  document.body.append(made);
  return made;
}

function fillPage(slot) {
  const more = (words, total, show) => {
    const button = element("button", { type: "button" }, `More of ${total}`);
    button.addEventListener("click", show);
    return button;
  };
  const { form, input, search } = searchBox(ON_PAGE, more);
  slot.append(form);
  input.value = new URL(location).searchParams.get("q") ?? "";
  input.addEventListener("input", () => history.replaceState(null, "", pageOf(input.value.trim())));
  slot.append(keySwitch());
  if (input.value) search();
  input.focus();
}

function singleKeys() {
  try { return localStorage.getItem(KEYS_OFF) === null; } catch { return true; }
}

/** People who speak to their computers need single keys to do nothing (WCAG 2.1.4). */
function keySwitch() {
  const box = element("input", { type: "checkbox" });
  box.checked = singleKeys();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(KEYS_OFF);
      else localStorage.setItem(KEYS_OFF, "1");
    } catch { /* storage is switched off: nothing to remember it in */ }
  });
  const keys = ["/", "s", "f"].flatMap((key) => [element("kbd", {}, key), " "]);
  return element("p", { class: "gd-search__keys" }, element("label", {}, box, " Open search with the single keys ", ...keys));
}

function isTyping(target) {
  // The field of a dialog just closed can still have the focus for a moment.
  if (target.closest?.("dialog:not([open])")) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.nodeName);
}

function onKey(event) {
  const { key, altKey, ctrlKey, metaKey } = event;
  const chord = (ctrlKey || metaKey) && !altKey && key.toLowerCase() === "k";
  const plain = !ctrlKey && !metaKey && !altKey && ["/", "s", "f"].includes(key);
  if (!chord && !(plain && singleKeys() && !isTyping(event.target))) return;
  event.preventDefault();
  open();
}

const button = document.querySelector(".gd-search-button");
document.addEventListener("keydown", onKey);
button?.setAttribute("aria-keyshortcuts", "Control+K /");
button?.querySelector("kbd")?.classList.toggle("gd-sr", !singleKeys());
button?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open();
});
const slot = document.querySelector(".gd-search-slot");
if (slot) fillPage(slot);
