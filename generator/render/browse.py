"""The list of all incidents as data that a script filters: one small table, values by number.

``facets`` are ``[key, label, [[value key, value label], …]]``. ``rows`` are one incident each,
newest first: the cells of the list, its length in seconds (-1 where unknown), and for each facet
the places of its values.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from generator.derive.catalogue import Entry, newest_first
from generator.derive.facets import FACETS, grouped
from generator.render.indexes import entry_view

_CELLS = ("id", "title", "places", "length", "what", "standing", "evidence")


def browse_json(entries: Sequence[Entry]) -> str:
    """Return the table as JSON."""
    ordered = newest_first(entries)
    known = {facet.key: list(grouped(facet, ordered)) for facet in FACETS}
    places = {key: {v.key: at for at, v in enumerate(values)} for key, values in known.items()}
    facets = [
        [facet.key, facet.label, [[value.key, value.label] for value in known[facet.key]]]
        for facet in FACETS
    ]
    rows = [
        [
            *(str(entry_view(one)[cell]) for cell in _CELLS),
            -1 if one.length_s is None else one.length_s,
            *([places[facet.key][value.key] for value in facet.of(one)] for facet in FACETS),
        ]
        for one in ordered
    ]
    document = {"facets": facets, "rows": rows}
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
