"""What the archive says as a whole, as far as its records say it in fields and not in prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from generator.derive.entry import Entry
from generator.derive.settling import Settlement
from generator.model.vocabulary import Category, Standing


@dataclass(frozen=True)
class Outcome:
    """How often a kind of cause was put forward, and how often it ended with each standing."""

    category: Category
    reached: Mapping[Standing, int]

    @property
    def total(self) -> int:
        """How many explanations are of this kind."""
        return sum(self.reached.values())


@dataclass(frozen=True)
class Measurer:
    """Somebody whose measurements the archive follows: in how many incidents, by what stopped."""

    name: str
    incidents: int
    alone: int
    layers: Mapping[str, int]


@dataclass(frozen=True)
class Lengths:
    """An incident's length as reported and as measured here, in seconds."""

    entry: Entry
    reported_s: int
    measured_s: int


@dataclass(frozen=True)
class Settled:
    """A cause that was admitted or officially found, and of which incident."""

    entry: Entry
    settlement: Settlement

    @property
    def days(self) -> int:
        """How many days after the beginning."""
        return self.settlement.days


def outcomes(entries: Iterable[Entry]) -> list[Outcome]:
    """Return each kind of cause that was put forward, the commonest first."""
    reached: dict[Category, Counter[Standing]] = {}
    for one in entries:
        for cause in one.causes:
            reached.setdefault(cause.category, Counter())[cause.standing] += 1
    found = [Outcome(category, counts) for category, counts in reached.items()]
    return sorted(found, key=lambda outcome: (-outcome.total, outcome.category))


def measurers(entries: Iterable[Entry]) -> list[Measurer]:
    """Return whose measurements the archive follows, the most frequent first."""
    found: dict[str, list[Entry]] = {}
    for one in entries:
        for name in one.measurers:
            found.setdefault(name, []).append(one)
    counted = [_measurer(name, incidents) for name, incidents in found.items()]
    return sorted(counted, key=lambda one: (-one.incidents, one.name.casefold()))


def _measurer(name: str, found: Sequence[Entry]) -> Measurer:
    layers = Counter(one.layer for one in found)
    alone = sum(len(one.measurers) == 1 for one in found)
    return Measurer(name, len(found), alone, layers)


def lengths(entries: Iterable[Entry]) -> list[Lengths]:
    """Return the incidents whose length was reported exactly and measured here from end to end."""
    return [
        Lengths(one, one.lasted.shortest_s, one.measured_s)
        for one in entries
        if one.lasted and one.lasted.exact and one.measured_s
    ]


def settled(entries: Iterable[Entry]) -> list[Settled]:
    """Return the incidents of established cause, by how long that took."""
    found = [Settled(one, settlement) for one in entries for settlement in one.settled]
    return sorted(found, key=lambda one: (one.days, one.entry.id))


def median_days(found: Sequence[Settled]) -> int:
    """Return the median number of days; raises StatisticsError for none."""
    return int(median(one.days for one in found))
