"""The list of all incidents as data that a script filters: small tables, values by number.

``data/browse.json`` is what narrowing down needs: ``facets`` are ``[key, label, [[value key, value
label, level], …], of]``, where ``of`` has for each incident, newest first, the place of its value,
or places where it has none or several; ``lengths`` are in seconds, -1 where unknown; ``newest`` is
the first id. What the list says of an incident is in ``parts``, ``[name, incidents]``, of whole
years, newest first: ``data/browse/NAME.json`` has rows of cells. A reader fetches those that are to
be shown, and what was of old years stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

from generator.derive.catalogue import newest_first
from generator.derive.entry import Entry
from generator.derive.facets import BANDS, FACETS, LENGTH, REGION, YEAR, Facet, Value, grouped
from generator.derive.world import CONTINENTS, PARTS
from generator.render.indexes import entry_view

PART_ROWS = 400  # at least so many incidents in a part, if there are as many
# Each continent, then its parts.
_REGIONS = [name for continent in CONTINENTS for name in (continent, *PARTS[continent])]
_PLACES_OF_REGIONS = {name: at for at, name in reversed(list(enumerate(_REGIONS)))}
_PLACES_OF_BANDS = {key: at for at, key in enumerate(BANDS)}
_CELLS = ("id", "title", "places", "length", "what", "standing", "evidence")


def browse_files(entries: Sequence[Entry]) -> dict[str, str]:
    """Return the tables as JSON, by path."""
    ordered = newest_first(entries)
    parts = _by_years(ordered)
    table = {
        "facets": [_column(facet, ordered) for facet in FACETS],
        "lengths": [-1 if one.length_s is None else one.length_s for one in ordered],
        "newest": ordered[0].id if ordered else "",
        "parts": [[_name(part), len(part)] for part in parts],
    }
    told = {f"data/browse/{_name(part)}.json": _json([_row(one) for one in part]) for part in parts}
    return {"data/browse.json": _json(table), **told}


def _by_years(ordered: Sequence[Entry]) -> list[list[Entry]]:
    """Return incidents in stretches of whole years, filled from the oldest on."""
    parts: list[list[Entry]] = []
    for _, of_year in groupby(reversed(ordered), key=lambda one: one.id[:4]):
        if not parts or len(parts[-1]) >= PART_ROWS:
            parts.append([])
        parts[-1] += of_year
    return [part[::-1] for part in reversed(parts)]


def _name(part: Sequence[Entry]) -> str:
    return part[-1].id[:4]


def _row(one: Entry) -> list[str]:
    view = entry_view(one)
    return [str(view[cell]) for cell in _CELLS]


def _column(facet: Facet, ordered: Sequence[Entry]) -> list[object]:
    values = _in_order(facet, list(grouped(facet, ordered)))
    places = {value.key: at for at, value in enumerate(values)}
    found = ([places[value.key] for value in facet.of(one)] for one in ordered)
    of = [own[0] if len(own) == 1 else own for own in found]
    return [facet.key, facet.label, [_value(facet, value) for value in values], of]


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


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
