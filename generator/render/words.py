"""Times, lengths and numbers in words, as the pages print them."""

from __future__ import annotations

from datetime import datetime

from generator.derive.timing import Span
from generator.model.values import Length, Moment, Quantity

NBSP = "\u00a0"
# Not asked of the system, which takes ten times as long, and may not speak English.
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def day(at: datetime) -> str:
    """Return ``22 December 2014``."""
    return f"{at.day}{NBSP}{_month(at)} {at.year}"


def short_day(at: datetime) -> str:
    """Return ``22 Dec 2014``."""
    return f"{at.day}{NBSP}{_month(at)[:3]}{NBSP}{at.year}"


def _month(at: datetime) -> str:
    return _MONTHS[at.month - 1]


def clock(moment: Moment) -> str:
    """Return ``16:15``, with seconds where they were given; empty for a mere date."""
    if moment.precision == "hour":
        return f"{moment.earliest.hour:02}{NBSP}h"
    length = {"minute": len("16:15"), "second": len("16:15:00")}.get(moment.precision, 0)
    return moment.earliest.time().isoformat()[:length]


def date(moment: Moment) -> str:
    """Return the date of a moment as precisely as it was given: a day, a month or a year."""
    if moment.precision == "year":
        return str(moment.earliest.year)
    if moment.precision == "month":
        return f"{_month(moment.earliest)} {moment.earliest.year}"
    return short_day(moment.earliest)


def time(moment: Moment) -> str:
    """Return ``22 Dec 2014, 16:15 UTC``, with "about" where the source was not exact."""
    about = "about " if moment.approximate else ""
    at = clock(moment)
    return f"{about}{date(moment)}, {at}{NBSP}UTC" if at else f"{about}{date(moment)}"


def duration(seconds: int, most_units: int = 2) -> str:
    """Return ``9 h 31 min``: the largest unit and what follows, at most ``most_units``.

    Up to two days are told in hours, as people do.
    """
    if seconds < 1:
        return f"0{NBSP}s"
    units = _UNITS[1:] if seconds < 2 * 86_400 else _UNITS
    parts: list[tuple[int, str]] = []
    rest = seconds
    for unit, size in units:
        number, rest = divmod(rest, size)
        if number or parts:
            parts.append((number, unit))
    return " ".join(f"{n}{NBSP}{unit}" for n, unit in parts[:most_units] if n)


def span(lasted: Span | None) -> str:
    """Return a length as certain as it is: ``9 h 31 min``, ``about 9 h to 10 h``, ``over 5 h``."""
    if lasted is None:
        return "unknown"
    return _range(lasted) + (" each time" if lasted.each else "")


def _range(lasted: Span) -> str:
    if lasted.longest_s is None:
        return f"over {duration(lasted.shortest_s)}"
    if lasted.shortest_s == 0:
        return f"under {duration(lasted.longest_s)}"
    about = "about " if lasted.rough else ""
    if lasted.shortest_s == lasted.longest_s:
        return about + duration(lasted.longest_s)
    return f"{about}{duration(lasted.shortest_s)} to {duration(lasted.longest_s)}"


def length(stated: Length) -> str:
    """Return a stated length: ``9 h 31 min``, ``over 5 h``, ``under 10 h``."""
    bound = {">": "over ", "<": "under ", "": ""}[stated.bound]
    return f"{bound}{'about ' if stated.approximate else ''}{duration(stated.seconds, 3)}"


def quantity(number: Quantity) -> str:
    """Return a number grouped by thousands, with "over", "under" or "about" where it is so."""
    bound = {">": "over ", "<": "under ", "": ""}[number.bound]
    whole, _, fraction = number.digits.partition(".")
    grouped = f"{int(whole):,}" + (f".{fraction}" if fraction else "")
    return f"{bound}{'about ' if number.approximate else ''}{grouped}"


def difference(seconds: int) -> str:
    """Return a signed gap between two times: ``1 min 53 s later``, ``2 min earlier``, ``same``."""
    if seconds == 0:
        return "the same"
    return f"{duration(abs(seconds))} {'later' if seconds > 0 else 'earlier'}"


def count(number: int, one: str, many: str = "") -> str:
    """Return ``1 source`` or ``3 sources``."""
    return f"{number:,}{NBSP}{one if number == 1 else many or one + 's'}"


def shortened(text: str, most: int) -> str:
    """Return a text of at most ``most`` characters, cut between words."""
    return text if len(text) < most else text[: most - 4].rsplit(" ", 1)[0] + " …"


def spelled(number: int, one: str) -> str:
    """Return ``seven explanations``: numbers up to ten in words, as print has it."""
    names = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    shown = names[number] if number < len(names) else f"{number:,}"
    return f"{shown} {one}{'' if number == 1 else 's'}"


def iso(moment: Moment) -> str:
    """Return a time as HTML's ``datetime`` attribute takes it: hours written with minutes."""
    text = str(moment).removesuffix("~")
    return text.replace("Z", ":00Z") if moment.precision == "hour" else text


def listed(items: list[str]) -> str:
    """Return ``a``, ``a and b``, or ``a, b and c``."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
