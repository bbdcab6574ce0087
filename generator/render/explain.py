"""Rival explanations as cards, the evidence matrix, and who said what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.check.standing import Earned, earned, in_order, rivals
from generator.model.incident import Explanation, Incident, Proposal
from generator.render import words
from generator.render.escape import inert
from generator.render.templating import Citer, html

_WHY = {
    "established": "One explanation is established, and no rival is open.",
    "contested": "This is contested: more than one explanation is still open.",
    "likely": "What is supported has no rival as strong. It is not established.",
    "unknown": "Nobody has shown why. None of what was offered is supported by more than it has "
    "against it.",
}


@dataclass(frozen=True)
class Answers:
    """Why an incident happened: its explanations in the page's order, which each view of them
    needs, and what each has earned, by its id.
    """

    incident: Incident
    ranked: Sequence[Explanation]
    each: Mapping[str, Earned]

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letter of each explanation, by its id: A is the first of the page."""
        return {one.id: chr(ord("A") + place) for place, one in enumerate(self.ranked)}


def answers_of(incident: Incident) -> Answers:
    """Return the explanations of an incident, ranked by what they have earned."""
    each = earned(incident)
    return Answers(incident, in_order(incident, each), each)


def explanation_views(why: Answers, citer: Citer) -> list[dict[str, Any]]:
    """Return the explanations in the page's order, lettered from A."""
    return [
        {
            "letter": why.letters[one.id],
            "id": one.id,
            "title": one.title,
            "category": one.category.value.replace("-", " "),
            "category_key": html(one.category.value),
            "standing": why.each[one.id].standing.value,
            "gist": citer.prose(one.gist),
            "proposers": _proposers(one, citer),
            "count": _count(why.each[one.id]),
            "beside": _beside(one, why),
            "supports": why.each[one.id].supports,
            "against": why.each[one.id].against,
            "denied": why.each[one.id].denied,
        }
        for one in why.ranked
    ]


def _beside(one: Explanation, why: Answers) -> str:
    """Name those that may be true beside an explanation, by letter."""
    out = {one.id, *rivals(one, why.incident)}
    return words.listed([letter for key, letter in why.letters.items() if key not in out])


def why_lead(why: Answers, standing: str) -> str:
    """Return the sentence that opens the section: how open the question is.

    ``standing`` is how well the cause of the incident is known.
    """
    if not why.ranked:
        return "No explanation has been put forward in the sources read."
    number = len(why.ranked)
    offered = words.spelled(number, "explanation").capitalize()
    return f"{offered} {'was' if number == 1 else 'were'} put forward. {_WHY[standing]}"


def leading(why: Answers) -> str:
    """Return which explanation leads, in a few words; that there is none."""
    if not why.ranked:
        return "no explanation on record"
    first, *rest = why.ranked
    standing = why.each[first.id].standing.value
    if standing == "established":
        return first.title
    if not rest:
        return f"{first.title} ({standing})"
    return f"{words.count(len(rest) + 1, 'explanation')}; leading: {first.title} ({standing})"


def _proposers(one: Explanation, citer: Citer) -> Any:  # noqa: ANN401  (markup)
    return html("; ").join(_proposer(by, citer) for by in one.proposed_by)


def _proposer(by: Proposal, citer: Citer) -> Any:  # noqa: ANN401  (markup)
    org = f", {by.org}" if by.org else ""
    on = f", {words.date(by.on)}" if by.on else ""
    return inert(f"{by.who}{org}{on}") + (citer.prose(f" [@{by.source}]") or "")


def _count(one: Earned) -> str:
    if not one.supports and not one.against:
        return "No finding for or against it."
    denied = ", a denial among them" if one.denied else ""
    findings = words.count(one.supports, "finding")
    against = f"{one.against} against{denied}" if one.against else "none against"
    out = " One rules it out." if one.rules_out else ""
    return f"{findings} for, {against}.{out}"


def evidence_views(why: Answers, citer: Citer) -> list[dict[str, Any]]:
    """Return the findings, each with its bearing on every explanation in the page's order."""
    return [
        {
            "id": finding.id,
            "kind": finding.kind.value,
            "text": citer.prose(finding.finding),
            "sources": citer.others(finding.sources, finding.finding),
            "bearings": [str(finding.bears_on.get(one.id, "")) for one in why.ranked],
        }
        for finding in why.incident.evidence
    ]


def statement_views(why: Answers, citer: Citer) -> list[dict[str, Any]]:
    """Return the statements in order of time, with the letters of what they are about."""
    about = {
        one.id: {"id": one.id, "letter": why.letters[one.id], "title": one.title}
        for one in why.ranked
    }
    said = sorted(why.incident.statements, key=lambda statement: statement.on.earliest)
    return [
        {
            "iso": str(one.on).rstrip("~"),
            "on": words.time(one.on),
            "stance": one.stance.value,
            "about": [about[key] for key in one.about],
            "who": one.who,
            "role": ", ".join(part for part in (one.role, one.org) if part),
            "gist": citer.prose(one.gist),
            "sources": citer.others(one.sources, one.gist),
        }
        for one in said
    ]
