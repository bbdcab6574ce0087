"""What lies beside an incident's page for other programs: claims as CSV, schema.org data."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from generator.derive import timing
from generator.derive.catalogue import Entry
from generator.model.claims import LengthClaim, TimeClaim
from generator.model.incident import Incident
from generator.render.escape import inert_json
from generator.render.templating import without_citations

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_FORMULA = re.compile(r"[=+@\t\r-]")


def table_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV (RFC 4180). Text that a spreadsheet would run gets a leading quote."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text


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


def json_ld(one: Entry, url: str) -> str:
    """Return an incident's page as schema.org data: an article on an event, with its sources."""
    incident, main = one.incident, timing.main_episode(one.incident)
    end = timing.lead_end(main)
    event: dict[str, Any] = {
        "@type": "Event",
        "name": incident.title,
        "startDate": _schema_time(str(timing.lead_start(main).at)),
        "location": [{"@type": "Place", "name": place} for place in one.places],
    }
    if end:
        event["endDate"] = _schema_time(str(end.at))
    document = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": incident.title,
        "description": without_citations(incident.summary),
        "url": url,
        "datePublished": f"{incident.added.earliest:%Y-%m-%d}",
        "dateModified": f"{incident.last_changed.earliest:%Y-%m-%d}",
        "license": LICENCE,
        "author": {"@type": "Organization", "name": "Gone Dark"},
        "about": event,
        "citation": [
            {"@type": "CreativeWork", "name": source.title, "url": str(source.url)}
            for source in incident.sources.values()
        ],
    }
    return inert_json(document)


def _schema_time(text: str) -> str:
    return re.sub(r"T([0-9]{2})Z", r"T\1:00Z", text.removesuffix("~"))
