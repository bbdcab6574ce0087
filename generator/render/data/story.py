"""Tables of what is told of an incident: explanations, findings, statements, figures, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pydantic import BaseModel

from generator.model.incident import (
    Background,
    Change,
    ContextEvent,
    Evidence,
    Explanation,
    Figure,
    Incident,
    Proposal,
    Related,
    Source,
    Statement,
)
from generator.model.trackers import elsewhere
from generator.render.data import categories
from generator.render.data.columns import (
    INCIDENT,
    NUMBER,
    OF_INCIDENT,
    Cell,
    Column,
    Dossier,
    Link,
    Row,
    Table,
    derived,
    fields,
)
from generator.render.data.times import meant, text

TO_SOURCE = Link(("incident", "source"), "sources")
_TO_EXPLANATION = Link(("incident", "explanation"), "explanations")
_EXPLANATION = Column("explanation", "string", "Id of the explanation.")


def plain(
    model: type[BaseModel], names: Sequence[str], of: Callable[[Incident], Sequence[BaseModel]]
) -> Callable[[Dossier], Iterator[Row]]:
    """Return what yields a row for each of a record's list: incident, number, then the fields."""
    assert set(names) <= set(model.model_fields)  # noqa: S101  # nosec B101  (a slip of ours)

    def rows(dossier: Dossier) -> Iterator[Row]:
        for number, one in enumerate(of(dossier.incident), start=1):
            cells = (text(getattr(one, name)) for name in names)
            yield (dossier.entry.id, number, *cells)

    return rows


def listed(
    name: str,
    description: str,
    model: type[BaseModel],
    names: tuple[str, ...],
    of: Callable[[Incident], Sequence[BaseModel]],
) -> Table:
    """Return the table of a list of a record, whose items are told apart by their place."""
    columns = (INCIDENT, NUMBER, *fields(model, *names))
    key = ("incident", "number")
    return Table(name, description, key, columns, plain(model, names, of), (OF_INCIDENT,))


def _explanations(dossier: Dossier) -> Iterator[Row]:
    for one in dossier.incident.explanations:
        yield (
            dossier.entry.id,
            one.id,
            one.title,
            one.category.value,
            one.standing.value,
            one.gist,
            " ".join(one.beside) or None,
            *elsewhere(one.category),
        )


def _proposals(dossier: Dossier) -> Iterator[Row]:
    for one in dossier.incident.explanations:
        for number, said in enumerate(one.proposed_by, start=1):
            yield dossier.entry.id, one.id, number, said.who, said.org, text(said.on), said.source


def _evidence(dossier: Dossier) -> Iterator[Row]:
    for one in dossier.incident.evidence:
        yield dossier.entry.id, one.id, one.finding, one.kind.value


def _bearings(dossier: Dossier) -> Iterator[Row]:
    for one in dossier.incident.evidence:
        for explanation, bearing in one.bears_on.items():
            yield dossier.entry.id, one.id, explanation, bearing.value


def _about(dossier: Dossier) -> Iterator[Row]:
    for number, one in enumerate(dossier.incident.statements, start=1):
        yield from ((dossier.entry.id, number, explanation) for explanation in one.about)


def _sources(dossier: Dossier) -> Iterator[Row]:
    for key, one in dossier.incident.sources.items():
        yield (
            dossier.entry.id,
            key,
            one.kind.value,
            one.publisher,
            one.title,
            "; ".join(one.authors) or None,
            text(one.published),
            meant(one.published)[0],
            str(one.url),
            text(one.archived),
            text(one.accessed),
            one.language,
            " ".join(one.relays) or None,
            one.note,
        )


