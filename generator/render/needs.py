"""What a record still lacks, in words: on its own page, and the page of all that need work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.derive import timing
from generator.derive.catalogue import newest_first
from generator.derive.completeness import Item
from generator.derive.entry import Entry
from generator.derive.needs import Need, needs
from generator.model.incident import Incident
from generator.render import words
from generator.render.indexes import lastmod
from generator.render.templating import fill, html

# A page of ten thousand records in need stays as small as one of a hundred.
MOST_NAMED = 60


@dataclass(frozen=True)
class _Words:
    """How an aspect is called where records are listed by it, and how it is mended."""

    title: str
    cure: str


_WORDS = {
    "origins": _Words(
        "The start rests on one origin",
        "Look for somebody who measured or saw it independently, and add their claim.",
    ),
    "explanations": _Words(
        "An explanation without a finding",
        "Record what was found that speaks for it or against it.",
    ),
    "routing": _Words(
        "No routing evidence frozen",
        "Name the prefixes and the hours; the messages can be fetched from public archives.",
    ),
    "copies": _Words(
        "No source has an archived copy",
        "Find one in a web archive, or have one made, before the page is gone.",
    ),
    "questions": _Words(
        "Questions left open",
        "The record says what its author could not find out. Perhaps you can.",
    ),
}


def meter(one: Entry, incident: Incident) -> dict[str, Any]:
    """Return how complete a record is for its page: a sentence, and each aspect in words."""
    found = one.complete
    met = sum(not item.lacks for item in found)
    respects = words.count(len(found), "respect")
    return {
        "lead": f"Complete in {met} of {respects} that the archive looks at.",
        "items": [
            {"met": not item.lacks, "text": _sentence(item, one, incident)} for item in found
        ],
    }


def _sentence(item: Item, one: Entry, incident: Incident) -> str:
    return {
        "origins": _origins,
        "explanations": _explanations,
        "routing": _routing,
        "copies": _copies,
        "questions": _questions,
    }[item.key](item.lacks, one, incident)


def _origins(lacks: int, _: Entry, incident: Incident) -> str:
    if lacks:
        return "Its start rests on one origin."
    origins = timing.spread(incident.real_episodes[0].start).origins
    return f"Its start is told by {words.count(origins, 'independent origin')}."


def _explanations(lacks: int, one: Entry, _: Incident) -> str:
    total = len(one.causes)
    if not lacks:
        return "Some finding bears on every explanation."
    return f"No finding bears on {lacks} of {words.count(total, 'explanation')}."


def _routing(lacks: int, _: Entry, __: Incident) -> str:
    frozen = "Routing evidence is frozen beside it."
    return "No routing evidence is frozen beside it." if lacks else frozen


def _copies(lacks: int, one: Entry, _: Incident) -> str:
    total = words.count(one.count.sources, "source")
    if lacks:
        return f"No archived copy of {total} is on record."
    return f"{one.count.archived} of {total} with an archived copy on record."


def _questions(lacks: int, _: Entry, __: Incident) -> str:
    return f"{words.count(lacks, 'question')} left open:" if lacks else "No question left open."


def needs_page(entries: Sequence[Entry]) -> str:
    """Return the page of the records that need work, by what they lack, the newest named."""
    found = needs(newest_first(entries))
    return fill(
        "needs.md.jinja",
        needs=[_need(one) for one in found if one.applies_to],
        total=words.count(len(entries), "record"),
        most=MOST_NAMED,
        lastmod=lastmod(entries),
    )


def _need(one: Need) -> dict[str, Any]:
    named, number = one.lacking[:MOST_NAMED], len(one.lacking)
    return {
        "key": html(one.key),
        "title": _WORDS[one.key].title,
        "cure": _WORDS[one.key].cure,
        "count": f"{number:,}",
        "of": f"{one.applies_to:,}",
        "more": f"{number - len(named):,}" if number > len(named) else "",
        "entries": [
            {"id": html(entry.id), "title": entry.title, "year": entry.id[:4]} for entry in named
        ],
    }
