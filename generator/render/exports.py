"""The archive for other programs: records as JSON, claims and lists as CSV, schema.org data."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from generator.derive import timing
from generator.derive.catalogue import Entry, newest_first
from generator.model.claims import LengthClaim, TimeClaim
from generator.model.incident import Incident
from generator.render.escape import inert_json
from generator.render.templating import without_citations

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_FORMULA = re.compile(r"[=+@\t\r-]")


def record_json(identifier: str, incident: Incident) -> str:
    """Return a record as JSON, its fields named as in the schema."""
    data = {"id": identifier, **incident.model_dump(mode="json", exclude_none=True)}
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def archive_json(entries: Sequence[Entry]) -> str:
    """Return every record in one JSON document, with licence and attribution."""
    records = [
        {"id": one.id, **one.incident.model_dump(mode="json", exclude_none=True)}
        for one in newest_first(entries)
    ]
    document = {"licence": LICENCE, "attribution": "Gone Dark", "incidents": records}
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


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
            ("start", episode.start), ("end", episode.ends), ("duration", episode.duration))
        for claim in group
    ]  # fmt: skip
    return table_csv(heads, rows)


def _figure(claim: object) -> str:
    if isinstance(claim, TimeClaim):
        return str(claim.at)
    return str(claim.value) if isinstance(claim, LengthClaim) else ""


def list_csv(entries: Sequence[Entry]) -> str:
    """Return the list of incidents, one row each; lengths in seconds, empty where unknown."""
    heads = ["id", "title", "countries", "networks", "start", "shortest_s", "longest_s", "layer",
             "extent", "standing", "measured", "sources"]  # fmt: skip
    return table_csv(heads, [_list_row(one) for one in newest_first(entries)])


def _list_row(one: Entry) -> list[object]:
    main = timing.main_episode(one.incident)
    lasted = one.lasted
    where = one.incident.where
    return [
        one.id,
        one.incident.title,
        " ".join(map(str, where.countries)),
        " ".join(str(network.asn) for network in where.networks if network.asn),
        timing.lead_start(main).at,
        lasted.shortest_s if lasted else None,
        lasted.longest_s if lasted else None,
        main.layer.value,
        main.extent.value,
        one.standing,
        "yes" if one.has_evidence else "no",
        len(one.incident.sources),
    ]


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
