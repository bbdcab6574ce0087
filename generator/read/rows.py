"""Rows of an evidence table: from CSV text to a typed table, or the first line at fault.

No field may hold a comma, a quotation mark or a line break, so that each row is one line and one
regular expression says what rows are. A table has thousands, so all of a column are looked at
together.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame, Series

from generator.model.evidence import FORMS, TIME_FORMAT, Facts, Form, Grade, IpAddress, Provenance
from generator.model.problem import BrokenInputError, Problem
from generator.model.resources import Prefix

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
# Possessive, as a row that fits can fit in no other way: what does not match begins a bad line.
_ROWS = {grade: re.compile(rf"(?:{row}\n)*+") for grade, row in _ROW.items()}
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
    written = texts.to_numpy(dtype=f"S{_LONG + 1}")  # one letter more than a time has
    letters = written.view(np.uint8).reshape(-1, _LONG + 1)
    if _are_times(letters):
        try:
            found = written.astype(f"S{_LONG - 1}").astype("datetime64[s]")
            return Series(found, texts.index).dt.tz_localize("UTC")
        except ValueError:
            pass  # the 30th of February: found out with care, and far more slowly
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
    for rule in RULES[provenance.grade]:
        broken = rule.breaks(rows, provenance).to_numpy(dtype=bool)
        if broken.any():
            raise _broken(file, int(broken.argmax()) + 2, rule.what, rule.cure)
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
    rows = _ROWS[grade].match(text, begin)
    if rows and rows.end() < len(text):
        number, line = text.count("\n", 0, rows.end()) + 1, text[rows.end() :].partition("\n")[0]
        what = f"expected a row like {EXAMPLE[grade]}, got {line[:120]!r}"
        raise _broken(file, number, what, "Correct the row, or freeze the evidence again.")


@dataclass(frozen=True)
class Rule:
    """What rows of the right shape must still obey; ``breaks`` marks those that do not."""

    breaks: Callable[[DataFrame, Facts], Series[bool]]
    what: str
    cure: str


def _no_such_time(rows: DataFrame, _: Facts) -> Series[bool]:
    return rows["time"].isna()


def _outside_window(rows: DataFrame, facts: Facts) -> Series[bool]:
    since, until = facts.window.since.earliest, facts.window.until.earliest
    return ~rows["time"].between(_stamp(since), _stamp(until))


def _stamp(at: datetime) -> pd.Timestamp:
    return pd.Timestamp(at)


def _odd_prefix(rows: DataFrame, _: Facts) -> Series[bool]:
    odd = {text for text in rows["prefix"].unique() if text and not _parses(Prefix, text)}
    return rows["prefix"].isin(odd)


def _odd_address(rows: DataFrame, _: Facts) -> Series[bool]:
    odd = {text for text in rows["peer_ip"].unique() if not _parses(IpAddress, text)}
    return rows["peer_ip"].isin(odd)


def _parses(kind: type[Prefix | IpAddress], text: str) -> bool:
    try:
        kind.parse(text)
    except ValueError:
        return False
    return True


def _unlisted_peer(rows: DataFrame, facts: Facts) -> Series[bool]:
    listed = {(peer.collector, str(peer.ip), peer.asn.number) for peer in facts.peers}
    keys = zip(*(rows[name].tolist() for name in ("collector", "peer_ip", "peer_asn")), strict=True)
    return Series([key not in listed for key in keys], rows.index, dtype=bool)


def _impossible_count(rows: DataFrame, facts: Facts) -> Series[bool]:
    return (rows["seeing"] > rows["known"]) | (rows["known"] > facts.vantage_points)


def _out_of_order(grade: Grade) -> Callable[[DataFrame, Facts], Series[bool]]:
    form = FORMS[grade]

    def breaks(rows: DataFrame, _: Facts) -> Series[bool]:
        return _behind(rows, form, may_tie=grade == Grade.MESSAGES)

    return breaks


def _behind(rows: DataFrame, form: Form, *, may_tie: bool) -> Series[bool]:
    later = np.full(max(len(rows) - 1, 0), may_tie)
    for name in reversed(form.sorted_by):
        # Each text as its place among all in order: numbers are compared far faster than texts.
        places, _ = pd.factorize(rows[name], sort=True)
        before, after = places[:-1], places[1:]
        later = (before < after) | ((before == after) & later)
    return Series(np.concatenate(([False], ~later))[: len(rows)], rows.index, dtype=bool)


def _broken(file: str, line: int, what: str, cure: str) -> BrokenInputError:
    return BrokenInputError(Problem(file, line, "", what, cure))


_AGAIN = "Correct the row, or freeze the evidence again."
_SHARED = (
    Rule(_no_such_time, "a time that does not exist", _AGAIN),
    Rule(_outside_window, "a time outside the window of provenance.yaml", _AGAIN),
    Rule(_odd_prefix, "expected a prefix in its canonical form", _AGAIN),
)
RULES = {
    Grade.MESSAGES: (
        *_SHARED,
        Rule(_odd_address, "expected a peer address in its canonical form", _AGAIN),
        Rule(_unlisted_peer, "a peer that provenance.yaml does not list", "List it there."),
        Rule(
            _out_of_order(Grade.MESSAGES),
            "expected rows in order of time, collector and peer_ip",
            "Sort the rows; those of one second and peer stay in the order they happened.",
        ),
    ),
    Grade.VISIBILITY: (
        *_SHARED,
        Rule(
            _impossible_count,
            "expected seeing <= known <= the number of networks with a full feed",
            _AGAIN,
        ),
        Rule(
            _out_of_order(Grade.VISIBILITY),
            "expected rows in order of prefix and time, one per prefix and second",
            "Sort the rows as text.",
        ),
    ),
}
