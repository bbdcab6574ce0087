"""The list of all incidents as data that a script filters: one small table, values by number.

``facets`` are ``[key, label, [[value key, value label, level], …]]``. ``rows`` are one incident
each, newest first: the cells of the list, its length in seconds (-1 where unknown), and for each
facet the places of its values.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from generator.derive.catalogue import newest_first
from generator.derive.entry import Entry
from generator.derive.facets import BANDS, FACETS, LENGTH, REGION, YEAR, Facet, Value, grouped
from generator.derive.world import CONTINENTS, PARTS
from generator.render.indexes import entry_view

# Each continent, then its parts.
_REGIONS = [name for continent in CONTINENTS for name in (continent, *PARTS[continent])]
_PLACES_OF_REGIONS = {name: at for at, name in reversed(list(enumerate(_REGIONS)))}
_PLACES_OF_BANDS = {key: at for at, key in enumerate(BANDS)}
_CELLS = ("id", "title", "places", "length", "what", "standing", "evidence")


def browse_json(entries: Sequence[Entry]) -> str:
    """Return the table as JSON."""
    ordered = newest_first(entries)
    known = {facet.key: _in_order(facet, list(grouped(facet, ordered))) for facet in FACETS}
    places = {key: {v.key: at for at, v in enumerate(values)} for key, values in known.items()}
    facets = [
        [facet.key, facet.label, [_value(facet, value) for value in known[facet.key]]]
        for facet in FACETS
    ]
    rows = [
        [
            *(str(view[cell]) for cell in _CELLS),
            -1 if one.length_s is None else one.length_s,
            *([places[facet.key][value.key] for value in facet.of(one)] for facet in FACETS),
        ]
        for one, view in ((one, entry_view(one)) for one in ordered)
    ]
    document = {"facets": facets, "rows": rows}
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def _in_order(facet: Facet, values: list[Value]) -> list[Value]:
    """Return values as people look for them: by size, newest first, parts below wholes, by name."""
    if facet is REGION:
        return sorted(values, key=lambda value: _PLACES_OF_REGIONS[value.label])
    if facet is LENGTH:
        return sorted(values, key=lambda value: _PLACES_OF_BANDS.get(value.key, len(BANDS)))
    return values[::-1] if facet is YEAR else values


def _value(facet: Facet, value: Value) -> list[object]:
    """Return a value's key and label, and 1 where it is a part of the one before."""
    is_part = facet is REGION and value.label not in CONTINENTS
    return [value.key, value.label, *([1] if is_part else [])]
