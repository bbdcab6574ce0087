// Today in history: what began on this day of the year, or on the nearest day within a week.
// Without this file there is the page /on-this-day/.
const ROOT = new URL("../", import.meta.url);
const DAY_MS = 86_400_000;
const WITHIN_DAYS = 7;
const MOST = 3;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Days between a day of the year (MM-DD) and a date, the short way around the year. */
function apart(day, date) {
  const year = date.getUTCFullYear();
  const today = Date.UTC(year, date.getUTCMonth(), date.getUTCDate());
  return Math.min(...[-1, 0, 1].map((step) => Math.abs(Date.parse(`${year + step}-${day}`) - today || Infinity) / DAY_MS), today === Date.parse(`${year}-${day}`) ? 0 : Infinity);
}

function months(date) {
  const near = [-WITHIN_DAYS, 0, WITHIN_DAYS].map((days) => new Date(date.getTime() + days * DAY_MS).getUTCMonth() + 1);
  return [...new Set(near)].map((month) => String(month).padStart(2, "0"));
}

async function show(slot) {
  const date = new Date();
  const answers = await Promise.all(months(date).map((month) => fetch(new URL(`data/days/${month}.json`, ROOT))));
  const rows = (await Promise.all(answers.map((answer) => answer.json()))).flat();
  const near = rows
    .map(([id, title]) => ({ id, title, days: apart(id.slice(5, 10), date) }))
    .filter(({ days }) => days <= WITHIN_DAYS)
    .sort((one, other) => one.days - other.days || other.id.localeCompare(one.id))
    .slice(0, MOST);
  if (!near.length) return;
  const told = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const items = near.map(({ id, title }) =>
    element("li", {}, element("a", { href: new URL(`incidents/${id}/`, ROOT).pathname }, title), ` ${told.format(new Date(id.slice(0, 10)))}`),
  );
  const heading = near[0].days ? "This week in history" : "Today in history";
  slot.append(element("h2", {}, heading), element("ul", {}, ...items));
}

const slot = document.querySelector(".gd-today");
if (slot) show(slot).catch(() => {});
