// The list of all incidents, narrowed by facets: what is chosen stands in the address. Without this
// file the page is a plain list with links to the pages by country, cause, year and the rest.
import { element, facetBox } from "./facet.js";
import { column, countsOf, passes, textsOf } from "./narrow.js";
import { rowsOf } from "./rows.js";

const ROOT = new URL("../", import.meta.url);
const PAGE_ROWS = 100;

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

/** How the incidents at some places of the list are shown; those of the plain list are there. */
function drawer(rows, newest, plain) {
  const isCurrent = plain[0]?.querySelector("a").getAttribute("href") === `${newest}/`;
  const drawn = new Map(isCurrent ? [...plain].entries() : []);
  return async (places) => {
    const missing = places.filter((place) => !drawn.has(place));
    const told = await rows.at(missing);
    missing.forEach((place, at) => drawn.set(place, incidentRow(told[at])));
    return places.map((place) => drawn.get(place));
  };
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
  const facets = data.facets.map(([key, label, values, of]) => ({ key, label, values, of, column: column(of) }));
  const byYear = facets.find(({ key }) => key === "year");
  const years = byYear.of.map((value) => byYear.values[value][0]);
  const rows = rowsOf(data.parts);
  const table = { facets, years, texts: null };
  const state = fromAddress(facets);
  const body = document.querySelector(".gd-list tbody");
  const draw = drawer(rows, data.newest, body.rows);
  const scroller = body.closest(".gd-scroll");
  const status = element("p", { class: "gd-browse__status", role: "status" });
  const more = element("button", { type: "button", class: "gd-browse__more" }, "Show more");
  const clear = element("button", { type: "button", class: "gd-browse__clear" }, "Clear all");
  const picked = element("ul", { class: "gd-chips", "aria-label": "Chosen" });
  let shown = PAGE_ROWS;
  let found = [];
  let turn = 0;

  function tell() {
    const any = state.words || state.from || state.to || state.chosen.some((values) => values.size);
    clear.hidden = picked.hidden = !any;
    picked.replaceChildren(...chips(facets, state, takenOut));
    const all = `${years.length.toLocaleString("en")} ${years.length === 1 ? "incident" : "incidents"}`;
    status.textContent = any ? `${found.length.toLocaleString("en")} of ${all}` : all;
    more.hidden = found.length <= shown;
    more.textContent = `Show ${Math.min(PAGE_ROWS, found.length - shown).toLocaleString("en")} more of ${found.length.toLocaleString("en")}`;
  }

  async function narrow(mine) {
    if (state.words) table.texts ??= textsOf(facets, await rows.all());
    if (mine !== turn) return;
    const failed = passes(table, state);
    found = [...failed.keys()].filter((place) => failed[place] === 0);
    if (state.order === "longest") found.sort((one, other) => data.lengths[other] - data.lengths[one] || one - other);
    const counts = countsOf(table, failed);
    boxes.forEach((box, at) => box.show(counts[at]));
    await list(mine);
  }

  async function list(mine) {
    tell();
    const made = await draw(found.slice(0, shown));
    if (mine === turn) body.replaceChildren(...made);
  }

  /** Do what may have to wait for rows; whatever is chosen meanwhile comes before it. */
  async function update(what) {
    try {
      await what(++turn);
    } catch {
      status.textContent = "These incidents could not be loaded. Try again, or load the page again.";
    }
  }

  function changed() {
    shown = PAGE_ROWS;
    update(narrow);
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
  const known = byYear.values.map(([year]) => year).sort();
  const from = yearField("from", "From", known, state, changed);
  const to = yearField("to", "to", known, state, changed);
  const order = element("select", {}, element("option", { value: "newest" }, "newest first"), element("option", { value: "longest" }, "longest first"));
  order.value = state.order;
  order.addEventListener("change", () => {
    state.order = order.value;
    changed();
  });
  more.addEventListener("click", async () => {
    const at = shown;
    shown += PAGE_ROWS;
    await update(list);
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
  update(narrow);
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
