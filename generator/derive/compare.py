"""Whom to compare an incident with, and which few to show of many."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from generator.derive.catalogue import Catalogue
from generator.derive.entry import Entry
from generator.derive.neighbours import Neighbours

MOST = Neighbours.MOST + 1  # more rows than this cannot be told apart on a phone


@dataclass(frozen=True)
class Company:
    """Incidents worth comparing with one, and why."""

    why: str
    entries: tuple[Entry, ...]


def company(one: Entry, catalogue: Catalogue, by_length: Neighbours) -> list[Company]:
    """Return with whom to compare an incident: its network, its cause, its length.

    Each list has at most five others: of the network the latest, of the rest the nearest in
    length.
    """
    network = [other for other in catalogue.same_network(one) if other.id != one.id]
    lists = (
        ("other outages of the same network", network[:-MOST:-1]),
        ("the same kind of cause", by_length.of_cause(one)),
        ("a similar length", by_length.similar(one)),
    )
    return [Company(why, tuple(found)) for why, found in lists if found]


def alike(found: Sequence[Entry]) -> list[Entry]:
    """Return the few whose lengths lie nearest to the median one, as they came.

    On a common axis an outage of a month leaves nothing to be seen of one of an hour.
    """
    known = [one for one in found if one.length_s]
    if not known:
        return list(found[:MOST])
    middle = median_low(one.length_s or 1 for one in known)
    nearest = sorted(known, key=lambda one: abs(math.log((one.length_s or 1) / middle)))[:MOST]
    chosen = {one.id for one in nearest}
    return [one for one in known if one.id in chosen]
