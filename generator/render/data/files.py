"""Every file of the archive as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.derive.entry import Entry
from generator.render import reference, structured
from generator.render.data import api, citation, documents, feeds, llms, package, page, streams
from generator.render.data.columns import Dossier, Table
from generator.render.data.edition import Edition
from generator.render.data.package import Sum
from generator.render.data.pieces import Piece, piece_of
from generator.render.data.sqlite import database, rows_of
from generator.render.data.tables import TABLES
from generator.render.templating import fill, html

Files = dict[str, str | bytes]
DATABASE = f"data/{package.DATABASE}.sqlite"


@dataclass(frozen=True)
class Merged:
    """What there is to say of the files with all incidents: sizes by path; of each table by name,
    its sum and how many rows it has.
    """

    sizes: Mapping[str, int]
    sums: Mapping[str, Sum]
    counts: Mapping[str, int]


def data_files(dossiers: Sequence[Dossier], edition: Edition, lastmod: str) -> Files:
    """Return every file by path below the site: tables, documents, database, API and pages.

    ``dossiers`` come newest first. The bytes depend on nothing but the arguments.
    """
    rows = [rows_of(one) for one in dossiers]
    pieces = [piece_of(*both, edition.url) for both in zip(dossiers, rows, strict=True)]
    entries = [one.entry for one in dossiers]
    groups = api.groups_of(entries)
    counts: Counter[str] = Counter()
    whole = streams.counting(pieces, counts)
    files: Files = {
        **_joined(streams.streams(edition, len(pieces)), whole),
        **{own_path(one.id): documents.signed(one.record, edition) for one in pieces},
        **dict(feeds.feed_files({one.id: one.item for one in pieces}, groups, edition)),
        **dict(api.api_files({one.id: one.brief for one in pieces}, groups, edition)),
        DATABASE: database(rows, edition),
    }
    raw = {name: text.encode() for name, text in files.items() if isinstance(text, str)}
    sizes = {name: len(raw.get(name, text)) for name, text in files.items()}
    sums = {table.name: package.sum_of(raw[streams.path_of(table)]) for table in TABLES}
    merged = Merged(sizes, sums, counts)
    return {**files, **files_about(merged, entries, edition, lastmod)}


def _joined(files: Sequence[streams.Stream], pieces: Iterable[Piece]) -> dict[str, str]:
    parts: dict[str, list[str]] = {one.path: [] for one in files}
    for path, part in streams.flow(files, pieces):
        parts[path].append(part)
    return {path: "".join(its) for path, its in parts.items()}


def own_path(identifier: str) -> str:
    """Return where an incident's record is as JSON."""
    return f"incidents/{identifier}/incident.json"


def files_about(
    merged: Merged, entries: Sequence[Entry], edition: Edition, lastmod: str
) -> dict[str, str]:
    """Return the files that tell of the others; ``entries`` come newest first."""
    files = {
        "data/CITATION.cff": citation.citation_file(edition, str(lastmod)),
        "schema/incident.schema.json": reference.json_schema_text(),
        "llms.txt": llms.llms_txt(edition, len(entries)),
        "data/datapackage.json": documents.written(package.data_package(edition, merged.sums)),
        "data/metadata.json": documents.written(package.datasette_metadata(edition)),
        "data/README.txt": edition.note,
        "api/openapi.json": documents.written(api.openapi(edition)),
    }
    whole = [one.path for one in page.DOCUMENTS]
    sizes = {**merged.sizes, **{name: len(text.encode()) for name, text in files.items()}}
    return {
        **files,
        "data/archive.jsonld": structured.data_set(edition, whole, _years(entries), str(lastmod)),
        "data/index.md": page.data_page(sizes, merged.counts, edition, lastmod),
        "data/dictionary.md": _dictionary(edition, lastmod),
    }


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
