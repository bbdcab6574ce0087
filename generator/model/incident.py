"""THE SCHEMA of ``incident.yaml``.

JSON Schema, the field reference and the exports are generated from these models; each field's
description is its public documentation.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from generator.model.claims import Episode, Model
from generator.model.resources import Prefix, Url
from generator.model.values import Moment, Quantity
from generator.model.vocabulary import (
    Bearing,
    Category,
    EvidenceKind,
    Extent,
    IncidentId,
    Key,
    Language,
    Line,
    Prose,
    Relation,
    SourceKind,
    Stance,
    Standing,
)
from generator.model.where import Where


class Proposal(Model):
    """Who put an explanation forward."""

    who: Line = Field(description="The person, or the body where nobody is named.")
    org: Line | None = Field(None, description="On whose behalf.")
    on: Moment | None = Field(None, description="When.")
    source: Key = Field(description="Key of the source where they say so.")


class Explanation(Model):
    """One answer to why it happened. Rivals stand side by side."""

    id: Key = Field(description="A short key, unique in the record.")
    title: Line = Field(description="The explanation in a few words.")
    category: Category = Field(description="The kind of cause.")
    standing: Standing = Field(description="How far it has got. Must be what the evidence earns.")
    beside: tuple[Key, ...] = Field(
        (),
        description="Ids of explanations that may be true beside this one: of another episode or "
        "another cable, or one that it narrows down. They are not its rivals.",
    )
    gist: Prose | None = Field(None, description="The explanation in a sentence, with citations.")
    proposed_by: Annotated[tuple[Proposal, ...], Field(min_length=1)] = Field(
        description="Who put it forward."
    )


class Evidence(Model):
    """A finding, and what it does to each explanation it touches."""

    id: Key = Field(description="A short key, unique in the record.")
    finding: Prose = Field(description="What was found, in a sentence.")
    kind: EvidenceKind = Field(description="What sort of thing it rests on.")
    sources: Annotated[tuple[Key, ...], Field(min_length=1)] = Field(
        description="Keys of the sources that report it."
    )
    bears_on: Annotated[dict[Key, Bearing], Field(min_length=1)] = Field(
        description="For each explanation it touches: supports, weakens or rules-out."
    )


class Statement(Model):
    """What somebody said, in our words."""

    who: Line = Field(description="The speaker; an unnamed one is described.")
    role: Line | None = Field(None, description="Their function.")
    org: Line | None = Field(None, description="On whose behalf.")
    on: Moment = Field(description="When it was said.")
    stance: Stance = Field(description="What the statement does about the explanations named.")
    about: tuple[Key, ...] = Field((), description="Ids of the explanations it is about.")
    gist: Prose = Field(description="What was said, in a sentence of ours.")
    sources: Annotated[tuple[Key, ...], Field(min_length=1)] = Field(
        description="Keys of the sources that report it."
    )


class Figure(Model):
    """A number that belongs to the story."""

    what: Line = Field(description="What is counted.")
    value: Quantity = Field(description="The number; > more than, < less than, ~ about.")
    of: Quantity | None = Field(None, description="Out of how many.")
    unit: Line = Field(description="The unit.")
    note: Prose | None = Field(None, description="How it was found, or what qualifies it.")
    sources: Annotated[tuple[Key, ...], Field(min_length=1)] = Field(
        description="Keys of the sources that give it."
    )


class ContextEvent(Model):
    """Something that happened around the incident."""

    at: Moment = Field(description="When.")
    what: Prose = Field(description="What happened.")
    sources: Annotated[tuple[Key, ...], Field(min_length=1)] = Field(
        description="Keys of the sources that report it."
    )


class Background(Model):
    """A fact that belongs to the story and has no place in time."""

    what: Prose = Field(description="The fact.")
    sources: Annotated[tuple[Key, ...], Field(min_length=1)] = Field(
        description="Keys of the sources that report it."
    )


class Related(Model):
    """Another incident: one of the archive by its id, or one it does not hold yet, described."""

    how: Relation = Field(description="How it relates.")
    id: IncidentId | None = Field(None, description="Its id, when the archive holds it.")
    at: Moment | None = Field(None, description="When it was, when the archive does not hold it.")
    what: Prose | None = Field(None, description="What it was, or why it is worth comparing.")
    sources: tuple[Key, ...] = Field((), description="Keys of the sources that report it.")


class Elsewhere(Model):
    """The same incident in other archives."""

    wikidata: Line | None = Field(None, description="Wikidata item, such as Q1234.")
    ioda: Url | None = Field(None, description="IODA page.")
    cloudflare_radar: Url | None = Field(
        None, alias="cloudflare-radar", description="Cloudflare Radar page."
    )
    keepiton: Line | None = Field(None, description="Access Now #KeepItOn row.")
    ooni: Url | None = Field(None, description="OONI finding.")
    wikipedia: Url | None = Field(None, description="Wikipedia article.")


class RoutingWindow(Model):
    """Which routing messages belong to the incident."""

    since: Moment = Field(alias="from", description="First instant to fetch.")
    until: Moment = Field(alias="to", description="Last instant to fetch.")
    prefixes: tuple[Prefix, ...] = Field(
        (), description="What to fetch; the prefixes of `where` when left out."
    )


class Source(Model):
    """Where something was read. Defined once, cited by its key."""

    kind: SourceKind = Field(description="What it is.")
    publisher: Line = Field(description="Who published it.")
    title: Line = Field(description="Its title; a description in parentheses where unseen.")
    authors: tuple[Line, ...] = Field((), description="Who wrote it.")
    published: Moment | None = Field(None, description="When it was published.")
    url: Url = Field(description="Its address.")
    archived: Url | None = Field(None, description="An archived copy.")
    accessed: Moment = Field(description="When it was read for this record.")
    language: Language = Field("en", description="ISO 639 code of its language.")
    relays: tuple[Key, ...] = Field(
        (),
        description="Keys of the sources whose measurements this one passes on "
        "without measuring itself.",
    )
    note: Prose | None = Field(None, description="How it was seen, or what it is a copy of.")


class Change(Model):
    """A correction after publication."""

    on: Moment = Field(description="When.")
    what: Prose = Field(description="What was changed, and why.")


class Withdrawal(Model):
    """A record taken back. Its page stays, with the reason."""

    on: Moment = Field(description="When.")
    reason: Prose = Field(description="Why.")


class Incident(Model):
    """What is known about one incident, and who says so."""

    title: Annotated[Line, StringConstraints(min_length=3, max_length=140)] = Field(
        description="A headline of at most 140 characters."
    )
    summary: Prose = Field(description="A paragraph with [@source-key] citations.")
    where: Where = Field(description="Places, networks and prefixes hit.")
    episodes: Annotated[tuple[Episode, ...], Field(min_length=1)] = Field(
        description="The stretches of the incident, in order of time; at least one."
    )
    explanations: tuple[Explanation, ...] = Field(
        (), description="Why it happened, as others have said. None is a legal answer."
    )
    evidence: tuple[Evidence, ...] = Field((), description="Findings that bear on them.")
    statements: tuple[Statement, ...] = Field((), description="Who said what.")
    figures: tuple[Figure, ...] = Field((), description="Numbers that belong to the story.")
    context: tuple[ContextEvent, ...] = Field((), description="What happened around it.")
    background: tuple[Background, ...] = Field(
        (), description="What else one has to know, which is neither an event nor a number."
    )
    related: tuple[Related, ...] = Field((), description="Other incidents to know of.")
    elsewhere: Elsewhere = Field(
        default_factory=Elsewhere, description="The same incident in other archives."
    )
    routing: RoutingWindow | None = Field(None, description="Which routing messages belong to it.")
    sources: Annotated[dict[Key, Source], Field(min_length=1)] = Field(
        description="Every source, by its key. Each must be cited somewhere."
    )
    lacking: tuple[Prose, ...] = Field(
        (), description="What is still to be found out or looked up. Shown on the page."
    )
    added: Moment = Field(description="The day the record joined the archive.")
    changes: tuple[Change, ...] = Field((), description="Corrections since, newest last.")
    withdrawn: Withdrawal | None = Field(None, description="Set when the record is taken back.")

    @property
    def real_episodes(self) -> tuple[Episode, ...]:
        """The episodes that did more than come and go; all of them where none did."""
        real = tuple(one for one in self.episodes if one.extent is not Extent.INTERMITTENT)
        return real or self.episodes

    @property
    def last_changed(self) -> Moment:
        """When the record last changed: its newest correction, or the day it was added."""
        dates = [self.added, *(change.on for change in self.changes)]
        if self.withdrawn:
            dates.append(self.withdrawn.on)
        return max(dates, key=lambda moment: moment.earliest)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``incident.yaml``."""
    schema = Incident.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
