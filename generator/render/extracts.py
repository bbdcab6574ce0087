"""What the search index reads: one small HTML per incident, free of the theme."""

from __future__ import annotations

from generator.derive.catalogue import Entry
from generator.render.facts import dates
from generator.render.templating import fill, html, without_citations


def extract(one: Entry) -> str:
    """Return the text of an incident for the index: its own words first, then who said what.

    It offers no filters: the indexer writes those in another order each time, and browsing goes by
    pages of its own.
    """
    incident = one.incident
    networks = [f"{network.asn or ''} {network.name}" for network in incident.where.networks]
    networks += [system.name for system in incident.where.systems]
    people = [f"{said.who} {said.role or ''} {said.org or ''}" for said in incident.statements]
    return fill(
        "extract.html.jinja",
        title=incident.title,
        date=html(one.id[:10]),
        year=html(one.id[:4]),
        dates=dates(incident),
        places=list(one.places),
        codes=" ".join(map(str, incident.where.countries)),
        standing=one.standing,
        causes=sorted({explanation.category.value for explanation in incident.explanations}),
        summary=without_citations(incident.summary),
        networks=networks,
        prefixes=[str(prefix) for prefix in incident.where.prefixes],
        explanations=[explanation.title for explanation in incident.explanations],
        texts=_texts(one),
        people=people,
        publishers=sorted({source.publisher for source in incident.sources.values()}),
    )


def _texts(one: Entry) -> list[str]:
    incident = one.incident
    prose = [
        *(episode.about for episode in incident.episodes),
        *(explanation.gist for explanation in incident.explanations),
        *(finding.finding for finding in incident.evidence),
        *(said.gist for said in incident.statements),
        *(event.what for event in incident.context),
        *(fact.what for fact in incident.background),
    ]
    return [without_citations(text) for text in prose if text]
