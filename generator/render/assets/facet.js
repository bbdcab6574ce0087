// One facet of the list of incidents: its values as boxes, each with how many it would give.
const OPEN = new Set(["region", "cause", "standing", "length"]);
const FIXED = new Set(["length", "year", "region"]); // have an order of their own
const MANY = 12; // values that need a field to find one of them
const SEEN = 60; // values of a facet shown at once

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** One value of a facet: a box with how many it would give. */
function valueItem(key, [value, words, level], chosen, at, changed) {
  const box = element("input", { type: "checkbox", name: key, value });
  box.addEventListener("change", () => {
    if (box.checked) chosen.add(at);
    else chosen.delete(at);
    changed();
  });
  const number = element("span", { class: "gd-facet__count" });
  const item = element("li", level ? { class: "is-part" } : {}, element("label", {}, box, element("span", { class: "gd-facet__name" }, words), number));
  const show = (count) => {
    number.textContent = count.toLocaleString("en");
    box.checked = chosen.has(at);
    item.classList.toggle("is-empty", !count && !box.checked);
  };
  return { item, show };
}

/** The values of a facet to be seen: those chosen first, then those that would give most. */
function inOrder({ key, values }, chosen, counts, wanted) {
  const found = values.flatMap(([, words], at) => (!wanted || words.toLowerCase().includes(wanted) ? [at] : []));
  if (FIXED.has(key)) return found;
  const rank = (at) => (chosen.has(at) ? 1e9 : 0) + counts[at];
  return found.sort((one, other) => rank(other) - rank(one) || one - other);
}

/** One facet: a group of boxes, and how to show other counts. Only those seen are made, as there may be thousands of networks. */
export function facetBox(facet, chosen, changed) {
  const { key, label, values } = facet;
  const made = new Map();
  const itemOf = (at) => made.get(at) ?? made.set(at, valueItem(key, values[at], chosen, at, changed)).get(at);
  const list = element("ul");
  const told = element("span", { class: "gd-facet__chosen" });
  const find = element("input", { type: "text", "aria-label": `Find in: ${label}`, placeholder: `Find one of ${values.length.toLocaleString("en")}`, autocomplete: "off" });
  const rest = element("p", { class: "gd-facet__rest" });
  const group = element("details", { class: "gd-facet" }, element("summary", {}, label, " ", told), ...(values.length > MANY ? [find] : []), list, rest);
  let counts = [];
  let seen = [];

  function fill() {
    const order = inOrder(facet, chosen, counts, find.value.trim().toLowerCase());
    seen = order.slice(0, SEEN);
    list.replaceChildren(...seen.map((at) => itemOf(at).item));
    rest.textContent = order.length > SEEN ? `and ${(order.length - SEEN).toLocaleString("en")} more: find them by name` : "";
  }

  function draw() {
    if (!group.open) return;
    // What somebody is going through by keyboard stays where it is.
    if (!list.contains(document.activeElement)) fill();
    for (const at of seen) itemOf(at).show(counts[at]);
  }

  find.addEventListener("input", () => {
    fill();
    draw();
  });
  group.addEventListener("toggle", draw);
  group.open = OPEN.has(key) || chosen.size > 0;
  return {
    group,
    show(now) {
      counts = now;
      told.textContent = chosen.size ? `${chosen.size} chosen` : "";
      draw();
    },
  };
}
