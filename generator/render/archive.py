"""Every file of the site, from the records and their evidence: pages, charts, data, extracts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from generator.derive.catalogue import Catalogue
from generator.derive.entry import Entry, entry_of
from generator.derive.measurement import Measurement, measurement
from generator.derive.promises import promises
from generator.derive.stretches import visible
from generator.read.archive import Archive, Record
from generator.read.evidence import Evidence
from generator.render import indexes, measured, pictures, reference
from generator.render.among import Among, among_others
from generator.render.backdrop import Backdrop, counted, longest, most_shown
from generator.render.browse import browse_files
from generator.render.card import Card, card
from generator.render.chart import LARGE, NARROW, WIDE, Chart, Drawn
from generator.render.compare import row_json
from generator.render.data import columns
from generator.render.data.edition import edition
from generator.render.data.files import data_files
from generator.render.days import day_pages
from generator.render.extracts import extract
from generator.render.findings import findings_page
from generator.render.hubs import hub_pages
from generator.render.incident import Dossier, Site, citer_of, page
from generator.render.indexes import lastmod
from generator.render.names import names_json
from generator.render.needs import needs_page
from generator.render.plate import Plate
from generator.render.plot import Point
from generator.render.points import point
from generator.render.promises import promises_html
from generator.render.section import Section
from generator.render.takeaway import beside, plate_of
from generator.render.templating import fill
from generator.render.words import count

Draw = Callable[[Chart], Drawn]
Files = dict[str, str | bytes]
OVERVIEW, CARD = "data/overview.svg", "card.png"


@dataclass(frozen=True)
class ArchiveFiles:
    """Texts by path: what the site engine reads, and what the search index reads.

    ``cards`` are pictures among the pages, which are still to be painted.
    """

    pages: Files
    extracts: Files
    cards: dict[str, Card] = field(default_factory=dict)


def archive_files(
    archive: Archive, evidence: Mapping[str, Evidence], settings: Mapping[str, str], draw: Draw
) -> ArchiveFiles:
    """Return every generated file. ``draw`` turns a chart's spec into SVG."""
    site = site_of(settings)
    found = {key: measurement(one) for key, one in evidence.items()}
    entries = [entry_of(record, found.get(record.id)) for record in archive.records]
    shared = (file for section in sections(entries, draw) for file in section.files())
    files = ArchiveFiles(dict(shared), {})
    overview = str(files.pages.get(OVERVIEW, ""))
    files.cards[CARD] = site_card(overview, len(entries), site)
    dossiers = [
        columns.Dossier(one, record.incident, found.get(one.id))
        for one, record in zip(entries, archive.records, strict=True)
    ]
    files.pages.update(exports_of(dossiers, site, settings.get("commit", "unknown")))
    for record, (_, among) in zip(archive.records, among_others(Catalogue(entries)), strict=True):
        own = incident_files(dossier(record, found.get(record.id)), among, site, draw)
        files.pages.update(own.pages)
        files.extracts.update(own.extracts)
        files.cards.update(own.cards)
    return files


def site_of(settings: Mapping[str, str]) -> Site:
    """Return what pages must know of the site."""
    return Site(settings["site_url"], settings["repo_url"].rstrip("/"))


def incident_files(one: Dossier, among: Among, site: Site, draw: Draw) -> ArchiveFiles:
    """Return the files of one incident, which depend on it and on ``among`` alone."""
    home = f"incidents/{one.id}"
    files, painted = _incident_files(one, among, site, draw)
    files["compare.json"] = row_json(one.entry, visible(one.incident, one.measurement))
    return ArchiveFiles(
        {f"{home}/{name}": text for name, text in files.items()},
        {f"{home}/index.html": extract(one.entry, one.incident)},
        {f"{home}/chart.png": painted},
    )


def exports_of(dossiers: Sequence[columns.Dossier], site: Site, commit: str) -> Files:
    """Return the archive as data, which names the commit that it is made from.

    All of it is held at once: of thousands, generator.exporting makes the same file by file.
    """
    told = edition(site.url, commit, (one.entry.attribution for one in dossiers))
    return data_files(dossiers[::-1], told, lastmod([one.entry for one in dossiers]))


def sections(entries: Sequence[Entry], draw: Draw) -> Iterator[Section]:
    """Yield the files that are about several incidents: lists, hubs, data for scripts."""
    rows = indexes.Rows()
    yield Section(partial(_wholes, entries, draw))
    yield from indexes.listing(entries, rows)
    yield from hub_pages(entries, rows, draw)


def site_card(overview: str, incidents: int, site: Site) -> Card:
    """Return the card of the site itself, with the chart of all incidents."""
    title = "What is really known when the Internet goes dark"
    lead = count(incidents, "incident")
    return card(Plate(overview, site.url, "Gone Dark", title, lead, "each claim with its source"))


def dossier(record: Record, found: Measurement | None) -> Dossier:
    """Return all that an incident's page is made from."""
    one = entry_of(record, found)
    if found:
        picture = measured.picture(found, record.incident)
    else:
        cites = citer_of(record.incident).cited(record.incident.sources)
        picture = pictures.reported(record.incident, {cite.key: cite for cite in cites})
    return Dossier(one, record.incident, record.links, picture, found, record.file)


def _incident_files(dossier: Dossier, among: Among, site: Site, draw: Draw) -> tuple[Files, Card]:
    """Return what lies in an incident's folder, and its card."""
    picture = dossier.picture
    named = (picture.title, picture.description)
    chart = Chart(picture.wide, WIDE, f"wide-{dossier.id}", *named)
    wide = draw(chart)
    narrow = draw(Chart(picture.narrow, NARROW, f"narrow-{dossier.id}", *named))
    plate = plate_of(dossier, wide.svg, f"{site.url}incidents/{dossier.id}/")
    glance = pictures.at_a_glance(picture.wide)
    drawn = wide if glance is picture.wide else draw(replace(chart, shows=glance))
    files: Files = {
        "index.md": page(dossier, among, site),
        "chart.svg": wide.svg,
        "chart-narrow.svg": narrow.svg,
        **beside(dossier, plate, wide),
    }
    return files, card(replace(plate, svg=drawn.svg))


def _wholes(entries: Sequence[Entry], draw: Draw) -> Iterator[tuple[str, str]]:
    """Yield the files that are about all incidents."""
    yield from browse_files(entries).items()
    yield "data/names.json", names_json(entries)
    yield "search.md", fill("search.md.jinja")
    yield from day_pages(entries).items()
    yield "fields.md", reference.field_reference()
    yield "rules.md", reference.rules_reference()
    yield "findings/index.md", findings_page(entries)
    yield "about/promises.html", promises_html(promises(entries))
    yield "needs-work/index.md", needs_page(entries)
    points = tuple(filter(None, map(point, entries)))
    if points:
        yield from _overview(points, draw).items()
    yield "index.md", indexes.front(entries, plotted=bool(points), most=most_shown(len(points)))


def _overview(points: tuple[Point, ...], draw: Draw) -> dict[str, str]:
    shown = longest(points)
    described = f"{counted(len(points))}; the list below gives the same."
    title = "Every incident by date and length"
    axes = Backdrop(points, draw, dotted=len(shown) < len(points))
    return {
        f"data/{name}": axes.picture(shown, width, f"overview-{width}", title, described)
        for width, name in ((LARGE, "overview.svg"), (NARROW, "overview-narrow.svg"))
    }
