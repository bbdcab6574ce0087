"""One panel of the chart of what routing saw, and what is drawn across all of them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from itertools import product
from typing import Any, Literal

import altair as alt

from generator.render.axes import Axes
from generator.render.chart import Rule, Seen
from generator.render.charts import FONT_PX, INK, MUTED, PAPER, WARN, Spec, blank, iso
from generator.render.charts import ticks as time_ticks
from generator.render.layers import ROWS, Group, Layer, look

LINE_PX, LETTER_PX = 15, 6.1  # of a line of text, and of a letter on average
_HATCH_PX, _ROWS, _OVERHANG_PX, _MOST_TRIED = 7, 4, 10, 8
_MAIN = 2  # the first rules are start and end of the main episode
_DASHED: dict[str, Any] = {"strokeDash": [4, 3]}
_TICK_PX = (-9, -2)  # flaps and peer events stand above the panel


@dataclass(frozen=True)
class Panel:
    """A stack's member: its height in px, and its scale from ``top`` to ``foot``.

    ``numbers`` stand beside it, written as ``told`` says.
    """

    seen: Seen
    height: int
    top: float
    foot: float
    labelled: bool = True
    numbers: Sequence[float] = ()
    told: str = ""
    grid: bool = True

    @cached_property
    def _ticks(self) -> tuple[list[int], str]:
        return time_ticks(self.seen.first, self.seen.last, self.seen.plot)

    @cached_property
    def axes(self) -> Axes:
        """What all of its layers are drawn on."""
        return Axes(self._ticks[1], self.labelled, self.grid, self.told)

    def unit(self, px: float) -> float:
        """Return what stands so many pixels below the panel's upper edge."""
        return self.top + (self.foot - self.top) * px / self.height

    def px(self, at: datetime) -> float:
        """Return where an instant is, in pixels from the left."""
        whole = (self.seen.last - self.seen.first).total_seconds()
        return (at - self.seen.first).total_seconds() / max(1.0, whole) * self.seen.plot

    def at(self, px: float) -> datetime:
        """Return the instant so many pixels from the left."""
        return self.seen.first + (self.seen.last - self.seen.first) * (px / self.seen.plot)

    def finished(self, layers: Sequence[Layer], heading: str, over: Sequence[Layer] = ()) -> Group:
        """Return one chart under a heading: layers, gaps, reported instants, then ``over``."""
        parts = {
            "window": [iso(self.seen.first), iso(self.seen.last)],
            "every": self._ticks[0],
            "edges": [self.foot, self.top],
            "numbers": self.numbers,
            "heading": heading,
        }
        size = {"width": self.seen.plot, "height": self.height}
        drawn = [*layers, *_hatched(self), *_lines(self), *over]
        return Group(drawn, parts, {**size, "title": _title()})


@cache
def _title() -> Spec:
    title = alt.TitleParams(
        blank("heading"), anchor="start", frame="group", fontSize=FONT_PX, fontWeight="normal",
        color=MUTED, offset=7,
    )  # fmt: skip
    described: Spec = title.to_dict(validate=False)
    return described


def _hatched(panel: Panel) -> list[Layer]:
    """Hatch the gaps: thin slanted lines, cut off where the gap or the panel ends."""
    rows = [
        {"a": iso(panel.at(x0)), "b": iso(panel.at(x1)), "y": panel.unit(y0), "z": panel.unit(y1)}
        for start, end in panel.seen.gaps
        for x0, y0, x1, y1 in slanted(panel.px(start), panel.px(end), panel.height)
    ]
    return [Layer(look(_hatching, panel.axes), rows)] if rows else []


def _hatching(axes: Axes) -> alt.Chart:
    lines: alt.Chart = alt.Chart(ROWS).mark_rule(color=INK, strokeWidth=0.8, opacity=0.55)
    return lines.encode(x=axes.x("a"), x2=alt.X2("b:T"), y=axes.y("y"), y2=alt.Y2("z:Q"))


