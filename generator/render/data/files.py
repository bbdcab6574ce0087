"""Every file of the archive as data, with the page that says what each is and how to open it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.render.data import api, documents, package
from generator.render.data.columns import Dossier, Table
from generator.render.data.edition import Edition
from generator.render.data.sqlite import database
from generator.render.data.tables import TABLES
from generator.render.exports import table_csv
from generator.render.templating import fill, html
from generator.render.words import count

Files = dict[str, str | bytes]
_DATABASE = f"{package.DATABASE}.sqlite"


@dataclass(frozen=True)
class _Told:
    """A file as the data page lists it."""

    path: str
    what: str
    rows: str = ""


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
    files |= {
        **dict(documents.documents(dossiers, edition)),
        f"data/{_DATABASE}": database(dossiers, edition),
        "data/datapackage.json": documents.written(package.data_package(edition, tables)),
        "data/metadata.json": documents.written(package.datasette_metadata(edition)),
        "data/README.txt": edition.note,
        **dict(api.api_files(dossiers, edition)),
    }
    files["data/index.md"] = _page(files, counts, edition, lastmod)
    files["data/dictionary.md"] = _dictionary(edition, lastmod)
    return files


def _page(files: Files, counts: dict[str, int], edition: Edition, lastmod: str) -> str:
    documents_told = list(_documents(counts["incidents"]))
    tables_told = [
        _Told(f"data/{table.name}.csv", table.description, f"{counts[table.name]:,}")
        for table in TABLES
    ]
    return fill(
        "data.md.jinja",
        url=html(edition.url),
        commit=edition.commit,
        providers=edition.providers,
        documents=[_row(one, files) for one in documents_told],
        tables=[_row(one, files) for one in tables_told],
        lastmod=lastmod,
    )


def _documents(incidents: int) -> Iterator[_Told]:
    each = count(incidents, "incident")
    yield _Told(f"data/{_DATABASE}", "All tables in one SQLite file, with full-text search.")
    yield _Told("data/incidents.json", "Every record whole, as one document.", each)
    yield _Told("data/incidents.ndjson", "The same, one record on each line.", each)
    yield _Told("data/datapackage.json", "What the tables are, as a Frictionless data package.")
    yield _Told("data/metadata.json", "What Datasette shows beside the database.")
    yield _Told("api/openapi.json", "The files of JSON as an API, described in OpenAPI 3.1.")
    yield _Told("api/v1/incidents.json", "Every incident in brief, with its addresses.", each)
    yield _Told("schema/incident.schema.json", "The JSON Schema of a record.")
    yield _Told("data/README.txt", "Licence, whom to name, and the commit all this is made from.")


def _row(one: _Told, files: Files) -> dict[str, Any]:
    content = files.get(one.path)
    size = len(content.encode() if isinstance(content, str) else content) if content else 0
    return {
        "href": html(f"../{one.path}"),
        "name": one.path.rpartition("/")[2],
        "what": one.what,
        "rows": one.rows,
        "size": _size(size) if size else "",
    }


def _size(number: int) -> str:
    if number < 1000:
        return f"{number} bytes"
    return f"{number / 1000:,.0f} KB" if number < 1_000_000 else f"{number / 1_000_000:,.1f} MB"


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
