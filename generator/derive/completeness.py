"""How complete a record is: the advice of the check, as what it has and what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.check.evidence import concerns_routing, what_routing_saw_is_frozen
from generator.check.explanations import explanations_have_evidence
from generator.check.finding import Case, Finding
from generator.check.sources import a_source_is_archived, the_start_has_two_origins
from generator.model.incident import Incident


def _author_left_nothing_open(case: Case) -> Iterator[Finding]:
    """The record's own list of what is still to be found out is empty."""
    for place, what in enumerate(case.incident.lacking):
        yield Finding(("lacking", place), what, "")


def _always(_: Incident) -> bool:
    return True


def _has_explanations(incident: Incident) -> bool:
    return bool(incident.explanations)


@dataclass(frozen=True)
class Aspect:
    """One way to be complete: the rule that says what lacks, and to which incidents it applies."""

    key: str
    find: Callable[[Case], Iterator[Finding]]
    applies: Callable[[Incident], bool] = _always


ASPECTS = (
    Aspect("origins", the_start_has_two_origins),
    Aspect("explanations", explanations_have_evidence, _has_explanations),
    Aspect("routing", what_routing_saw_is_frozen, concerns_routing),
    Aspect("copies", a_source_is_archived),
    Aspect("questions", _author_left_nothing_open),
)


@dataclass(frozen=True)
class Item:
    """An aspect that applies to a record, and how many things it lacks; 0 where it is met."""

    key: str
    lacks: int


def completeness(case: Case) -> tuple[Item, ...]:
    """Return the aspects that apply to an incident, in order, each with how much it lacks."""
    return tuple(
        Item(aspect.key, sum(1 for _ in aspect.find(case)))
        for aspect in ASPECTS
        if aspect.applies(case.incident)
    )
