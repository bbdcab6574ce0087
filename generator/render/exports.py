"""Tables as CSV, which no spreadsheet runs; among them the claims of an incident."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from generator.model.claims import LengthClaim, TimeClaim
from generator.model.incident import Incident

# Also the wide forms, which spreadsheets set to Chinese or Japanese run as well.
_FORMULA = frozenset("=+@\t\r＝＋－＠-")


def table_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV (RFC 4180). Text that a spreadsheet would run gets a leading quote."""
    return lines_csv([heads]) + lines_csv(rows)


def lines_csv(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as lines of CSV; lines of several parts of a table may follow each other."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows(map(_cell, row) for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    if value is None or isinstance(value, (int, float)):
        return value
    text = str(value)
    return f"'{text}" if text[:1] in _FORMULA else text


def claims_csv(incident: Incident) -> str:
    """Return every time and length claimed, one row each."""
    heads = ["episode", "claim", "figure", "source", "origin", "by", "publisher", "url", "doubt",
             "note"]  # fmt: skip
    rows = [
        [episode.name, what, _figure(claim), claim.source, claim.origin, claim.by,
         incident.sources[claim.source].publisher, incident.sources[claim.source].url,
         claim.doubt, claim.note]
        for episode in incident.episodes
        for what, group in (
            ("start", episode.start), ("end", episode.ends), ("duration", episode.in_all),
            ("each", episode.each_time))
        for claim in group
    ]  # fmt: skip
    return table_csv(heads, rows)


def _figure(claim: object) -> str:
    if isinstance(claim, TimeClaim):
        return str(claim.at)
    return str(claim.value) if isinstance(claim, LengthClaim) else ""
