"""An incident's page: the order of design section 4, filled from the record and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.derive import timing
from generator.derive.citations import numbered
from generator.derive.entry import Entry
from generator.derive.measurement import Measurement
from generator.model.incident import Incident
from generator.model.links import Links
from generator.model.values import Moment
from generator.render import cite, claims, explain, facts, sources, surroundings, words
from generator.render.among import Among
from generator.render.escape import inert
from generator.render.facts import dates, key_facts
from generator.render.needs import meter
from generator.render.pictures import Picture
from generator.render.plate import snippet
from generator.render.templating import Cited, Citer, fill, html, verbatim, without_citations
from generator.render.versus import versus


@dataclass(frozen=True)
class Site:
    """What a page must know of the site it stands in."""

    url: str
    repository: str


@dataclass(frozen=True)
class Dossier:
    """One incident with all that its page is made from."""

    entry: Entry
    incident: Incident
    links: Links | None
    picture: Picture
    measurement: Measurement | None
    file: str

    @property
    def id(self) -> str:
        """The incident's id."""
        return self.entry.id

    @property
    def peers(self) -> int | None:
        """How many peers measured it; None when nothing was measured."""
        return self.measurement.peers if self.measurement else None


def citer_of(incident: Incident) -> Citer:
    """Return what turns a record's source keys into the numbers of its page."""
    return Citer(incident.sources, numbered(incident))


def page(dossier: Dossier, among: Among, site: Site) -> str:
    """Return the Markdown of an incident's page; ``among`` is what it says of the others."""
    incident, citer = dossier.incident, citer_of(dossier.incident)
    why = explain.answers_of(incident)
    return fill(
        "incident.md.jinja",
        page=_head(dossier, citer),
        withdrawn=_withdrawn(incident, citer),
        facts=key_facts(dossier.entry, why, dossier.peers),
        chart=_chart(dossier),
        measured=versus(dossier.measurement, incident, citer) if dossier.measurement else None,
        episodes=claims.episode_views(incident, citer),
        why={"lead": explain.why_lead(why, dossier.entry.standing)},
        explanations=explain.explanation_views(why, citer),
        evidence=explain.evidence_views(why, citer),
        statements=explain.statement_views(why, citer),
        context=_context(incident, citer),
        figures=_figures(incident, citer),
        unusual=among.unusual,
        related=surroundings.related(incident, citer, among.titles),
        networks=surroundings.networks(incident, citer),
        company=among.company,
        systems=surroundings.systems(incident, citer),
        background=surroundings.background(incident, citer),
        lacking=[citer.prose(one) for one in incident.lacking],
        prefixes=[str(prefix) for prefix in incident.where.prefixes],
        meter=meter(dossier.entry, incident),
        sources=sources.source_views(incident, citer, dossier.links),
        sources_lead=sources.sources_lead(incident, dossier.entry.count.archived),
        citation=cite.text(cite.cite_of(dossier.entry, _url(dossier, site))),
        embed=verbatim(snippet(_url(dossier, site), incident.title)),
        takeaway=_takeaway(dossier, site),
        history=_history(incident, citer),
    )


def _head(dossier: Dossier, citer: Citer) -> dict[str, Any]:
    incident = dossier.incident
    return {
        "title": incident.title,
        "description": words.shortened(without_citations(incident.summary), 300),
        "lastmod": html(f"{incident.last_changed.earliest:%Y-%m-%d}"),
        "json_ld": html(f"incidents/{dossier.id}/incident.jsonld"),
        "og_image": html(f"incidents/{dossier.id}/chart.png"),
        "og_image_alt": words.shortened(_alt(dossier.picture), 300),
        "places": facts.place_links(dossier.entry),
        "dates": dates(dossier.entry),
        "summary": citer.prose(incident.summary),
    }


def _alt(picture: Picture) -> str:
    stop = "" if picture.title.endswith(("?", "!", ".")) else "."
    return f"{picture.title}{stop} {picture.description}"


def _withdrawn(incident: Incident, citer: Citer) -> dict[str, Any] | None:
    if not incident.withdrawn:
        return None
    return {
        "on": words.date(incident.withdrawn.on),
        "reason": citer.prose(incident.withdrawn.reason),
    }


def _chart(dossier: Dossier) -> dict[str, Any]:
    picture, base = dossier.picture, f"incidents/{dossier.id}"
    return {
        "heading": picture.heading,
        "anchor": html(picture.anchor),
        "lead": picture.lead,
        "label": picture.label,
        "caption": picture.caption,
        "wide": html(f"{base}/chart.svg"),
        "narrow": html(f"{base}/chart-narrow.svg"),
        "table": picture.table,
        "downloads": [
            {"href": html(one["href"]), "name": one["name"]} for one in picture.downloads
        ],
    }


def _context(incident: Incident, citer: Citer) -> list[dict[str, Any]]:
    if not incident.context:
        return []
    main = timing.main_episode(incident)
    start = timing.lead_start(main)
    begins = _event(start.at, f"{main.name} begins", citer.cited([start.source]), outage=True)
    rows = [
        _event(event.at, citer.prose(event.what), citer.others(event.sources, event.what))
        for event in incident.context
    ]
    return sorted([begins, *rows], key=lambda row: row["key"])


def _event(
    at: Moment, what: object, sources: list[Cited], *, outage: bool = False
) -> dict[str, Any]:
    about = {"iso": words.iso(at), "at": words.time(at), "key": at.earliest}
    return {**about, "what": what, "sources": sources, "outage": outage}


def _figures(incident: Incident, citer: Citer) -> list[dict[str, Any]]:
    return [
        {
            "what": one.what,
            "value": words.quantity(one.value)
            + (f" of {words.quantity(one.of)}" if one.of else ""),
            "unit": one.unit,
            "note": citer.prose(one.note),
            "sources": citer.others(one.sources, one.note),
        }
        for one in incident.figures
    ]


def _url(dossier: Dossier, site: Site) -> str:
    return f"{site.url}incidents/{dossier.id}/"


def _takeaway(dossier: Dossier, site: Site) -> list[dict[str, Any]]:
    """Return lines of links: what each leads to, and a word on all of them."""
    lines = [
        (_CITATIONS, "to cite it with a program"),
        (_DATA, "every field of this page; each time and length with its source"),
    ]
    if site.repository:
        edit = f"{site.repository}/edit/main/{dossier.file}"
        past = f"{site.repository}/commits/main/{dossier.file}"
        lines += [
            (((edit, "Correct this record"),), "proposes a change"),
            (((past, "Its history"),), "every change and why"),
        ]
    return [
        {
            "links": [{"href": inert(href), "name": name} for href, name in links],
            "what": what,
            "download": ":" not in links[0][0],
        }
        for links, what in lines
    ]


_CITATIONS = (("cite.bib", "BibTeX"), ("cite.ris", "RIS"), ("cite.json", "CSL-JSON"))
_DATA = (("incident.json", "The record as JSON"), ("claims.csv", "its claims as CSV"))


def _history(incident: Incident, citer: Citer) -> Any:  # noqa: ANN401  (markup)
    added = inert(f"Added {words.date(incident.added)}.")
    changes = [
        inert(f" {words.date(change.on)}: ") + (citer.prose(change.what) or "")
        for change in incident.changes
    ]
    return html("").join([added, *changes])
