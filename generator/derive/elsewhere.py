"""What becomes, at the other peers, of the prefixes that one peer withdraws."""

from __future__ import annotations

import numpy as np

from generator.derive.steps import Flags, Ints, firsts, lasts, levels
from generator.derive.told import NONE, UNKNOWN, Told


def elsewhere(told: Told, gone: Ints, within_s: int) -> tuple[Flags, Flags]:
    """Return for each withdrawal whether others hold the prefix, and whether they lose it.

    ``gone`` are the rows of the withdrawals. Looked at is the time from each up to and including
    ``within_s`` seconds later. Lost: at some second fewer than half of the other known peers hold
    it. Held: not lost, and another peer is known at the end. Neither: nothing is known of others.
    """
    prefix, at_s, seeing, known = _held(told)
    first_s = int(np.min(told.at_s))
    span_s = int(np.max(told.at_s)) - first_s + 2 * within_s
    place = told.prefix[gone] * span_s + told.at_s[gone] - first_s
    keys = prefix * span_s + at_s - first_s
    end = np.searchsorted(keys, place + within_s, side="right") - 1
    starts, ends = _dips(prefix, keys, seeing, known, span_s)
    dip = np.searchsorted(ends, place, side="right")
    lost = np.append(starts, np.iinfo(np.int64).max)[dip] <= place + within_s
    return (known[end] >= 2) & ~lost, lost


def _held(told: Told) -> tuple[Ints, Ints, Ints, Ints]:
    """Return how many peers hold a prefix and how many are known, at each change of either."""
    now, before = told.word, told.before
    parts = [
        levels(told.prefix, told.at_s, (now > floor).astype("int64") - (before > floor))
        for floor in (NONE, UNKNOWN)
    ]
    prefix = np.concatenate([part[0] for part in parts])
    at_s = np.concatenate([part[1] for part in parts])
    order = np.lexsort((at_s, prefix))
    kept = order[lasts(prefix[order], at_s[order])]
    prefix, at_s = prefix[kept], at_s[kept]
    seeing, known = (_at(prefix, at_s, *part) for part in parts)
    return prefix, at_s, seeing, known


def _at(prefix: Ints, at_s: Ints, keys: Ints, since_s: Ints, level: Ints) -> Ints:
    """Return the level of each prefix at each second; 0 before its first."""
    if not len(keys):
        return np.zeros(len(prefix), dtype="int64")
    first_s = min(np.min(at_s), np.min(since_s))
    span_s = max(np.max(at_s), np.max(since_s)) - first_s + 1
    place = np.searchsorted(keys * span_s + since_s, prefix * span_s + at_s, side="right") - 1
    return np.where((place >= 0) & (keys[place] == prefix), level[place], 0)


def _dips(prefix: Ints, keys: Ints, seeing: Ints, known: Ints, span_s: int) -> tuple[Ints, Ints]:
    """Return start and end of each time in which others have lost a prefix, sorted.

    The peer in question has none, so it is one of the known and not of the seeing.
    """
    low = ((known >= 2) & (2 * seeing < known - 1)).astype("int64")
    turns = np.flatnonzero(firsts(prefix, low))
    ends = np.append(keys[turns][1:], 0)
    closed = ~lasts(prefix[turns])
    ends = np.where(closed, ends, (prefix[turns] + 1) * span_s - 1)
    dips = low[turns] == 1
    return keys[turns][dips], ends[dips]
