"""The panel of upstreams: which share of the paths goes through each, one on top of another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import altair as alt

from generator.render.axes import Axes
from generator.render.chart import Seen, Share
from generator.render.charts import ACCENT, INK, LIT, MUTED, PAPER, WARN, iso
from generator.render.layers import ROWS, Group, Layer, Rows, look
from generator.render.panels import LETTER_PX, LINE_PX, Panel

HEIGHT_PX = 84
COLOURS = (ACCENT, LIT, MUTED, WARN)
TINT = 0.34  # pale enough for text in the page's ink


def upstreams(seen: Seen, *, labelled: bool) -> Group:
    """Return stacked areas, each with its name on it where there is room."""
    panel = Panel(seen, HEIGHT_PX, 1, 0, labelled, numbers=[0, 0.5, 1], told="%")
    areas = [
        _area(panel, share, COLOURS[number % len(COLOURS)])
        for number, share in enumerate(seen.upstreams)
    ]
    words = [word for share in seen.upstreams for word in _label(panel, share)]
    heading = "Share of the paths through each upstream"
    # All words as one layer: each takes as long as a layer of many.
    over = [Layer(look(_name, panel.axes), words)] if words else []
    return panel.finished(areas, heading, over)


def _area(panel: Panel, share: Share, colour: str) -> Layer:
    rows = [{"at": iso(a), "y": base + part, "z": base} for a, _, part, base in share.steps]
    _, end, part, base = share.steps[-1]
    rows.append({"at": iso(end), "y": base + part, "z": base})
    return Layer(look(_band, panel.axes, colour), rows)


def _band(axes: Axes, colour: str) -> alt.Chart:
    area: alt.Chart = alt.Chart(ROWS).mark_area(
        interpolate="step-after", fill=colour, fillOpacity=TINT, stroke=PAPER, strokeWidth=0.6
    )
    return area.encode(x=axes.x("at"), y=axes.y("y"), y2=alt.Y2("z:Q"))


def _name(axes: Axes) -> alt.Chart:
    text: alt.Chart = alt.Chart(ROWS).mark_text(align="left", dx=6, baseline="middle", color=INK)
    return text.encode(x=axes.x("at"), y=axes.y("y"), text=alt.Text("label:N"))


@dataclass(frozen=True)
class Room:
    """A place for a line of text: from and to in px, the height of the band and its middle."""

    left: float
    right: float
    height: float
    y: float


def _label(panel: Panel, share: Share) -> Rows:
    """Return the name where the band is highest, or else its number; none where neither fits."""
    rooms = list(_rooms(panel, share))
    for name in (share.label, share.label.split(" ")[0]):
        width = len(name) * LETTER_PX + 12
        fitting = [room for room in rooms if room.right - room.left >= width]
        if fitting:
            room = max(fitting, key=lambda one: (one.height, one.right - one.left))
            at = iso(panel.at(room.left))
            return [{"at": at, "y": room.y, "label": name}]
    return []


def _rooms(panel: Panel, share: Share) -> Iterator[Room]:
    """Yield where text can stand clear of reported instants and gaps, drawn through the panel."""
    gaps = [(panel.px(start), panel.px(end)) for start, end in panel.seen.gaps]
    walls = sorted({panel.px(rule.at) for rule in panel.seen.rules}.union(*gaps))
    for room in _calm(panel, share):
        inner = [wall for wall in walls if room.left < wall < room.right]
        for left, right in pairwise([room.left, *inner, room.right]):
            if not any(start < right and left < end for start, end in gaps):
                yield replace(room, left=left, right=right)


def _calm(panel: Panel, share: Share) -> Iterator[Room]:
    """Yield stretches in which the band keeps a height in common in which a line of text fits."""
    for first, (start, *_) in enumerate(share.steps):
        low, high = 0.0, 1.0
        for _, end, part, base in share.steps[first:]:
            low, high = max(low, base), min(high, base + part)
            if (high - low) * HEIGHT_PX < LINE_PX:
                break
            yield Room(panel.px(start), panel.px(end), high - low, (low + high) / 2)
