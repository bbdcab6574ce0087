"""One incident as lists, comparisons and counts know it: a row of the catalogue, and no more.

Ten thousand whole records are gigabytes; their rows are some dozen megabytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.check.finding import Case
from generator.check.standing import incident_standing
from generator.derive import places, timing
from generator.derive.completeness import Item, completeness
from generator.derive.measurement import Measurement
from generator.derive.measurers import measured_by
from generator.derive.settling import Settlement, settlements
from generator.derive.stretches import Stretch, dark_s, stretches
from generator.model.incident import Incident
from generator.model.links import Links, copy_of
from generator.model.resources import Asn, CountryCode
from generator.model.values import Moment
from generator.model.vocabulary import Category, Role, Standing
from generator.read.archive import Record

HIT = (Role.ORIGIN, Role.AFFECTED)


@dataclass(frozen=True)
class Hit:
    """A network that was hit: its AS number where one is on record, and its name."""

    asn: Asn | None
    name: str


@dataclass(frozen=True)
class Cause:
    """A kind of cause that was put forward, and how far it got."""

    category: Category
    standing: Standing


@dataclass(frozen=True)
class Count:
    """How much of each a record holds; ``doubted`` and ``claims`` are of times and lengths.

    ``archived`` are the sources with an archived copy, ``rows`` those of its frozen evidence.
    """

    sources: int
    archived: int
    claims: int
    doubted: int
    rows: int


@dataclass(frozen=True)
class Entry:
    """One incident's row of the catalogue.

    ``start``, ``end``, ``layer`` and ``extent`` are of its main episode, by the claims the archive
    leads with; ``end`` is None where none is known. ``layers`` are those of all its episodes.
    ``measurers`` are whose measurements the archive follows. ``related`` are ids of others.
    ``dark_s`` and ``measured_s`` are as measured here: stretches with any prefix lost, in seconds
    after the start, and the length of the longest if its end was seen. ``attribution`` names
    whoever provided what was measured; empty where nothing was.
    """

    id: str
    title: str
    summary: str
    places: tuple[str, ...]
    countries: tuple[CountryCode, ...]
    networks: tuple[Hit, ...]
    start: Moment
    end: Moment | None
    is_ongoing: bool
    lasted: timing.Span | None
    layer: str
    layers: tuple[str, ...]
    extent: str
    standing: str
    causes: tuple[Cause, ...]
    settled: tuple[Settlement, ...]
    measurers: tuple[str, ...]
    has_evidence: bool
    measured_s: int | None
    stretches: tuple[Stretch, ...]
    dark_s: tuple[tuple[int, int], ...]
    related: tuple[str, ...]
    complete: tuple[Item, ...]
    count: Count
    last_changed: Moment
    is_withdrawn: bool
    attribution: str

    @property
    def length_s(self) -> int | None:
        """The length to rank by: the shortest it can have been, in seconds."""
        return self.lasted.shortest_s if self.lasted else None


def entry(
    identifier: str,
    incident: Incident,
    *,
    has_evidence: bool,
    links: Links | None = None,
    found: Measurement | None = None,
) -> Entry:
    """Return an incident's row of the catalogue; ``found`` is what was measured, if it was."""
    main, where = timing.main_episode(incident), incident.where
    end = timing.lead_end(main)
    return Entry(
        id=identifier,
        title=incident.title,
        summary=incident.summary,
        places=tuple(places.place_names(where)),
        countries=where.countries,
        networks=tuple(Hit(one.asn, one.name) for one in where.networks if one.role in HIT),
        start=timing.lead_start(main).at,
        end=end.at if end else None,
        is_ongoing=main.end == "ongoing",
        lasted=timing.span(main),
        layer=main.layer.value,
        layers=tuple(dict.fromkeys(one.layer.value for one in incident.real_episodes)),
        extent=main.extent.value,
        standing=str(incident_standing(incident)),
        causes=tuple(Cause(one.category, one.standing) for one in incident.explanations),
        settled=settlements(incident),
        measurers=measured_by(incident),
        has_evidence=has_evidence,
        measured_s=_measured_s(found),
        stretches=stretches(incident),
        dark_s=dark_s(incident, found),
        related=tuple(other.id for other in incident.related if other.id),
        complete=completeness(Case(identifier, incident, frozen=has_evidence, links=links)),
        count=_count(incident, links, found),
        last_changed=incident.last_changed,
        is_withdrawn=incident.withdrawn is not None,
        attribution=found.provenance.attribution if found else "",
    )


def entry_of(record: Record, found: Measurement | None) -> Entry:
    """Return a record's row of the catalogue; ``found`` is what was measured, if it was."""
    return entry(
        record.id,
        record.incident,
        has_evidence=found is not None,
        links=record.links,
        found=found,
    )


def _measured_s(found: Measurement | None) -> int | None:
    if not found or not found.main or found.main[1] >= found.figures.until:
        return None
    start, end = found.main
    return int((end - start).total_seconds())


def _count(incident: Incident, links: Links | None, found: Measurement | None) -> Count:
    doubts = [
        claim.doubt is not None
        for episode in incident.episodes
        for claim in (*episode.start, *episode.ends, *episode.duration)
    ]
    sources = incident.sources
    return Count(
        sources=len(sources),
        archived=sum(copy_of(key, source, links) is not None for key, source in sources.items()),
        claims=len(doubts),
        doubted=sum(doubts),
        rows=found.provenance.table.rows.number if found else 0,
    )
