"""What a table of the exports is: its columns, told in the words of the schema, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import BaseModel

from generator.derive.entry import Entry
from generator.derive.measurement import Measurement
from generator.model.incident import Incident

Kind = Literal["string", "integer", "number", "boolean", "datetime"]
Cell: TypeAlias = str | int | float | None
"""Truth is 1 or 0, as SQLite has it; a time is ISO 8601 in UTC; nothing known is None."""

Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True)
class Rows:
    """The rows of one incident: of each table that has some, and of the search index."""

    tables: Mapping[str, Sequence[Row]]
    searched: Row


@dataclass(frozen=True)
class Dossier:
    """An incident as the exports need it: its row of the catalogue, its record, and what was
    measured.
    """

    entry: Entry
    incident: Incident
    measurement: Measurement | None


@dataclass(frozen=True)
class Column:
    """A column: ``derived`` where the archive computes it and no record says it."""

    name: str
    kind: Kind
    description: str
    derived: bool = False


@dataclass(frozen=True)
class Link:
    """A foreign key: columns of this table, and the table whose key they are.

    The last column of an ``optional`` one may be empty.
    """

    columns: tuple[str, ...]
    table: str
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """A table: ``key`` are the columns that tell its rows apart, ``rows`` those of one incident."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Dossier], Iterator[Row]]
    links: tuple[Link, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def fields(model: type[BaseModel], *names: str, kind: Kind = "string") -> tuple[Column, ...]:
    """Return columns that are called and described as fields of a model are."""
    return tuple(Column(name, kind, model.model_fields[name].description or "") for name in names)


def derived(name: str, kind: Kind, description: str) -> Column:
    """Return a column that the archive computes."""
    return Column(name, kind, description, derived=True)


INCIDENT = Column("incident", "string", "Id of the incident.")
NUMBER = Column("number", "integer", "Its place in the record's list, from 1.")
OF_INCIDENT = Link(("incident",), "incidents")
