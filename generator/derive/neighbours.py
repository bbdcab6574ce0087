"""Incidents by their length, so that those nearest to one are found without looking at all."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator.derive.entry import Entry
from generator.model.vocabulary import Standing

_CAUSES = (Standing.ESTABLISHED, Standing.SUPPORTED)
_SIMILAR = math.log(2)  # half as long to twice as long


class Neighbours:
    """Finds the few incidents nearest to one in length: of all, or of one kind of cause.

    Far is the absolute logarithm of the quotient of two lengths; of two equally far the lower id
    comes first.
    """

    MOST = 5

    def __init__(self, entries: Iterable[Entry]) -> None:
        known = [one for one in entries if one.length_s]
        self._all = _ByLength(known)
        of_cause: dict[str, list[Entry]] = defaultdict(list)
        for one in known:
            for cause in _causes(one):
                of_cause[cause].append(one)
        self._of_cause = {cause: _ByLength(found) for cause, found in of_cause.items()}

    def of_cause(self, one: Entry) -> list[Entry]:
        """Return the nearest of those whose evidence speaks for a cause of the same kind."""
        if not one.length_s:
            return []
        found = {
            other.id: (far, other)
            for cause in _causes(one)
            for far, other in self._of_cause[cause].nearest(one, self.MOST)
        }
        ordered = sorted(found.values(), key=lambda pair: (pair[0], pair[1].id))
        return [other for _, other in ordered[: self.MOST]]

    def similar(self, one: Entry) -> list[Entry]:
        """Return the nearest of all that are half as long to twice as long."""
        if not one.length_s:
            return []
        return [other for far, other in self._all.nearest(one, self.MOST) if far <= _SIMILAR]


class _ByLength:
    """Incidents of known length, those of equal length together."""

    def __init__(self, known: Iterable[Entry]) -> None:
        equal: dict[int, list[Entry]] = defaultdict(list)
        for one in known:
            equal[one.length_s or 0].append(one)
        self._lengths = sorted(equal)
        # One more than anybody asks for, as the incident itself may be among them.
        most = Neighbours.MOST + 1
        self._equal = {
            length: sorted(ones, key=lambda one: one.id)[:most] for length, ones in equal.items()
        }

    def nearest(self, one: Entry, most: int) -> list[tuple[float, Entry]]:
        """Return up to ``most`` others with how far they are, the nearest first."""
        found: list[tuple[float, str, Entry]] = []
        for far, length in self._outwards(one.length_s or 1):
            if len(found) >= most and far > found[most - 1][0]:
                break
            found += [(far, other.id, other) for other in self._equal[length] if other.id != one.id]
            found.sort(key=lambda each: each[:2])
        return [(far, other) for far, _, other in found[:most]]

    def _outwards(self, length: int) -> Iterator[tuple[float, int]]:
        """Yield every length with how far it is from one, the nearest first."""
        above = bisect_left(self._lengths, length)
        below = above - 1
        while below >= 0 or above < len(self._lengths):
            down = self._far(below, length) if below >= 0 else math.inf
            up = self._far(above, length) if above < len(self._lengths) else math.inf
            if down < up:
                yield down, self._lengths[below]
                below -= 1
            else:
                yield up, self._lengths[above]
                above += 1

    def _far(self, at: int, length: int) -> float:
        return abs(math.log(self._lengths[at] / length))


def _causes(one: Entry) -> set[str]:
    """Return the kinds of cause that an incident's evidence speaks for."""
    return {cause.category.value for cause in one.causes if cause.standing in _CAUSES}