def slanted(left: float, right: float, height: float) -> list[tuple[float, float, float, float]]:
    """Return the parallels (x, y, x, y) that hatch a rectangle from the upper edge down."""
    lines = []
    for step in range(int(left // _HATCH_PX), int((right + height) // _HATCH_PX) + 1):
        foot = step * _HATCH_PX  # x + y of every point of this line
        x0, x1 = max(left, foot - height), min(right, foot)
        if x0 < x1:
            lines.append((x0, foot - x0, x1, foot - x1))
    return lines


def _lines(panel: Panel) -> list[Layer]:
    rows = [{"at": iso(rule.at)} for rule in panel.seen.rules]
    return [Layer(look(_line, panel.axes, kind), rows) for kind in ("ground", "dashes") if rows]


def _line(axes: Axes, kind: str) -> alt.Chart:
    """The ground makes dashes seen on the dark, and hides nothing wider."""
    dress: dict[str, Any] = (
        {"color": PAPER, "opacity": 0.75} if kind == "ground" else {"color": INK, **_DASHED}
    )
    line: alt.Chart = alt.Chart(ROWS).mark_rule(**dress)
    return line.encode(x=axes.x("at"))


def ticks(panel: Panel) -> list[Layer]:
    """Return a short stroke above the panel for each flap, a wedge for each peer event."""
    seen, (top, foot) = panel.seen, _TICK_PX
    drawn = []
    if seen.flaps:
        rows = [{"at": iso(at), "y": panel.unit(top), "z": panel.unit(foot)} for at in seen.flaps]
        drawn.append(Layer(look(_stroke, panel.axes), rows))
    if seen.events:
        rows = [{"at": iso(at), "y": panel.unit((top + foot) / 2)} for at in seen.events]
        drawn.append(Layer(look(_wedge, panel.axes), rows))
    return drawn


def _stroke(axes: Axes) -> alt.Chart:
    stroke: alt.Chart = alt.Chart(ROWS).mark_rule(color=INK, strokeWidth=1.2)
    return stroke.encode(x=axes.x("at"), y=axes.y("y"), y2=alt.Y2("z:Q"))


def _wedge(axes: Axes) -> alt.Chart:
    wedge: alt.Chart = alt.Chart(ROWS).mark_point(
        shape="triangle-down", size=36, filled=True, color=WARN, opacity=1
    )
    return wedge.encode(x=axes.x("at"), y=axes.y("y"))


@dataclass(frozen=True)
class Word:
    """The label of a rule: what it says, which row above the panel, to which side of the rule."""

    at: datetime
    text: str
    row: int
    rightward: bool


def placed(rules: Sequence[Rule], panel: Panel) -> list[Word]:
    """Return where the labels stand so that none is printed over another, or over a join.

    Each takes the lowest row with room, to the right of its line or to the left. Some are given in
    their short form when more find room so; one that finds none is left out, as the text has it,
    and of the first two rules last.
    """
    forms = [tuple(dict.fromkeys((rule.label, rule.short or rule.label))) for rule in rules]
    few = len(rules) <= _MOST_TRIED
    ways = list(product(*forms) if few else zip(*((f[0], f[-1]) for f in forms), strict=True))
    sides = [
        (*turned, *(rule.opens for rule in rules[_MAIN:]))
        for turned in product((True, False), repeat=min(_MAIN, len(rules)))
    ]
    trials = [
        _greedy(each, panel)
        for texts, rightward in product(ways, sides)
        for labelled in [list(zip(rules, texts, rightward, strict=True))]
        for each in (labelled, labelled[::-1])
    ]
    main = {rule.at for rule in rules[:_MAIN]}
    return max(trials, key=lambda words: _worth(words, main))


def _worth(words: Sequence[Word], main: Set[datetime]) -> tuple[int, int, int, int]:
    first = [len(word.text) for word in words if word.at in main]
    return len(first), len(words), sum(first), sum(len(word.text) for word in words)


def _greedy(labelled: Sequence[tuple[Rule, str, bool]], panel: Panel) -> list[Word]:
    taken: list[list[tuple[float, float]]] = [[] for _ in range(_ROWS)]
    found = []
    for rule, text, first in labelled:
        x, width = panel.px(rule.at), len(text) * LETTER_PX + 6
        for row, rightward in product(range(_ROWS), (first, not first)):
            left, right = (x, x + width) if rightward else (x - width, x)
            inside = left >= -_OVERHANG_PX and right <= panel.seen.plot
            spans = [(x, x)] * row + [(left, right)]
            if inside and all(map(_free, taken, spans)):
                for line, span in zip(taken, spans, strict=False):
                    line.append(span)
                found.append(Word(rule.at, text, row, rightward))
                break
    return found


def _free(line: Sequence[tuple[float, float]], span: tuple[float, float]) -> bool:
    return all(span[1] < left or span[0] > right for left, right in line)


def labels(words: Sequence[Word], panel: Panel) -> list[Layer]:
    """Return the labels of rules, in rows above the panel, each joined to its line."""
    drawn = []
    for rightward in (True, False):
        rows = [
            {"at": iso(w.at), "label": w.text, "y": panel.unit(-4 - LINE_PX * w.row)}
            for w in words
            if w.rightward == rightward
        ]
        if rows:
            drawn.append(Layer(look(_label, panel.axes, "left" if rightward else "right"), rows))
    joins = [
        {"at": iso(w.at), "y": panel.unit(-8 - LINE_PX * w.row), "z": panel.top} for w in words
    ]
    return [*drawn, *([Layer(look(_join, panel.axes), joins)] if joins else [])]


def _label(axes: Axes, align: Literal["left", "right"]) -> alt.Chart:
    dx = 3 if align == "left" else -3
    text: alt.Chart = alt.Chart(ROWS).mark_text(align=align, dx=dx, baseline="bottom")
    return text.encode(x=axes.x("at"), y=axes.y("y"), text=alt.Text("label:N"))


def _join(axes: Axes) -> alt.Chart:
    line: alt.Chart = alt.Chart(ROWS).mark_rule(color=INK, **_DASHED)
    return line.encode(x=axes.x("at"), y=axes.y("y"), y2=alt.Y2("z:Q"))
