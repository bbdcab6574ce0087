"""A sketch as the text of a record: fields in order, and short comments that teach."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from generator.derive.places import country_name
from generator.model.resources import CountryCode
from generator.model.sketch import Sketch
from generator.model.slugs import slug
from generator.model.values import Moment
from generator.model.vocabulary import Category, Extent, Layer, SourceKind
from generator.render.yamltext import yaml_text

_LONGEST_NAME = 60  # with the date it is within the 80 characters of an id, and it is an address

_HEAD = """\
# yaml-language-server: $schema=../../../build/pages/schema/incident.schema.json
# Check it: python -m generator check incidents/{year}/{id}/incident.yaml
# All fields and rules: docs/contributing.md, and the pages fields and rules of the site.
"""


def identifier(sketch: Sketch) -> str:
    """Return the id that a sketch earns: the day it began in UTC, and its name in plain letters.

    Raises ValueError when its first start is no time.
    """
    day = Moment.parse(sketch.fields["episodes"][0]["start"][0]["at"]).earliest
    return f"{day:%Y-%m-%d}-{slug(sketch.name)[:_LONGEST_NAME].strip('-')}"


def place_of(where: dict[str, Any]) -> str:
    """Return what an incident is called by its place: its first country, else its first network."""
    if countries := where.get("countries"):
        return country_name(CountryCode(countries[0]))
    networks = where.get("networks") or [{"name": ""}]
    return str(networks[0]["name"])


def record_text(sketch: Sketch, record_id: str) -> str:
    """Return the text of ``incident.yaml`` that says what the sketch does, and no more."""
    head = _HEAD.format(year=record_id[:4], id=record_id)
    return head + yaml_text(_in_order(sketch.fields), _COMMENTS)


def _in_order(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields in the order of the guide; what has nothing in it is left out."""
    return {key: fields[key] for key in _ORDER if fields.get(key)}


_ORDER = (
    *("title", "summary", "where", "episodes", "explanations", "evidence", "statements"),
    *("related", "elsewhere", "sources", "lacking", "added"),
)


def _one_of(words: type[StrEnum]) -> str:
    return f"One of {', '.join(words)}."


_COMMENTS = {
    "summary": "A paragraph for a reader who knows nothing of it. [@key] cites the source of that "
    "key; it needs one at least.",
    "where": "Codes of ISO 3166 for countries and regions; AS numbers and prefixes where they are "
    "known. What no code can say stands under scope.",
    "episodes": "An outage, a flicker before it and a relapse are episodes of their own, in order.",
    "episodes.layer": f"What stopped. {_one_of(Layer)}",
    "episodes.extent": f"How much of the place was gone. {_one_of(Extent)}",
    "episodes.start": "One claim for each source, the best first. Write what the source says, in "
    "UTC, and no more precisely: 2032-02-29, 2032-02-29T14Z, 2032-02-29T14:05Z; a trailing ~ means "
    "about.",
    "episodes.end": "Claims as under start; or the word unknown, or ongoing.",
    "explanations": "Why it happened, as somebody said in public; rivals stand side by side. None "
    "is a legal answer.",
    "explanations.category": _one_of(Category),
    "explanations.standing": "Proposed, until evidence says more: see What each standing demands.",
    "elsewhere": "The same outage in other archives.",
    "sources": "Each is cited by its key. Add archived: with the address of an archived copy.",
    "sources.kind": _one_of(SourceKind),
    "lacking": "Still to be found out or decided. The page shows it; take out what is done.",
    "added": "The day the record was written.",
}
