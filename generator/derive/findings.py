"""What the archive says as a whole, as far as its records say it in fields and not in prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from generator.derive import timing
from generator.derive.catalogue import Entry
from generator.derive.facets import measured_by
from generator.derive.measurement import Measurement
from generator.model.incident import Explanation, Incident
from generator.model.values import Moment
from generator.model.vocabulary import (
    Bearing,
    Category,
    EvidenceKind,
    SourceKind,
    Stance,
    Standing,
)

_OWN = (SourceKind.OFFICIAL, SourceKind.OPERATOR)
_TO_THE_DAY = ("day", "hour", "minute", "second")


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
    """How many days after the beginning the cause was first admitted or officially found."""

    entry: Entry
    explanation: Explanation
    days: int


def outcomes(entries: Iterable[Entry]) -> list[Outcome]:
    """Return each kind of cause that was put forward, the commonest first."""
    reached: dict[Category, Counter[Standing]] = {}
    for one in entries:
        for explanation in one.incident.explanations:
            reached.setdefault(explanation.category, Counter())[explanation.standing] += 1
    found = [Outcome(category, counts) for category, counts in reached.items()]
    return sorted(found, key=lambda outcome: (-outcome.total, outcome.category))


def measurers(entries: Iterable[Entry]) -> list[Measurer]:
    """Return whose measurements the archive follows, the most frequent first."""
    found: dict[str, list[Entry]] = {}
    for one in entries:
        for name in measured_by(one.incident):
            found.setdefault(name, []).append(one)
    counted = [_measurer(name, incidents) for name, incidents in found.items()]
    return sorted(counted, key=lambda one: (-one.incidents, one.name.casefold()))


def _measurer(name: str, found: Sequence[Entry]) -> Measurer:
    layers = Counter(timing.main_episode(one.incident).layer.value for one in found)
    alone = sum(len(measured_by(one.incident)) == 1 for one in found)
    return Measurer(name, len(found), alone, layers)


def lengths(pairs: Iterable[tuple[Entry, Measurement | None]]) -> list[Lengths]:
    """Return the incidents whose length was reported exactly and measured here from end to end."""
    return [
        Lengths(one, one.lasted.shortest_s, measured_s)
        for one, found in pairs
        if one.lasted and one.lasted.exact and (measured_s := _measured_s(found))
    ]


def _measured_s(found: Measurement | None) -> int | None:
    if not found or not found.main or found.main[1] >= found.figures.until:
        return None
    start, end = found.main
    return int((end - start).total_seconds())


def settled(entries: Iterable[Entry]) -> list[Settled]:
    """Return the incidents of established cause, by how long that took; dates to the day only.

    A cause counts as settled on the day of the first admission of it, or of the publication of the
    first document by an official body or the operator that supports it.
    """
    found = [
        Settled(one, explanation, days)
        for one in entries
        for explanation in one.incident.explanations
        if explanation.standing is Standing.ESTABLISHED
        if (days := _days(one, explanation)) is not None
    ]
    return sorted(found, key=lambda one: (one.days, one.entry.id))


def median_days(found: Sequence[Settled]) -> int:
    """Return the median number of days; raises StatisticsError for none."""
    return int(median(one.days for one in found))


def _days(one: Entry, explanation: Explanation) -> int | None:
    began = timing.lead_start(one.incident.real_episodes[0]).at
    days = [at.earliest.date() for at in _told(one.incident, explanation) if _is_a_day(at)]
    if not days or not _is_a_day(began):
        return None
    return max(0, (min(days) - _day(began)).days)


def _is_a_day(at: Moment) -> bool:
    return at.precision in _TO_THE_DAY and not at.approximate


def _day(at: Moment) -> date:
    return at.earliest.date()


def _told(incident: Incident, explanation: Explanation) -> Iterator[Moment]:
    for statement in incident.statements:
        if statement.stance is Stance.ADMITS and explanation.id in statement.about:
            yield statement.on
    for finding in incident.evidence:
        supports = finding.bears_on.get(explanation.id) is Bearing.SUPPORTS
        if supports and finding.kind is EvidenceKind.DOCUMENT:
            sources = (incident.sources[key] for key in finding.sources)
            yield from (s.published for s in sources if s.kind in _OWN and s.published)
