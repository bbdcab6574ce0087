"""The names that the search knows: of places, networks, causes, years and measurers."""

from __future__ import annotations

import json
from collections.abc import Sequence

from generator.derive.catalogue import newest_first
from generator.derive.entry import Entry
from generator.derive.facets import Value, grouped
from generator.render.ways import HUBS


def names_json(entries: Sequence[Entry]) -> str:
    """Return for each hub its folder, its facet's label and [key, label, incidents] of each value.

    A script leads from a searched name to its page, and knows a name that was spelt wrong. The key
    of a network is empty where its label ends with it, as ``(AS64500)``: a third of the file.
    """
    ordered = newest_first(entries)
    groups = [(hub, grouped(hub.facet, ordered)) for hub in HUBS]
    names = [
        [
            hub.folder,
            hub.facet.label,
            [[_key(v), v.label, len(found)] for v, found in group.items()],
        ]
        for hub, group in groups
    ]
    return json.dumps(names, ensure_ascii=False, separators=(",", ":")) + "\n"


def _key(value: Value) -> str:
    return "" if value.label.endswith(f"({value.key.upper()})") else value.key
