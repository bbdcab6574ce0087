"""The calendar of the archive: a row per year, a bar per incident from the day it began."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import altair as alt

from generator.render.chart import Calendar
from generator.render.charts import DARK, MUTED, RULE, Spec, layered, styled, values
from generator.render.plot import Point
from generator.render.svg import HERE

_DAY_S = 86_400
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LEAP = 2000  # every date of any year is a date of this one
_LEAST_DAYS = 3.5  # what a short outage still needs to be seen and hit with a finger
_ROW_PX = 22
_MOST_EMPTY = 2


def calendar(shown: Calendar, width: int) -> Spec:
    """Return the calendar: newest year on top, an incident that goes over New Year in two rows."""
    rows = [row for point in shown.points for row in _rows(point)]
    years = [int(row["year"]) for row in rows]
    every = list(_labels(years))
    months = _months()
    ticks = [first for first, _ in months]
    named = " : ".join(f"datum.value == {first} ? '{name}'" for first, name in months) + " : ''"
    axis = alt.Axis(
        title=None, values=ticks, labelExpr=named, grid=True, gridColor=RULE, labelAlign="left",
        labelFlush=False, domain=False, ticks=False, orient="top",
    )  # fmt: skip
    x = alt.X("start:Q", scale=alt.Scale(domain=[0, 366], nice=False), axis=axis)
    down = alt.Axis(title=None, labelColor=MUTED, ticks=False, domain=False)
    y = alt.Y("year:N", sort=every, scale=alt.Scale(domain=every, padding=0.25), axis=down)
    bars = alt.Chart(values(rows)).mark_bar(fill=DARK, opacity=0.85, cornerRadius=1)
    drawn = bars.encode(
        x=x,
        x2=alt.X2("end:Q"),
        y=y,
        href=alt.Href("href:N"),
        description=alt.Description("title:N"),
    )
    return styled(layered([drawn], width=width, height=_ROW_PX * len(every)))


def _labels(years: Iterable[int]) -> Iterator[str]:
    """Yield the rows' names, newest first: a year each, one for more than two empty ones on end."""
    known = sorted(set(years), reverse=True)
    for year, before in zip(known, [*known[1:], None], strict=True):
        yield str(year)
        if before is None:
            return
        empty = range(year - 1, before, -1)
        if len(empty) > _MOST_EMPTY:
            yield f"{empty[-1]} to {empty[0]}"
        else:
            yield from map(str, empty)


def _months() -> list[tuple[int, str]]:
    firsts = [datetime(_LEAP, month, 1, tzinfo=UTC) for month in range(1, 13)]
    return [(int(_day(first)), name) for first, name in zip(firsts, _MONTHS, strict=True)]


def _day(at: datetime) -> float:
    """Return how many days of the year have passed, as in a leap year."""
    same = at.replace(year=_LEAP, tzinfo=UTC)
    return (same - datetime(_LEAP, 1, 1, tzinfo=UTC)).total_seconds() / _DAY_S


def _rows(point: Point) -> Iterator[dict[str, Any]]:
    start, end = point.at, point.at + timedelta(seconds=point.length_s)
    for year in range(start.year, end.year + 1):
        first = _day(start) if year == start.year else 0.0
        last = _day(end) if year == end.year else 366.0
        last = min(366.0, max(last, first + _LEAST_DAYS))
        yield {
            "year": str(year),
            "start": round(min(first, last - _LEAST_DAYS), 2),
            "end": round(last, 2),
            "title": f"{point.title}, {point.at:%-d %B %Y}",
            "href": f"{HERE}incidents/{point.id}/",
        }
