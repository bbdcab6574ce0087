// The list of all incidents, narrowed by facets: what is chosen stands in the address. Without this
// file the page is a plain list with links to the pages by country, cause, year and the rest.
import { element, facetBox } from "./facet.js";

const ROOT = new URL("../", import.meta.url);
const PAGE_ROWS = 100;
const CELLS = 8; // of a row, before its facets

/** What words are sought in: date, title, places, and what each facet calls an incident. */
function textsOf(facets, rows) {
  const said = facets.map(({ values }) => values.map(([, words]) => words.toLowerCase()));
  return rows.map((row) => {
    const labels = said.flatMap((labels, at) => row[CELLS + at].map((value) => labels[value]));
    return `${row[0]} ${row[1]} ${row[2]} ${labels.join(" ")}`.toLowerCase();
  });
}

/** What is chosen: values by facet, words, years, and the order. */
function fromAddress(facets) {
  const given = new URL(location).searchParams;
  const chosen = facets.map(({ key, values }) => {
    const keys = new Set(given.getAll(key));
    return new Set(values.flatMap(([value], at) => (keys.has(value) ? [at] : [])));
  });
  return {
    chosen,
    words: given.get("words") ?? "",
    from: given.get("from") ?? "",
    to: given.get("to") ?? "",
    order: given.get("order") === "longest" ? "longest" : "newest",
  };
}

function toAddress({ facets }, state) {
  const target = new URL(location);
  target.search = "";
  facets.forEach(({ key, values }, at) => {
    for (const value of state.chosen[at]) target.searchParams.append(key, values[value][0]);
  });
  for (const name of ["words", "from", "to"]) if (state[name]) target.searchParams.set(name, state[name]);
  if (state.order !== "newest") target.searchParams.set("order", state.order);
  history.replaceState(null, "", target.pathname + target.search);
}

/** For each row a number with one bit per facet that lets it through, and the words and years. */
function passes({ facets, rows, texts }, { chosen, words, from, to }) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const masks = chosen.map((values, at) => {
    const mask = new Uint8Array(facets[at].values.length);
    for (const value of values) mask[value] = 1;
    return values.size ? mask : null;
  });
  return rows.map((row, place) => {
    const year = row[0].slice(0, 4);
    if ((from && year < from) || (to && year > to)) return -1;
    if (!wanted.every((word) => texts[place].includes(word))) return -1;
    let failed = 0;
    for (let at = 0; at < masks.length; at += 1) {
      if (masks[at] && !row[CELLS + at].some((value) => masks[at][value])) failed |= 1 << at;
    }
    return failed;
  });
}

/** How many incidents each value would give, all other facets being as they are. */
function countsOf({ facets, rows }, failed) {
  const counts = facets.map(({ values }) => new Uint32Array(values.length));
  rows.forEach((row, place) => {
    const bits = failed[place];
    if (bits < 0) return;
    for (let at = 0; at < counts.length; at += 1) {
      if (bits & ~(1 << at)) continue;
      for (const value of row[CELLS + at]) counts[at][value] += 1;
    }
  });
  return counts;
}

function incidentRow([id, title, places, length, what, standing, evidence]) {
  const cell = (text, kind = "td", attributes = {}) => element(kind, attributes, text);
  const link = element("a", { href: `${id}/` }, title);
  const date = element("time", { datetime: id.slice(0, 10) }, id.slice(0, 10));
  const shape = document.querySelector(`#gd-shapes [data-standing="${standing}"]`);
  const word = element("span", { class: `standing standing--${standing}` });
  if (shape) word.append(shape.firstElementChild.cloneNode(true), " ");
  word.append(standing);
  return element(
    "tr", {}, cell(date, "td", { class: "gd-date" }), cell(link, "th", { scope: "row" }), cell(places),
    cell(length, "td", { class: "gd-figurecell" }), cell(what), cell(word), cell(evidence),
  );
}

/** What is chosen, each with a button that takes it out again. */
function chips(facets, state, changed) {
  const chip = (kind, words, out) => {
    const button = element("button", { type: "button", "aria-label": `Take out ${kind}: ${words}` }, element("b", {}, `${kind} `), words, " ×");
    button.addEventListener("click", () => {
      out();
      changed();
    });
    return element("li", {}, button);
  };
  const values = facets.flatMap(({ label, values }, at) =>
    [...state.chosen[at]].map((value) => chip(label, values[value][1], () => state.chosen[at].delete(value))),
  );
  const fields = [["words", "Words"], ["from", "From"], ["to", "To"]].filter(([name]) => state[name]);
  return [...values, ...fields.map(([name, kind]) => chip(kind, state[name], () => { state[name] = ""; }))];
}

