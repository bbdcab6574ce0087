"""Every file of the site, from the records and their evidence: pages, charts, data, extracts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generator.derive.catalogue import Entry, entry
from generator.derive.compare import aligned
from generator.derive.measurement import measurement
from generator.read.archive import Archive, Record
from generator.read.evidence import Evidence
from generator.render import exports, feeds, indexes, measured, pictures, reference, series
from generator.render.browse import browse_json
from generator.render.chart import NARROW, WIDE, Chart, Drawn, Overview, Point
from generator.render.compare import row_json
from generator.render.data import columns
from generator.render.data.documents import record_json
from generator.render.data.edition import edition
from generator.render.data.files import data_files
from generator.render.days import day_pages
from generator.render.extracts import extract
from generator.render.findings import findings_page
from generator.render.hubs import hub_pages, point
from generator.render.incident import Dossier, Site, citer_of, page
from generator.render.indexes import lastmod
from generator.render.templating import fill

Draw = Callable[[Chart], Drawn]
Files = dict[str, str | bytes]


@dataclass(frozen=True)
class ArchiveFiles:
    """Texts by path: what the site engine reads, and what the search index reads."""

    pages: Files
    extracts: Files


def archive_files(
    archive: Archive, evidence: Mapping[str, Evidence], settings: Mapping[str, str], draw: Draw
) -> ArchiveFiles:
    """Return every generated file. ``draw`` turns a chart's spec into SVG."""
    site = Site(settings["site_url"], settings["repo_url"].rstrip("/"))
    dossiers = [_dossier(record, evidence.get(record.id)) for record in archive.records]
    entries = [dossier.entry for dossier in dossiers]
    filed = [columns.Dossier(one.entry, one.measurement) for one in reversed(dossiers)]
    told = edition(site.url, settings.get("commit", "unknown"), filed)
    pages: Files = {}
    for dossier in dossiers:
        files = _incident_files(dossier, entries, site, draw)
        files["incident.json"] = record_json(
            columns.Dossier(dossier.entry, dossier.measurement), told
        )
        pages |= {f"incidents/{dossier.id}/{name}": text for name, text in files.items()}
    rows = {one.id: aligned(one.entry, one.measurement) for one in dossiers}
    pages |= {f"incidents/{key}/compare.json": row_json(row) for key, row in rows.items()}
    measured_ones = [(one.entry, one.measurement) for one in dossiers]
    pages["findings/index.md"] = findings_page(measured_ones)
    pages |= _shared_files(entries, site, draw) | hub_pages(entries, rows, draw)
    pages |= data_files(filed, told, lastmod(entries))
    extracts: Files = {f"incidents/{one.id}/index.html": extract(one) for one in entries}
    return ArchiveFiles(pages, extracts)


def _dossier(record: Record, evidence: Evidence | None) -> Dossier:
    found = measurement(evidence) if evidence else None
    one = entry(record.id, record.incident, has_evidence=found is not None)
    if found:
        picture = measured.picture(found, record.incident)
    else:
        cites = citer_of(record.incident).cited(record.incident.sources)
        picture = pictures.reported(record.incident, {cite.key: cite for cite in cites})
    return Dossier(one, picture, found, record.file)


def _incident_files(dossier: Dossier, entries: Sequence[Entry], site: Site, draw: Draw) -> Files:
    picture, incident = dossier.picture, dossier.incident
    url = f"{site.url}incidents/{dossier.id}/"
    named = (picture.title, picture.description)
    wide = draw(Chart(picture.wide, WIDE, f"wide-{dossier.id}", *named))
    narrow = draw(Chart(picture.narrow, NARROW, f"narrow-{dossier.id}", *named))
    files: Files = {
        "index.md": page(dossier, entries, site),
        "chart.svg": wide.svg,
        "chart-narrow.svg": narrow.svg,
        "chart.vl.json": wide.spec,
        "incident.jsonld": exports.json_ld(dossier.entry, url),
        "claims.csv": exports.claims_csv(incident),
    }
    if dossier.measurement:
        files |= series.files(dossier.measurement)
    return files


def _shared_files(entries: Sequence[Entry], site: Site, draw: Draw) -> Files:
    files: Files = {
        **indexes.listing(entries),
        "data/browse.json": browse_json(entries),
        "search.md": fill("search.md.jinja"),
        **day_pages(entries),
        "feed.xml": feeds.atom(entries, site.url),
        "schema/incident.schema.json": reference.json_schema_text(),
        "fields.md": reference.field_reference(),
        "rules.md": reference.rules_reference(),
    }
    points = tuple(filter(None, map(point, entries)))
    for width, name in ((WIDE, "overview.svg"), (NARROW, "overview-narrow.svg")):
        if points:
            files[f"data/{name}"] = draw(_overview(points, width)).svg
    files["index.md"] = indexes.front(entries, plotted=bool(points))
    return files


def _overview(points: tuple[Point, ...], width: int) -> Chart:
    described = f"{len(points)} incidents of known length; the list below gives the same."
    title = "Every incident by date and length"
    return Chart(Overview(points), width, f"overview-{width}", title, described)
