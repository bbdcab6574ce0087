"""The archive as one SQLite file, with foreign keys and full-text search."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice

from generator.derive.places import place_names
from generator.render.data.columns import Dossier, Row, Rows, Table
from generator.render.data.edition import Edition
from generator.render.data.tables import TABLES, key_of

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}
_SEARCHED = ("title", "summary", "places", "networks", "people", "publishers", "explanations")
_BATCH = 64
# Its rows get the numbers of the rows of ``incidents``.
_TO_SEARCH = (
    f"INSERT INTO search (id, {', '.join(_SEARCHED)}) "  # noqa: S608  # nosec B608
    f"VALUES (?{', ?' * len(_SEARCHED)})"
)


def database(incidents: Iterable[Rows], edition: Edition) -> bytes:
    """Return the database file of incidents, given newest first.

    One version of SQLite gives equal bytes for equal input; another may differ, since the file
    holds the version's number. Raises sqlite3.IntegrityError where a row links to none.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        fill(base, incidents, edition)
        base.execute("VACUUM")
        return base.serialize()


def fill(base: sqlite3.Connection, incidents: Iterable[Rows], edition: Edition) -> None:
    """Fill an empty database: every table, ``about``, and ``search`` over the incidents.

    It must be vacuumed then: rows come incident by incident, so that few are in memory, and those
    of a table lie together only afterwards. What indexes hold comes last, as that is faster.
    Raises sqlite3.IntegrityError where a row links to none.
    """
    base.execute("PRAGMA page_size = 4096")
    base.execute("PRAGMA foreign_keys = ON")
    base.execute("BEGIN")
    for table in TABLES:
        base.execute(_created(table))
    into = {table.name: _insertion(table) for table in TABLES}
    searched: list[Row] = []
    for some in _batches(incidents):
        for name, command in into.items():
            base.executemany(command, (row for one in some for row in one.tables.get(name, ())))
        searched += [one.searched for one in some]
    _index(base)
    _about(base, edition)
    base.execute(
        f"CREATE VIRTUAL TABLE search USING fts5(id UNINDEXED, {_names(_SEARCHED)}, "
        "tokenize = 'unicode61 remove_diacritics 2')"
    )
    base.executemany(_TO_SEARCH, searched)
    base.execute("COMMIT")


def _batches(incidents: Iterable[Rows]) -> Iterator[Sequence[Rows]]:
    """Yield a few incidents at a time: a command for each table of each takes longer."""
    left = iter(incidents)
    while some := tuple(islice(left, _BATCH)):
        yield some


def _insertion(table: Table) -> str:
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {_quoted(table.name)} VALUES ({marks})"  # noqa: S608  # nosec B608


def _quoted(name: str) -> str:
    return f'"{name}"'


def _names(columns: Sequence[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _created(table: Table) -> str:
    parts = [f"{_quoted(one.name)} {_TYPES.get(one.kind, 'TEXT')}" for one in table.columns]
    parts.append(f"PRIMARY KEY ({_names(table.key)})")
    parts += [
        # Said in full: Datasette fails on a link that leaves out the columns it leads to.
        f"FOREIGN KEY ({_names(link.columns)}) "
        f"REFERENCES {_quoted(link.table)} ({_names(key_of(link.table))})"
        for link in table.links
    ]
    inside = ",\n  ".join(parts)
    return f"CREATE TABLE {_quoted(table.name)} (\n  {inside}\n)"


def _index(base: sqlite3.Connection) -> None:
    for table in TABLES:
        for link in table.links:
            if link.columns != table.key[: len(link.columns)]:
                name = _quoted(f"{table.name}_by_{link.columns[-1]}")
                base.execute(
                    f"CREATE INDEX {name} ON {_quoted(table.name)} ({_names(link.columns)})"
                )


def _about(base: sqlite3.Connection, edition: Edition) -> None:
    told = {
        **{key: value for key, value in edition.meta.items() if isinstance(value, str)},
        "data_providers": "\n".join(edition.providers),
    }
    base.execute('CREATE TABLE "about_this_file" ("name" TEXT PRIMARY KEY, "value" TEXT)')
    base.executemany('INSERT INTO "about_this_file" VALUES (?, ?)', sorted(told.items()))


def rows_of(dossier: Dossier) -> Rows:
    """Return the rows of an incident in every table that has some, and in the search index."""
    tables = {table.name: tuple(table.rows(dossier)) for table in TABLES}
    return Rows({name: rows for name, rows in tables.items() if rows}, _searched(dossier))


def _searched(dossier: Dossier) -> Row:
    incident = dossier.incident
    networks = (f"{one.name} {one.asn or ''}" for one in incident.where.networks)
    people = (f"{one.who} {one.org or ''}" for one in incident.statements)
    return (
        dossier.entry.id,
        incident.title,
        incident.summary,
        "\n".join(place_names(incident.where)),
        "\n".join((*networks, *(one.name for one in incident.where.systems))),
        "\n".join(people),
        "\n".join(dict.fromkeys(one.publisher for one in incident.sources.values())),
        "\n".join(one.title for one in incident.explanations),
    )
