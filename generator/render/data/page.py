"""The page of the archive as data: what each file is, how large, and how to open it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.render.data.edition import Edition
from generator.render.data.package import DATABASE
from generator.render.data.tables import TABLES
from generator.render.plate import snippet
from generator.render.templating import fill, html
from generator.render.words import count

Sizes = Mapping[str, int]
"""The bytes of each file by path, counted."""


@dataclass(frozen=True)
class Told:
    """A file as the page lists it; ``each`` when it holds every incident."""

    path: str
    what: str
    each: bool = False

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.rpartition("/")[2]


DOCUMENTS = (
    Told(f"data/{DATABASE}.sqlite", "All tables in one SQLite file, with full-text search."),
    Told("data/incidents.json", "Every record whole, as one document.", each=True),
    Told("data/incidents.ndjson", "The same, one record on each line.", each=True),
    Told("data/incidents.ics", "A calendar of them, to subscribe to or to import.", each=True),
    Told("data/datapackage.json", "What the tables are, as a Frictionless data package."),
    Told("data/metadata.json", "What Datasette shows beside the database."),
    Told("api/openapi.json", "The files of JSON as an API, described in OpenAPI 3.1."),
    Told("api/v1/incidents.json", "Every incident in brief, with its addresses.", each=True),
    Told("schema/incident.schema.json", "The JSON Schema of a record."),
    Told("data/CITATION.cff", "How to cite the whole, in the Citation File Format."),
    Told("llms.txt", "What is where, for programs that read text."),
    Told("sitemap.xml", "Every page, with the day its record last changed."),
    Told("data/README.txt", "Licence, whom to name, and the commit all this is made from."),
)
FEEDS = (
    Told("feed.xml", "The 50 records added or changed last, as Atom, with what was changed."),
    Told("feed.json", "The same as JSON Feed."),
)
# Beside each incident's page; those from visible.csv on only where routing was measured.
BESIDE = (
    Told("incident.json", "The record whole, with what the archive derives of it."),
    Told("claims.csv", "Each time and length, with its source."),
    Told("embed.svg", "The chart with its title and whom to name, for print and other sites."),
    Told("chart.png", "The same as a picture of 1200 by 630, for slides and previews of links."),
    Told("chart.vl.json", "The chart's specification (Vega-Lite), its data in it."),
    Told("cite.bib", "How to cite the record, as BibTeX."),
    Told("cite.ris", "As RIS, for Zotero, EndNote and Mendeley."),
    Told("cite.json", "As CSL-JSON, for Pandoc and others."),
    Told("incident.jsonld", "What the page tells search engines, in the words of schema.org."),
    Told("visible.csv", "How many prefixes were visible, at each change."),
    Told("outages.csv", "Each prefix's outages, with how the network found out."),
    Told("slash24.csv", "How many /24 blocks were visible, every five minutes, as IODA counts."),
    Told("upstreams.csv", "Each upstream's share of the paths."),
    Told("routing/provenance.yaml", "Where the frozen routing data are from, with checksums."),
)


def data_page(sizes: Sizes, counts: Mapping[str, int], edition: Edition, lastmod: str) -> str:
    """Return the Markdown of the page; ``counts`` are the rows of each table."""
    each = count(counts["incidents"], "incident")
    example = f"{edition.url}incidents/2014-12-22-north-korea/"
    return fill(
        "data.md.jinja",
        url=html(edition.url),
        commit=edition.commit,
        providers=edition.providers,
        documents=[_row(one, sizes, each if one.each else "") for one in DOCUMENTS],
        feeds=[_row(one, sizes, "") for one in FEEDS],
        beside=[{"name": one.path, "what": one.what} for one in BESIDE],
        tables=list(_tables(sizes, counts)),
        embed=html(_escaped(snippet(example, "North Korea drops off the Internet"))),
        lastmod=lastmod,
    )


def _tables(sizes: Sizes, counts: Mapping[str, int]) -> Iterable[dict[str, Any]]:
    for table in TABLES:
        told = Told(f"data/{table.name}.csv", table.description)
        yield _row(told, sizes, f"{counts[table.name]:,}")


def _escaped(code: str) -> str:
    """Return code for a block of Markdown's own, which shows it as it is."""
    return "\n".join(f"    {line}" for line in code.splitlines())


def _row(one: Told, sizes: Sizes, rows: str) -> dict[str, Any]:
    size = sizes.get(one.path, 0)
    return {
        "href": html(f"../{one.path}"),
        "name": one.name,
        "what": one.what,
        "rows": rows,
        "size": _size(size) if size else "",
    }


def _size(number: int) -> str:
    if number < 1000:
        return f"{number} bytes"
    return f"{number / 1000:,.0f} KB" if number < 1_000_000 else f"{number / 1_000_000:,.1f} MB"
