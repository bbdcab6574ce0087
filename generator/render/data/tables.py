"""Every table of the exports. CSV, SQLite, data package and dictionary all follow from here."""

from __future__ import annotations

from collections.abc import Iterator

from generator.derive import timing
from generator.derive.places import country_name, region_name
from generator.model.claims import Claim, Episode, LengthClaim, TimeClaim
from generator.model.incident import Incident
from generator.model.where import Network, System, Where
from generator.render.data import story
from generator.render.data.columns import (
    INCIDENT,
    NUMBER,
    OF_INCIDENT,
    Column,
    Dossier,
    Link,
    Row,
    Table,
    derived,
    fields,
)
from generator.render.data.measured import MEASURED
from generator.render.data.times import MEANT_COLUMNS, SPAN_COLUMNS, claimed, meant, span, text

_EPISODE = Column("episode", "integer", "Number of the episode.")


def _incidents(dossier: Dossier) -> Iterator[Row]:
    one, incident = dossier.entry, dossier.incident
    main = timing.main_episode(incident)
    end = timing.lead_end(main)
    yield (
        one.id,
        incident.title,
        incident.summary,
        incident.where.scope,
        text(incident.added),
        text(incident.withdrawn.on) if incident.withdrawn else None,
        text(incident.last_changed),
        main.layer.value,
        main.extent.value,
        text(timing.lead_start(main).at),
        meant(timing.lead_start(main).at)[0],
        text(end.at) if end else text(main.end if isinstance(main.end, str) else None),
        meant(end.at)[1] if end else None,
        *span(one.lasted),
        one.standing,
        int(one.has_evidence),
        len(incident.sources),
        " ".join(map(str, incident.where.countries)) or None,
        " ".join(str(net.asn) for net in incident.where.networks if net.asn) or None,
    )


def _episodes(dossier: Dossier) -> Iterator[Row]:
    for number, one in enumerate(dossier.incident.episodes, start=1):
        end = one.end if isinstance(one.end, str) else None
        yield (
            dossier.entry.id, number, one.name, one.layer.value, one.extent.value, end, one.recurs,
            one.about, *span(timing.span(one)),
        )  # fmt: skip


def _claims(dossier: Dossier) -> Iterator[Row]:
    for episode, one in enumerate(dossier.incident.episodes, start=1):
        for number, (what, claim) in enumerate(_claims_of(one), start=1):
            yield (
                dossier.entry.id, episode, number, what, _written(claim), claim.source,
                claim.origin, claim.by, claim.note, claim.doubt, *claimed(claim),
            )  # fmt: skip


def _claims_of(one: Episode) -> Iterator[tuple[str, Claim]]:
    for what, claims in (("start", one.start), ("end", one.ends), ("duration", one.in_all),
                         ("each", one.each_time)):  # fmt: skip
        yield from ((what, claim) for claim in claims)


def _written(claim: Claim) -> str:
    if isinstance(claim, TimeClaim):
        return str(claim.at)
    return str(claim.value) if isinstance(claim, LengthClaim) else ""


def _countries(dossier: Dossier) -> Iterator[Row]:
    for one in dict.fromkeys(dossier.incident.where.countries):
        yield dossier.entry.id, str(one), country_name(one)


def _regions(dossier: Dossier) -> Iterator[Row]:
    for one in dict.fromkeys(dossier.incident.where.regions):
        yield dossier.entry.id, str(one), region_name(one)


def _prefixes(dossier: Dossier) -> Iterator[Row]:
    for one in dict.fromkeys(dossier.incident.where.prefixes):
        yield dossier.entry.id, str(one)


def _elsewhere(dossier: Dossier) -> Iterator[Row]:
    found = dossier.incident.elsewhere.model_dump(mode="json", exclude_none=True)
    yield from ((dossier.entry.id, archive, where) for archive, where in found.items())


