"""The values a record is written in: each parses itself from text or says what it expected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema
from typing_extensions import override

FIRST_YEAR, LAST_YEAR = (
    1969,
    2099,
)  # ARPANET's first link; a fixed bound, as no rule reads the clock


class Scalar:
    """A value written as text. Subclasses give ``pattern``, ``expected`` and ``parse``."""

    pattern: ClassVar[str] = ""
    expected: ClassVar[str]
    _form: ClassVar[re.Pattern[str]]

    def __init_subclass__(cls) -> None:
        cls._form = re.compile(cls.pattern)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the value that ``text`` spells, or raise ValueError saying what was expected."""
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._from_input, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": f"^(?:{cls.pattern})$"}

    @classmethod
    def _from_input(cls, value: object) -> Self:
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise ValueError(f"expected {cls.expected}")
        return cls._known(value)

    @classmethod
    @lru_cache(maxsize=1 << 13)  # the same days, networks and places stand in thousands of fields
    def _known(cls, text: str) -> Self:
        return cls.parse(text)

    @classmethod
    def _match(cls, text: str) -> re.Match[str]:
        found = cls._form.fullmatch(text)
        if not found:
            raise ValueError(f"expected {cls.expected}")
        return found


# What is written decides the precision: how much of ISO 8601 stands before the Z, if there is one.
_WRITTEN = {"year": 4, "month": 7, "day": 10, "hour": 13, "minute": 16, "second": 19}
_PRECISIONS = {length: precision for precision, length in _WRITTEN.items()}
_STEPS = {
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
}


def _numbers(written: str) -> tuple[int, int, int, int, int, int]:
    """Return year to second of a time of the right form; what is not written is its first."""
    year, month, day = written[:4], written[5:7] or 1, written[8:10] or 1
    hour, minute, second = (written[at : at + 2] or 0 for at in (11, 14, 17))
    return int(year), int(month), int(day), int(hour), int(minute), int(second)


@dataclass(frozen=True)
class Moment(Scalar):
    """A time in UTC that knows how precisely it was given.

    ``earliest`` is the first instant it may mean; ``precision`` is the smallest unit written;
    ``approximate`` is the trailing ``~``.
    """

    pattern = (
        r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}"
        r"(?:T[0-9]{2}(?::[0-9]{2}(?::[0-9]{2})?)?Z)?)?)?~?"
    )
    expected = "a UTC time like 2014-12-22T16:15Z"

    earliest: datetime
    precision: str
    approximate: bool = False

    @classmethod
    @override
    def parse(cls, text: str) -> Moment:
        cls._match(text)
        written = text.removesuffix("~")
        precision = _PRECISIONS[len(written.removesuffix("Z"))]
        try:
            at = datetime(*_numbers(written), tzinfo=UTC)
        except ValueError:
            raise ValueError(f"expected {cls.expected}, and a date that exists") from None
        if not FIRST_YEAR <= at.year <= LAST_YEAR:
            raise ValueError(f"expected a year from {FIRST_YEAR} to {LAST_YEAR}")
        return cls(at, precision, text.endswith("~"))

    @property
    def latest(self) -> datetime:
        """The last instant it may mean, exclusive: minute precision spans one minute."""
        if self.precision == "year":
            return self.earliest.replace(year=self.earliest.year + 1)
        if self.precision == "month":
            return (self.earliest + timedelta(days=32)).replace(day=1)
        return self.earliest + _STEPS[self.precision]

    @property
    def exact(self) -> bool:
        """True when given to the minute or second and not marked approximate."""
        return self.precision in ("minute", "second") and not self.approximate

    @property
    def margin(self) -> timedelta:
        """How far either way "about" may reach: nothing where the time is not marked so.

        A time to the minute or second is taken to be rounded to a quarter of an hour, as sources
        do; any other to lie within one more of its units.
        """
        if not self.approximate:
            return timedelta(0)
        if self.precision in ("minute", "second"):
            return timedelta(minutes=15)
        return self.latest - self.earliest

    def __str__(self) -> str:
        written = self.earliest.isoformat()[: _WRITTEN[self.precision]]
        return written + "Z" * (len(written) > _WRITTEN["day"]) + "~" * self.approximate


_UNITS_S = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}


@dataclass(frozen=True)
class Length(Scalar):
    """A duration in seconds as somebody gave it: ``9h31m``, ``>5h``, ``<10h``, ``2h~``.

    ``bound`` is ``>`` for "more than", ``<`` for "less than", empty for a plain figure.
    """

    pattern = (
        r"[<>]?(?=[0-9])(?:[0-9]{1,4}w)?(?:[0-9]{1,5}d)?(?:[0-9]{1,5}h)?"
        r"(?:[0-9]{1,6}m)?(?:[0-9]{1,8}s)?~?"
    )
    expected = "a duration like 9h31m, 38d or 5d4h"

    seconds: int
    bound: str = ""
    approximate: bool = False

    @classmethod
    @override
    def parse(cls, text: str) -> Length:
        cls._match(text)
        parts = re.findall(r"([0-9]+)([wdhms])", text)
        seconds = sum(int(number) * _UNITS_S[unit] for number, unit in parts)
        if not parts or not seconds:
            raise ValueError(f"expected {cls.expected}")
        return cls(seconds, text[0] if text[0] in "<>" else "", text.endswith("~"))

    def __str__(self) -> str:
        rest, text = self.seconds, ""
        for unit in "dhms":
            number, rest = divmod(rest, _UNITS_S[unit])
            text += f"{number}{unit}" if number else ""
        return f"{self.bound}{text}{'~' * self.approximate}"


@dataclass(frozen=True)
class Quantity(Scalar):
    """A number as somebody gave it: ``4``, ``5.97``, ``>510000``, ``2400000~``."""

    pattern = r"[<>]?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?~?"
    expected = "a number like 4, 5.97, >510000 or 2400000~"

    digits: str
    bound: str = ""
    approximate: bool = False

    @classmethod
    @override
    def parse(cls, text: str) -> Quantity:
        cls._match(text)
        return cls(text.strip("<>~"), text[0] if text[0] in "<>" else "", text.endswith("~"))

    def __str__(self) -> str:
        return f"{self.bound}{self.digits}{'~' * self.approximate}"


@dataclass(frozen=True)
class Count(Scalar):
    """A whole number from 0, as the machine writes it in its sidecars."""

    pattern = r"0|[1-9][0-9]{0,14}"
    expected = "a whole number like 1436"

    number: int

    @classmethod
    @override
    def parse(cls, text: str) -> Count:
        return cls(int(cls._match(text)[0]))

    def __str__(self) -> str:
        return str(self.number)
