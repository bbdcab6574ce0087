"""What describes the tables to programs: a Frictionless data package, and Datasette's metadata."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.render.data.columns import Column, Table
from generator.render.data.edition import LICENCE, LICENCE_NAME, NAME, TITLE, Edition
from generator.render.data.tables import TABLES, key_of

DATABASE = "gone-dark"


@dataclass(frozen=True)
class Sum:
    """What tells a file from others: its bytes, counted, and their SHA-256 in hexadecimal."""

    size: int
    sha256: str


def sum_of(content: bytes) -> Sum:
    """Return the sum of a file."""
    return Sum(len(content), hashlib.sha256(content).hexdigest())


def data_package(edition: Edition, tables: Mapping[str, Sum]) -> dict[str, Any]:
    """Return the descriptor (Data Package v1) of the CSV files, given by table name."""
    return {
        "profile": "tabular-data-package",
        "name": DATABASE,
        "title": TITLE,
        "homepage": edition.url,
        "version": edition.commit,
        "licenses": [{"name": LICENCE_NAME, "path": LICENCE, "title": "CC BY 4.0"}],
        "contributors": [{"title": NAME, "role": "publisher"}],
        "sources": [{"title": line} for line in edition.providers],
        "resources": [_resource(table, tables[table.name]) for table in TABLES],
    }


def _resource(table: Table, found: Sum) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    # A row whose key is empty in part is an error to Frictionless, and none to SQL.
    links = [link for link in table.links if not link.optional]
    if links:
        schema["foreignKeys"] = [
            {
                "fields": list(link.columns),
                "reference": {"resource": link.table, "fields": list(key_of(link.table))},
            }
            for link in links
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "path": f"{table.name}.csv",
        "title": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": found.size,
        "hash": f"sha256:{found.sha256}",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.kind}
    if column.kind == "boolean":
        field |= {"trueValues": ["1"], "falseValues": ["0"]}
    return {**field, "description": described(column)}


def described(column: Column) -> str:
    """Return what a column holds, and that it is computed where it is."""
    return f"{column.description} Derived." if column.derived else column.description


def datasette_metadata(edition: Edition) -> dict[str, Any]:
    """Return the metadata with which Datasette shows and searches the database."""
    tables: dict[str, Any] = {
        table.name: {
            "description": table.description,
            "columns": {column.name: described(column) for column in table.columns},
        }
        for table in TABLES
    }
    tables["incidents"] |= {"fts_table": "search", "sort_desc": "id", "label_column": "title"}
    return {
        "title": TITLE,
        "license": "CC BY 4.0",
        "license_url": LICENCE,
        "source": NAME,
        "source_url": edition.url,
        "databases": {DATABASE: {"tables": tables}},
    }
