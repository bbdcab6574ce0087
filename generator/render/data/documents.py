"""The archive as JSON: each incident, all of them at once and line by line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.render.data.columns import Cell, Dossier, Row
from generator.render.data.edition import Edition
from generator.render.data.tables import INCIDENTS

_DERIVED = tuple(one.name for one in INCIDENTS.columns if one.derived)
_BRIEF = tuple(name for name in INCIDENTS.names if name not in ("summary", "scope", "withdrawn"))
_LISTS = ("countries", "networks")
BETWEEN = ",\n  "
_END = "\n}\n"
_compact = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


@dataclass(frozen=True)
class Document:
    """A document as JSON text in two forms that say the same: ``lined``, and on a single line."""

    lined: str
    flat: str


def record(dossier: Dossier, row: Row) -> Document:
    """Return an incident: its record, fields named as in the schema, and what is derived of it.

    ``row`` is its row of ``incidents``.
    """
    fields = dossier.incident.model_dump(mode="json", exclude_none=True)
    found = _encoded({"id": dossier.entry.id, **fields, "derived": _shown(row, _DERIVED)})
    flat = ", ".join(f"{key}: {_flat(value)}" for key, value in found.items())
    return Document(_lined(found), f"{{{flat}}}")


def brief(row: Row, url: str) -> str:
    """Return an incident as lists have it: named as the columns of ``incidents``."""
    place = f"{url}incidents/{row[0]}/"
    return _compact({**_shown(row, _BRIEF), "url": place, "json": f"{place}incident.json"})


def _shown(row: Row, names: Sequence[str]) -> dict[str, Any]:
    cells = dict(zip(INCIDENTS.names, row, strict=True))
    return {name: _value(name, cells[name]) for name in names}


def _value(name: str, cell: Cell) -> Any:  # noqa: ANN401  (any JSON)
    if name in _LISTS:
        return str(cell or "").split()
    return bool(cell) if name == "measured" else cell


def signed(record: Document, edition: Edition) -> str:
    """Return a record as a file of its own, which says what it is from."""
    return f'{record.lined.removesuffix(_END)},\n "meta": {_compact(edition.meta)}{_END}'


def line(record: Document, edition: Edition) -> str:
    """Return a record as a line among others, which says what it is from."""
    return f'{record.flat.removesuffix("}")}, "meta": {_compact(edition.meta)}}}\n'


def written(document: object) -> str:
    """Return a document as JSON text: UTF-8, indented by one, ending with a newline."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def lined(document: Mapping[str, object]) -> str:
    """Return a document as JSON text with a line for each entry, and for each item of a list.

    Python's own indenting takes five times as long, which counts where there are thousands.
    """
    return _lined(_encoded(document))


def frame(document: Mapping[str, object], *, filled: bool) -> tuple[str, str]:
    """Return what stands before and after the items of a document's last list, given empty.

    The items themselves are compact, with ``BETWEEN`` between them.
    """
    head, _, tail = lined(document).rpartition("[]")
    return (f"{head}[\n  ", f"\n ]{tail}") if filled else (f"{head}[]", tail)


def _encoded(document: Mapping[str, object]) -> dict[str, str | list[str]]:
    """Return a document's entries, and of those that are lists the items, as compact JSON."""
    return {
        _compact(key): [*map(_compact, value)] if isinstance(value, list) else _compact(value)
        for key, value in document.items()
    }


def _lined(encoded: Mapping[str, str | list[str]]) -> str:
    return "{\n" + ",\n".join(f" {key}: {_listed(value)}" for key, value in encoded.items()) + _END


def _listed(value: str | list[str]) -> str:
    if isinstance(value, str):
        return value
    return "[\n  " + BETWEEN.join(value) + "\n ]" if value else "[]"


def _flat(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "[" + ", ".join(value) + "]"
