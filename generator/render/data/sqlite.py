"""The archive as one SQLite file, with foreign keys and full-text search."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

from generator.derive.places import place_names
from generator.render.data.columns import Cell, Dossier, Table
from generator.render.data.edition import Edition
from generator.render.data.tables import TABLES, key_of

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}
_SEARCHED = ("title", "summary", "places", "networks", "people", "publishers", "explanations")


def database(dossiers: Sequence[Dossier], edition: Edition) -> bytes:
    """Return the database file: every table, ``about``, and ``search`` over the incidents.

    One version of SQLite gives equal bytes for equal input; another may differ, since the file
    holds the version's number. Raises sqlite3.IntegrityError where a row links to none.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        base.execute("PRAGMA page_size = 4096")
        base.execute("PRAGMA foreign_keys = ON")
        base.execute("BEGIN")
        for table in TABLES:
            base.execute(_created(table))
            marks = ", ".join("?" * len(table.columns))
            base.executemany(
                f"INSERT INTO {_quoted(table.name)} VALUES ({marks})",  # noqa: S608  # nosec B608
                table.all_rows(dossiers),
            )
        _index(base)
        _about(base, edition)
        _search(base, dossiers)
        base.execute("COMMIT")
        base.execute("VACUUM")
        return base.serialize()


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


def _search(base: sqlite3.Connection, dossiers: Sequence[Dossier]) -> None:
    """Fill the full-text table, whose rows have the numbers of the rows of ``incidents``."""
    base.execute(
        f"CREATE VIRTUAL TABLE search USING fts5(id UNINDEXED, {_names(_SEARCHED)}, "
        "tokenize = 'unicode61 remove_diacritics 2')"
    )
    marks = ", ".join("?" * (len(_SEARCHED) + 2))
    base.executemany(
        f"INSERT INTO search (rowid, id, {_names(_SEARCHED)}) VALUES ({marks})",  # noqa: S608  # nosec B608
        _words(dossiers),
    )


def _words(dossiers: Sequence[Dossier]) -> Iterator[tuple[Cell, ...]]:
    for number, dossier in enumerate(dossiers, start=1):
        incident = dossier.incident
        networks = (f"{one.name} {one.asn or ''}" for one in incident.where.networks)
        people = (f"{one.who} {one.org or ''}" for one in incident.statements)
        yield (
            number,
            dossier.entry.id,
            incident.title,
            incident.summary,
            "\n".join(place_names(incident.where)),
            "\n".join((*networks, *(one.name for one in incident.where.systems))),
            "\n".join(people),
            "\n".join(dict.fromkeys(one.publisher for one in incident.sources.values())),
            "\n".join(one.title for one in incident.explanations),
        )
