"""The key below the chart of what routing saw: only what the picture shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt

from generator.render.chart import Seen, Strips
from generator.render.charts import (
    DARK,
    FLICKER,
    FONT_PX,
    GLOW,
    INK,
    MUTED,
    WARN,
    Spec,
    layered,
    values,
)
from generator.render.panels import LETTER_PX, slanted
from generator.render.strips import COLOURS

_ROW_PX, _SWATCH_PX, _GAP_PX = 18, 14, 16


@dataclass(frozen=True)
class Key:
    """One entry: its sign, its colour where it is a patch, and its word."""

    sign: str
    colour: str
    word: str


def keys(seen: Seen) -> list[Key]:
    """Return what the picture shows, in the order of reading."""
    return [*_levels(seen), *_signs(seen)]


def _levels(seen: Seen) -> Iterable[Key]:
    if not isinstance(seen.below, Strips) or seen.below.labels == "scale":
        yield Key("patch", GLOW, "visible")
        yield Key("patch", DARK, "not visible")
    else:
        shown = {level for strip in seen.below.strips for *_, level in strip.runs}
        for level, word in zip(COLOURS, seen.below.words, strict=True):
            if level in shown:
                yield Key("patch", COLOURS[level], word)
        if "flicker" in shown:
            return
    if any(seen.flickering):
        yield Key("patch", FLICKER, "came and went")


def _signs(seen: Seen) -> Iterable[Key]:
    if seen.gaps:
        yield Key("hatch", INK, "no data")
    if seen.flaps:
        yield Key("stroke", INK, "flap")
    if seen.events:
        yield Key("wedge", WARN, "trouble of one peer")
    if seen.rules:
        yield Key("dashes", INK, "reported")


def legend(seen: Seen) -> Spec:
    """Return the keys in as many rows as they need."""
    return _in_rows(tuple(keys(seen)), seen.plot)


@cache
def _in_rows(found: tuple[Key, ...], plot: int) -> Spec:
    placed, x, row = [], 0.0, 0
    for key in found:
        width = _SWATCH_PX + 5 + _width_px(key.word)
        if x and x + width > plot:
            x, row = 0.0, row + 1
        placed.append((key, x, row * _ROW_PX + _ROW_PX / 2))
        x += width + _GAP_PX
    height = _ROW_PX * (row + 1)
    layers = [chart for part in _parts(placed) for chart in [_scaled(part, plot, height)]]
    return layered(layers, width=plot, height=height)


def _width_px(word: str) -> float:
    """Return about how wide a word is; in a wide font, m and w take the room of two letters."""
    return (len(word) + word.count("m") + word.count("w")) * LETTER_PX


def _scaled(part: alt.Chart, width: int, height: int) -> alt.Chart:
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, width], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
    return part.encode(x=x, y=y)


def _parts(placed: list[tuple[Key, float, float]]) -> Iterable[alt.Chart]:
    words = [{"x": x + _SWATCH_PX + 5, "y": y, "label": key.word} for key, x, y in placed]
    yield _text(words)
    yield _patches([one for one in placed if one[0].sign == "patch"])
    for key, x, y in placed:
        yield from _sign(key, x, y)


def _text(rows: list[dict[str, Any]]) -> alt.Chart:
    text = alt.Chart(values(rows)).mark_text(
        align="left", baseline="middle", fontSize=FONT_PX, color=MUTED
    )
    drawn: alt.Chart = text.encode(text=alt.Text("label:N"))
    return drawn


def _patches(placed: list[tuple[Key, float, float]]) -> alt.Chart:
    """Return all patches as one layer: each takes as long as a layer of many."""
    boxes = [
        {"x": x, "b": x + _SWATCH_PX, "y": y - 5, "z": y + 5, "colour": key.colour}
        for key, x, y in placed
    ]
    fill = alt.Fill("colour:N", legend=None, scale=None)
    patches = alt.Chart(values(boxes)).mark_rect()
    drawn: alt.Chart = patches.encode(x2=alt.X2("b:Q"), y2=alt.Y2("z:Q"), fill=fill)
    return drawn


def _sign(key: Key, x: float, y: float) -> Iterable[alt.Chart]:
    left, right, top = x, x + _SWATCH_PX, y - 5
    if key.sign == "hatch":
        lines = [
            {"x": left + a, "b": left + c, "y": top + b, "z": top + d}
            for a, b, c, d in slanted(0, _SWATCH_PX, 10)
        ]
        base = alt.Chart(values(lines)).mark_rule(color=key.colour, strokeWidth=0.8, opacity=0.55)
        yield base.encode(x2=alt.X2("b:Q"), y2=alt.Y2("z:Q"))
    elif key.sign == "wedge":
        base = alt.Chart(values([{"x": (left + right) / 2, "y": y}]))
        yield base.mark_point(
            shape="triangle-down", size=36, filled=True, color=key.colour, opacity=1
        )
    elif key.sign in ("stroke", "dashes"):
        dash = [4, 3] if key.sign == "dashes" else [1, 0]
        ends = (y - 7, y + 7) if key.sign == "dashes" else (y - 4, y + 3)
        base = alt.Chart(values([{"x": (left + right) / 2, "y": ends[0], "z": ends[1]}]))
        yield base.mark_rule(color=key.colour, strokeWidth=1.2, strokeDash=dash).encode(
            y2=alt.Y2("z:Q")
        )
