"""How long it took until the cause of an incident was admitted or officially found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.derive import timing
from generator.model.incident import Explanation, Incident
from generator.model.values import Moment
from generator.model.vocabulary import Bearing, EvidenceKind, SourceKind, Stance, Standing

_OWN = (SourceKind.OFFICIAL, SourceKind.OPERATOR)
_TO_THE_DAY = ("day", "hour", "minute", "second")


@dataclass(frozen=True)
class Settlement:
    """An established cause in the record's words, and how many days after the beginning it was."""

    cause: str
    days: int


def settlements(incident: Incident) -> tuple[Settlement, ...]:
    """Return the established causes of an incident; dates to the day only.

    A cause counts as settled on the day of the first admission of it, or of the publication of the
    first document by an official body or the operator that supports it.
    """
    return tuple(
        Settlement(explanation.title, days)
        for explanation in incident.explanations
        if explanation.standing is Standing.ESTABLISHED
        if (days := _days(incident, explanation)) is not None
    )


def _days(incident: Incident, explanation: Explanation) -> int | None:
    began = timing.lead_start(incident.real_episodes[0]).at
    days = [at.earliest.date() for at in _told(incident, explanation) if _is_a_day(at)]
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
