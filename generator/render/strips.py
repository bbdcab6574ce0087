"""What stands below in the chart of what routing saw: strips, or a line for each prefix."""

from __future__ import annotations

from typing import Any

import altair as alt

from generator.render.axes import Axes
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
    fixed,
    iso,
)
from generator.render.layers import ROWS, Group, Layer, look
from generator.render.panels import Panel, ticks

COLOURS = {"full": GLOW, "most": MOST, "unknown": RULE, "low": LOW, "dark": DARK,
           "flicker": FLICKER}  # fmt: skip
_WIDE_PX, _NARROW_PX, _SCALE_PX = (20, 2, 17), (31, 15, 28), (15, 1, 14)
_RASTER_PX = (150, 220)
# Round letters that rules run through, in the page's colour.
_HALO: dict[str, Any] = {"color": PAPER, "stroke": PAPER, "strokeWidth": 4}


def strips(seen: Seen, below: Strips, *, labelled: bool) -> Group:
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
    above = narrow and below.labels == "names"
    at = [{"y": step * n + ((top + foot) / 2 if not above else top - 4), "label": strip.label}
          for n, strip in enumerate(below.strips)]  # fmt: skip
    sides = ["halo", "above"] if above else ["beside"]
    names = [Layer(look(_name, panel.axes, side), at) for side in sides]
    bars = Layer(look(_bars, panel.axes), rows)
    return panel.finished([bars, *ticks(panel)], below.heading, over=names)


def _bars(axes: Axes) -> alt.Chart:
    fill = alt.Fill(
        "level:N", legend=None,
        scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
    )  # fmt: skip
    x, y = axes.x("a"), axes.y("y")
    bars: alt.Chart = alt.Chart(ROWS).mark_rect()
    return bars.encode(x=x, x2=alt.X2("b:T"), y=y, y2=alt.Y2("z:Q"), fill=fill)


def _name(axes: Axes, side: str) -> alt.Chart:
    """Beside a strip or above it; a halo keeps rules from running through letters above."""
    beside = side == "beside"
    dress: dict[str, Any] = _HALO if side == "halo" else {"color": INK}
    text = alt.Chart(ROWS).mark_text(
        align="right" if beside else "left", baseline="middle" if beside else "bottom", **dress
    )
    drawn: alt.Chart = text.encode(
        x=fixed(alt.XValue, -7 if beside else 0), y=axes.y("y"), text=alt.Text("label:N")
    )
    return drawn


def raster(seen: Seen, below: Raster, *, labelled: bool) -> Group:
    """Return a line for each prefix, dark while it was."""
    height = min(max(_RASTER_PX[0], below.lines // 2), _RASTER_PX[1])
    numbers = [0, below.lines]
    panel = Panel(seen, height, 0, below.lines, labelled, numbers=numbers, told=",d")
    rows = [
        {"top": top, "foot": foot, "start": iso(start), "end": iso(end)}
        for top, foot, start, end in below.blocks
    ]
    blocks = Layer(look(_blocks, panel.axes), rows)
    return panel.finished([blocks, *ticks(panel)], below.heading)


def _blocks(axes: Axes) -> alt.Chart:
    blocks: alt.Chart = alt.Chart(ROWS).mark_rect(fill=DARK)
    return blocks.encode(
        x=axes.x("start"), x2=alt.X2("end:T"), y=axes.y("top"), y2=alt.Y2("foot:Q")
    )
