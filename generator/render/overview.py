"""Incidents on the picture of the whole archive: each one's date against its length.

Ground and marks are drawn apart: there are thousands of pictures of some incidents each, and their
axes and pale dots are the same.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import altair as alt

from generator.render.charts import (
    ACCENT,
    DARK,
    MUTED,
    PAPER,
    RULE,
    WARN,
    Filling,
    Spec,
    blank,
    iso,
    layered,
    styled,
    values,
)
from generator.render.labels import GAP_PX, Side, Spot, placed
from generator.render.plot import LENGTHS_S, Faded, Frame, Ground, Overview, Point
from generator.render.svg import HERE

_LOW_PX, _HIGH_PX, _LARGE_PX = 220, 340, 800  # a picture wider than the last is a high one
_YEAR_PX = 56  # room for the number of a year
_EDGE_PX = 8  # so much of a mark at the edge of the plot lies outside of it
# Of each standing the shape, its area, what fills it and its edge, as the words of the pages have
# them. An edge in the colour of the page keeps marks apart that lie on one another.
_MARKS = {
    "established": ("circle", 120, DARK, PAPER),
    "likely": ("triangle-up", 190, ACCENT, PAPER),
    "contested": ("diamond", 150, WARN, PAPER),
    "unknown": ("circle", 85, PAPER, MUTED),
}
_TOLD = ("1 min", "10 min", "1 h", "6 h", "1 day", "1 week", "1 month", "1 year")
_TICK_WORDS = (
    " : ".join(f"datum.value == {s} ? '{word}'" for s, word in zip(LENGTHS_S, _TOLD, strict=True))
    + " : ''"
)
_SIDES: dict[Side, tuple[Side, int]] = {"right": ("left", GAP_PX), "left": ("right", -GAP_PX)}


def ground(shown: Ground, width: int) -> Spec:
    """Return the axes, and pale dots. Lengths are on a logarithmic scale.

    Dots are one line broken after each: a single path, however many they are.
    """
    frame = shown.frame
    dots = [_dot(one) for one in shown.dots]
    rows = [row for dot in dots for row in (dot, {**dot, "length_s": None})]
    base = alt.Chart(values(rows)).encode(x=_years(frame, width), y=_lengths(frame))
    dotted = base.mark_line(stroke=RULE, strokeWidth=6, strokeCap="round")
    padding = {"left": 2, "bottom": 2, "top": _EDGE_PX, "right": _EDGE_PX}
    return styled(layered([dotted], width=width, height=_height(width), padding=padding))


def overview(shown: Overview, width: int) -> Filling:
    """Return incidents as linked marks, shaped and coloured by standing.

    Names stand where there is room, longest outage first.
    """
    longest = sorted(shown.points, key=lambda point: (-point.length_s, point.id))
    sides = placed([_spot(point, shown.frame, width) for point in longest], width)
    named: dict[str, Any] = {
        side: [
            {**_dot(longest[at]), "label": longest[at].label}
            for at, stands in sides.items()
            if stands == side
        ]
        for side in _SIDES
    }
    parts = {
        "points": [_row(point) for point in shown.points],
        "years": _edges(shown.frame),
        "lengths": [shown.frame.foot_s, shown.frame.top_s],
        **named,
    }
    return Filling(_template(width, tuple(side for side in _SIDES if named[side])), parts)


@cache
def _template(width: int, sides: tuple[Side, ...]) -> str:
    """Return the spec with blanks for incidents and the edges of the axes."""
    years = alt.Scale(type="utc", domain=blank("years"), nice=False)
    x = alt.X("at:T", scale=years, axis=None)
    # Longer than the axis is drawn at its end.
    lengths = alt.Scale(type="log", domain=blank("lengths"), clamp=True)
    y = alt.Y("length_s:Q", scale=lengths, axis=None)
    shape, area, fill, edge = map(_scale, zip(*_MARKS.values(), strict=True))
    base = alt.Chart(alt.InlineData(values=blank("points"))).encode(x=x, y=y)
    points = base.mark_point(opacity=1, strokeWidth=1.2).encode(
        shape=alt.Shape("standing:N", legend=None, scale=shape),
        size=alt.Size("standing:N", legend=None, scale=area),
        fill=alt.Fill("standing:N", legend=None, scale=fill),
        stroke=alt.Stroke("standing:N", legend=None, scale=edge),
        href=alt.Href("href:N"),
        description=alt.Description("title:N"),
    )
    layers = [points]
    for side in sides:
        align, dx = _SIDES[side]
        names = alt.Chart(alt.InlineData(values=blank(side)))
        text = names.mark_text(align=align, baseline="middle", dx=dx)
        layers.append(text.encode(x=x, y=y, text=alt.Text("label:N")))
    return json.dumps(styled(layered(layers, width=width, height=_height(width))))


def _scale(marks: Sequence[str | int]) -> alt.Scale:
    return alt.Scale(domain=list(_MARKS), range=list(marks))


def _height(width: int) -> int:
    """Return how high the picture is, in pixels."""
    return _HIGH_PX if width > _LARGE_PX else _LOW_PX


def _spot(point: Point, frame: Frame, width: int) -> Spot:
    """Return where a mark lies, in pixels."""
    since, until = (datetime(year, 1, 1, tzinfo=UTC) for year in (frame.first, frame.last + 1))
    x = (point.at - since) / (until - since) * width
    up = math.log(max(point.length_s, frame.foot_s) / frame.foot_s)
    y = _height(width) * (1 - up / math.log(frame.top_s / frame.foot_s))
    return Spot(x, y, point.label)


def _dot(one: Point | Faded) -> dict[str, Any]:
    return {"at": iso(one.at), "length_s": one.length_s}


def _row(point: Point) -> dict[str, Any]:
    return {
        **_dot(point),
        "standing": point.standing,
        "title": point.title,
        "href": f"{HERE}incidents/{point.id}/",
    }


def _edges(frame: Frame) -> list[str]:
    return [f"{year}-01-01T00:00:00Z" for year in (frame.first, frame.last + 1)]


def _years(frame: Frame, width: int) -> alt.X:
    room = max(2, width // _YEAR_PX)
    every = -(-(frame.last + 1 - frame.first) // room)
    ticks = [
        int(datetime(year, 1, 1, tzinfo=UTC).timestamp() * 1000)
        for year in range(frame.first, frame.last + 2, every)
    ]
    axis = alt.Axis(title=None, values=ticks, labelExpr="utcFormat(datum.value, '%Y')", grid=False)
    scale = alt.Scale(type="utc", domain=_edges(frame), nice=False)
    return alt.X("at:T", scale=scale, axis=axis)


def _lengths(frame: Frame) -> alt.Y:
    ticks = [tick for tick in LENGTHS_S if frame.foot_s <= tick <= frame.top_s]
    axis = alt.Axis(title=None, values=ticks, labelExpr=_TICK_WORDS, labelColor=MUTED)
    scale = alt.Scale(type="log", domain=[frame.foot_s, frame.top_s])
    return alt.Y("length_s:Q", scale=scale, axis=axis)
