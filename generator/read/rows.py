"""Rows of an evidence table: from CSV text to a typed table, or the first line at fault.

No field may hold a comma, a quotation mark or a line break, so that each row is one line and one
regular expression says what rows are. A table has thousands, so all of a column are looked at
together.
"""

from __future__ import annotations

import io
import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame, Series

from generator.model.evidence import FORMS, TIME_FORMAT, Grade, Provenance
from generator.model.problem import BrokenInputError, Problem
from generator.read.columns import RULES, Columns

_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_PREFIX = r"[0-9a-f.:]{2,39}/[0-9]{1,3}"
_COUNT = r"(?:0|[1-9][0-9]{0,5})"
_ASN = r"[1-9][0-9]{0,9}"
_HOP = rf"(?:0|{_ASN}|\{{{_ASN}(?:\+{_ASN})*\}})"
_ASN_PATH = rf"{_HOP}(?: {_HOP}){{0,999}}"
_UPSTREAM = rf"{_ASN}:[1-9][0-9]{{0,5}}"
_SAID = rf"[SA],{_PREFIX},{_HOP},{_ASN_PATH}|W,{_PREFIX},,|[DU],,,"

_ROW = {
    Grade.MESSAGES: rf"{_TIME},[a-z0-9.-]{{1,60}},[0-9a-f.:]{{2,39}},{_ASN},(?:{_SAID})",
    Grade.VISIBILITY: rf"{_TIME},{_PREFIX},{_COUNT},{_COUNT},(?:{_UPSTREAM}(?: {_UPSTREAM})*)?",
}
# So many at once, as each that fits is remembered until the last has been tried.
_ROWS = {grade: re.compile(rf"(?:{row}\n){{1,1000}}") for grade, row in _ROW.items()}
EXAMPLE = {
    Grade.MESSAGES: "2014-12-22T16:15:07Z,rrc01,195.66.224.138,2914,W,175.45.176.0/24,,",
    Grade.VISIBILITY: "2014-12-22T16:15:07Z,175.45.176.0/24,2,3,1299:1 174:1",
}
_NUMBERS = ("peer_asn", "seeing", "known")
_SHAPE = np.frombuffer(b"0000-00-00T00:00:00Z\0", np.uint8)
_DIGITS = np.equal(_SHAPE, ord("0"))
_LONG = 20


def table(text: str) -> DataFrame:
    """Return CSV of either form as a table, its shape taken on trust.

    ``time`` becomes UTC seconds (NaT where no such time exists), numbers become int64, the rest
    stays text. Row 0 of the table is line 2 of the text.
    """
    rows = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, quoting=3)
    return typed(rows)


def typed(rows: DataFrame) -> DataFrame:
    """Return a table of text with ``time`` as UTC seconds and numbers as int64."""
    numbers = {name: rows[name].astype("int64") for name in _NUMBERS if name in rows}
    return rows.assign(time=_times(rows["time"]), **numbers)


def _times(texts: Series[str]) -> Series[pd.Timestamp]:
    try:
        written = texts.to_numpy(dtype=f"S{_LONG + 1}")  # one letter more than a time has
        if _are_times(written.view(np.uint8).reshape(-1, _LONG + 1)):
            found = written.astype(f"S{_LONG - 1}").astype("datetime64[s]")
            return Series(found, texts.index).dt.tz_localize("UTC")
    except ValueError:
        pass  # the 30th of February, or no ASCII: found out with care, and ten times as slowly
    read = pd.to_datetime(texts, format=TIME_FORMAT, utc=True, errors="coerce")
    return read.dt.as_unit("s")


def _are_times(letters: NDArray[np.uint8]) -> bool:
    """Whether all rows have the form of a time, of a year that both libraries take for one."""
    above_0 = letters[:, _DIGITS] - ord("0")  # what lies below "0" comes round: it is a large one
    return bool(
        (above_0 <= 9).all()
        and above_0[:, 0].all()
        and (letters[:, ~_DIGITS] == _SHAPE[~_DIGITS]).all()
    )


def read_rows(content: bytes, provenance: Provenance, file: str) -> DataFrame:
    """Return the rows of a table as ``table`` does, or raise BrokenInputError.

    The problem names the first line that breaks the form, an order, or the provenance.
    """
    text = _text(content, file)
    _check_lines(text, provenance.grade, file)
    rows = table(text)
    columns = Columns(rows)
    for rule in RULES[provenance.grade]:
        broken = rule.breaks(columns, provenance)
        if broken.any():
            raise _broken(file, int(np.argmax(broken)) + 2, rule.what, rule.cure)
    if len(rows) != provenance.table.rows.number:
        what = f"{len(rows)} rows, but provenance.yaml says {provenance.table.rows}"
        raise _broken(file, 0, what, "Freeze the evidence again.")
    return rows


def _text(content: bytes, file: str) -> str:
    try:
        return content.decode("ascii")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _broken(file, line, "a byte that is no ASCII", "Use digits and ASCII only.") from None


def _check_lines(text: str, grade: Grade, file: str) -> None:
    header = ",".join(FORMS[grade].columns)
    if text != header and not text.startswith(f"{header}\n"):
        raise _broken(file, 1, f"expected the header {header}", "Freeze the evidence again.")
    begin = len(header) + 1
    if len(text) > begin and not text.endswith("\n"):
        raise _broken(file, text.count("\n") + 1, "the last line has no end", "End it.")
    while rows := _ROWS[grade].match(text, begin):
        begin = rows.end()
    if begin < len(text):
        number, line = text.count("\n", 0, begin) + 1, text[begin:].partition("\n")[0]
        what = f"expected a row like {EXAMPLE[grade]}, got {line[:120]!r}"
        raise _broken(file, number, what, "Correct the row, or freeze the evidence again.")


def _broken(file: str, line: int, what: str, cure: str) -> BrokenInputError:
    return BrokenInputError(Problem(file, line, "", what, cure))
