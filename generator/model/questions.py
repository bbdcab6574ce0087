"""What is asked of somebody who knows of an outage: by ``new``, in a terminal or by flags, and by
the issue form. The one list: a form's ids and labels, and the flags, are these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from generator.model.vocabulary import Category, Extent, Layer, SourceKind


@dataclass(frozen=True)
class Question:
    """One question.

    ``id`` is that of the form's field, and the flag; ``label`` is the form's heading; ``ask`` says
    how to answer; ``example`` is an answer that is sound. ``many``: an answer has a part a line.
    ``fields`` finds the fields of a record that the answer goes into.
    """

    id: str
    label: str
    kind: Literal["input", "textarea", "dropdown"]
    needed: bool
    ask: str
    example: str
    fields: str
    many: bool = False
    options: tuple[str, ...] = ()

    def holds(self, field: str) -> bool:
        """Return whether a problem with this field of a record is one with this answer."""
        return bool(re.match(self.fields, field))


def _words(words: type[Category] | type[SourceKind]) -> str:
    return ", ".join(words)


# In the order in which they are asked. Where a field could belong to two, the first is taken.
QUESTIONS = (
    Question(
        "country",
        "Countries",
        "input",
        False,
        "Where it was: countries by code or English name, with commas between them.",
        "HM",
        r"where(\.countries.*)?$",
    ),
    Question(
        "network",
        "Networks",
        "textarea",
        False,
        "Networks that were hit, one a line: AS number and name, or the name alone.",
        "AS64500 Example Net",
        r"where\.networks",
        many=True,
    ),
    Question(
        "start",
        "Start",
        "input",
        True,
        "When it began, in UTC and no more precisely than the source says: 2032-02-29, "
        "2032-02-29T14Z or 2032-02-29T14:05Z; a ~ after it means about.",
        "2032-02-29T14:05Z",
        r"episodes(\[0\](\.start(\[0\](\.at)?)?)?)?$",
    ),
    Question(
        "end",
        "End",
        "input",
        False,
        "When it ended, in the same way; or the word unknown, or ongoing.",
        "unknown",
        r"episodes\[0\]\.end(\[0\](\.at)?)?$",
    ),
    Question(
        "title",
        "Headline",
        "input",
        True,
        "A headline of at most 140 characters.",
        "Heard Island falls silent",
        "title",
    ),
    Question(
        "summary",
        "What happened",
        "textarea",
        True,
        "What happened, in a sentence or a few, for a reader who knows nothing of it.",
        "The island's only network went off the air on a leap day.",
        "summary",
    ),
    Question(
        "layer",
        "What stopped",
        "dropdown",
        True,
        "What stopped: routes in the routing table, answers to probes (reachability), traffic, or "
        "a service on top.",
        Layer.REACHABILITY,
        r"episodes\[0\]\.layer",
        options=tuple(Layer),
    ),
    Question(
        "extent",
        "How much of it",
        "dropdown",
        True,
        "How much of the place named was gone. Intermittent: it came and went.",
        Extent.UNKNOWN,
        r"episodes\[0\]\.extent",
        options=tuple(Extent),
    ),
    Question(
        "claim",
        "Explanations",
        "textarea",
        False,
        "Why it happened, as somebody said in public, one a line: who | what | kind. Nobody has "
        f"to have said anything. Kind may be left out; it is one of {_words(Category)}.",
        "Antarctic Division | A generator failed | power",
        r"explanations(?!.*\.source$)",
        many=True,
    ),
    Question(
        "source",
        "Sources",
        "textarea",
        True,
        "Where you read it, one source a line: address | publisher | title | kind. The one that "
        f"tells the start comes first. Kind may be left out; it is one of {_words(SourceKind)}.",
        "https://gazette.example.org/heard | Southern Gazette | No word from Heard Island | news",
        r"sources|.*\.source$",
        many=True,
    ),
)
BY_ID = {question.id: question for question in QUESTIONS}
# Of these it is enough to answer one.
PLACES = ("country", "network")


def question_of(field: str) -> str:
    """Return the id of the question whose answer a field of a record comes from, else the field."""
    return next((question.id for question in QUESTIONS if question.holds(field)), field)
