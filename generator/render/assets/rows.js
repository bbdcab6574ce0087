// What the list says of each incident, newest first, in parts of whole years: a part is fetched when
// one of its rows is wanted.
const ROOT = new URL("../", import.meta.url);

async function load({ name, from, to }) {
  const answer = await fetch(new URL(`data/browse/${name}.json`, ROOT));
  const rows = answer.ok ? await answer.json() : [];
  if (rows.length !== to - from) throw new Error(`the incidents from ${name} on could not be loaded`);
  return rows;
}

/** Rows by their place in the list; `parts` are names and numbers of incidents. */
export function rowsOf(parts) {
  let end = 0;
  const spans = parts.map(([name, count]) => ({ name, from: end, to: (end += count) }));
  const spanOf = (place) => spans.find(({ to }) => place < to);

  /** The rows of a part; a failure is forgotten so that the next try starts afresh. */
  function fetched(span) {
    span.rows ??= load(span).catch((error) => {
      span.rows = undefined;
      throw error;
    });
    return span.rows;
  }

  async function at(places) {
    const wanted = [...new Set(places.map(spanOf))];
    const loaded = new Map(await Promise.all(wanted.map(async (span) => [span, await fetched(span)])));
    return places.map((place) => loaded.get(spanOf(place))[place - spanOf(place).from]);
  }

  return { at, all: async () => (await Promise.all(spans.map(fetched))).flat() };
}
