"""Axes and, behind the incidents of a hub page, pale dots: where those of the archive lie.

They are the same on every hub page, so they are drawn once; incidents are laid over them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from generator.render import words
from generator.render.chart import Chart, Drawn
from generator.render.plot import Faded, Frame, Ground, Overview, Point

# More dots than this merge into a cloud on a picture of 720 by 220 pixels, and weigh more than
# the rest of its page.
MANY = 400
_HALF_YEAR = 6
_SIZE = re.compile(r'viewBox="[^"]*" width="[^"]*" height="[^"]*"')
_END = "</g></svg>\n"


class Backdrop:
    """Draws incidents over what they share: one ground for all pictures of a width.

    Up to ``MANY`` incidents, each is a dot. Beyond, a dot stands for all that began in one
    half-year and lasted about as long, to a power of two: a new incident seldom changes them.
    There must be at least one incident.
    """

    def __init__(
        self, points: Sequence[Point], draw: Callable[[Chart], Drawn], *, dotted: bool = True
    ) -> None:
        self.merged = len(points) > MANY
        self.frame, self._draw = Frame.of(points), draw
        cells = {_cell(one) if self.merged else one.faded for one in points} if dotted else set()
        self.dots = tuple(sorted(cells, key=_order))
        self._grounds: dict[int, str] = {}

    def picture(self, points: Sequence[Point], width: int, *called: str) -> str:
        """Return the incidents as SVG; ``called`` are its name, title and description."""
        if width not in self._grounds:
            ground = Chart(Ground(self.frame, self.dots), width, f"ground-{width}", "", "")
            self._grounds[width] = self._draw(ground).svg
        marks = self._draw(Chart(Overview(tuple(points), self.frame), width, *called)).svg
        return over(self._grounds[width], marks)


def longest(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the ``MANY`` longest of some incidents in the order given, all where there are fewer.

    More marks than that hide one another, and ten thousand links weigh megabytes.
    """
    if len(points) <= MANY:
        return tuple(points)
    chosen = sorted(points, key=lambda one: (-one.length_s, one.id))[:MANY]
    ids = {one.id for one in chosen}
    return tuple(one for one in points if one.id in ids)


def most_shown(number: int) -> int:
    """Return how many of so many incidents a picture has marks of; 0 where it has all."""
    return MANY if number > MANY else 0


def counted(number: int) -> str:
    """Return in words of how many incidents a picture has marks."""
    which = f"The {MANY} longest of " if most_shown(number) else ""
    return f"{which}{words.count(number, 'incident')} of known length"


def over(ground: str, marks: str) -> str:
    """Return two drawings in one, as large as the ground, called as the marks are.

    Both have one group that begins at the same corner of the plot. Nothing while one is undrawn.
    """
    if not (ground and marks):
        return ""
    size = _SIZE.search(ground)
    if size is None:
        raise AssertionError("not a drawing of this program")
    head, drawn = _SIZE.sub(size[0], marks, count=1).split("<g", 1)
    return head + "<g" + ground.split("<g", 1)[1].removesuffix(_END) + drawn.split(">", 1)[1]


def _cell(one: Point) -> Faded:
    late = one.at.month > _HALF_YEAR
    at = datetime(one.at.year, 10 if late else 4, 1, tzinfo=UTC)
    return Faded(at, round(2 ** (math.floor(math.log2(one.length_s)) + 0.5)))


def _order(one: Faded) -> tuple[datetime, int]:
    return one.at, one.length_s
