"""The files that hold every incident: how each begins, what an incident adds, and how it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from generator.render.data import agenda, documents
from generator.render.data.columns import Table
from generator.render.data.edition import Edition
from generator.render.data.pieces import Piece
from generator.render.data.tables import TABLES
from generator.render.exports import lines_csv


@dataclass(frozen=True)
class Stream:
    """A file that can be written from its beginning to its end without being held whole."""

    path: str
    head: str
    part: Callable[[Piece], str]
    between: str = ""
    tail: str = ""


def streams(edition: Edition, incidents: int) -> list[Stream]:
    """Return the files that hold every incident, for so many of them."""
    whole = documents.frame({"meta": edition.meta, "incidents": []}, filled=incidents > 0)
    events = agenda.frame(edition)
    return [
        *map(_table, TABLES),
        Stream("data/incidents.json", whole[0], attrgetter("record.flat"),
               documents.BETWEEN, whole[1]),
        Stream("data/incidents.ndjson", "", lambda one: documents.line(one.record, edition)),
        Stream("data/incidents.ics", events[0], attrgetter("event"), "", events[1]),
    ]  # fmt: skip


def _table(table: Table) -> Stream:
    return Stream(
        path_of(table), lines_csv([table.names]), lambda one: one.lines.get(table.name, "")
    )


def path_of(table: Table) -> str:
    """Return where a table is as CSV."""
    return f"data/{table.name}.csv"


def flow(files: Sequence[Stream], pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    """Yield every file's parts in their order, each with the file's path; files take turns.

    Each piece is looked at once, and needed no longer than that.
    """
    yield from ((one.path, one.head) for one in files)
    for number, piece in enumerate(pieces):
        for one in files:
            yield one.path, (one.between if number else "") + one.part(piece)
    yield from ((one.path, one.tail) for one in files)


def counting(pieces: Iterable[Piece], counts: Counter[str]) -> Iterator[Piece]:
    """Yield the pieces, and count on the way how many rows each table has."""
    counts.update({table.name: 0 for table in TABLES})
    for one in pieces:
        counts.update(one.counts)
        yield one
