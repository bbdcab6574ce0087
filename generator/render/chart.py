"""What charts show, as plain data: enough to know whether one was drawn before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import groupby
from re import sub
from typing import Literal

from generator.render.plot import Ground, Overview, Point

LARGE, WIDE, NARROW = 940, 720, 350


@dataclass(frozen=True)
class Bar:
    """One row of a timeline: a stretch of time with its label; ``end`` None where unknown."""

    label: str
    start: datetime
    end: datetime | None
    kind: str


@dataclass(frozen=True)
class Mark:
    """An instant on row ``row`` that a claim names; ``doubted`` ones are hollow."""

    row: int
    at: datetime
    doubted: bool = False


@dataclass(frozen=True)
class Timeline:
    """What was reported: a row per episode, a tick per claim."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Rule:
    """A reported instant, drawn across a measured chart; ``opens`` when it is a beginning.

    ``short`` stands for the label where that has no room.
    """

    at: datetime
    label: str
    opens: bool
    short: str = ""


Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Strip:
    """A line through time: its label, and the level from one time to another."""

    label: str
    runs: tuple[tuple[datetime, datetime, str], ...]


@dataclass(frozen=True)
class Strips:
    """A strip for each prefix, network or class of length, under a heading.

    ``words`` are what the key calls the levels, in the order of ``lanes.LEVELS``.
    """

    heading: str
    strips: tuple[Strip, ...]
    words: tuple[str, ...]
    labels: Literal["names", "scale"] = "names"


@dataclass(frozen=True)
class Raster:
    """A line for each of many prefixes, dark while it was: (first line, line after, from, to)."""

    heading: str
    lines: int
    blocks: tuple[tuple[int, int, datetime, datetime], ...]


@dataclass(frozen=True)
class Share:
    """One upstream: its name, and (from, to, its share, that of all before it in the stack)."""

    label: str
    steps: tuple[tuple[datetime, datetime, float, float], ...]


@dataclass(frozen=True)
class Seen:
    """What routing saw of some prefixes, at the picture's own resolution.

    ``visible`` are (from, to, fewest, most prefixes visible); ``plot`` is how many pixels wide
    time is. Flaps and peer events are where they begin.
    """

    plot: int
    first: datetime
    last: datetime
    prefixes: int
    visible: tuple[tuple[datetime, datetime, int, int], ...]
    below: Strips | Raster | None = None
    upstreams: tuple[Share, ...] = ()
    flaps: tuple[datetime, ...] = ()
    events: tuple[datetime, ...] = ()
    gaps: tuple[Stretch, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def flickering(self) -> list[bool]:
        """Say of each entry of ``visible`` whether prefixes came and went too fast to be drawn.

        That is where a tenth of them did so within each of three pixels on end.
        """
        three = (self.last - self.first) / self.plot * 3
        found: list[bool] = []
        both = [10 * (most - fewest) >= self.prefixes for *_, fewest, most in self.visible]
        for so, run in groupby(zip(both, self.visible, strict=True), key=lambda one: one[0]):
            entries = [entry for _, entry in run]
            long = entries[-1][1] - entries[0][0] >= three
            found += [so and long] * len(entries)
        return found


@dataclass(frozen=True)
class Calendar:
    """Incidents of known length by day of the year, a row per year."""

    points: tuple[Point, ...]


@dataclass(frozen=True)
class Extent:
    """A reported stretch, in seconds after the beginning."""

    start_s: int
    end_s: int
    kind: str


@dataclass(frozen=True)
class Row:
    """An incident among others on one axis; ``dark`` are measured stretches in seconds."""

    id: str
    title: str
    bars: tuple[Extent, ...]
    dark: tuple[tuple[int, int], ...]

    @property
    def last_s(self) -> int:
        """The last second shown of it."""
        return max([*(bar.end_s for bar in self.bars), *(end for _, end in self.dark)])


@dataclass(frozen=True)
class Together:
    """Incidents on one axis, aligned at their beginnings."""

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class World:
    """Countries that were hit: ISO code, number of incidents, name."""

    countries: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class Chart:
    """A chart to be drawn: what it shows, how wide, and what it is called.

    ``name`` makes its ids unique on a page; title and description are for everybody.
    """

    shows: Timeline | Seen | Ground | Overview | World | Calendar | Together
    width: int
    name: str
    title: str
    description: str


@dataclass(frozen=True)
class Drawn:
    """A chart as SVG, and its Vega-Lite specification as JSON."""

    svg: str
    spec: str


def named(svg: str, chart: Chart) -> str:
    """Return a drawn chart with its title and description, which stand before all it shows."""
    title, description = f'"{chart.name}-title">', f'"{chart.name}-desc">'
    svg = svg.replace(title, title + escape(chart.title), 1)
    return svg.replace(description, description + escape(chart.description), 1)


def linked(svg: str, root: str) -> str:
    """Return a drawn chart for a page of some depth: its links begin at the site's ``root``."""
    return sub(r' href="(?=[a-z])', f' href="{root}', svg)
