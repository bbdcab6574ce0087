"""The chart of what was reported: one row per episode, a tick per claim."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import altair as alt

from generator.render.chart import Bar, Mark, Timeline
from generator.render.charts import (
    DARK,
    INK,
    LIT,
    MUTED,
    RULE,
    WARN,
    Filling,
    blank,
    fixed,
    iso,
    layered,
    styled,
    ticks,
)

_ROW_PX = 46
_LEAST_PX = 3  # a relapse of half an hour stays visible in a picture of nine days


def _window(bars: Sequence[Bar], marks: Sequence[Mark]) -> tuple[datetime, datetime]:
    times = [b.start for b in bars] + [b.end for b in bars if b.end] + [m.at for m in marks]
    first, last = min(times), max(times)
    margin = max((last - first) / 25, timedelta(minutes=10))
    return first - margin, last + margin


def timeline(shown: Timeline, width: int) -> Filling:
    """Return one row per stretch of time: its label, its bar, and a tick for each claim.

    A stretch with no known end fades out as a row of dots up to the edge of what is known.
    """
    bars, marks = shown.bars, shown.marks
    first, last = _window(bars, marks)
    least = (last - first) * (_LEAST_PX / width)
    every, labels = ticks(first, last, width)
    parts = {
        "rows": [_row(i, bar, least) for i, bar in enumerate(bars)],
        "ticks": [{"row": m.row, "at": iso(m.at), "kind": _tick_kind(m)} for m in marks],
        "window": [iso(first), iso(last)],
        "lines": list(range(len(bars))),
        "every": every,
        "labels": labels,
    }
    return Filling(_template(width, ticked=bool(marks)), parts)


@cache
def _template(width: int, *, ticked: bool) -> str:
    """Return the spec with blanks for all that differs from one timeline to the next."""
    scale = alt.Scale(type="utc", domain=blank("window"), nice=False)
    axis = alt.Axis(title=None, values=blank("every"), labelExpr=blank("labels"))
    x = alt.X("start:T", scale=scale, axis=axis)
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=blank("lines")))
    base = alt.Chart(alt.InlineData(values=blank("rows"))).encode(x=x, y=y)
    track = base.mark_rule(color=RULE, yOffset=9).encode(
        x=fixed(alt.XValue, 0), x2=fixed(alt.X2Value, width)
    )
    bar = base.mark_bar(height=12, yOffset=9).encode(x2=alt.X2("end:T"), fill=_FILL)
    opening = base.mark_text(align="left", dx=4, dy=9, fontSize=15).encode(
        x=alt.X("end:T"), text=alt.Text("after:N")
    )
    label = base.mark_text(align="left", baseline="middle", dy=-9).encode(
        x=fixed(alt.XValue, 0), text=alt.Text("label:N")
    )
    tick = (
        alt.Chart(alt.InlineData(values=blank("ticks")))
        .mark_tick(orient="vertical", thickness=1.5, size=9, yOffset=20)
        .encode(x=alt.X("at:T"), y=y, color=_TICK)
    )
    layers = [track, bar, opening, label, *([tick] if ticked else [])]
    return json.dumps(styled(layered(layers, width=width, height={"step": _ROW_PX})))


_FILL = alt.Fill(
    "kind:N",
    legend=None,
    scale=alt.Scale(
        domain=["total", "partial", "intermittent", "unknown"], range=[DARK, MUTED, LIT, MUTED]
    ),
)
_TICK = alt.Color(
    "kind:N", legend=None, scale=alt.Scale(domain=["claim", "doubted"], range=[INK, WARN])
)


def _tick_kind(mark: Mark) -> str:
    return "doubted" if mark.doubted else "claim"


def _row(index: int, bar: Bar, least: timedelta) -> dict[str, Any]:
    end = bar.end or bar.start
    return {
        "row": index,
        "label": bar.label,
        "start": iso(bar.start),
        "end": iso(max(end, bar.start + least)),
        "kind": bar.kind,
        "after": "" if bar.end else "· · · ?",
    }
