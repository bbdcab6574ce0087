"""Step functions of time, as numbers: what holds from a second on, up to the next change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas import Series

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NEVER = np.iinfo(np.int64).min  # the second of a time that is not known, as NumPy has it


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


def total(at_s: Ints, deltas: Ints) -> tuple[Ints, Ints]:
    """Return the running sum of ``deltas`` wherever it changes: seconds, sums."""
    _, at_s, sums = levels(np.zeros(len(at_s), dtype="int64"), at_s, deltas)
    return at_s, sums


def before(keys: Ints, total: Ints) -> Ints:
    """Return what a running sum over all keys was before the first entry of each entry's key."""
    starts = np.flatnonzero(firsts(keys))
    held = np.concatenate([[0], total])[starts]
    return np.repeat(held, np.diff(np.append(starts, len(keys))))


def firsts(*columns: npt.NDArray[Any]) -> Flags:
    """Mark the entries of sorted columns that differ from the one before in any of them."""
    found = np.zeros(len(columns[0]), dtype=np.bool_)
    found[:1] = True
    for column in columns:
        found[1:] |= column[1:] != column[:-1]
    return found


def lasts(*columns: npt.NDArray[Any]) -> Flags:
    """Mark the entries of sorted columns that differ from the one after in any of them."""
    return np.append(firsts(*columns)[1:], np.ones(min(1, len(columns[0])), dtype=np.bool_))


def ranges(begins: Ints, sizes: Ints) -> Ints:
    """Return so many numbers from each beginning on, one range after the other."""
    shifts = np.repeat(begins - (np.cumsum(sizes) - sizes), sizes)
    return np.asarray(np.arange(len(shifts)) + shifts, dtype=np.int64)


def texts(column: Series[str]) -> npt.NDArray[np.object_]:
    """Return a column of texts, such as prefixes, as an array."""
    return np.asarray(column.to_numpy(), dtype=np.object_)


def seconds(times: Series[pd.Timestamp]) -> Ints:
    """Return times as Unix seconds, NEVER where there is none."""
    return times.to_numpy(dtype="datetime64[s]").astype(np.int64)


def times(at_s: Ints) -> pd.DatetimeIndex:
    """Return Unix seconds as times, the inverse of ``seconds``."""
    return pd.DatetimeIndex(at_s.astype("datetime64[s]"), tz="UTC")


def moment(at_s: int) -> datetime:
    """Return a Unix second as a time."""
    return datetime.fromtimestamp(int(at_s), UTC)
