// Which incidents what is chosen lets through, and how many each value of a facet would give.

/** The values of a facet as places: those of an incident stand together, from `starts` on. */
export function column(of) {
  const starts = new Uint32Array(of.length + 1);
  const places = [];
  of.forEach((own, at) => {
    if (Array.isArray(own)) places.push(...own);
    else places.push(own);
    starts[at + 1] = places.length;
  });
  return { starts, places: Uint32Array.from(places) };
}

/** What words are sought in: date, title, places, and what each facet calls an incident. */
export function textsOf(facets, rows) {
  return rows.map(([id, title, places], at) => {
    const labels = facets.flatMap(({ values, of }) => [of[at]].flat().map((value) => values[value][1]));
    return `${id} ${title} ${places} ${labels.join(" ")}`.toLowerCase();
  });
}

/** For each incident a number with one bit per facet that does not let it through; -1 for words and years. */
export function passes({ facets, years, texts }, { chosen, words, from, to }) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const failed = Int32Array.from(years, (year, place) => {
    const out = (from && year < from) || (to && year > to);
    return out || !wanted.every((word) => texts[place].includes(word)) ? -1 : 0;
  });
  chosen.forEach((values, at) => {
    if (!values.size) return;
    const mask = new Uint8Array(facets[at].values.length);
    for (const value of values) mask[value] = 1;
    const { starts, places } = facets[at].column;
    for (let row = 0; row < failed.length; row += 1) {
      let found = 0;
      for (let one = starts[row]; one < starts[row + 1]; one += 1) found |= mask[places[one]];
      if (!found && failed[row] >= 0) failed[row] |= 1 << at;
    }
  });
  return failed;
}

/** How many incidents each value would give, all other facets being as they are. */
export function countsOf({ facets }, failed) {
  return facets.map(({ values, column: { starts, places } }, at) => {
    const counts = new Uint32Array(values.length);
    for (let row = 0; row < failed.length; row += 1) {
      if (failed[row] & ~(1 << at)) continue;
      for (let one = starts[row]; one < starts[row + 1]; one += 1) counts[places[one]] += 1;
    }
    return counts;
  });
}
