"""Every file of the archive as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.derive.entry import Entry
from generator.render import reference, structured
from generator.render.data import agenda, api, citation, documents, feeds, llms, package, page
from generator.render.data.columns import Dossier, Table
from generator.render.data.edition import Edition
from generator.render.data.sqlite import database
from generator.render.data.tables import TABLES
from generator.render.exports import table_csv
from generator.render.templating import fill, html

Files = dict[str, str | bytes]
_DATABASE = f"{package.DATABASE}.sqlite"


def data_files(dossiers: Sequence[Dossier], edition: Edition, lastmod: str) -> Files:
    """Return every file by path below the site: tables, documents, database, API and pages.

    ``dossiers`` come newest first. The bytes depend on nothing but the arguments.
    """
    counts: dict[str, int] = {}
    files: Files = {}
    tables: dict[str, bytes] = {}
    for table in TABLES:
        rows = list(table.all_rows(dossiers))
        counts[table.name] = len(rows)
        files[f"data/{table.name}.csv"] = text = table_csv(table.names, rows)
        tables[table.name] = text.encode()
    entries = [one.entry for one in dossiers]
    files |= {
        **dict(documents.documents(dossiers, edition)),
        **dict(feeds.feed_files(dossiers, edition)),
        "data/incidents.ics": agenda.calendar(dossiers, edition),
        "data/CITATION.cff": citation.citation_file(edition, str(lastmod)),
        "schema/incident.schema.json": reference.json_schema_text(),
        "llms.txt": llms.llms_txt(edition, len(entries)),
        f"data/{_DATABASE}": database(dossiers, edition),
        "data/datapackage.json": documents.written(package.data_package(edition, tables)),
        "data/metadata.json": documents.written(package.datasette_metadata(edition)),
        "data/README.txt": edition.note,
        **dict(api.api_files(dossiers, edition)),
    }
    whole = [one.path for one in page.DOCUMENTS]
    years = _years(entries)
    files["data/archive.jsonld"] = structured.data_set(edition, whole, years, str(lastmod))
    files["data/index.md"] = page.data_page(files, counts, edition, lastmod)
    files["data/dictionary.md"] = _dictionary(edition, lastmod)
    return files


def _years(entries: Sequence[Entry]) -> str:
    """Return the first and the last year of incidents that come newest first, as 1988/2025."""
    return f"{entries[-1].id[:4]}/{entries[0].id[:4]}" if entries else ""


def _dictionary(edition: Edition, lastmod: str) -> str:
    tables = [_described(table) for table in TABLES]
    return fill("dictionary.md.jinja", tables=tables, commit=edition.commit, lastmod=lastmod)


def _described(table: Table) -> dict[str, Any]:
    columns = [
        {"name": one.name, "kind": one.kind, "what": one.description, "derived": one.derived}
        for one in table.columns
    ]
    links = [
        {"columns": " + ".join(link.columns), "table": link.table, "href": html(f"#{link.table}")}
        for link in table.links
    ]
    return {
        "name": table.name,
        "anchor": html(table.name),
        "what": table.description,
        "key": " + ".join(table.key),
        "columns": columns,
        "links": links,
    }
