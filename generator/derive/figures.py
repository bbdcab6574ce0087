"""The figures of an incident: what the routing table saw of the whole that its prefixes make up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Literal

import numpy as np
import numpy.typing as npt
from pandas import DataFrame

from generator.derive.networks import together
from generator.derive.outages import Course, brief_losses, course
from generator.derive.steps import NEVER, Ints, firsts, lasts, moment, seconds, texts
from generator.derive.visibility import enough
from generator.model.evidence import Window

FEW_VANTAGE_POINTS = 10  # RIPEstat calls a prefix seen by fewer than ten peers of low visibility

MeasuredExtent = Literal["total", "partial", "none"]


@dataclass(frozen=True)
class Measured:
    """What the routing table saw of an incident. Times are None where there was no outage.

    ``prefixes`` are those known to be up at some time, so that there is something to lose; of
    ``little_known`` too little was ever known, ``never_up`` were down from first to last.
    ``prefixes_down`` had at least one outage;
    ``restored`` of them were up again at the end of the window, ``still_down`` were not, the first
    of these from ``still_down_since`` on. ``down_before`` were down from their first row on.
    ``brief_losses`` are the stretches down that were too short for an outage and outside of one.
    Medians are over prefixes, of their first start, last end and longest outage, rounded down to
    the second; an open outage has neither end nor length.
    ``fewest_visible`` are all prefixes but the most that were down at once, for however short.
    ``pairs`` are withdrawals of single peers with the announcement that followed, ``pair_period_s``
    the median from one of them to the next and ``pair_down_s`` until the announcement (see
    ``pairs``); None where the messages are not there to count them.
    """

    since: datetime
    until: datetime
    vantage_points: int
    prefixes: int
    prefixes_down: int
    still_down: int
    still_down_since: datetime | None
    down_before: int
    fewest_visible: int
    fewest_visible_at: datetime
    extent: MeasuredExtent
    first_start: datetime | None
    median_start: datetime | None
    first_restored: datetime | None
    median_last_restored: datetime | None
    last_restored: datetime | None
    median_longest_s: int | None
    down_twice_or_more: int
    brief_losses: int
    flaps: int
    little_known: int
    never_up: int
    pairs: int | None = None
    pair_period_s: int | None = None
    pair_down_s: int | None = None

    @property
    def restored(self) -> int:
        """Prefixes that went down and were up again at the window's end."""
        return self.prefixes_down - self.still_down

    @property
    def few_vantage_points(self) -> bool:
        """True below ten networks with a full feed: to be marked wherever figures are shown."""
        return self.vantage_points < FEW_VANTAGE_POINTS

    @property
    def start(self) -> datetime | None:
        """When the whole began to fail: the first start; None where that was before the window."""
        return None if self.down_before else self.first_start

    @property
    def end(self) -> datetime | None:
        """When the whole was back: the last restoration.

        None when a prefix that was down by then is down to the window's end. Outages that began
        after it and are still open are another matter, told by ``still_down``.
        """
        last, open_since = self.last_restored, self.still_down_since
        return None if last and open_since and open_since <= last else last


def measure(rows: DataFrame, window: Window, vantage_points: int) -> Measured:
    """Return the figures of an incident from its visibility rows, without those of single peers.

    Raises ValueError when there is no row.
    """
    return figures_of(course(rows, window, vantage_points), window, vantage_points)


def figures_of(seen: Course, window: Window, vantage_points: int) -> Measured:
    """Return the same where the course of all prefixes is at hand."""
    out, rows = seen.outages, seen.rows
    prefixes = _distinct(seen.known)
    known = _distinct(rows[enough(rows, vantage_points)])
    down = seen.visible["down"].to_numpy()
    lowest = int(np.argmax(down))
    start_s, end_s = seconds(out["start"]), seconds(out["end"])
    names = texts(out["prefix"])
    first, last, is_open = firsts(names), lasts(names), end_s == NEVER
    return Measured(
        since=window.since.earliest,
        until=window.until.earliest,
        vantage_points=vantage_points,
        prefixes=prefixes,
        prefixes_down=int(last.sum()),
        still_down=int(is_open[last].sum()),
        still_down_since=_earliest(start_s[is_open]),
        down_before=int(out["before"].sum()),
        fewest_visible=prefixes - int(down[lowest]),
        fewest_visible_at=moment(seconds(seen.visible["time"])[lowest]),
        extent=_extent(out, prefixes),
        first_start=_earliest(start_s),
        median_start=_middle(start_s[first]),
        first_restored=_earliest(end_s[~is_open]),
        median_last_restored=_middle(end_s[last & ~is_open]),
        last_restored=_latest(end_s[~is_open]),
        median_longest_s=_median(_longest(names[~is_open], out["length_s"].to_numpy()[~is_open])),
        down_twice_or_more=int((first & ~last).sum()),
        brief_losses=len(brief_losses(seen.stretches)),
        flaps=len(seen.flaps),
        little_known=_distinct(rows) - known,
        never_up=known - prefixes,
    )


def _extent(out: DataFrame, prefixes: int) -> MeasuredExtent:
    """Total when at some second every prefix is in an outage; partial when only some ever are."""
    if out.empty:
        return "none"
    return "total" if together(out, prefixes) else "partial"


def _distinct(rows: DataFrame) -> int:
    """Return how many prefixes there are rows of; those of each stand together."""
    return int(firsts(texts(rows["prefix"])).sum())


def _longest(names: npt.NDArray[np.object_], lengths_s: Ints) -> Ints:
    """Return the longest of each name's lengths."""
    begins = np.flatnonzero(firsts(names))
    return np.maximum.reduceat(lengths_s, begins) if len(begins) else lengths_s


def _earliest(at_s: Ints) -> datetime | None:
    return moment(int(np.min(at_s))) if len(at_s) else None


def _latest(at_s: Ints) -> datetime | None:
    return moment(int(np.max(at_s))) if len(at_s) else None


def _middle(at_s: Ints) -> datetime | None:
    found = _median(at_s)
    return None if found is None else moment(found)


def _median(numbers: Ints) -> int | None:
    return int(median(numbers.tolist())) if len(numbers) else None
