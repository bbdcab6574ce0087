"""Rows of an export, CSV or JSON: bounded, and each with the place where it stands."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from generator.model.problem import BrokenInputError, Problem
from generator.read.place import shortened
from generator.read.text import Limits, hidden_characters, named, unreadable

# Access Now's list of ten years is 3 MB, IODA's of four years 1 MB.
EXPORT = Limits(size_bytes=32 << 20)
_AGAIN = "Export it again, and leave it as it comes."
_EMPTY = frozenset(("", "n/a", "na", "none", "null", "-"))


@dataclass(frozen=True)
class Row:
    """One row: its cells by column, and where it stands.

    ``line`` counts from 1, and is 0 in JSON, where ``path`` says which item it is.
    """

    file: str
    line: int
    path: str
    cells: Mapping[str, Any]

    def problem(self, column: str, what: str, cure: str) -> Problem:
        """Return a problem with one cell."""
        field = ".".join(filter(None, (self.path, column)))
        return Problem(self.file, self.line, field, what, cure)

    def refuse(self, column: str, what: str, cure: str) -> NoReturn:
        """Raise BrokenInputError with a problem of one cell."""
        raise BrokenInputError(self.problem(column, what, cure))

    def text(self, column: str, most: int = 200) -> str:
        """Return a cell as text on one line, empty where it says nothing.

        Raises BrokenInputError for hidden characters in it.
        """
        value = self.cells.get(column)
        if value is None or isinstance(value, (dict, list)):
            return ""
        text = " ".join(str(value).split())
        if hidden := hidden_characters(text):
            what = f"the hidden character {named(hidden[0])}"
            self.refuse(column, what, "Delete it; what nobody can see, nobody can review.")
        return "" if text.casefold() in _EMPTY else shortened(text, most)


def csv_rows(raw: bytes, file: str, columns: tuple[str, ...]) -> list[Row]:
    """Return the rows of a CSV file; raises BrokenInputError where it lacks one of ``columns``."""
    reader = csv.reader(io.StringIO(_text(raw, file)), strict=True)
    rows: list[Row] = []
    try:
        header = [" ".join(name.split()) for name in next(reader, [])]
        if missing := [name for name in columns if name not in header]:
            what = f"has no column {', no column '.join(missing)}"
            raise BrokenInputError(Problem(file, 1, "", what, _AGAIN))
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(file, line, "", _by_column(header, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        what = f"not CSV: {error}"
        raise BrokenInputError(Problem(file, reader.line_num, "", what, _AGAIN)) from None
    return rows


def json_rows(raw: bytes, file: str, lists: tuple[tuple[str, ...], ...]) -> list[Row]:
    """Return the items of the first list found at one of these paths, or of the whole if a list.

    Raises BrokenInputError where there is none, or the text is no JSON.
    """
    value = _parsed(raw, file)
    for keys in ((), *lists):
        found = _at(value, keys)
        if isinstance(found, list):
            return list(_items(found, file, ".".join(keys)))
    places = " or ".join(".".join(keys) for keys in lists)
    raise BrokenInputError(Problem(file, 0, "", f"expected a list at {places}", _AGAIN))


def is_json(raw: bytes) -> bool:
    """Return whether a file looks like JSON rather than CSV."""
    return raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _by_column(header: list[str], cells: list[str]) -> dict[str, str]:
    """The first of several columns of one name counts; what has no column is left out."""
    pairs = [pair for pair in zip(header, cells, strict=False) if pair[0]]
    return dict(reversed(pairs))


def _text(raw: bytes, file: str) -> str:
    """The text of an export; a byte order mark is what spreadsheets put there."""
    bare = raw.removeprefix(b"\xef\xbb\xbf")
    if len(bare) > EXPORT.size_bytes:
        what = f"the file has more than {EXPORT.size_bytes:,} bytes"
        raise BrokenInputError(Problem(file, 0, "", what, "Export fewer rows at a time."))
    if problem := unreadable(bare, file, EXPORT):
        raise BrokenInputError(problem)
    return bare.decode("utf-8")


def _parsed(raw: bytes, file: str) -> Any:  # noqa: ANN401  (any JSON value)
    try:
        return json.loads(_text(raw, file))
    except RecursionError:
        raise BrokenInputError(Problem(file, 0, "", "nested too deep", _AGAIN)) from None
    except json.JSONDecodeError as error:
        what = f"not JSON: {error.msg}"
        raise BrokenInputError(Problem(file, error.lineno, "", what, _AGAIN)) from None
    except ValueError:
        what = "a number too long to be one"
        raise BrokenInputError(Problem(file, 0, "", what, _AGAIN)) from None


def _at(value: object, keys: tuple[str, ...]) -> object:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _items(found: list[Any], file: str, path: str) -> Iterator[Row]:
    for index, item in enumerate(found):
        yield Row(file, 0, f"{path}[{index}]", item if isinstance(item, dict) else {})
