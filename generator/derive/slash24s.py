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

import numpy as np
from pandas import DataFrame

from generator.derive.steps import Ints, firsts, moment, seconds
from generator.model.evidence import Window

BIN_S = 300
SHORTEST, LONGEST = 6, 24


def slash24s(rows: DataFrame, window: Window, vantage_points: int) -> list[tuple[datetime, int]]:
    """Return (bin start, /24s visible) for each bin that starts inside the window."""
    first_s = -(-int(window.since.earliest.timestamp()) // BIN_S) * BIN_S
    starts_s = np.arange(first_s, int(window.until.earliest.timestamp()) + 1, BIN_S)
    blocks = {text: _block(text) for text in rows["prefix"].unique()}
    wanted = rows[rows["prefix"].map({text: bool(block) for text, block in blocks.items()})]
    if wanted.empty:
        return [(moment(at_s), 0) for at_s in starts_s.tolist()]
    names = sorted(wanted["prefix"].unique(), key=lambda text: blocks[text] or (0, 0))
    first, end = (np.array([blocks[text][part] for text in names]) for part in (0, 1))
    visible = _visible(wanted, names, starts_s, vantage_points)
    return [
        (moment(at_s), _union(first[row], end[row]))
        for at_s, row in zip(starts_s.tolist(), visible, strict=True)
    ]


def _block(prefix: str) -> tuple[int, int] | tuple[()]:
    """Return the first /24 of a prefix and the one after its last, counted from 0.0.0.0/24."""
    address, _, length = prefix.partition("/")
    if ":" in address or not SHORTEST <= int(length) <= LONGEST:
        return ()
    a, b, c, _ = (int(part) for part in address.split("."))
    first = a << 16 | b << 8 | c
    return first, first + (1 << LONGEST - int(length))


def _visible(
    rows: DataFrame, names: list[str], starts_s: Ints, vantage_points: int
) -> np.typing.NDArray[np.bool_]:
    """Return for each bin, and each prefix in the order of ``names``, whether it is visible."""
    found = np.zeros((len(starts_s), len(names)), dtype=np.bool_)
    places = {name: place for place, name in enumerate(names)}
    prefix = np.asarray(rows["prefix"].map(places), dtype=np.int64)
    at_s, seen = seconds(rows["time"]), (2 * rows["seeing"] >= vantage_points).to_numpy()
    begins = np.flatnonzero(firsts(prefix))
    for begin, end in zip(begins, np.append(begins[1:], len(prefix)), strict=True):
        last = np.searchsorted(at_s[begin:end], starts_s, side="right") - 1
        found[:, prefix[begin]] = np.where(last >= 0, seen[begin:end][last], False)
    return found


def _union(first: Ints, end: Ints) -> int:
    """Return how many /24s the blocks cover together; they are sorted by their first."""
    if not len(first):
        return 0
    covered = np.append(0, np.maximum.accumulate(end)[:-1])
    return int(np.maximum(0, end - np.maximum(first, covered)).sum())