INCIDENTS = Table(
    "incidents",
    "One row for each incident, with what is derived of its main episode.",
    ("id",),
    (Column("id", "string", "The incident's id, which is also the end of its address."),
     *fields(Incident, "title", "summary"), *fields(Where, "scope"),
     *fields(Incident, "added"),
     Column("withdrawn", "string", "The day the record was taken back."),
     derived("last_changed", "string", "The day of its newest correction, or `added`."),
     derived("layer", "string", "What stopped, in the main episode."),
     derived("extent", "string", "How much of the place was gone, in the main episode."),
     derived("start", "string", "Start of the main episode by the leading claim, as written."),
     derived("start_earliest", "datetime", "The first instant that it may mean."),
     derived("end", "string", "Its end, likewise; or the word unknown or ongoing."),
     derived("end_latest", "datetime", "The last instant that it may mean."),
     *SPAN_COLUMNS,
     derived("standing", "string", "How far the cause is known: established, likely, contested "
             "or unknown."),
     derived("measured", "boolean", "Whether routing evidence is frozen beside the record."),
     derived("sources", "integer", "How many sources the record has."),
     derived("countries", "string", "Codes of the countries hit, with spaces between."),
     derived("networks", "string", "AS numbers of the networks, with spaces between.")),
    _incidents,
)  # fmt: skip
EPISODES = Table(
    "episodes",
    "The stretches of each incident.",
    ("incident", "number"),
    (INCIDENT, NUMBER, *fields(Episode, "name", "layer", "extent"),
     Column("end", "string", "The word unknown or ongoing; empty where claims of its end stand in "
            "`claims`."),
     *fields(Episode, "recurs", "about"), *SPAN_COLUMNS),
    _episodes,
    (OF_INCIDENT,),
)  # fmt: skip
CLAIMS = Table(
    "claims",
    "Every time and length that a source gives, disagreements included.",
    ("incident", "episode", "number"),
    (INCIDENT, _EPISODE, NUMBER, Column("claim", "string", "start, end, duration; or "
            "each, the length of each time of a series."),
     Column("figure", "string", "What is claimed, as written: `at` of a time, `value` of a "
            "length."),
     *fields(Claim, "source", "origin", "by", "note", "doubt"), *MEANT_COLUMNS),
    _claims,
    (OF_INCIDENT, Link(("incident", "episode"), "episodes"), story.TO_SOURCE,
     Link(("incident", "origin"), "sources", optional=True)),
)  # fmt: skip
COUNTRIES = Table(
    "countries",
    "Countries hit.",
    ("incident", "country"),
    (INCIDENT, Column("country", "string", "ISO 3166-1 alpha-2 code."),
     derived("name", "string", "Its everyday English name.")),
    _countries,
    (OF_INCIDENT,),
)  # fmt: skip
REGIONS = Table(
    "regions",
    "Regions hit, where they are smaller than a country.",
    ("incident", "region"),
    (INCIDENT, Column("region", "string", "ISO 3166-2 code."),
     derived("name", "string", "Its name in that standard.")),
    _regions,
    (OF_INCIDENT,),
)  # fmt: skip
NETWORKS = story.listed(
    "networks", "Networks involved, with their roles.", Network, ("asn", "name", "role", "note"),
    lambda one: one.where.networks,
)  # fmt: skip
SYSTEMS = story.listed(
    "systems", "Cables, satellites, grids and services that were hit or gave way.", System,
    ("name", "kind", "note"), lambda one: one.where.systems,
)  # fmt: skip
PREFIXES = Table(
    "prefixes",
    "Prefixes hit.",
    ("incident", "prefix"),
    (INCIDENT, Column("prefix", "string", "In canonical form.")),
    _prefixes,
    (OF_INCIDENT,),
)
ELSEWHERE = Table(
    "elsewhere",
    "The same incidents in other archives.",
    ("incident", "archive"),
    (INCIDENT, Column("archive", "string", "Which archive."),
     Column("value", "string", "Its id or address there.")),
    _elsewhere,
    (OF_INCIDENT,),
)  # fmt: skip

TABLES = (
    INCIDENTS, EPISODES, story.SOURCES, CLAIMS, story.EXPLANATIONS, story.PROPOSALS,
    story.EVIDENCE, story.BEARINGS, story.STATEMENTS, story.ABOUT, story.FIGURES, story.CONTEXT,
    story.BACKGROUND, COUNTRIES, REGIONS, NETWORKS, SYSTEMS, PREFIXES, story.RELATED, ELSEWHERE,
    story.CITED, story.CHANGES, MEASURED,
)  # fmt: skip
"""In an order in which each table stands after those it links to."""


def key_of(name: str) -> tuple[str, ...]:
    """Return the columns that tell the rows of a table apart."""
    return next(table.key for table in TABLES if table.name == name)
