"""Times as trackers write them, each in one form; what is written otherwise is refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, NoReturn

from generator.model.values import FIRST_YEAR, LAST_YEAR, Moment
from generator.read.place import shortened
from generator.read.tracker.rows import Row

_RFC_3339 = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]{1,9})?(?:Z|\+00:00)"
)
_LONG = ("%A, %B %d, %Y, %I:%M:%S %p", "%A, %B %d, %Y, %I:%M %p")
_DAY = ("%m/%d/%Y", "%Y-%m-%d", "%Y-%m-%d 00:00:00")
_MEND = "Correct it where the list is kept, or record the outage with: python -m generator new"


def rfc_3339(row: Row, column: str) -> Moment:
    """Return a time such as 2022-09-06T10:00:28Z; parts of a second are left out."""
    found = _RFC_3339.fullmatch(row.text(column))
    if not found:
        _refuse(row, column, "a time like 2022-09-06T10:00:28Z")
    return _moment(row, column, datetime.strptime(f"{found[1]}+0000", "%Y-%m-%dT%H:%M:%S%z"))


def epoch(row: Row, column: str, value: Any) -> Moment:  # noqa: ANN401  (what JSON holds)
    """Return a time given in seconds since 1970."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**33:
        _refuse(row, column, "seconds since 1970")
    return _moment(row, column, datetime.fromtimestamp(value, UTC))


def long_form(row: Row, column: str) -> Moment:
    """Return a time such as "Wednesday, March 17, 2021, 4:40:00 PM", which is in UTC."""
    text = row.text(column)
    at = _first(text, _LONG)
    if at is None:
        _refuse(row, column, "a time like Wednesday, March 17, 2021, 4:40:00 PM")
    if not text.startswith(f"{at:%A},"):
        what = f"{at:%Y-%m-%d} was a {at:%A}, got {shortened(text)!r}"
        row.refuse(column, what, _MEND)
    return _moment(row, column, at)


def day(row: Row, column: str, *, approximate: bool = False) -> Moment:
    """Return a day such as 9/21/2022, month first, or 2022-09-21."""
    at = _first(row.text(column), _DAY)
    if at is None:
        _refuse(row, column, "a day like 9/21/2022, month first")
    found = _moment(row, column, at)
    return Moment(found.earliest, "day", approximate)


def in_order(row: Row, column: str, start: Moment, end: Moment) -> Moment:
    """Return the end, or refuse the row whose end lies before its start."""
    if end.latest <= start.earliest:
        row.refuse(column, f"ends at {end}, before its start at {start}", _MEND)
    return end


def _first(text: str, forms: tuple[str, ...]) -> datetime | None:
    for form in forms:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _moment(row: Row, column: str, at: datetime) -> Moment:
    """A time no more precise than what is written: a minute where the seconds are 00."""
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        row.refuse(column, f"expected a year from {FIRST_YEAR} to {LAST_YEAR}", _MEND)
    return Moment(at, "second" if at.second else "minute")


def _refuse(row: Row, column: str, expected: str) -> NoReturn:
    found = row.cells.get(column.rpartition(".")[2])
    row.refuse(column, f"expected {expected}, got {shortened(str(found))!r}", _MEND)
