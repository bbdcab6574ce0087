"""The key below the chart of what routing saw: only what the picture shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
    blank,
)
from generator.render.layers import ROWS, Group, Layer, look
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


def legend(seen: Seen) -> Group:
    """Return the keys in as many rows as they need."""
    placed, x, row = [], 0.0, 0
    for key in keys(seen):
        width = _SWATCH_PX + 5 + _width_px(key.word)
        if x and x + width > seen.plot:
            x, row = 0.0, row + 1
        placed.append((key, x, row * _ROW_PX + _ROW_PX / 2))
        x += width + _GAP_PX
    size = {"width": seen.plot, "height": _ROW_PX * (row + 1)}
    edges = {"window": [0, size["width"]], "edges": [size["height"], 0]}
    return Group(list(_parts(placed)), edges, size)


def _width_px(word: str) -> float:
    """Return about how wide a word is; in a wide font, m and w take the room of two letters."""
    return (len(word) + word.count("m") + word.count("w")) * LETTER_PX


def _parts(placed: list[tuple[Key, float, float]]) -> Iterable[Layer]:
    words = [{"x": x + _SWATCH_PX + 5, "y": y, "label": key.word} for key, x, y in placed]
    yield Layer(look(_text), words)
    # All patches as one layer: each takes as long as a layer of many.
    boxes = [
        {"x": x, "b": x + _SWATCH_PX, "y": y - 5, "z": y + 5, "colour": key.colour}
        for key, x, y in placed
        if key.sign == "patch"
    ]
    yield Layer(look(_patches), boxes)
    for key, x, y in placed:
        if key.sign != "patch":
            yield Layer(look(_sign, key), list(_places(key.sign, x, y)))


def _places(sign: str, x: float, y: float) -> Iterable[dict[str, float]]:
    """Yield where the lines of a sign begin and end, or where the middle of a wedge is."""
    middle = x + _SWATCH_PX / 2
    if sign == "hatch":
        for a, b, c, d in slanted(0, _SWATCH_PX, 10):
            yield {"x": x + a, "b": x + c, "y": y - 5 + b, "z": y - 5 + d}
    elif sign == "wedge":
        yield {"x": middle, "y": y}
    else:
        up, down = (7, 7) if sign == "dashes" else (4, 3)
        yield {"x": middle, "y": y - up, "z": y + down}


def _scaled(part: alt.Chart) -> alt.Chart:
    x = alt.X("x:Q", scale=alt.Scale(domain=blank("window"), nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=blank("edges"), nice=False), axis=None)
    return part.encode(x=x, y=y)


def _text() -> alt.Chart:
    text = alt.Chart(ROWS).mark_text(align="left", baseline="middle", fontSize=FONT_PX, color=MUTED)
    return _scaled(text.encode(text=alt.Text("label:N")))


def _patches() -> alt.Chart:
    fill = alt.Fill("colour:N", legend=None, scale=None)
    patches = alt.Chart(ROWS).mark_rect()
    return _scaled(patches.encode(x2=alt.X2("b:Q"), y2=alt.Y2("z:Q"), fill=fill))


def _sign(key: Key) -> alt.Chart:
    base = alt.Chart(ROWS)
    if key.sign == "hatch":
        lines = base.mark_rule(color=key.colour, strokeWidth=0.8, opacity=0.55)
        return _scaled(lines.encode(x2=alt.X2("b:Q"), y2=alt.Y2("z:Q")))
    if key.sign == "wedge":
        return _scaled(
            base.mark_point(
                shape="triangle-down", size=36, filled=True, color=key.colour, opacity=1
            )
        )
    dash = [4, 3] if key.sign == "dashes" else [1, 0]
    line = base.mark_rule(color=key.colour, strokeWidth=1.2, strokeDash=dash)
    return _scaled(line.encode(y2=alt.Y2("z:Q")))
