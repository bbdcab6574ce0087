// The full-text index, in a worker that is begun when somebody is about to search: what it does holds up nobody who types.
const waiting = new Map();
let worker;
let turn = 0;
let sought = Promise.resolve();

function begun() {
  const made = new Worker(new URL("seek.js", import.meta.url), { type: "module" });
  made.addEventListener("message", ({ data: { turn: of, answer, wrong } }) => {
    const { done, fail } = waiting.get(of);
    waiting.delete(of);
    if (wrong) fail(new Error(wrong));
    else done(answer);
  });
  made.addEventListener("error", () => {
    worker = undefined; // the next try starts afresh
    waiting.forEach(({ fail }) => fail(new Error("the search could not be loaded")));
    waiting.clear();
  });
  return made;
}

function ask(what, about) {
  return new Promise((done, fail) => {
    worker ??= begun();
    turn += 1;
    waiting.set(turn, { done, fail });
    worker.postMessage({ turn, what, about });
  });
}

/** Fetch what every search needs. */
export const begin = () => ask("begin", {});

/**
 * What is found, once nothing else is sought: the engine does not leave off what it has begun. How many there are,
 * what is told of each, and whether the first says some words.
 */
export function find(words, isWanted) {
  sought = sought.catch(() => {}).then(async () => ({
    length: words && isWanted() ? await ask("find", { words }) : 0,
    tell: (at) => ask("tell", { words, at }),
    says: (...others) => ask("says", { words, others }),
  }));
  return sought;
}
