"""A chart as a card of 1200 by 630, to be painted as PNG: for previews of links."""

from __future__ import annotations

import math
from dataclasses import dataclass

from generator.render.lettering import MUTED, Hand
from generator.render.plate import PAPER, SHORT_LICENCE, Plate, picture, placed, size
from generator.render.words import NBSP

CARD_PX = (1200, 630)
_EDGE = 56
_ROOM = CARD_PX[0] - 2 * _EDGE
_Y_FOOT = CARD_PX[1] - 38
_OVER = 16  # pixels that lines and letters reach out of a chart
_MARK = (
    '<g transform="translate({x},{y}) scale({scale})">'
    '<rect width="64" height="64" rx="12" fill="#16213a"/>'
    '<path d="M10 18h7v28h-7zM20 18h7v28h-7zM47 18h7v28h-7z" fill="#efc063"/>'
    '<path d="M30.75 18.75h4.5v26.5h-4.5zM39.75 18.75h4.5v26.5h-4.5z" fill="none" '
    'stroke="#8494b3" stroke-width="1.5"/></g>'
)


Tile = tuple[int, int, int, int]


@dataclass(frozen=True)
class Card:
    """A picture to be painted as PNG, and what that says of itself.

    ``tiles`` are the places (left, top, right, bottom) that differ from one card to the next; all
    others are as in ``BLANK``.
    """

    svg: str
    title: str
    url: str
    rights: str
    tiles: tuple[Tile, ...] = ((0, 0, *CARD_PX),)


@dataclass(frozen=True)
class _Part:
    """A piece of SVG, and where it lies; None where there is nothing to be seen of it."""

    svg: str
    tile: Tile | None


def card(plate: Plate) -> Card:
    """Return the plate as a card of ``CARD_PX``."""
    kicker, small, title = Hand(26, MUTED), Hand(18, MUTED), Hand(46, bold=True)
    if len(title.lines(plate.title, _ROOM, 3)) > 2:
        title = Hand(38, bold=True)
    titles = title.lines(plate.title, _ROOM, 3)
    credit = small.lines(plate.credit, _ROOM, 1)
    y_title = 88 + title.size
    y_lead = y_title + title.high(titles) + 58
    parts = (
        _written(kicker, _EDGE + 54, 67, kicker.lines(plate.kicker, _ROOM - 54, 1)),
        _written(title, _EDGE, y_title, titles),
        *_lead(plate, y_lead),
        _fitted(plate.svg, y_lead + 24, _Y_FOOT - 34 - 26 * len(credit)),
        _written(small, _EDGE, _Y_FOOT - 28, credit),
    )
    return _card(plate, "".join(part.svg for part in parts), parts)


def _card(plate: Plate, inside: str, parts: tuple[_Part, ...]) -> Card:
    across, down = CARD_PX
    own = (
        f'<rect width="{across}" height="{down}" fill="{PAPER}"/>',
        _MARK.format(x=_EDGE, y=38, scale=0.625),
        Hand(20, MUTED).written(_EDGE, _Y_FOOT, "Gone Dark, the open archive of Internet outages"),
        Hand(20, MUTED, right=True).written(across - _EDGE, _Y_FOOT, SHORT_LICENCE),
    )
    svg = picture(plate, across, down, "".join((*own, inside)))
    tiles = tuple(part.tile for part in parts if part.tile)
    return Card(svg, plate.title, plate.url, plate.rights, tiles)


def _written(hand: Hand, x: float, y: float, lines: list[str]) -> _Part:
    if not lines:
        return _Part("", None)
    # Letters reach a little out of their box, and may be set wider than they were measured. What
    # a tile cuts comes out a shade paler at its edge: it must not reach what is beside it.
    side, below = 0.15 * hand.size, 0.35 * hand.size
    right = x + 1.02 * max(map(hand.wide, lines)) + side
    tile = _tile(x - side, y - 1.2 * hand.size, right, y + hand.high(lines) + below)
    return _Part(hand.written(x, y, *lines), tile)


def _lead(plate: Plate, y: float) -> tuple[_Part, _Part]:
    figure, note = Hand(38, bold=True), Hand(26, MUTED)
    text = plate.lead.replace(NBSP, " ")
    after = figure.wide(text) + 18
    beside = note.lines(plate.note, _ROOM - after, 1)
    return (
        _written(figure, _EDGE, y, [text]),
        _written(note, round(_EDGE + after, 1), y, beside),
    )


def _fitted(svg: str, top: float, bottom: float) -> _Part:
    """Return a chart as large as there is room for, in the middle of it."""
    across, down = size(svg)
    if not across:
        return _Part("", None)
    scale = min(_ROOM / across, (bottom - top) / down)
    y = top + (bottom - top - down * scale) / 2
    right, foot = _EDGE + across * scale, y + down * scale
    tile = _tile(_EDGE - _OVER, y - _OVER, right + _OVER, foot + _OVER)
    return _Part(placed(svg, _EDGE, round(y, 1), across * scale), tile)


def _tile(left: float, top: float, right: float, bottom: float) -> Tile:
    """Return whole pixels of the card around a place."""
    across, down = CARD_PX
    return (
        max(0, math.floor(left)),
        max(0, math.floor(top)),
        min(across, math.ceil(right)),
        min(down, math.ceil(bottom)),
    )


BLANK = _card(Plate("", "", "", "", "", ""), "", (_Part("", (0, 0, *CARD_PX)),))
