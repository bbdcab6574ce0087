"""The chart of what routing saw of many prefixes, with the reported instants across it."""

from __future__ import annotations

from datetime import datetime, timedelta

import altair as alt

from generator.render.chart import Seen
from generator.render.charts import (
    DARK,
    FONT_PX,
    GLOW,
    INK,
    MUTED,
    Spec,
    iso,
    styled,
    time_x,
    values,
)


def visibility(seen: Seen, width: int) -> Spec:
    """Return the share of lit prefixes over time above, and each prefix's dark times below."""
    above = alt.layer(*_areas(seen, width), *_rules(seen, width))
    below = alt.layer(_raster(seen, width), *_rules(seen, width, labels=False))
    return styled(
        alt.vconcat(
            above.properties(width=width, height=170, title=_heading("Prefixes visible")),
            below.properties(
                width=width,
                height=150,
                title=_heading(f"When each of the {seen.rows:,} prefixes that went dark was dark"),
            ),
        )
    )


def _heading(text: str) -> alt.TitleParams:
    return alt.TitleParams(
        text, anchor="start", fontSize=FONT_PX, fontWeight="normal", color=MUTED, offset=20
    )


def _areas(seen: Seen, width: int) -> list[alt.Chart]:
    steps = [*seen.steps, (seen.last, seen.steps[-1][1])]
    rows = [{"at": iso(at), "visible": number, "all": seen.prefixes} for at, number in steps]
    ticks = [0, seen.prefixes // 2, seen.prefixes]
    base = alt.Chart(values(rows)).encode(x=time_x("at", seen.first, seen.last, width))
    scale = alt.Scale(domain=[0, seen.prefixes], nice=False)
    axis = alt.Axis(title=None, values=ticks, format=",d", grid=False)
    y = alt.Y("visible:Q", scale=scale, axis=axis)
    lit = base.mark_area(interpolate="step-after", fill=GLOW).encode(y=y, y2=alt.datum(0))
    dark = base.mark_area(interpolate="step-after", fill=DARK).encode(y=y, y2="all:Q")
    return [lit, dark]


def _raster(seen: Seen, width: int) -> alt.Chart:
    rows = [
        {"top": row, "foot": row + tall, "start": iso(start), "end": iso(end)}
        for row, tall, start, end in _merged(seen, width)
    ]
    x = time_x("start", seen.first, seen.last, width)
    scale = alt.Scale(domain=[seen.rows, 0], nice=False)
    axis = alt.Axis(title=None, values=[0, seen.rows], format=",d", grid=False)
    y = alt.Y("top:Q", scale=scale, axis=axis)
    strips: alt.Chart = alt.Chart(values(rows)).mark_rect(fill=DARK)
    return strips.encode(x=x, x2="end:T", y=y, y2="foot:Q")


def _merged(seen: Seen, width: int) -> list[tuple[int, int, datetime, datetime]]:
    """Return the dark intervals at the picture's own resolution, equal neighbours as one.

    Never loses an interval: each is at least one pixel wide.
    """
    pixel_s = max(1.0, (seen.last - seen.first).total_seconds() / width)

    def snapped(at: datetime) -> datetime:
        offset_s = round((at - seen.first).total_seconds() / pixel_s) * pixel_s
        return seen.first + timedelta(seconds=offset_s)

    runs: dict[tuple[datetime, datetime], list[list[int]]] = {}
    for row, start, end in sorted(seen.dark):
        left, right = snapped(start), snapped(end)
        right = max(right, left + timedelta(seconds=pixel_s))
        stacks = runs.setdefault((left, right), [])
        if stacks and stacks[-1][0] + stacks[-1][1] == row:
            stacks[-1][1] += 1
        else:
            stacks.append([row, 1])
    return sorted(
        (top, tall, left, right) for (left, right), stacks in runs.items() for top, tall in stacks
    )


def _rules(seen: Seen, width: int, *, labels: bool = True) -> list[alt.Chart]:
    inside = [rule for rule in seen.rules if seen.first <= rule.at <= seen.last]
    rows = [{"at": iso(r.at), "label": r.label, "opens": r.opens} for r in inside]
    if not rows:
        return []
    base = alt.Chart(values(rows)).encode(x=time_x("at", seen.first, seen.last, width))
    line = base.mark_rule(color=INK, strokeDash=[4, 3])
    if not labels:
        return [line]
    words = base.mark_text(dy=-4, baseline="bottom").encode(y=alt.value(0), text="label:N")
    starts = words.mark_text(dy=-4, dx=3, baseline="bottom", align="left")
    ends = words.mark_text(dy=-4, dx=-3, baseline="bottom", align="right")
    return [line, starts.transform_filter("datum.opens"), ends.transform_filter("!datum.opens")]
