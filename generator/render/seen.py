"""The chart of what routing saw: how many prefixes were visible, and below it when each was.

Panels on one axis of time: prefixes visible; a strip for each prefix or network, or a line for
each of many prefixes, or a strip for each class of length; the share of each upstream. Across all
of them the reported instants and the gaps.
"""

from __future__ import annotations

from typing import Any

import altair as alt

from generator.render.axes import Axes
from generator.render.chart import Raster, Seen, Strips
from generator.render.charts import DARK, FLICKER, GLOW, Filling, fixed, iso
from generator.render.layers import ROWS, Group, Layer, look, stacked
from generator.render.legend import legend
from generator.render.panels import Panel, labels, placed, ticks
from generator.render.strips import raster, strips
from generator.render.vias import upstreams

_TALL_PX, _LOW_PX = 170, 96  # the upper panel, alone or above strips that tell more


def visibility(seen: Seen, _width: int) -> Filling:
    """Return the panels that there is something to show in, and the key to them."""
    panels = [_total(seen)]
    last = not seen.upstreams
    if isinstance(seen.below, Strips):
        panels.append(strips(seen, seen.below, labelled=last))
    elif isinstance(seen.below, Raster):
        panels.append(raster(seen, seen.below, labelled=last))
    if seen.upstreams:
        panels.append(upstreams(seen, labelled=True))
    return stacked([*panels, legend(seen)])


def _total(seen: Seen) -> Group:
    height = _LOW_PX if isinstance(seen.below, Strips) else _TALL_PX
    numbers = sorted({0, seen.prefixes // 2, seen.prefixes})
    # Areas would cover a grid.
    panel = Panel(seen, height, seen.prefixes, 0, numbers=numbers, told=",d", grid=False)
    marks = ticks(panel) if seen.below is None else []
    over = labels(placed(seen.rules, panel), panel)
    return panel.finished([*_areas(panel), *marks], "Prefixes visible", over)


def _areas(panel: Panel) -> list[Layer]:
    """Return what was visible and what was not, each column as its darkest moment.

    Where prefixes come and go faster than columns can show, that is a tone of its own between.
    """
    seen, rows = panel.seen, list[dict[str, Any]]()
    for (at, _, fewest, most), both in zip(seen.visible, seen.flickering, strict=True):
        levels = {"fewest": fewest, "most": most if both else fewest, "all": seen.prefixes}
        if not rows or levels.items() - rows[-1].items():  # a step to the same would not be seen
            rows.append({"at": iso(at), **levels})
    rows.append({**rows[-1], "at": iso(seen.last)})
    bands = [("", GLOW), ("all", DARK), *([("most", FLICKER)] if any(seen.flickering) else [])]
    return [Layer(look(_area, panel.axes, upper, fill), rows) for upper, fill in bands]


def _area(axes: Axes, upper: str, fill: str) -> alt.Chart:
    """From the fewest prefixes up to what another field says, or down to none."""
    other = alt.Y2(f"{upper}:Q") if upper else fixed(alt.Y2Datum, 0)
    area: alt.Chart = alt.Chart(ROWS).mark_area(interpolate="step-after", fill=fill)
    return area.encode(x=axes.x("at"), y=axes.y("fewest"), y2=other)
