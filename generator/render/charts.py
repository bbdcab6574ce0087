"""What every chart shares, as Vega-Lite: time axes, colours that follow the page, dress.

Each comes in two widths, as text must stay readable on a phone and an SVG scales its letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import altair as alt

# Colours follow the page: its variables where there is a page, these values in a file of its own.
INK, RULE = "currentColor", "var(--gd-rule, #d8d4cb)"
GLOW = "var(--gd-glow, #efc063)"
LIT, DARK, WARN = "var(--gd-lit, #c9820f)", "var(--gd-dark, #16213a)", "var(--gd-warn, #a33327)"
MUTED = "var(--gd-muted, #66625b)"
ACCENT, PAPER = "var(--gd-accent, #17517e)", "var(--gd-paper, #fbfaf7)"
MOST, LOW = "var(--gd-most, #9a8056)", "var(--gd-low, #4a4a52)"
FLICKER = "var(--gd-flicker, #c9713e)"
FONT_PX = 12.5
Spec = dict[str, Any]


# Distances between ticks, the first that leaves room for its labels is taken.
_STEPS_MIN = (
    5,
    10,
    15,
    30,
    60,
    120,
    180,
    360,
    720,
    1440,
    2880,
    10080,
    20160,
    43200,
    129600,
    525600,
)
_LABEL_PX = 62
_CLOCK = (
    "utchours(datum.value) == 0 && utcminutes(datum.value) == 0"
    " ? utcFormat(datum.value, '%-d %b') : utcFormat(datum.value, '%H:%M')"
)
BLANK = re.compile(r'"@([a-z]+)"')
_DATE = "utcFormat(datum.value, '%-d %b')"


def iso(at: datetime) -> str:
    """Return an instant as Vega reads it."""
    return f"{at.isoformat()[:19]}Z"  # in half the time that a format would take


def ticks(first: datetime, last: datetime, width: int) -> tuple[list[int], str]:
    """Return where a time axis has ticks, in milliseconds, and the expression of their labels."""
    minutes = (last - first) / timedelta(minutes=1)
    step = next(s for s in _STEPS_MIN if minutes / s <= width / _LABEL_PX or s == _STEPS_MIN[-1])
    start = int(first.timestamp() // 60 // step + 1) * step
    every = [at * 60_000 for at in range(start, int(last.timestamp() // 60) + 1, step)]
    return every, _CLOCK if step < 1440 else _DATE


def fixed(channel: Any, number: float) -> Any:  # noqa: ANN401  (Altair gives them no types)
    """Return an encoding by which every mark stands at the same number."""
    return channel(number)


def values(rows: Sequence[dict[str, Any]]) -> alt.InlineData:
    """Return rows as data that stand in the spec itself.

    As a tuple: of lists, and all that is in them, Altair makes a copy at every step. For the same
    reason encodings are given as its classes: of a plain word it tries them all.
    """
    return alt.InlineData(values=tuple(rows))


def layered(layers: Sequence[alt.Chart], **properties: object) -> Spec:
    """Return charts one over the other, with properties of the whole: width, height, title.

    Put together here and not by Altair, which copies all layers at each step: that took nine
    tenths of the time of a chart of many.
    """
    datasets: Spec = {}
    context = {"top_level": False, "datasets": datasets}
    drawn = [layer.to_dict(validate=False, context=context) for layer in layers]
    return {"layer": drawn, "datasets": datasets, **properties}


def styled(spec: Spec) -> Spec:
    """Return the spec of a chart in the house's dress: no frame, hairlines, the page's colours."""
    return {**_dress(), **spec}


@cache
def _dress() -> Spec:
    dressed = (
        alt.Chart(alt.InlineData(values=[]))
        .mark_point()
        .configure(background="transparent", font="sans-serif", padding=2)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=MUTED, titleColor=MUTED, gridColor=RULE, domainColor=RULE, tickColor=RULE,
            labelFontSize=FONT_PX, titleFontSize=FONT_PX, titleFontWeight="normal",
            labelFlush=True, labelPadding=5,
            labelLimit=0,  # ours are short, and to measure them takes longer than to draw them
        )
        .configure_text(fontSize=FONT_PX, color=INK)
        .configure_concat(spacing=18)
    )  # fmt: skip
    whole: Spec = dressed.to_dict(validate=False)
    return {key: whole[key] for key in ("$schema", "config")}


def blank(name: str) -> Any:  # noqa: ANN401  (stands for a value of any type)
    """Return what stands in a spec for a value that ``filled`` puts there."""
    return f"@{name}"


@dataclass(frozen=True)
class Filling:
    """A spec as JSON with blanks, and what they are filled with, by name."""

    template: str
    parts: Mapping[str, Any]


def filled(filling: Filling) -> Spec:
    """Return a spec with its blanks filled in.

    Altair takes thirty milliseconds to make a spec, whatever it shows; a kind of chart of which
    there are thousands is made by it once.
    """
    spec: Spec = json.loads(
        BLANK.sub(lambda found: json.dumps(filling.parts[found[1]]), filling.template)
    )
    return spec
