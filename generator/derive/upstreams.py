"""Through which networks a prefix was reached, and when that changed.

An upstream is the last network before the origin (see ``told.upstream``). Its share is over all
pairs of a network with a full feed and a prefix that are known, so that it falls when paths go
elsewhere and also when they go away. Rows in which too little is known (see ``visibility.enough``)
count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np
import pandas as pd
from pandas import DataFrame

from generator.derive.steps import Ints, firsts, lasts, moment, ranges, seconds, texts, total
from generator.derive.visibility import enough
from generator.model.evidence import Window

SHARE = 0.1  # a network with this share or more at some time is an upstream worth naming
HOLDS_S = 60


@dataclass(frozen=True)
class Via:
    """One upstream: its share from each time on, 0 to 1, up to the next.

    The first time is the same for all upstreams of an incident: when enough was first known.
    """

    asn: str
    steps: list[tuple[datetime, float]]


@dataclass(frozen=True)
class UpstreamChange:
    """A prefix whose main upstream became another, from ``at`` on for 60 s or more."""

    prefix: str
    at: datetime
    before: str
    after: str


def upstreams(rows: DataFrame, window: Window, vantage_points: int) -> list[Via]:
    """Return every upstream that has a share of 0.1 or more at some time.

    The main one, of the most pairs and time, comes first; the others follow by when their share
    first was that large, then by ASN.
    """
    row, asn, count = _told(rows["upstreams"])
    kept = enough(rows, vantage_points)
    at_s, end_s = seconds(rows["time"]), _until(rows, window)
    known = _sums(at_s, end_s, rows["known"].to_numpy() * kept)
    if not len(known[0]):
        return []
    found = []
    for number in np.unique(asn):
        mine = np.flatnonzero(asn == number)
        its = row[mine]
        counts = count[mine] * kept[its]
        sums = _sums(at_s[its], end_s[its], counts)
        steps = _shares(*sums, *known)
        large_s = [when for when, share in steps if share >= SHARE]
        if large_s:
            weight = int((counts * (end_s[its] - at_s[its])).sum())
            found.append((weight, large_s[0], int(number), steps))
    main = max(found, key=lambda one: (one[0], -one[2]), default=None)
    found.sort(key=lambda one: (one is not main, one[1], one[2]))
    return [Via(f"AS{one[2]}", [(moment(at), share) for at, share in one[3]]) for one in found]


def _told(column: pd.Series[str]) -> tuple[Ints, Ints, Ints]:
    """Return row, ASN and count of each upstream of each row."""
    code, unique = pd.factorize(texts(column))
    parsed = [[pair.split(":") for pair in text.split()] for text in unique]
    sizes = np.array([len(pairs) for pairs in parsed], dtype="int64")
    flat = np.array([pair for pairs in parsed for pair in pairs], dtype="int64").reshape(-1, 2)
    starts = np.cumsum(sizes) - sizes
    row = np.repeat(np.arange(len(code)), sizes[code])
    place = ranges(starts[code], sizes[code])
    return row, flat[place, 0], flat[place, 1]


def _until(rows: DataFrame, window: Window) -> Ints:
    """Return up to when each row holds: the prefix's next, or just past the window's end."""
    last_s = int(window.until.earliest.timestamp()) + 1
    at_s = np.append(seconds(rows["time"])[1:], last_s)[: len(rows)]
    return np.where(lasts(texts(rows["prefix"])), last_s, at_s)


def _sums(at_s: Ints, end_s: Ints, counts: Ints) -> tuple[Ints, Ints]:
    return total(np.concatenate([at_s, end_s]), np.concatenate([counts, -counts]))


def _shares(at_s: Ints, counts: Ints, known_s: Ints, known: Ints) -> list[tuple[int, float]]:
    """Return the share at each change of it, up to the window's end."""
    times = np.union1d(at_s, known_s)[:-1]
    have = np.append(0, counts)[np.searchsorted(at_s, times, side="right")]
    of = np.append(0, known)[np.searchsorted(known_s, times, side="right")]
    share = have / np.maximum(1, of)
    moved = np.ones(len(share), dtype=np.bool_)
    moved[1:] = share[1:] != share[:-1]
    return list(zip(times[moved].tolist(), share[moved].tolist(), strict=True))


def upstream_changes(rows: DataFrame, window: Window, vantage_points: int) -> list[UpstreamChange]:
    """Return when the main upstream of a prefix became another, by time and prefix.

    The main upstream is the one that most networks use; of several the one that was it before
    stays, else it is the smallest ASN. Another counts from the first second of a stretch of 60 s
    or more in which it is the main one all the time. While nobody has a path, nobody is the main
    one: the same before and after is no change, another is one at the return.
    """
    known = rows[enough(rows, vantage_points)]
    prefix, at_s, end_s = texts(known["prefix"]), seconds(known["time"]), _until(known, window)
    told, spelled = pd.factorize(texts(known["upstreams"]))
    numbers: dict[tuple[int, ...], int] = {}
    best = [numbers.setdefault(_best(text), len(numbers)) for text in spelled]
    top = np.array(best, dtype="int64")[told]
    turned, tops = firsts(prefix, top), list(numbers)
    tied = [tops[number] for number in top[turned].tolist()]
    since_s, until_s = at_s[turned].tolist(), end_s[lasts(prefix, top)].tolist()
    names = prefix[turned]
    found: list[UpstreamChange] = []
    for begin, end in pairwise([*np.flatnonzero(firsts(names)).tolist(), len(names)]):
        mine = slice(begin, end)
        found += _turns(names[begin], zip(since_s[mine], until_s[mine], tied[mine], strict=True))
    return sorted(found, key=lambda change: (change.at, change.prefix))


def _best(text: str) -> tuple[int, ...]:
    """Return the ASNs of the upstreams that most networks use, sorted; empty without any."""
    counts = [(int(n), int(asn)) for asn, _, n in (pair.partition(":") for pair in text.split())]
    most = max(counts, default=(0, 0))[0]
    return tuple(sorted(asn for count, asn in counts if count == most))


def _turns(
    prefix: str, stretches: Iterable[tuple[int, int, tuple[int, ...]]]
) -> Iterator[UpstreamChange]:
    """Yield the changes among stretches (since, until, ASNs that most networks use)."""
    main, rival, rival_since_s = 0, 0, 0
    for since_s, until_s, tied in stretches:
        if not tied or main in tied:
            rival = 0
            continue
        if rival not in tied:
            rival, rival_since_s = tied[0], since_s
        if until_s - rival_since_s >= HOLDS_S:
            if main:
                yield UpstreamChange(prefix, moment(rival_since_s), f"AS{main}", f"AS{rival}")
            main = rival
