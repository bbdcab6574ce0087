"""The picture of the whole archive: every incident, its date against its length."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import altair as alt

from generator.render.chart import Overview, Point
from generator.render.charts import DARK, MUTED, RULE, Spec, iso, styled, values
from generator.render.svg import HERE

_LABELLED = 14  # more than this many names would cover each other
_SHAPES = {
    "established": "circle",
    "likely": "triangle-up",
    "contested": "diamond",
    "unknown": "square",
}
_TICKS_S = {60: "1 min", 600: "10 min", 3600: "1 h", 21_600: "6 h", 86_400: "1 day",
            604_800: "1 week", 2_592_000: "1 month", 31_536_000: "1 year"}  # fmt: skip
_TICK_WORDS = " : ".join(f"datum.value == {s} ? '{word}'" for s, word in _TICKS_S.items()) + " : ''"


def overview(shown: Overview, width: int) -> Spec:
    """Return incidents of known length as linked marks, shaped by their cause's standing.

    Others stand behind them as pale dots.

    Lengths are on a logarithmic scale, from a minute to a year. There must be at least one.
    """
    rows = [_row(point) for point in shown.points]
    years = [int(row["at"][:4]) for row in rows]
    behind = [{"at": iso(one.at), "length_s": one.length_s} for one in shown.others]
    years += [one.at.year for one in shown.others]
    rows = [{**row, "early": 2 * int(row["at"][:4]) < min(years) + max(years)} for row in rows]
    x, y = _years(min(years), max(years)), _lengths([*rows, *behind])
    base = alt.Chart(values(rows)).encode(x=x, y=y)
    shapes = alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values()))
    points = base.mark_point(size=110, filled=True, opacity=1, fill=DARK, stroke=DARK).encode(
        shape=alt.Shape("standing:N", legend=None, scale=shapes),
        href="href:N",
        description="title:N",
    )
    others = alt.Chart(values(behind)).encode(x=x, y=y)
    layers: list[alt.Chart] = [others.mark_circle(size=28, opacity=1, fill=RULE)] if behind else []
    layers.append(points)
    if len(rows) <= _LABELLED:
        label = base.encode(text="title:N")
        sides: tuple[tuple[str, Any], ...] = (("datum.early", "left"), ("!datum.early", "right"))
        layers += [
            label.transform_filter(test).mark_text(align=side, dy=-13, limit=width * 0.7)
            for test, side in sides
        ]
    return styled(alt.layer(*layers).properties(width=width, height=220))


def _row(point: Point) -> dict[str, Any]:
    return {
        "at": iso(point.at),
        "length_s": point.length_s,
        "standing": point.standing,
        "title": point.title,
        "href": f"{HERE}incidents/{point.id}/",
    }


def _years(first: int, last: int) -> alt.X:
    edges = [datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)]
    every = max(1, (last - first) // 6)
    ticks = [
        int(datetime(year, 1, 1, tzinfo=UTC).timestamp() * 1000)
        for year in range(first, last + 2, every)
    ]
    domain = [edge.strftime("%Y-%m-%dT00:00:00Z") for edge in edges]
    axis = alt.Axis(title=None, values=ticks, labelExpr="utcFormat(datum.value, '%Y')", grid=False)
    return alt.X("at:T", scale=alt.Scale(type="utc", domain=domain, nice=False), axis=axis)


def _lengths(rows: Sequence[dict[str, Any]]) -> alt.Y:
    longest = max(row["length_s"] for row in rows)
    top = next((tick for tick in _TICKS_S if tick >= longest * 1.6), max(_TICKS_S))
    foot = max(tick for tick in (1, *_TICKS_S) if tick <= min(r["length_s"] for r in rows))
    ticks = [tick for tick in _TICKS_S if foot <= tick <= top]
    axis = alt.Axis(title=None, values=ticks, labelExpr=_TICK_WORDS, labelColor=MUTED)
    return alt.Y("length_s:Q", scale=alt.Scale(type="log", domain=[foot, top]), axis=axis)
