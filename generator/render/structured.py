"""Pages as schema.org data: an article on an event, and data sets with where they are from.

No ClaimReview: that is a verdict on a claim, and the archive gives none. It says who claims what,
and what was measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from generator.derive.entry import Entry
from generator.derive.measurement import Measurement
from generator.model.evidence import TIME_FORMAT
from generator.model.incident import Incident
from generator.render.data.edition import LICENCE, NAME, TITLE, Edition
from generator.render.definitions import attribution
from generator.render.escape import inert_json
from generator.render.templating import without_citations

_PUBLISHER = {"@type": "Organization", "name": NAME}
_TYPES = {"csv": "text/csv", "json": "application/json", "ndjson": "application/x-ndjson",
          "sqlite": "application/vnd.sqlite3", "ics": "text/calendar"}  # fmt: skip


def article(one: Entry, incident: Incident, measurement: Measurement | None, url: str) -> str:
    """Return an incident's page: an article about an event, with its sources and measured data."""
    document = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": incident.title,
        "description": without_citations(incident.summary),
        "url": url,
        "image": f"{url}chart.png",
        "inLanguage": "en",
        "datePublished": f"{incident.added.earliest:%Y-%m-%d}",
        "dateModified": f"{incident.last_changed.earliest:%Y-%m-%d}",
        "license": LICENCE,
        "author": _PUBLISHER,
        "publisher": _PUBLISHER,
        "about": _event(one),
        "citation": [
            {"@type": "CreativeWork", "name": source.title, "url": str(source.url)}
            for source in incident.sources.values()
        ],
    }
    if measurement:
        document["hasPart"] = _measured(incident.title, measurement, url)
    return inert_json(document)


def _event(one: Entry) -> dict[str, Any]:
    event: dict[str, Any] = {
        "@type": "Event",
        "name": one.title,
        "startDate": _schema_time(str(one.start)),
        "location": [{"@type": "Place", "name": place} for place in one.places],
    }
    return event | ({"endDate": _schema_time(str(one.end))} if one.end else {})


def _schema_time(text: str) -> str:
    return re.sub(r"T([0-9]{2})Z", r"T\1:00Z", text.removesuffix("~"))


def _measured(title: str, one: Measurement, url: str) -> dict[str, Any]:
    provenance, window = one.provenance, one.provenance.window
    since, until = (at.earliest.strftime(TIME_FORMAT) for at in (window.since, window.until))
    files = ("visible.csv", "outages.csv", "slash24.csv")
    return {
        "@type": "Dataset",
        "name": f"What routing saw: {title}",
        "description": f"Which of {one.figures.prefixes:,} prefixes were visible to {one.peers} "
        "networks with a full table, from frozen routing data.",
        "license": LICENCE,
        "creator": _PUBLISHER,
        "creditText": attribution(one),
        "isBasedOn": str(provenance.messages),
        "temporalCoverage": f"{since}/{until}",
        "measurementTechnique": "Visibility of prefixes to the full-feed peers of route collectors",
        "distribution": [_download(f"{url}{name}") for name in files],
    }


def _download(url: str) -> dict[str, Any]:
    kind = _TYPES.get(url.rpartition(".")[2], "application/octet-stream")
    return {"@type": "DataDownload", "contentUrl": url, "encodingFormat": kind}


def data_set(edition: Edition, paths: Iterable[str], years: str, lastmod: str) -> str:
    """Return the archive as a data set; ``paths`` are its files, ``years`` such as 1988/2025."""
    document = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": TITLE,
        "description": "Internet outages with every time, length and cause as a claim and its "
        "source, rival explanations with the evidence for and against each, and what the routing "
        "table saw where that was kept.",
        "url": f"{edition.url}data/",
        "license": LICENCE,
        "creator": _PUBLISHER,
        "publisher": _PUBLISHER,
        "creditText": " ".join((f"{NAME}, CC BY 4.0.", *edition.providers)),
        "version": edition.commit,
        "dateModified": lastmod,
        "temporalCoverage": years,
        "isAccessibleForFree": True,
        "keywords": ["Internet outages", "Internet shutdowns", "BGP", "routing"],
        "distribution": [_download(f"{edition.url}{path}") for path in paths],
    }
    return inert_json(document)
