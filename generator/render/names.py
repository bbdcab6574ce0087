"""The names that the search knows: of places, networks, causes, years and measurers."""

from __future__ import annotations

import json
from collections.abc import Sequence

from generator.derive.catalogue import newest_first
from generator.derive.entry import Entry
from generator.derive.facets import grouped
from generator.render.hubs import HUBS


def names_json(entries: Sequence[Entry]) -> str:
    """Return for each hub its folder, its facet's label and [key, label, incidents] of each value.

    A script leads from a searched name to its page, and knows a name that was spelt wrong.
    """
    ordered = newest_first(entries)
    groups = [(hub, grouped(hub.facet, ordered)) for hub in HUBS]
    names = [
        [hub.folder, hub.facet.label, [[v.key, v.label, len(found)] for v, found in group.items()]]
        for hub, group in groups
    ]
    return json.dumps(names, ensure_ascii=False, separators=(",", ":")) + "\n"
