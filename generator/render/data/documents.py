"""The archive as JSON: each incident, all of them at once and line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.render.data.columns import Cell, Dossier
from generator.render.data.edition import Edition
from generator.render.data.tables import INCIDENTS

_DERIVED = tuple(one.name for one in INCIDENTS.columns if one.derived)
_BRIEF = tuple(name for name in INCIDENTS.names if name not in ("summary", "scope", "withdrawn"))
_LISTS = ("countries", "networks")
_compact = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def record(dossier: Dossier) -> dict[str, Any]:
    """Return an incident: its record, fields named as in the schema, and what is derived of it."""
    fields = dossier.incident.model_dump(mode="json", exclude_none=True)
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


def documents(dossiers: Sequence[Dossier], edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the archive as JSON by path: whole, a record on each line, and each on its own."""
    records = [record(one) for one in dossiers]
    yield "data/incidents.json", lined({"meta": edition.meta, "incidents": records})
    signed = [{**one, "meta": edition.meta} for one in records]
    lines = map(_compact, signed)
    yield "data/incidents.ndjson", "".join(f"{line}\n" for line in lines)
    for one in signed:
        yield f"incidents/{one['id']}/incident.json", lined(one)


def written(document: object) -> str:
    """Return a document as JSON text: UTF-8, indented by one, ending with a newline."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def lined(document: Mapping[str, object]) -> str:
    """Return a document as JSON text with a line for each entry, and for each item of a list.

    Python's own indenting takes five times as long, which counts where there are thousands.
    """
    entries = (f" {_compact(key)}: {_listed(value)}" for key, value in document.items())
    return "{\n" + ",\n".join(entries) + "\n}\n"


def _listed(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _compact(value)
    return "[\n  " + ",\n  ".join(map(_compact, value)) + "\n ]"
