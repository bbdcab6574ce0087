"""The chart of what routing saw: how many prefixes were visible, and below it when each was.

Panels on one axis of time: prefixes visible; a strip for each prefix or network, or a line for
each of many prefixes, or a strip for each class of length; the share of each upstream. Across all
of them the reported instants and the gaps.
"""

from __future__ import annotations

import altair as alt

from generator.render.chart import Raster, Seen, Strips
from generator.render.charts import (
    DARK,
    FLICKER,
    GLOW,
    Filling,
    Spec,
    fixed,
    iso,
    stacked,
    styled,
    values,
)
from generator.render.legend import legend
from generator.render.lifted import lifted
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
    return lifted(styled(stacked([*panels, legend(seen)])))


def _total(seen: Seen) -> Spec:
    height = _LOW_PX if isinstance(seen.below, Strips) else _TALL_PX
    ticks_at = sorted({0, seen.prefixes // 2, seen.prefixes})
    axis = alt.Axis(title=None, values=ticks_at, format=",d", grid=False)
    panel = Panel(seen, height, seen.prefixes, 0, axis=axis, grid=False)  # areas would cover it
    marks = ticks(panel) if seen.below is None else []
    over = labels(placed(seen.rules, panel), panel)
    return panel.finished([*_areas(panel), *marks], "Prefixes visible", over)


def _areas(panel: Panel) -> list[alt.Chart]:
    """Return what was visible and what was not, each column as its darkest moment.

    Where prefixes come and go faster than columns can show, that is a tone of its own between.
    """
    seen = panel.seen
    rows = [
        {"at": iso(at), "fewest": fewest, "most": most if both else fewest, "all": seen.prefixes}
        for (at, _, fewest, most), both in zip(seen.visible, seen.flickering, strict=True)
    ]
    rows.append({**rows[-1], "at": iso(seen.last)})
    base = alt.Chart(values(rows)).encode(x=panel.x("at"))
    bands = [("fewest", fixed(alt.Y2Datum, 0), GLOW), ("fewest", alt.Y2("all:Q"), DARK)]
    if any(seen.flickering):
        bands.append(("fewest", alt.Y2("most:Q"), FLICKER))
    return [
        base.mark_area(interpolate="step-after", fill=fill).encode(y=panel.y(field), y2=other)
        for field, other, fill in bands
    ]
