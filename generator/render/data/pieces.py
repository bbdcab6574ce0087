"""What one incident gives to the exports, in the form in which they take it up.

A piece depends on its incident and on the site's address alone. So it is made once, and thousands
of them are put together without a record being looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.render.data import agenda, documents, feeds
from generator.render.data.columns import Dossier, Rows
from generator.render.exports import lines_csv


@dataclass(frozen=True)
class Piece:
    """An incident's part of each export but the database, which takes its rows.

    ``lines`` and ``counts`` are its lines of each table that has some, and how many those are.
    """

    id: str
    lines: Mapping[str, str]
    counts: Mapping[str, int]
    record: documents.Document
    brief: str
    item: feeds.Item
    event: str


def piece_of(dossier: Dossier, rows: Rows, url: str) -> Piece:
    """Return the piece of an incident whose rows these are, on the site with this address."""
    (row,) = rows.tables["incidents"]
    return Piece(
        id=dossier.entry.id,
        lines={name: lines_csv(its) for name, its in rows.tables.items()},
        counts={name: len(its) for name, its in rows.tables.items()},
        record=documents.record(dossier, row),
        brief=documents.brief(row, url),
        item=feeds.item(dossier, url),
        event=agenda.event(dossier, url),
    )
