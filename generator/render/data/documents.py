"""The archive as JSON: each incident, all of them at once and line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from generator.render.data.columns import Cell, Dossier
from generator.render.data.edition import Edition
from generator.render.data.tables import INCIDENTS

_DERIVED = tuple(one.name for one in INCIDENTS.columns if one.derived)
_BRIEF = tuple(name for name in INCIDENTS.names if name not in ("summary", "scope", "withdrawn"))
_LISTS = ("countries", "networks")


def record(dossier: Dossier) -> dict[str, Any]:
    """Return an incident: its record, fields named as in the schema, and what is derived of it."""
    fields = dossier.entry.incident.model_dump(mode="json", exclude_none=True)
    return {"id": dossier.entry.id, **fields, "derived": _shown(dossier, _DERIVED)}


def brief(dossier: Dossier, url: str) -> dict[str, Any]:
    """Return an incident as lists have it: named as the columns of ``incidents``."""
    place = f"{url}incidents/{dossier.entry.id}/"
    return {**_shown(dossier, _BRIEF), "url": place, "json": f"{place}incident.json"}


def _shown(dossier: Dossier, names: Sequence[str]) -> dict[str, Any]:
    (row,) = INCIDENTS.rows(dossier)
    cells = dict(zip(INCIDENTS.names, row, strict=True))
    return {name: _value(name, cells[name]) for name in names}


def _value(name: str, cell: Cell) -> Any:  # noqa: ANN401  (any JSON)
    if name in _LISTS:
        return str(cell or "").split()
    return bool(cell) if name == "measured" else cell


def record_json(dossier: Dossier, edition: Edition) -> str:
    """Return an incident as a file of JSON."""
    return written({**record(dossier), "meta": edition.meta})


def archive_json(dossiers: Sequence[Dossier], edition: Edition) -> str:
    """Return every incident as one file of JSON."""
    return written({"meta": edition.meta, "incidents": [record(one) for one in dossiers]})


def archive_lines(dossiers: Sequence[Dossier], edition: Edition) -> str:
    """Return every incident as a line of JSON, each with the archive's licence and commit."""
    return "".join(_lines(dossiers, edition))


def _lines(dossiers: Sequence[Dossier], edition: Edition) -> Iterator[str]:
    for one in dossiers:
        line = {**record(one), "meta": edition.meta}
        yield json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n"


def written(document: object) -> str:
    """Return a document as JSON text: UTF-8, indented by one, ending with a newline."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