function yearField(name, label, years, state, changed) {
  const options = ["", ...years].map((year) => element("option", { value: year }, year || "any"));
  const field = element("select", { name }, ...options);
  field.value = state[name];
  field.addEventListener("change", () => {
    state[name] = field.value;
    changed();
  });
  return { field, label: element("label", {}, `${label} `, field) };
}

function start(slot, data) {
  const facets = data.facets.map(([key, label, values]) => ({ key, label, values }));
  const rows = data.rows;
  const table = { facets, rows, texts: textsOf(facets, rows) };
  const years = [...new Set(rows.map((row) => row[0].slice(0, 4)))].sort();
  const state = fromAddress(facets);
  const body = document.querySelector(".gd-list tbody");
  const scroller = body.closest(".gd-scroll");
  const status = element("p", { class: "gd-browse__status", role: "status" });
  const more = element("button", { type: "button", class: "gd-browse__more" }, "Show more");
  const clear = element("button", { type: "button", class: "gd-browse__clear" }, "Clear all");
  const picked = element("ul", { class: "gd-chips", "aria-label": "Chosen" });
  let shown = PAGE_ROWS;
  let found = [];

  function list() {
    body.replaceChildren(...found.slice(0, shown).map((place) => incidentRow(rows[place])));
    more.hidden = found.length <= shown;
    more.textContent = `Show ${Math.min(PAGE_ROWS, found.length - shown).toLocaleString("en")} more of ${found.length.toLocaleString("en")}`;
  }

  function update() {
    const failed = passes(table, state);
    found = failed.flatMap((bits, place) => (bits === 0 ? [place] : []));
    if (state.order === "longest") found.sort((one, other) => rows[other][7] - rows[one][7] || one - other);
    const counts = countsOf(table, failed);
    boxes.forEach((box, at) => box.show(counts[at]));
    const any = state.words || state.from || state.to || state.chosen.some((values) => values.size);
    clear.hidden = !any;
    picked.replaceChildren(...chips(facets, state, takenOut));
    picked.hidden = !any;
    const all = `${rows.length.toLocaleString("en")} ${rows.length === 1 ? "incident" : "incidents"}`;
    status.textContent = any ? `${found.length.toLocaleString("en")} of ${all}` : all;
    list();
  }

  function changed() {
    shown = PAGE_ROWS;
    update();
    toAddress(table, state);
  }

  function takenOut() {
    for (const [field, name] of [[words, "words"], [from.field, "from"], [to.field, "to"]]) field.value = state[name];
    changed();
    (picked.querySelector("button") ?? status).focus();
  }

  const boxes = facets.map((facet, at) => facetBox(facet, state.chosen[at], changed));
  const words = element("input", { type: "text", inputmode: "search", autocomplete: "off", spellcheck: "false", value: state.words });
  words.addEventListener("input", () => {
    state.words = words.value.trim();
    changed();
  });
  const from = yearField("from", "From", years, state, changed);
  const to = yearField("to", "to", years, state, changed);
  const order = element("select", {}, element("option", { value: "newest" }, "newest first"), element("option", { value: "longest" }, "longest first"));
  order.value = state.order;
  order.addEventListener("change", () => {
    state.order = order.value;
    changed();
  });
  more.addEventListener("click", () => {
    const at = shown;
    shown += PAGE_ROWS;
    list();
    body.rows[at]?.querySelector("a").focus();
  });
  clear.addEventListener("click", () => {
    for (const values of state.chosen) values.clear();
    Object.assign(state, { words: "", from: "", to: "" });
    takenOut();
  });
  status.tabIndex = -1;

  const line = element("div", { class: "gd-browse__line" }, element("label", { class: "gd-browse__words" }, "Words in title, place, network, cause ", words), element("span", { class: "gd-browse__years" }, from.label, " ", to.label), element("label", {}, "Order ", order));
  const panel = element("details", { class: "gd-browse__facets" }, element("summary", {}, "Narrow down"), ...boxes.map(({ group }) => group));
  panel.open = matchMedia("(min-width: 60rem)").matches;
  slot.replaceChildren(line, panel);
  const head = element("div", { class: "gd-browse__head" }, status, clear);
  scroller.before(head, picked);
  scroller.after(more);
  document.querySelector(".gd-browse").classList.add("is-live");
  document.querySelector(".gd-pages")?.remove();
  update();
}

const slot = document.querySelector(".gd-browse__slot");
if (slot) {
  try {
    const answer = await fetch(new URL("data/browse.json", ROOT));
    if (!answer.ok) throw new Error(`the list answered ${answer.status}`);
    start(slot, await answer.json());
  } catch (error) {
    slot.replaceChildren(element("p", { class: "gd-note" }, "The list could not be made searchable. Everything is in it below, and by country, cause and year under Explore."));
  }
}
