"""Rival explanations as cards, the evidence matrix, and who said what."""

from __future__ import annotations

from typing import Any

from generator.check.standing import Earned, earned, in_order, incident_standing, rivals
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


def explanation_views(incident: Incident, citer: Citer) -> list[dict[str, Any]]:
    """Return the explanations in the page's order, lettered from A."""
    standings = earned(incident)
    return [
        {
            "letter": chr(ord("A") + place),
            "id": one.id,
            "title": one.title,
            "category": one.category.value.replace("-", " "),
            "category_key": html(one.category.value),
            "standing": standings[one.id].standing.value,
            "gist": citer.prose(one.gist),
            "proposers": _proposers(one, citer),
            "count": _count(standings[one.id]),
            "beside": _beside(one, incident),
            "supports": standings[one.id].supports,
            "against": standings[one.id].against,
            "denied": standings[one.id].denied,
        }
        for place, one in enumerate(in_order(incident))
    ]


def _beside(one: Explanation, incident: Incident) -> str:
    """Name those that may be true beside an explanation, by letter."""
    letters = {each.id: chr(ord("A") + at) for at, each in enumerate(in_order(incident))}
    against = set(rivals(one, incident))
    return words.listed([letters[key] for key in letters if key not in {one.id, *against}])


def why_lead(incident: Incident) -> str:
    """Return the sentence that opens the section: how open the question is."""
    if not incident.explanations:
        return "No explanation has been put forward in the sources read."
    number = len(incident.explanations)
    offered = words.spelled(number, "explanation").capitalize()
    how_open = _WHY[str(incident_standing(incident))]
    return f"{offered} {'was' if number == 1 else 'were'} put forward. {how_open}"


def leading(incident: Incident) -> str:
    """Return which explanation leads, in a few words."""
    first, *rest = in_order(incident)
    standing = earned(incident)[first.id].standing.value
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


def evidence_views(incident: Incident, citer: Citer) -> list[dict[str, Any]]:
    """Return the findings, each with its bearing on every explanation in the page's order."""
    order = [one.id for one in in_order(incident)]
    return [
        {
            "id": finding.id,
            "kind": finding.kind.value,
            "text": citer.prose(finding.finding),
            "sources": citer.others(finding.sources, finding.finding),
            "bearings": [str(finding.bears_on.get(key, "")) for key in order],
        }
        for finding in incident.evidence
    ]


def statement_views(incident: Incident, citer: Citer) -> list[dict[str, Any]]:
    """Return the statements in order of time, with the letters of what they are about."""
    letters = {
        one.id: {"id": one.id, "letter": chr(ord("A") + place), "title": one.title}
        for place, one in enumerate(in_order(incident))
    }
    said = sorted(incident.statements, key=lambda statement: statement.on.earliest)
    return [
        {
            "iso": str(one.on).rstrip("~"),
            "on": words.time(one.on),
            "stance": one.stance.value,
            "about": [letters[key] for key in one.about],
            "who": one.who,
            "role": ", ".join(part for part in (one.role, one.org) if part),
            "gist": citer.prose(one.gist),
            "sources": citer.others(one.sources, one.gist),
        }
        for one in said
    ]
