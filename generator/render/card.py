"""A chart as a card of 1200 by 630, to be painted as PNG: for previews of links."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from generator.render.lettering import MUTED, Hand
from generator.render.plate import PAPER, SHORT_LICENCE, Plate, picture, placed, size
from generator.render.words import NBSP

CARD_PX = (1200, 630)
_EDGE = 56
_ROOM = CARD_PX[0] - 2 * _EDGE
_Y_FOOT = CARD_PX[1] - 38
_OVER = (16, 8)  # pixels that lines and letters reach out of a chart: across, down
_MARK = (
    '<g transform="translate({x},{y}) scale({scale})">'
    '<rect width="64" height="64" rx="12" fill="#16213a"/>'
    '<path d="M10 18h7v28h-7zM20 18h7v28h-7zM47 18h7v28h-7z" fill="#efc063"/>'
    '<path d="M30.75 18.75h4.5v26.5h-4.5zM39.75 18.75h4.5v26.5h-4.5z" fill="none" '
    'stroke="#8494b3" stroke-width="1.5"/></g>'
)

Tile = tuple[int, int, int, int]


@dataclass(frozen=True)
class Line:
    """Words in a line: in which hand, where the first begins, and where they stand."""

    hand: Hand
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Card:
    """A picture to be painted as PNG, and what that says of itself.

    ``svg`` is what is drawn, as large as the card, and ``tile`` the place (left, top, right,
    bottom) that it takes; None where nothing is drawn. Lines are written over it.
    """

    svg: str
    tile: Tile | None
    lines: tuple[Line, ...]
    title: str
    url: str
    rights: str


def card(plate: Plate) -> Card:
    """Return the plate as a card of ``CARD_PX``, to be laid over ``BLANK``."""
    kicker, small, title = Hand(26, MUTED), Hand(18, MUTED), Hand(46, bold=True)
    if len(title.lines(plate.title, _ROOM, 3)) > 2:
        title = Hand(38, bold=True)
    titles = title.lines(plate.title, _ROOM, 3)
    credit = small.lines(plate.credit, _ROOM, 1)
    y_title = 88 + title.size
    y_lead = y_title + title.high(titles) + 58
    lines = (
        *_lines(kicker, _EDGE + 54, 67, kicker.lines(plate.kicker, _ROOM - 54, 1)),
        *_lines(title, _EDGE, y_title, titles),
        *_lead(plate, y_lead),
        *_lines(small, _EDGE, _Y_FOOT - 28, credit),
    )
    svg, tile = _fitted(plate.svg, y_lead + 24, _Y_FOOT - 34 - 26 * len(credit))
    return _card(plate, svg, tile, lines)


def _card(plate: Plate, drawn: str, tile: Tile | None, lines: tuple[Line, ...]) -> Card:
    across, down = CARD_PX
    paper = f'<rect width="{across}" height="{down}" fill="{PAPER}"/>'
    svg = picture(plate, across, down, paper + drawn)
    return Card(svg, tile, lines, plate.title, plate.url, plate.rights)


def _lines(hand: Hand, x: float, y: float, texts: list[str]) -> Iterator[Line]:
    for at, text in enumerate(texts):
        yield Line(hand, x, y + hand.high(texts[: at + 1]), text)


def _lead(plate: Plate, y: float) -> tuple[Line, ...]:
    figure, note = Hand(38, bold=True), Hand(26, MUTED)
    text = plate.lead.replace(NBSP, " ")
    after = figure.wide(text) + 18
    beside = note.lines(plate.note, _ROOM - after, 1)
    return Line(figure, _EDGE, y, text), *_lines(note, _EDGE + after, y, beside)


def _fitted(svg: str, top: float, bottom: float) -> tuple[str, Tile | None]:
    """Return a chart as large as there is room for, in the middle of it, and its tile."""
    across, down = size(svg)
    if not across:
        return "", None
    scale = min(_ROOM / across, (bottom - top) / down)
    y = top + (bottom - top - down * scale) / 2
    right, foot = _EDGE + across * scale, y + down * scale
    tile = _tile(_EDGE - _OVER[0], y - _OVER[1], right + _OVER[0], foot + _OVER[1])
    return placed(svg, _EDGE, round(y, 1), across * scale), tile


def _tile(left: float, top: float, right: float, bottom: float) -> Tile:
    """Return whole pixels of the card around a place."""
    across, down = CARD_PX
    return (
        max(0, math.floor(left)),
        max(0, math.floor(top)),
        min(across, math.ceil(right)),
        min(down, math.ceil(bottom)),
    )


def _blank() -> Card:
    """Return what is the same on all cards."""
    hand, whose = Hand(20, MUTED), "Gone Dark, the open archive of Internet outages"
    right = CARD_PX[0] - _EDGE - hand.wide(SHORT_LICENCE)
    foot = (Line(hand, _EDGE, _Y_FOOT, whose), Line(hand, right, _Y_FOOT, SHORT_LICENCE))
    mark = _MARK.format(x=_EDGE, y=38, scale=0.625)
    return _card(Plate("", "", "", "", "", ""), mark, (0, 0, *CARD_PX), foot)


BLANK = _blank()
