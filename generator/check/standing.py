"""How far each explanation has got, by the evidence recorded and by nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.model.incident import Evidence, Explanation, Incident
from generator.model.vocabulary import Bearing, EvidenceKind, SourceKind, Stance, Standing

_OPEN = (Standing.SUPPORTED, Standing.PROPOSED)
_PAGE_ORDER = (
    Standing.ESTABLISHED,
    Standing.SUPPORTED,
    Standing.PROPOSED,
    Standing.DISPUTED,
    Standing.REFUTED,
)


class IncidentStanding(StrEnum):
    """How well the cause of an incident is known."""

    ESTABLISHED = "established"
    CONTESTED = "contested"
    LIKELY = "likely"
    UNKNOWN = "unknown"


_LEAST_SETTLED = (
    IncidentStanding.CONTESTED,
    IncidentStanding.UNKNOWN,
    IncidentStanding.LIKELY,
    IncidentStanding.ESTABLISHED,
)


@dataclass(frozen=True)
class Tally:
    """What was recorded about one explanation: findings by bearing, and what was said.

    ``found_officially``: a document of an official source or an operator supports it.
    """

    supports: int
    weakens: int
    rules_out: int
    denied: bool
    admitted: bool
    found_officially: bool

    @property
    def against(self) -> int:
        """Findings that weaken it, and one more where anybody denies it."""
        return self.weakens + self.denied

    @property
    def on_its_own(self) -> Standing:
        """The standing it has whatever its rivals'; never established."""
        if self.rules_out:
            return Standing.REFUTED
        if self.supports > self.against:
            return Standing.SUPPORTED
        return Standing.DISPUTED if self.against else Standing.PROPOSED


@dataclass(frozen=True)
class Earned(Tally):
    """A tally, and the standing that it earns among its rivals."""

    standing: Standing


def earned(incident: Incident) -> dict[str, Earned]:
    """Return what each explanation has earned, by its id, in the order written."""
    tallies = {one.id: _tally(one.id, incident) for one in incident.explanations}
    return {
        one.id: Earned(
            **vars(tallies[one.id]),
            standing=_among_rivals(
                tallies[one.id], [tallies[key].on_its_own for key in rivals(one, incident)]
            ),
        )
        for one in incident.explanations
    }


def rivals(one: Explanation, incident: Incident) -> list[str]:
    """Return the ids of the explanations that cannot be true if this one is.

    That is all of them but those that either names to be beside the other.
    """
    return [
        other.id
        for other in incident.explanations
        if other.id != one.id and other.id not in one.beside and one.id not in other.beside
    ]


def incident_standing(incident: Incident) -> IncidentStanding:
    """Return how well the cause is known; of several questions, how well the least settled is.

    Explanations that are each other's rivals, directly or through others, answer one question. It
    is established if one of them is; contested if two or more are supported, or none is and two or
    more that are not refuted have something for them; likely if exactly one is supported. Where all
    answers to a question are disputed or refuted and nothing is for them, it was no question.
    """
    each = earned(incident)
    questions = [[each[key] for key in question] for question in _questions(incident)]
    found = {_standing_of(question) for question in questions if any(map(_is_alive, question))}
    return next((one for one in _LEAST_SETTLED if one in found), IncidentStanding.UNKNOWN)


def _is_alive(one: Earned) -> bool:
    if one.standing is Standing.DISPUTED:
        return one.supports > 0
    return one.standing is not Standing.REFUTED


def _questions(incident: Incident) -> list[set[str]]:
    """Return the ids of explanations in groups without a rival outside."""
    groups: list[set[str]] = []
    for one in incident.explanations:
        own = {one.id, *rivals(one, incident)}
        joined = [group for group in groups if group & own]
        groups = [group for group in groups if not group & own]
        groups.append(own.union(*joined))
    return groups


def _standing_of(each: Sequence[Earned]) -> IncidentStanding:
    standings = [one.standing for one in each]
    if Standing.ESTABLISHED in standings:
        return IncidentStanding.ESTABLISHED
    supported = standings.count(Standing.SUPPORTED)
    if supported == 1:
        return IncidentStanding.LIKELY
    alive = sum(one.supports > 0 for one in each if one.standing is not Standing.REFUTED)
    return IncidentStanding.CONTESTED if supported or alive > 1 else IncidentStanding.UNKNOWN


def in_order(incident: Incident, each: Mapping[str, Earned]) -> list[Explanation]:
    """Return the explanations as a page lists them: by standing, by balance, as written.

    ``each`` is what they have earned.
    """

    def place(one: Explanation) -> tuple[int, int]:
        has = each[one.id]
        return _PAGE_ORDER.index(has.standing), has.against - has.supports

    return sorted(incident.explanations, key=place)


def _tally(key: str, incident: Incident) -> Tally:
    bearing = [finding.bears_on.get(key) for finding in incident.evidence]
    stances = {said.stance for said in incident.statements if key in said.about}
    return Tally(
        supports=bearing.count(Bearing.SUPPORTS),
        weakens=bearing.count(Bearing.WEAKENS),
        rules_out=bearing.count(Bearing.RULES_OUT),
        denied=Stance.DENIES in stances,
        admitted=Stance.ADMITS in stances,
        found_officially=any(
            finding.bears_on.get(key) is Bearing.SUPPORTS and _is_official(finding, incident)
            for finding in incident.evidence
        ),
    )


def _is_official(finding: Evidence, incident: Incident) -> bool:
    cited = (incident.sources[key].kind for key in finding.sources if key in incident.sources)
    return finding.kind is EvidenceKind.DOCUMENT and any(
        kind in (SourceKind.OFFICIAL, SourceKind.OPERATOR) for kind in cited
    )


def _among_rivals(own: Tally, rivals: Sequence[Standing]) -> Standing:
    is_refuted = own.on_its_own is Standing.REFUTED
    if is_refuted or any(rival in _OPEN for rival in rivals):
        return own.on_its_own
    return Standing.ESTABLISHED if _is_proven(own, rivals) else own.on_its_own


def _is_proven(own: Tally, rivals: Sequence[Standing]) -> bool:
    """Admitted, found officially, or the only one left of several.

    An explanation that never had a rival is not proven by the want of one.
    """
    is_last = bool(rivals) and own.supports >= 1 and set(rivals) == {Standing.REFUTED}
    return own.admitted or own.found_officially or is_last
