"""What a picture shows of what routing saw, column by column, so that no outage is lost in it.

A picture has a few hundred columns and the evidence up to millions of seconds. A column shows the
worst that its seconds hold: dark before low, before unknown, before most, before full. A time that
is worse is therefore drawn wider than it was, up to a column, and never left out. Only where a
prefix comes and goes within each of three columns or more on end, and is never down for as long as
a column, that would be dark what was as much up as down: it has a level of its own, flicker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
from pandas import DataFrame

from generator.derive.steps import Ints, firsts, lasts, seconds, texts
from generator.derive.visibility import DARK, FULL, enough, visible_prefixes
from generator.model.evidence import Window

# From best to worst. A prefix is full at V >= 0.95, most at 0.5, low below it, dark at 0.05 or
# less; of a network the same is said of its prefixes that are up, and full only when all are.
UP = 0.5
LEVELS = ("full", "most", "unknown", "low", "dark", "flicker")
_FULL, _MOST, _UNKNOWN, _LOW, _DARK, _FLICKER = range(len(LEVELS))
_FLICKERS = 3  # columns on end
Run = tuple[datetime, datetime, str]
# Upper ends of the lengths by which outages are sorted when there are too many to show each.
LENGTHS_S = (120, 300, 600, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
             604_800)  # fmt: skip


@dataclass(frozen=True)
class Grid:
    """A window cut into columns of whole seconds, at most ``most`` of them."""

    first: datetime
    last: datetime
    most: int

    @cached_property
    def step_s(self) -> int:
        """Seconds in a column."""
        return max(1, -(-int((self.last - self.first).total_seconds()) // self.most))

    @cached_property
    def columns(self) -> int:
        """How many columns there are: one at least."""
        return max(1, -(-int((self.last - self.first).total_seconds()) // self.step_s))

    def column(self, at_s: Ints) -> Ints:
        """Return the column of each second; what lies outside goes to the nearest."""
        first_s = int(self.first.timestamp())
        return np.clip((at_s - first_s) // self.step_s, 0, self.columns - 1)

    def at(self, column: int) -> datetime:
        """Return when a column begins; the end of the window for the one after the last."""
        return min(self.last, self.first + timedelta(seconds=self.step_s * column))

    def cells(self, start: datetime, end: datetime) -> tuple[datetime, datetime]:
        """Return the columns that a stretch of time touches, from the first to past the last."""
        first_s, last_s = (int((at - self.first).total_seconds()) for at in (start, end))
        left = min(max(0, first_s // self.step_s), self.columns - 1)
        right = min(max(left, (last_s - 1) // self.step_s), self.columns - 1)
        return self.at(left), self.at(right + 1)

    def merged(self, times: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
        """Return the columns that stretches of time touch, those inside the window, as few runs."""
        cells = [self.cells(a, b) for a, b in times if b >= self.first and a <= self.last]
        whole: list[tuple[datetime, datetime]] = []
        for start, end in sorted(cells):
            if whole and start <= whole[-1][1]:
                whole[-1] = (whole[-1][0], max(whole[-1][1], end))
            else:
                whole.append((start, end))
        return whole


def of_prefixes(
    rows: DataFrame, window: Window, vantage_points: int, grid: Grid
) -> list[tuple[str, list[Run]]]:
    """Return what each prefix shows, by prefix: the worst level of its rows in each column.

    Before its first row, and while too few networks are known, a prefix is unknown.
    """
    names, at_s = texts(rows["prefix"]), seconds(rows["time"])
    begins = firsts(names)
    lane, opening = np.cumsum(begins) - 1, np.flatnonzero(begins)
    last_s = int(window.until.earliest.timestamp()) + 1
    ends_s = np.where(lasts(names), last_s, np.append(at_s, last_s)[1:])
    since_s = np.full(len(opening), int(window.since.earliest.timestamp()))
    late = at_s[opening] > since_s
    times = np.concatenate(
        [
            np.stack([at_s, ends_s], axis=1),
            np.stack([since_s, at_s[opening]], axis=1)[late],
        ]
    )
    level = np.append(_levels(rows, vantage_points), np.full(int(late.sum()), _UNKNOWN))
    lanes = np.append(lane, lane[opening][late])
    order = np.lexsort((times[:, 0], lanes))
    shown = _shown(grid, len(opening), lanes[order], times[order], level[order])
    return [(name, _runs(grid, row)) for name, row in zip(names[opening], shown, strict=True)]


def _levels(rows: DataFrame, vantage_points: int) -> Ints:
    v = rows["seeing"].to_numpy() / np.maximum(1, rows["known"].to_numpy())
    bands = np.select([v >= FULL, v >= UP, v > DARK], [_FULL, _MOST, _LOW], _DARK)
    return np.where(enough(rows, vantage_points), bands, _UNKNOWN)


def of_networks(
    rows: DataFrame,
    origins: Mapping[str, str],
    window: Window,
    vantage_points: int,
    grid: Grid,
) -> list[tuple[str, list[Run]]]:
    """Return what each network shows, by AS number: how many of its prefixes are up.

    Full only while all are, so that the outage of one among thousands is not lost; most from half
    of them on, dark at 5 % or less, else low. Prefixes of no known origin are left out.
    """
    found = []
    by_network = rows.groupby(rows["prefix"].map(origins), sort=True)
    for network, some in sorted(by_network, key=lambda one: int(str(one[0]).removeprefix("AS"))):
        up = visible_prefixes(some, vantage_points)
        total = int(up["visible"].iloc[0] + up["down"].iloc[0])
        share = up["visible"].to_numpy() / max(1, total)
        level = np.select([share == 1, share >= UP, share > DARK], [_FULL, _MOST, _LOW], _DARK)
        times = _held(seconds(up["time"]), window)
        shown = _shown(grid, 1, np.zeros(len(times), "int64"), times, level)
        found.append((str(network), _runs(grid, shown[0])))
    return found


def of_lengths(
    dark: Sequence[tuple[int, datetime, datetime]], grid: Grid
) -> list[tuple[int, list[Run]]]:
    """Return when any outage of each class of length was going on: upper end in s, dark runs.

    The classes are those of ``LENGTHS_S``; the last, of all that is longer, has the upper end 0.
    Shortest first, and only those between the shortest and the longest that occur.
    """
    table = np.array([(a.timestamp(), b.timestamp()) for _, a, b in dark], dtype="int64")
    if not len(table):
        return []
    lane = np.searchsorted(LENGTHS_S, table[:, 1] - table[:, 0], side="left")
    level = np.full(len(table), _DARK)
    worst = _worst(grid, len(LENGTHS_S) + 1, lane, table, level)
    kept = range(int(lane.min()), int(lane.max()) + 1)
    uppers = (*LENGTHS_S, 0)
    return [
        (uppers[one], [run for run in _runs(grid, worst[one]) if run[2] == LEVELS[_DARK]])
        for one in kept
    ]


def visible(
    steps: Sequence[tuple[datetime, int]], grid: Grid
) -> list[tuple[datetime, datetime, int, int]]:
    """Return the fewest and the most prefixes visible in each column, equal neighbours as one.

    As (start, end, fewest, most).
    """
    at_s = np.array([int(at.timestamp()) for at, _ in steps], dtype="int64")
    number = np.array([count for _, count in steps], dtype="int64")
    starts_s = int(grid.first.timestamp()) + grid.step_s * np.arange(grid.columns)
    held = number[np.maximum(0, np.searchsorted(at_s, starts_s, side="right") - 1)]
    fewest, most = held.copy(), held.copy()
    np.minimum.at(fewest, grid.column(at_s), number)
    np.maximum.at(most, grid.column(at_s), number)
    turns = np.flatnonzero(firsts(fewest, most)).tolist()
    ends = [*turns[1:], grid.columns]
    return [
        (grid.at(a), grid.at(b), int(fewest[a]), int(most[a]))
        for a, b in zip(turns, ends, strict=True)
    ]


def shares(
    steps: Sequence[tuple[datetime, float]], grid: Grid
) -> list[tuple[datetime, datetime, float]]:
    """Return the mean share over time in each column, to a hundredth, equal neighbours as one."""
    share = np.array([share for _, share in steps])
    since_s = np.array([at.timestamp() for at, _ in steps])
    edges = int(grid.first.timestamp()) + grid.step_s * np.arange(grid.columns + 1)
    edges[-1] = max(edges[-2] + 1, int(grid.last.timestamp()))
    area = np.append(0, np.cumsum(share[:-1] * np.diff(since_s)))
    place = np.searchsorted(since_s, edges, side="right") - 1
    whole = np.where(place < 0, 0.0, area[place] + share[place] * (edges - since_s[place]))
    mean = np.round(np.diff(whole) / np.diff(edges), 2)
    turns = np.flatnonzero(np.append(True, mean[1:] != mean[:-1])).tolist()
    ends = [*turns[1:], grid.columns]
    return [(grid.at(a), grid.at(b), float(mean[a])) for a, b in zip(turns, ends, strict=True)]


def _held(at_s: Ints, window: Window) -> Ints:
    ends = np.append(at_s[1:], int(window.until.earliest.timestamp()) + 1)
    return np.stack([at_s, ends], axis=1)


def _shown(grid: Grid, lanes: int, lane: Ints, times: Ints, level: Ints) -> Ints:
    """Return the level of each lane and column; ``times`` are sorted by lane and first second."""
    worst = _worst(grid, lanes, lane, times, level)
    down = (level >= _LOW).astype("int64")
    starts = np.flatnonzero(firsts(lane, down))
    lasted = np.add.reduceat(times[:, 1] - times[:, 0], starts)
    lasts = np.append(starts[1:], len(lane)) - 1
    whole = np.stack([times[starts, 0], times[lasts, 1]], axis=1)
    long = (down[starts] == 1) & (lasted >= grid.step_s)
    held = _worst(grid, lanes, lane[starts][long], whole[long], np.ones(int(long.sum()), "int64"))
    up = level <= _MOST
    also = _worst(grid, lanes, lane[up], times[up], np.ones(int(up.sum()), "int64"))
    both = (worst >= _LOW) & (also == 1) & (held == 0)
    for row, flips in zip(worst, both, strict=True):
        turns = np.flatnonzero(firsts(flips.astype("int64"))).tolist()
        for start, end in zip(turns, [*turns[1:], len(flips)], strict=True):
            if flips[start] and end - start >= _FLICKERS:
                row[start:end] = _FLICKER
    return worst


def _worst(grid: Grid, lanes: int, lane: Ints, times: Ints, level: Ints) -> Ints:
    """Return the worst level in each lane and column; 0 where nothing is."""
    first = grid.column(times[:, 0])
    last = grid.column(np.maximum(times[:, 0], times[:, 1] - 1))
    worst = np.zeros((lanes, grid.columns), dtype="int64")
    for number in range(1, _FLICKER):
        mine = level == number
        cover = np.zeros((lanes, grid.columns + 1), dtype="int64")
        np.add.at(cover, (lane[mine], first[mine]), 1)
        np.add.at(cover, (lane[mine], last[mine] + 1), -1)
        worst[np.cumsum(cover, axis=1)[:, :-1] > 0] = number
    return worst


def _runs(grid: Grid, levels: Ints) -> list[Run]:
    turns = np.flatnonzero(firsts(levels)).tolist()
    ends = [*turns[1:], len(levels)]
    return [
        (grid.at(a), grid.at(b), LEVELS[int(levels[a])]) for a, b in zip(turns, ends, strict=True)
    ]
