"""Visible /24s in bins of 300 s, to be compared with IODA's signal ``bgp``.

By IODA's rule (CAIDA bgpview, visibility consumer): a prefix is visible when at least 50 % of the
networks with a full feed see it, those of which nothing is known included; IPv4 prefixes shorter
than /6 are passed over; the signal is the number of /24s in the union of the visible prefixes, a
prefix longer than /24 giving none; and the state is that at the bin's start.

What cannot be the same: IODA looks at all collectors of RIS and RouteViews, asks for ten peers per
prefix before it looks at it at all, takes peers with 400,000 IPv4 prefixes or more as full feeds,
and counts all that an AS or a country announces, not the prefixes of one record. The shape is to
be compared, and the level only where the evidence is that wide.
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import numpy as np
from pandas import DataFrame

from generator.derive.steps import Ints, firsts, moment, seconds, texts
from generator.model.evidence import Window

BIN_S = 300
SHORTEST, LONGEST = 6, 24


def slash24s(rows: DataFrame, window: Window, vantage_points: int) -> list[tuple[datetime, int]]:
    """Return (bin start, /24s visible) for each bin that starts inside the window."""
    first_s = -(-int(window.since.earliest.timestamp()) // BIN_S) * BIN_S
    starts_s = np.arange(first_s, int(window.until.earliest.timestamp()) + 1, BIN_S)
    numbers = _numbers(rows, vantage_points, starts_s)
    return list(zip(map(moment, starts_s.tolist()), numbers, strict=True))


def _numbers(rows: DataFrame, vantage_points: int, starts_s: Ints) -> list[int]:
    """Return how many /24s are visible at each second of ``starts_s``."""
    names = texts(rows["prefix"])
    begins = np.flatnonzero(firsts(names)).tolist()
    parts = [slice(*part) for part in pairwise([*begins, len(names)])]
    blocks = sorted((*block, part) for part in parts if (block := _block(names[part.start])))
    visible = np.zeros((len(starts_s), len(blocks)), dtype=np.bool_)
    at_s, seen = seconds(rows["time"]), 2 * rows["seeing"].to_numpy() >= vantage_points
    for column, (*_, part) in enumerate(blocks):
        last = np.searchsorted(at_s[part], starts_s, side="right") - 1
        visible[:, column] = (last >= 0) & seen[part][last]
    first, end = (np.array([block[edge] for block in blocks], "int64") for edge in (0, 1))
    turned = np.append(True, (visible[1:] != visible[:-1]).any(axis=1))[: len(visible)]
    unions = [_union(first[row], end[row]) for row in visible[turned]]
    return [unions[place - 1] for place in np.cumsum(turned).tolist()]


def _block(prefix: str) -> tuple[int, int] | tuple[()]:
    """Return the first /24 of a prefix and the one after its last, counted from 0.0.0.0/24."""
    address, _, length = prefix.partition("/")
    if ":" in address or not SHORTEST <= int(length) <= LONGEST:
        return ()
    a, b, c, _ = (int(part) for part in address.split("."))
    first = a << 16 | b << 8 | c
    return first, first + (1 << LONGEST - int(length))


def _union(first: Ints, end: Ints) -> int:
    """Return how many /24s the blocks cover together; they are sorted by their first."""
    if not len(first):
        return 0
    covered = np.append(0, np.maximum.accumulate(end)[:-1])
    return int(np.maximum(0, end - np.maximum(first, covered)).sum())
