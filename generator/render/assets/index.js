// The full-text index: loaded when somebody is about to search, asked one thing at a time.
const ROOT = new URL("../", import.meta.url);
// A long record says more of a thing than a short one: its length takes nothing off its rank. What
// an incident is called, and where and when it was, counts above what is said in it.
const RANKING = { pageLength: 0, termFrequency: 0.7, metaWeights: { title: 10, place: 5, date: 10 } };
const NUMBER = /^[\w.:/]*\d[\w.:/]*$/; // of a network, a prefix, a year

let engine;
let asked = Promise.resolve();

/** The index, fetched once. */
export function index() {
  engine ??= load();
  return engine;
}

async function load() {
  const { createInstance } = await import(new URL("pagefind/pagefind.js", ROOT).href);
  return createInstance({ baseUrl: ROOT.pathname, excerptLength: 26, ranking: RANKING });
}

/** Whether the first of what was found says some words. The engine goes by the beginning of one that it does not know. */
export async function says([first], ...words) {
  const plain = (text) => text.toLowerCase().replace(/[.,:/]/g, "");
  const text = first ? plain((await first.data()).content) : "";
  return words.every((word) => text.includes(plain(word)));
}

async function search(words) {
  try {
    const { results } = await (await index()).search(words);
    return !NUMBER.test(words) || (await says(results, words)) ? results : [];
  } catch (error) {
    engine = undefined; // the next try starts afresh
    throw error;
  }
}

/** What is found, once nothing else is sought: the engine does not leave off what it has begun. */
export function find(words, isWanted) {
  asked = asked.catch(() => {}).then(() => (words && isWanted() ? search(words) : []));
  return asked;
}
