"""How long it took until all networks had lost a prefix, and until all had it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas import DataFrame

from generator.derive.steps import NEVER, Flags, Ints, firsts, lasts, moment, seconds, texts
from generator.derive.visibility import DARK, FULL, enough

LEVEL_WITHIN_S = 24 * 3600


@dataclass(frozen=True)
class Convergence:
    """The times of one outage of a prefix; None where they were not observed.

    ``start`` is that of the outage. ``onset`` is the first second of the decline that leads to it,
    below 0.95 of the level before; ``dark_at`` the first with V <= 0.05; ``first_back`` the first
    in which more networks see the prefix in the rise that leads to its end; ``full_at`` the first
    with V back at 0.95 of the level before.
    """

    prefix: str
    onset: datetime | None
    start: datetime | None
    dark_at: datetime | None
    first_back: datetime | None
    full_at: datetime | None

    @property
    def withdrawal_s(self) -> int | None:
        """Withdrawal convergence: from the onset until it is dark."""
        return _between(self.onset, self.dark_at)

    @property
    def announcement_s(self) -> int | None:
        """Announcement convergence: from the first return until it is fully visible."""
        return _between(self.first_back, self.full_at)


_Share = npt.NDArray[np.float64]
# When the outage before ended, when this one starts and ends, when the next one starts.
_Around = tuple[int | None, int, int | None, int | None]


@dataclass(frozen=True)
class _Series:
    """V of one prefix, and how many networks see it, from each second on."""

    at_s: Ints
    seeing: Ints
    v: _Share

    def span(self, since_s: int, until_s: int) -> slice:
        """Return the changes from a second on, up to but not including another."""
        return slice(*(int(self.at_s.searchsorted(at_s)) for at_s in (since_s, until_s)))


def convergence(rows: DataFrame, out: DataFrame, vantage_points: int) -> list[Convergence]:
    """Return the times of each outage in ``out``, in its order.

    The level before is the median of V over time, of the 24 h before the outage at most (the span
    of which IODA takes its median) and not further back than the end of the one before. Of an
    outage that was there before the window, neither the loss nor the level is observed.
    """
    if out.empty:
        return []
    series = dict(_series(rows[enough(rows, vantage_points)]))
    names, start_s, end_s = texts(out["prefix"]), seconds(out["start"]), seconds(out["end"])
    earlier_s = np.where(firsts(names), NEVER, np.append(NEVER, end_s[:-1]))
    later_s = np.where(lasts(names), NEVER, np.append(start_s[1:], NEVER))
    return [
        _one(prefix, series[prefix], around, before=before)
        for prefix, before, around in zip(
            names.tolist(),
            out["before"].tolist(),
            zip(_known(earlier_s), start_s.tolist(), _known(end_s), _known(later_s), strict=True),
            strict=True,
        )
    ]


def appearances(rows: DataFrame, vantage_points: int) -> DataFrame:
    """Return when each prefix appeared, its loss observed or not, by prefix.

    Columns ``prefix, first_seen, up_at, full_at``: the first second in which a network sees it, and
    the first with V >= 0.5 and V >= 0.95 while enough is known; NaT where there is none.
    """
    known = rows[enough(rows, vantage_points)]
    parts = {
        "first_seen": rows[rows["seeing"] > 0],
        "up_at": known[2 * known["seeing"] >= known["known"]],
        "full_at": known[known["seeing"] >= FULL * known["known"]],
    }
    times = {name: part.groupby("prefix")["time"].min() for name, part in parts.items()}
    prefixes = pd.Index(rows["prefix"].unique(), name="prefix")
    return DataFrame(times, index=prefixes).sort_index().reset_index()


def _series(known: DataFrame) -> Iterator[tuple[str, _Series]]:
    at_s, seeing = seconds(known["time"]), known["seeing"].to_numpy()
    v = seeing / known["known"].to_numpy()
    names = texts(known["prefix"])
    begins = np.flatnonzero(firsts(names))
    for begin, end in zip(begins, np.append(begins[1:], len(names)), strict=True):
        yield names[begin], _Series(at_s[begin:end], seeing[begin:end], v[begin:end])


def _one(prefix: str, series: _Series, around: _Around, *, before: bool) -> Convergence:
    earlier_s, start_s, end_s, later_s = around
    level = None if before else _level(series, earlier_s, start_s)
    full = None if level is None else FULL * level
    dark = _first(series, start_s, end_s, lambda v: v <= DARK)
    return Convergence(
        prefix,
        onset=None if full is None else _onset(series, start_s, full),
        start=None if before else moment(start_s),
        dark_at=None if before and dark == start_s else _moment(dark),
        first_back=None if end_s is None else _rise(series, start_s, end_s),
        full_at=None
        if full is None or end_s is None
        else _moment(_first(series, end_s, later_s, lambda v: v >= full)),
    )


def _level(series: _Series, earlier_s: int | None, start_s: int) -> float:
    since_s = max(start_s - LEVEL_WITHIN_S, earlier_s or 0)
    low = max(0, int(series.at_s.searchsorted(since_s, side="right")) - 1)
    high = int(series.at_s.searchsorted(start_s))
    times = np.maximum(series.at_s[low : high + 1], since_s)
    v = series.v[low:high]
    order = np.argsort(v)
    lasted = np.cumsum(np.diff(times)[order])
    return float(v[order[(2 * lasted).searchsorted(lasted[-1])]])


def _onset(series: _Series, start_s: int, full: float) -> datetime:
    """Return the first second below ``full`` of the run in which the outage starts."""
    start = int(series.at_s.searchsorted(start_s))
    high = np.flatnonzero(series.v[:start] >= full)
    return moment(series.at_s[high[-1] + 1 if len(high) else 0])


def _rise(series: _Series, start_s: int, end_s: int) -> datetime | None:
    """Return the first second after the last one at the outage's lowest, up to its end."""
    span = series.span(start_s, end_s + 1)
    seeing = series.seeing[span]
    risen = int(np.flatnonzero(seeing == np.min(seeing[:-1]))[-1]) + 1
    return moment(series.at_s[span][risen]) if risen < len(seeing) else None


def _first(
    series: _Series, since_s: int, until_s: int | None, meets: Callable[[_Share], Flags]
) -> int | None:
    """Return the first second of a span whose V meets a condition."""
    end_s = np.iinfo(np.int64).max if until_s is None else until_s
    span = series.span(since_s, end_s)
    found = np.flatnonzero(meets(series.v[span]))
    return int(series.at_s[span][found[0]]) if len(found) else None


def _known(at_s: Ints) -> list[int | None]:
    return [None if one == NEVER else one for one in at_s.tolist()]


def _moment(at_s: int | None) -> datetime | None:
    return None if at_s is None else moment(at_s)


def _between(since: datetime | None, until: datetime | None) -> int | None:
    return int((until - since).total_seconds()) if since and until else None
