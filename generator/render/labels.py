"""Names beside marks, where there is room for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.render.charts import FONT_PX

Side = Literal["left", "right"]
_LETTER_PX = 0.56 * FONT_PX  # of the average letter of a sans serif
_MARK_PX = 7
GAP_PX = 10


@dataclass(frozen=True)
class Spot:
    """A mark in pixels from the upper left, and what it is called."""

    x: float
    y: float
    name: str


@dataclass(frozen=True)
class _Box:
    left: float
    right: float
    top: float
    foot: float

    def meets(self, other: _Box) -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.foot <= other.top or other.foot <= self.top)


def placed(spots: Sequence[Spot], width: float) -> dict[int, Side]:
    """Return on which side of its mark each name stands, by place in ``spots``.

    Earlier ones come first. A name that would cover a mark, another name or the edge is left out,
    as is one that stands already.
    """
    taken = [_box_of_mark(spot) for spot in spots]
    written: set[str] = set()
    sides: dict[int, Side] = {}
    for at, spot in enumerate(spots):
        if not spot.name or spot.name in written:
            continue
        for side, box in _boxes(spot):
            if box.left >= 0 and box.right <= width and not _is_taken(box, taken, at):
                sides[at] = side
                written.add(spot.name)
                taken.append(box)
                break
    return sides


def _is_taken(box: _Box, taken: Iterable[_Box], own: int) -> bool:
    return any(box.meets(other) for place, other in enumerate(taken) if place != own)


def _box_of_mark(spot: Spot) -> _Box:
    return _Box(spot.x - _MARK_PX, spot.x + _MARK_PX, spot.y - _MARK_PX, spot.y + _MARK_PX)


def _boxes(spot: Spot) -> Iterator[tuple[Side, _Box]]:
    long, half = len(spot.name) * _LETTER_PX, 0.6 * FONT_PX
    top, foot = spot.y - half, spot.y + half
    yield "right", _Box(spot.x + GAP_PX, spot.x + GAP_PX + long, top, foot)
    yield "left", _Box(spot.x - GAP_PX - long, spot.x - GAP_PX, top, foot)
