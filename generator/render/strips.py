"""What stands below in the chart of what routing saw: strips, or a line for each prefix."""

from __future__ import annotations

from typing import Any

import altair as alt

from generator.render.chart import NARROW, Raster, Seen, Strips
from generator.render.charts import (
    DARK,
    FLICKER,
    GLOW,
    INK,
    LOW,
    MOST,
    PAPER,
    RULE,
    Spec,
    fixed,
    iso,
    values,
)
from generator.render.panels import Panel, ticks

COLOURS = {"full": GLOW, "most": MOST, "unknown": RULE, "low": LOW, "dark": DARK,
           "flicker": FLICKER}  # fmt: skip
_WIDE_PX, _NARROW_PX, _SCALE_PX = (20, 2, 17), (31, 15, 28), (15, 1, 14)
_RASTER_PX = (150, 220)
# Round letters that rules run through, in the page's colour.
_HALO: dict[str, Any] = {"color": PAPER, "stroke": PAPER, "strokeWidth": 4}


def strips(seen: Seen, below: Strips, *, labelled: bool) -> Spec:
    """Return a strip for each name, coloured by its level, the name beside it or above it."""
    narrow = seen.plot <= NARROW
    step, top, foot = _WIDE_PX
    if below.labels == "scale":
        step, top, foot = _SCALE_PX
    elif narrow:
        step, top, foot = _NARROW_PX
    panel = Panel(seen, step * len(below.strips), 0, step * len(below.strips), labelled)
    rows = [
        {"a": iso(a), "b": iso(b), "y": step * n + top, "z": step * n + foot, "level": level}
        for n, strip in enumerate(below.strips)
        for a, b, level in strip.runs
    ]
    fill = alt.Fill(
        "level:N", legend=None,
        scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
    )  # fmt: skip
    bars = alt.Chart(values(rows)).mark_rect().encode(
        x=panel.x("a"), x2=alt.X2("b:T"), y=panel.y("y"), y2=alt.Y2("z:Q"), fill=fill
    )  # fmt: skip
    above = narrow and below.labels == "names"
    at = [{"y": step * n + ((top + foot) / 2 if not above else top - 4), "label": strip.label}
          for n, strip in enumerate(below.strips)]  # fmt: skip
    names = [
        alt.Chart(values(at))
        .mark_text(
            align="left" if above else "right", baseline="bottom" if above else "middle", **dress
        )
        .encode(x=fixed(alt.XValue, 0 if above else -7), y=panel.y("y"), text=alt.Text("label:N"))
        for dress in ([_HALO] if above else []) + [{"color": INK}]
    ]
    return panel.finished([bars, *ticks(panel)], below.heading, over=names)


def raster(seen: Seen, below: Raster, *, labelled: bool) -> Spec:
    """Return a line for each prefix, dark while it was."""
    height = min(max(_RASTER_PX[0], below.lines // 2), _RASTER_PX[1])
    axis = alt.Axis(title=None, values=[0, below.lines], format=",d", grid=False)
    panel = Panel(seen, height, 0, below.lines, labelled, axis)
    rows = [
        {"top": top, "foot": foot, "start": iso(start), "end": iso(end)}
        for top, foot, start, end in below.blocks
    ]
    blocks = alt.Chart(values(rows)).mark_rect(fill=DARK).encode(
        x=panel.x("start"), x2=alt.X2("end:T"), y=panel.y("top"), y2=alt.Y2("foot:Q")
    )  # fmt: skip
    return panel.finished([blocks, *ticks(panel)], below.heading)
