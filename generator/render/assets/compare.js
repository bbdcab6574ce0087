// Two to six incidents on one axis, aligned at their beginnings. The address holds the choice.
// Without this file the page leads to prepared comparisons.
import { rowsOf } from "./rows.js";

const ROOT = new URL("../", import.meta.url);
const MOST = 6;
const NS = "http://www.w3.org/2000/svg";
const STEPS_S = [60, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400, 172800, 259200, 604800, 1209600, 2592000, 7776000, 31536000];
const UNITS = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
const ROW_PX = 42;
const LABEL_PX = 70;
const LEAST_PX = 3;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function shape(tag, attributes, text) {
  const made = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}

function told(seconds) {
  const size = Math.abs(seconds);
  const [unit, each] = UNITS.find(([, long]) => size >= (long === 86400 ? 172800 : long)) ?? UNITS.at(-1);
  return `${seconds < 0 ? "−" : "+"}${Number((size / each).toFixed(1))} ${unit}`;
}

const lastOf = (one) => Math.max(1, ...one.stretches.map(([, start, end]) => end ?? start), ...one.measured.map(([, end]) => end));
const firstOf = (one) => Math.min(0, ...one.stretches.map(([, start]) => start));

/** The axis that all rows share, in seconds, with its ticks. */
function axisOf(rows, width) {
  const first = Math.min(...rows.map(firstOf));
  const last = Math.max(...rows.map(lastOf));
  const margin = (last - first) / 25;
  const from = first < 0 ? first - margin : 0;
  const to = last + margin;
  const step = STEPS_S.find((size) => (to - from) / size <= width / LABEL_PX) ?? STEPS_S.at(-1);
  const ticks = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  const x = (at) => ((Math.min(to, Math.max(from, at)) - from) / (to - from)) * width;
  return { ticks, to, x };
}

function bars(one, axis) {
  const made = [];
  for (const [name, start, end, extent] of one.stretches) {
    const width = Math.max(LEAST_PX, axis.x(end ?? start) - axis.x(start));
    const bar = shape("rect", { x: axis.x(start), y: 6, width, height: 12, class: `gd-bar gd-bar--${extent}` });
    bar.append(shape("title", {}, name));
    made.push(bar);
  }
  for (const [start, end] of one.measured) {
    made.push(shape("rect", { x: axis.x(start), y: 20, width: Math.max(LEAST_PX, axis.x(end) - axis.x(start)), height: 4, class: "gd-bar gd-bar--measured" }));
  }
  if (one.visible.length) made.push(shape("path", { d: line(one.visible, axis), class: "gd-line" }));
  return made;
}

/** The share of prefixes that was visible, as a step line: up at the top, all lost at the foot. */
function line(steps, axis) {
  const y = (share) => (26 + (1 - share) * 14).toFixed(1);
  const parts = steps.map(([at, share], place) => `${place ? "H" : "M"}${axis.x(at).toFixed(1)}${place ? "V" : ","}${y(share)}`);
  return `${parts.join("")}H${axis.x(axis.to).toFixed(1)}`;
}

function picture(one, axis, width) {
  const said = one.stretches.map(([name, start, end, extent]) => `${name}, ${extent}, from ${told(start)} to ${end === null ? "an unknown end" : told(end)}`);
  if (one.visible.length) said.push(`measured here: at least ${Math.round(100 * Math.min(...one.visible.map(([, share]) => share)))} % of its prefixes visible`);
  const svg = shape("svg", { viewBox: `0 0 ${width} ${ROW_PX}`, width, height: ROW_PX, role: "img", "aria-label": said.join("; ") });
  for (const at of axis.ticks) svg.append(shape("line", { x1: axis.x(at), x2: axis.x(at), y1: 0, y2: ROW_PX, class: at ? "gd-tick" : "gd-tick gd-tick--zero" }));
  svg.append(...bars(one, axis));
  return svg;
}

function scale(axis, width) {
  const svg = shape("svg", { viewBox: `0 0 ${width} 20`, width, height: 20, "aria-hidden": "true" });
  for (const at of axis.ticks) {
    const anchor = axis.x(at) > width - 40 ? "end" : axis.x(at) < 20 ? "start" : "middle";
    svg.append(shape("text", { x: axis.x(at), y: 15, "text-anchor": anchor }, at ? told(at) : "start"));
  }
  return svg;
}