def _cited(dossier: Dossier) -> Iterator[Row]:
    incident = dossier.incident
    parts: tuple[tuple[str, Sequence[BaseModel]], ...] = (
        ("evidence", incident.evidence),
        ("statements", incident.statements),
        ("figures", incident.figures),
        ("context", incident.context),
        ("background", incident.background),
        ("related", incident.related),
    )
    for table, items in parts:
        for number, one in enumerate(items, start=1):
            row: Cell = getattr(one, "id", None) if table == "evidence" else str(number)
            sources: Sequence[str] = getattr(one, "sources", ())
            yield from ((dossier.entry.id, table, row, source) for source in dict.fromkeys(sources))


EXPLANATIONS = Table(
    "explanations",
    "Answers to why it happened, with how far each has got.",
    ("incident", "id"),
    (INCIDENT, *fields(Explanation, "id", "title", "category", "standing", "gist", "beside"),
     *categories.COLUMNS),
    _explanations,
    (OF_INCIDENT,),
)  # fmt: skip
PROPOSALS = Table(
    "proposed_by",
    "Who put each explanation forward.",
    ("incident", "explanation", "number"),
    (INCIDENT, _EXPLANATION, NUMBER, *fields(Proposal, "who", "org", "on", "source")),
    _proposals,
    (OF_INCIDENT, _TO_EXPLANATION, TO_SOURCE),
)
EVIDENCE = Table(
    "evidence",
    "Findings that bear on the explanations.",
    ("incident", "id"),
    (INCIDENT, *fields(Evidence, "id", "finding", "kind")),
    _evidence,
    (OF_INCIDENT,),
)
BEARINGS = Table(
    "bears_on",
    "What each finding does to each explanation it touches.",
    ("incident", "evidence", "explanation"),
    (INCIDENT, Column("evidence", "string", "Id of the finding."), _EXPLANATION,
     Column("bearing", "string", "supports, weakens or rules-out.")),
    _bearings,
    (OF_INCIDENT, Link(("incident", "evidence"), "evidence"), _TO_EXPLANATION),
)  # fmt: skip
STATEMENTS = listed(
    "statements", "Who said what.", Statement,
    ("who", "role", "org", "on", "stance", "gist"), lambda one: one.statements,
)  # fmt: skip
ABOUT = Table(
    "about",
    "Which explanations each statement is about.",
    ("incident", "statement", "explanation"),
    (INCIDENT, Column("statement", "integer", "Number of the statement."), _EXPLANATION),
    _about,
    (OF_INCIDENT, Link(("incident", "statement"), "statements"), _TO_EXPLANATION),
)
FIGURES = listed(
    "figures", "Numbers that belong to the story, as written.", Figure,
    ("what", "value", "of", "unit", "note"), lambda one: one.figures,
)  # fmt: skip
CONTEXT = listed(
    "context", "What happened around it.", ContextEvent, ("at", "what"), lambda one: one.context
)
BACKGROUND = listed(
    "background", "Facts that have no place in time.", Background, ("what",),
    lambda one: one.background,
)  # fmt: skip
RELATED = listed(
    "related", "Other incidents to know of, with ids where the archive holds them.", Related,
    ("how", "id", "at", "what"), lambda one: one.related,
)  # fmt: skip
CHANGES = listed(
    "changes", "Corrections of records.", Change, ("on", "what"), lambda one: one.changes
)
SOURCES = Table(
    "sources",
    "Where everything was read.",
    ("incident", "key"),
    (INCIDENT, Column("key", "string", "Its key in the record."),
     *fields(Source, "kind", "publisher", "title", "authors", "published"),
     derived("published_earliest", "datetime", "The first instant that `published` may mean."),
     *fields(Source, "url", "archived", "accessed", "language", "relays", "note")),
    _sources,
    (OF_INCIDENT,),
)  # fmt: skip
CITED = Table(
    "cited",
    "Which sources stand behind each row of another table.",
    ("incident", "table", "row", "source"),
    (INCIDENT, Column("table", "string", "Name of that table."),
     Column("row", "string", "Its `id` or `number` there."),
     Column("source", "string", "Key of the source.")),
    _cited,
    (OF_INCIDENT, TO_SOURCE),
)  # fmt: skip
