"""The pale dots behind the incidents of a hub page: where all the others of the archive lie."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from generator.render.chart import Faded, Point

# More dots than this merge into a cloud on a picture of 720 by 220 pixels, and weigh more than
# the rest of its page.
MANY = 400
_HALF_YEAR = 6


class Backdrop:
    """Gives the dots behind some incidents.

    Up to ``MANY`` incidents, each other one is a dot. Beyond, a dot stands for all that began in
    one half-year and lasted about as long, to a power of two: so the same dots lie behind every
    page, and a new incident seldom changes them.
    """

    def __init__(self, points: Iterable[Point]) -> None:
        self._all = {one.id: one.faded for one in points}
        self.merged = len(self._all) > MANY
        self._cells = tuple(sorted({_cell(one) for one in self._all.values()}, key=_order))

    def behind(self, found: Collection[str]) -> tuple[Faded, ...]:
        """Return the dots behind the incidents of these ids."""
        if self.merged:
            return self._cells
        return tuple(one for key, one in self._all.items() if key not in found)


def _cell(one: Faded) -> Faded:
    late = one.at.month > _HALF_YEAR
    at = datetime(one.at.year, 10 if late else 4, 1, tzinfo=UTC)
    return Faded(at, round(2 ** (math.floor(math.log2(one.length_s)) + 0.5)))


def _order(one: Faded) -> tuple[datetime, int]:
    return one.at, one.length_s