async function start(slot) {
  const answer = await fetch(new URL("data/browse.json", ROOT));
  const told = await rowsOf((await answer.json()).parts).all();
  const known = new Map(told.map(([id, title]) => [id, title]));
  const given = (new URL(location).searchParams.get("of") ?? "").split(",");
  let ids = [...new Set(given)].filter((id) => known.has(id)).slice(0, MOST);
  const rows = new Map();

  const list = element("ol", { class: "gd-compare__rows" });
  const status = element("p", { class: "gd-browse__status", role: "status" });
  const options = element("datalist", { id: "gd-incidents" }, ...[...known].map(([id, title]) => element("option", { value: `${id.slice(0, 10)} ${title}` })));
  const names = new Map([...known].map(([id, title]) => [`${id.slice(0, 10)} ${title}`, id]));
  const field = element("input", { type: "text", list: "gd-incidents", autocomplete: "off", placeholder: "A title or a date" });
  const add = element("button", { type: "button" }, "Add");
  const form = element("div", { class: "gd-browse__line" }, element("label", { class: "gd-browse__words" }, "Add an incident ", field), add, options);

  async function show() {
    await Promise.all(ids.filter((id) => !rows.has(id)).map(async (id) => {
      const file = await fetch(new URL(`incidents/${id}/compare.json`, ROOT));
      if (!file.ok) throw new Error(`${id} answered ${file.status}`);
      rows.set(id, await file.json());
    }));
    const width = Math.max(240, Math.round(list.getBoundingClientRect().width));
    const chosen = ids.map((id) => rows.get(id));
    const axis = chosen.length ? axisOf(chosen, width) : null;
    list.replaceChildren(...chosen.map((one) => item(one, axis, width)));
    if (axis) list.append(element("li", { class: "gd-compare__axis" }, scale(axis, width)));
    add.disabled = field.disabled = ids.length >= MOST;
    status.textContent = ids.length > 1 ? `${ids.length} incidents, aligned at their beginnings` : "Choose two to six incidents.";
    const target = new URL(location);
    target.search = ids.length ? `?of=${ids.join(",")}` : "";
    history.replaceState(null, "", target.pathname + target.search);
  }

  function item(one, axis, width) {
    const away = element("button", { type: "button", "aria-label": `Take out ${one.title}` }, "×");
    away.addEventListener("click", () => {
      ids = ids.filter((id) => id !== one.id);
      show();
      field.focus();
    });
    const link = element("a", { href: new URL(`incidents/${one.id}/`, ROOT).pathname }, one.title);
    const facts = element("span", { class: "gd-compare__facts" }, `${one.dates} · ${one.length}`);
    return element("li", {}, element("p", {}, element("span", {}, link, " ", facts), away), picture(one, axis, width));
  }

  function take() {
    const words = field.value.trim().toLowerCase();
    const name = [...names.keys()].find((each) => each.toLowerCase() === words) ?? [...names.keys()].find((each) => words && each.toLowerCase().includes(words));
    const id = names.get(name);
    if (!id) {
      status.textContent = words ? `Nothing on record is called “${field.value.trim()}”.` : "Type a part of a title.";
      return;
    }
    field.value = "";
    if (!ids.includes(id)) ids.push(id);
    show();
  }

  add.addEventListener("click", take);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    take();
  });
  field.addEventListener("change", () => names.has(field.value) && take());
  slot.replaceChildren(form, status, list);
  slot.classList.add("gd-browse");
  await show();
  let turn;
  new ResizeObserver(() => {
    cancelAnimationFrame(turn);
    turn = requestAnimationFrame(() => {
      const svg = list.querySelector("svg");
      if (svg && Math.abs(Number(svg.getAttribute("width")) - list.getBoundingClientRect().width) > 2) show();
    });
  }).observe(list);
}

const slot = document.querySelector(".gd-compare");
if (slot) start(slot).catch(() => slot.replaceChildren(element("p", { class: "gd-note" }, "The incidents could not be loaded. The prepared comparisons below work without them.")));
