// The names of places, networks, causes, years and measurers: which pages a search names, and which
// name was meant by one spelt wrong. Without this file the search finds incidents alone.
const ROOT = new URL("../", import.meta.url);
const MOST = 5;
const LEAST_LETTERS = 4; // shorter words are too like one another to be put right
const LONG = 8; // words that may be wrong in two letters

let known;

function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

const wordsOf = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

const keyIn = (label) => label.match(/\((AS\d+)\)$/)[1].toLowerCase();

async function load() {
  const answer = await fetch(new URL("data/names.json", ROOT));
  if (!answer.ok) throw new Error(`the names answered ${answer.status}`);
  const pages = (await answer.json()).flatMap(([folder, kind, values]) =>
    values.map(([key, label, count]) => ({ url: new URL(`${folder}/${key || keyIn(label)}/`, ROOT).pathname, kind, label, count, words: wordsOf(label) })),
  );
  const spelt = new Map();
  for (const { label, words } of pages) {
    const written = label.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    words.forEach((word, at) => word.length >= LEAST_LETTERS && !/\d/.test(word) && !spelt.has(word) && spelt.set(word, written[at] ?? word));
  }
  return { pages, spelt };
}

/** How many letters to change, add, take away or swap, up to `most`; more than that is `most + 1`. */
function apart(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const same = one[row - 1] === other[at - 1];
      next[at] = Math.min(last[at] + 1, next[at - 1] + 1, last[at - 1] + (same ? 0 : 1));
      const swapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      if (swapped) next[at] = Math.min(next[at], before[at - 2] + 1);
    }
    [before, last] = [last, next];
  }
  return last[other.length];
}

/** The nearest name of a word that begins none. */
function meant(word, spelt) {
  if (word.length < LEAST_LETTERS || /\d/.test(word)) return null;
  let best = null;
  let least = word.length >= LONG ? 3 : 2;
  for (const [name, written] of spelt) {
    if (name.startsWith(word)) return null;
    const far = name[0] === word[0] ? apart(word, name, least - 1) : least;
    if (far < least) [best, least] = [written, far];
  }
  return best;
}

/** Fetch the names, once. */
export function knowNames() {
  known ??= load().catch(() => ({ pages: [], spelt: new Map() }));
  return known;
}

/** The pages whose name the words are, and the words put right, or null. */
export async function namesFor(query) {
  const { pages, spelt } = await knowNames();
  const asked = wordsOf(query);
  if (!asked.length) return { pages: [], right: null };
  const named = pages.filter(({ words }) => asked.every((each) => words.some((word) => word.startsWith(each))));
  named.sort((one, other) => other.count - one.count);
  const parts = query.split(/(\s+)/);
  const right = parts.map((part) => meant(plain(part), spelt) ?? part).join("");
  return { pages: named.slice(0, MOST), right: right === query ? null : right };
}
