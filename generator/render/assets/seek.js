// The worker of index.js, which asks it one thing at a time: the full-text index, and what is found in it.
const ROOT = new URL("../", import.meta.url);
// A long record says more of a thing than a short one: its length takes nothing off its rank. What
// an incident is called, and where and when it was, counts above what is said in it.
const RANKING = { pageLength: 0, termFrequency: 0.7, metaWeights: { title: 10, place: 5, date: 10 } };
const NUMBER = /^[\w.:/]*\d[\w.:/]*$/; // of a network, a prefix, a year
const KEPT = 4; // a dialog and a page, each of which may seek what is meant as well

let parts;
const found = new Map(); // by what was sought

/** The parts of the index, fetched once: each finds what it has of some words. */
function index() {
  parts ??= load();
  return parts;
}

async function load() {
  const at = (name) => new URL(`pagefind/${name}`, ROOT);
  const [{ createInstance }, names] = await Promise.all([
    import(at("pagefind.js").href),
    fetch(at("parts.json")).then((answer) => answer.json()),
  ]);
  const settings = (part) => ({ baseUrl: ROOT.pathname, excerptLength: 26, ranking: RANKING, mergeFilter: { part } });
  const [first, ...others] = names;
  const engine = createInstance(settings(first));
  await Promise.all(others.map((part) => engine.mergeIndex(at(`${part}/`).pathname, settings(part))));
  return names.map((part) => (words) => engine.search(words, { filters: { part } }).then(({ results }) => results));
}

/** Whether the first of what was found says some words. The engine goes by the beginning of one that it does not know. */
async function says([first], ...words) {
  const plain = (text) => text.toLowerCase().replace(/[.,:/]/g, "");
  const text = first ? plain((await first.data()).content) : "";
  return words.every((word) => text.includes(plain(word)));
}

/** Whether a part has all the words, or others that begin with them. */
async function knows(part, found, words) {
  // Asked for as it is, a word is found in its other forms and never by its beginning.
  const has = async (word) => (await says(found, word)) || (await part(`"${word}"`)).length > 0;
  return (await Promise.all(words.map(has))).every(Boolean);
}

/** What the parts find. One without a word goes by its beginning, which counts where they all do. */
async function ask(words) {
  const all = await index();
  const found = await Promise.all(all.map((part) => part(words)));
  if (all.length === 1) return found[0];
  const each = words.replaceAll('"', "").split(/\s+/).filter(Boolean);
  const known = await Promise.all(all.map((part, at) => found[at].length > 0 && knows(part, found[at], each)));
  const right = known.some(Boolean) ? found.filter((_, at) => known[at]) : found;
  return right.flat().sort((one, other) => other.score - one.score);
}

async function search(words) {
  const results = await ask(words);
  return !NUMBER.test(words) || (await says(results, words)) ? results : [];
}

/** What some words find: of the last few that were sought it is still known. */
async function finding(words) {
  if (!found.has(words)) {
    found.set(words, await search(words));
    if (found.size > KEPT) found.delete(found.keys().next().value);
  }
  return found.get(words);
}

async function told(result) {
  const { url, meta, excerpt } = await result.data();
  return { url, meta, excerpt };
}

const ANSWERS = {
  begin: () => index().then(() => true),
  find: async ({ words }) => (await finding(words)).length,
  says: async ({ words, others }) => says(await finding(words), ...others),
  tell: async ({ words, at }) => told((await finding(words))[at]),
};

addEventListener("message", async ({ data: { turn, what, about } }) => {
  try {
    postMessage({ turn, answer: await ANSWERS[what](about) });
  } catch (error) {
    parts = undefined; // the next try starts afresh
    found.clear();
    postMessage({ turn, wrong: `${error}` });
  }
});
