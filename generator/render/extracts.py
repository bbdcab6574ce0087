"""What the search index reads: one small HTML per incident, free of the theme."""

from __future__ import annotations

from collections.abc import Iterator

from generator.derive.entry import Entry
from generator.model.incident import Incident
from generator.model.vocabulary import Category
from generator.render.facts import dates
from generator.render.templating import fill, html, without_citations

# What people type who look for a kind of cause, beside its name.
_ALSO = {
    Category.GOVERNMENT_ORDER: "shutdown blackout censorship",
    Category.EXAM_SHUTDOWN: "exams shutdown",
    Category.UPSTREAM_CUT: "transit provider",
    Category.ATTACK: "DDoS denial of service",
    Category.INTRUSION: "hack hackers",
    Category.HIJACK: "BGP hijack",
    Category.ROUTE_LEAK: "BGP leak",
    Category.MISCONFIGURATION: "mistake configuration error",
    Category.SOFTWARE: "bug",
    Category.POWER: "blackout electricity grid",
    Category.CABLE: "submarine undersea fibre fiber cut",
    Category.ARMED_CONFLICT: "war",
}


def extract(one: Entry, incident: Incident) -> str:
    """Return the text of an incident for the index: its own words first, then who said what.

    It offers no filters: the indexer writes those in another order each time, and browsing goes by
    pages of its own. Nor does it offer an order, which would be 25 KB of a first search at 10,000.
    """
    networks = [f"{network.asn or ''} {network.name}" for network in incident.where.networks]
    networks += [system.name for system in incident.where.systems]
    causes = sorted({explanation.category for explanation in incident.explanations})
    return fill(
        "extract.html.jinja",
        title=incident.title,
        year=html(one.id[:4]),
        dates=dates(one),
        places=list(one.places),
        codes=" ".join(map(str, incident.where.countries)),
        standing=one.standing,
        causes=[f"{cause.value} {_ALSO.get(cause, '')}".strip() for cause in causes],
        summary=without_citations(incident.summary),
        networks=networks,
        prefixes=[str(prefix) for prefix in incident.where.prefixes],
        explanations=[explanation.title for explanation in incident.explanations],
        texts=list(_texts(incident)),
        people=list(dict.fromkeys(_people(incident))),
        publishers=sorted({source.publisher for source in incident.sources.values()}),
        titles=[source.title for source in incident.sources.values()],
    )


def _people(incident: Incident) -> Iterator[str]:
    """Yield whoever spoke, put an explanation forward or wrote of it; a name may come again."""
    for said in incident.statements:
        yield f"{said.who} {said.role or ''} {said.org or ''}".strip()
    for explanation in incident.explanations:
        yield from (f"{by.who} {by.org or ''}".strip() for by in explanation.proposed_by)
    for source in incident.sources.values():
        yield from source.authors


def _texts(incident: Incident) -> Iterator[str]:
    prose = [
        *(episode.about for episode in incident.episodes),
        *(explanation.gist for explanation in incident.explanations),
        *(finding.finding for finding in incident.evidence),
        *(said.gist for said in incident.statements),
        *(event.what for event in incident.context),
        *(fact.what for fact in incident.background),
        *(other.what for other in incident.related),
        *(network.note for network in incident.where.networks),
        *(system.note for system in incident.where.systems),
        *(f"{figure.what}. {figure.note or ''}" for figure in incident.figures),
    ]
    yield from (without_citations(text) for text in prose if text)
