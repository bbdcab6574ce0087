"""The picture of the whole archive: every incident, its date against its length."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import altair as alt

from generator.render.chart import Faded, Overview, Point
from generator.render.charts import (
    ACCENT,
    DARK,
    MUTED,
    PAPER,
    RULE,
    WARN,
    Spec,
    iso,
    styled,
    values,
)
from generator.render.labels import GAP_PX, Side, Spot, placed
from generator.render.svg import HERE

_LOW_PX, _HIGH_PX, _LARGE_PX = 220, 340, 800  # a picture wider than the last is a high one
_YEAR_PX = 56  # room for the number of a year
# Of each standing the shape, its area, what fills it and its edge, as the words of the pages have
# them. An edge in the colour of the page keeps marks apart that lie on one another.
_MARKS = {
    "established": ("circle", 120, DARK, PAPER),
    "likely": ("triangle-up", 190, ACCENT, PAPER),
    "contested": ("diamond", 150, WARN, PAPER),
    "unknown": ("circle", 85, PAPER, MUTED),
}
_TICKS_S = {60: "1 min", 600: "10 min", 3600: "1 h", 21_600: "6 h", 86_400: "1 day",
            604_800: "1 week", 2_592_000: "1 month", 31_536_000: "1 year"}  # fmt: skip
_TICK_WORDS = " : ".join(f"datum.value == {s} ? '{word}'" for s, word in _TICKS_S.items()) + " : ''"


@dataclass(frozen=True)
class _Frame:
    """What the axes span: years, and lengths in seconds on a logarithmic scale."""

    first: int
    last: int
    foot_s: int
    top_s: int
    width: int

    @property
    def height(self) -> int:
        """How high the picture is, in pixels."""
        return _HIGH_PX if self.width > _LARGE_PX else _LOW_PX

    def spot(self, point: Point) -> Spot:
        """Return where a mark lies, in pixels."""
        since, until = (datetime(year, 1, 1, tzinfo=UTC) for year in (self.first, self.last + 1))
        x = (point.at - since) / (until - since) * self.width
        up = math.log(max(point.length_s, self.foot_s) / self.foot_s)
        y = self.height * (1 - up / math.log(self.top_s / self.foot_s))
        return Spot(x, y, point.label)


def overview(shown: Overview, width: int) -> Spec:
    """Return incidents of known length as linked marks, shaped and coloured by standing.

    Others stand behind them as pale dots. Lengths are on a logarithmic scale, from a minute to a
    year. There must be at least one incident. Names stand where there is room, longest outage
    first.
    """
    frame = _frame(shown, width)
    x, y = _years(frame), _lengths(frame)
    shape, area, fill, edge = map(_scale, zip(*_MARKS.values(), strict=True))
    base = alt.Chart(values([_row(point) for point in shown.points])).encode(x=x, y=y)
    points = base.mark_point(opacity=1, strokeWidth=1.2).encode(
        shape=alt.Shape("standing:N", legend=None, scale=shape),
        size=alt.Size("standing:N", legend=None, scale=area),
        fill=alt.Fill("standing:N", legend=None, scale=fill),
        stroke=alt.Stroke("standing:N", legend=None, scale=edge),
        href="href:N",
        description="title:N",
    )
    layers: list[alt.Chart] = [points, *_names(shown.points, frame, x, y)]
    if shown.others:
        layers.insert(0, _backdrop(shown.others, x, y))
    return styled(alt.layer(*layers).properties(width=width, height=frame.height))


def _scale(marks: Sequence[str | int]) -> alt.Scale:
    return alt.Scale(domain=list(_MARKS), range=list(marks))


def _backdrop(others: Sequence[Faded], x: alt.X, y: alt.Y) -> alt.Chart:
    """Return pale dots as one line broken after each: a single path, however many they are."""
    dots = [_dot(one) for one in others]
    rows = [row for dot in dots for row in (dot, {**dot, "length_s": None})]
    base: alt.Chart = alt.Chart(values(rows)).encode(x=x, y=y)
    dotted: alt.Chart = base.mark_line(stroke=RULE, strokeWidth=6, strokeCap="round")
    return dotted


def _names(points: Sequence[Point], frame: _Frame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    longest = sorted(points, key=lambda point: (-point.length_s, point.id))
    sides = placed([frame.spot(point) for point in longest], frame.width)
    layers = []
    aligned: tuple[tuple[Side, Side, int], ...] = (
        ("right", "left", GAP_PX),
        ("left", "right", -GAP_PX),
    )
    for side, align, dx in aligned:
        rows = [
            {**_dot(longest[at]), "label": longest[at].label}
            for at, stands in sides.items()
            if stands == side
        ]
        if rows:
            text = alt.Chart(values(rows)).mark_text(align=align, baseline="middle", dx=dx)
            layers.append(text.encode(x=x, y=y, text="label:N"))
    return layers


def _dot(one: Point | Faded) -> dict[str, Any]:
    return {"at": iso(one.at), "length_s": one.length_s}


def _row(point: Point) -> dict[str, Any]:
    return {
        **_dot(point),
        "standing": point.standing,
        "title": point.title,
        "href": f"{HERE}incidents/{point.id}/",
    }


def _frame(shown: Overview, width: int) -> _Frame:
    every: list[Point | Faded] = [*shown.points, *shown.others]
    years = [one.at.year for one in every]
    lengths = [one.length_s for one in every]
    top_s = next((tick for tick in _TICKS_S if tick >= max(lengths) * 1.6), max(_TICKS_S))
    foot_s = max(tick for tick in (1, *_TICKS_S) if tick <= min(lengths))
    return _Frame(min(years), max(years), foot_s, top_s, width)


def _years(frame: _Frame) -> alt.X:
    edges = [datetime(year, 1, 1, tzinfo=UTC) for year in (frame.first, frame.last + 1)]
    room = max(2, frame.width // _YEAR_PX)
    every = -(-(frame.last + 1 - frame.first) // room)
    ticks = [
        int(datetime(year, 1, 1, tzinfo=UTC).timestamp() * 1000)
        for year in range(frame.first, frame.last + 2, every)
    ]
    domain = [edge.strftime("%Y-%m-%dT00:00:00Z") for edge in edges]
    axis = alt.Axis(title=None, values=ticks, labelExpr="utcFormat(datum.value, '%Y')", grid=False)
    return alt.X("at:T", scale=alt.Scale(type="utc", domain=domain, nice=False), axis=axis)


def _lengths(frame: _Frame) -> alt.Y:
    ticks = [tick for tick in _TICKS_S if frame.foot_s <= tick <= frame.top_s]
    axis = alt.Axis(title=None, values=ticks, labelExpr=_TICK_WORDS, labelColor=MUTED)
    scale = alt.Scale(type="log", domain=[frame.foot_s, frame.top_s])
    return alt.Y("length_s:Q", scale=scale, axis=axis)
