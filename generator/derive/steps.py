"""Step functions of time, as numbers: what holds from a second on, up to the next change."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas import Series

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def levels(keys: Ints, at_s: Ints, deltas: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the running sum of ``deltas`` per key wherever it changes: keys, seconds, sums.

    Changes of one key and second count together. By key, then by second.
    """
    order = np.lexsort((at_s, keys))
    keys, at_s, deltas = keys[order], at_s[order], deltas[order]
    place = np.flatnonzero(firsts(keys, at_s))
    sums = np.add.reduceat(deltas, place) if len(place) else deltas
    moved = sums != 0
    keys, at_s, sums = keys[place][moved], at_s[place][moved], sums[moved]
    total = np.cumsum(sums)
    return keys, at_s, total - before(keys, total)


def before(keys: Ints, total: Ints) -> Ints:
    """Return what a running sum over all keys was before the first entry of each entry's key."""
    starts = np.flatnonzero(firsts(keys))
    held = np.concatenate([[0], total])[starts]
    return np.repeat(held, np.diff(np.append(starts, len(keys))))


def firsts(*columns: Ints) -> Flags:
    """Mark the entries of sorted columns that differ from the one before in any of them."""
    found = np.ones(len(columns[0]), dtype=np.bool_)
    if len(found):
        found[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return found


def lasts(*columns: Ints) -> Flags:
    """Mark the entries of sorted columns that differ from the one after in any of them."""
    return np.append(firsts(*columns)[1:], np.ones(min(1, len(columns[0])), dtype=np.bool_))


def seconds(times: Series[pd.Timestamp]) -> Ints:
    """Return times as Unix seconds."""
    return np.asarray(times.dt.as_unit("s").astype("int64"), dtype=np.int64)


def moment(at_s: int) -> datetime:
    """Return a Unix second as a time."""
    return datetime.fromtimestamp(int(at_s), UTC)
