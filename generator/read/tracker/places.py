"""Places as trackers write them."""

from __future__ import annotations

from generator.model.resources import Asn, CountryCode, Url
from generator.read.countries import country_named
from generator.read.place import shortened
from generator.read.tracker.rows import Row

_COUNTRY_CURE = (
    "Write a code of ISO 3166 like KP, or an English name; what is no country there has no record "
    "under `countries`."
)


def country(row: Row, column: str, name: str) -> CountryCode:
    """Return the country a row names, or refuse the row."""
    found = country_named(name)
    if found is None:
        row.refuse(column, f"expected a country, got {shortened(name)!r}", _COUNTRY_CURE)
    return found


def asn(row: Row, column: str, number: object) -> Asn:
    """Return the AS number a row names, with or without AS before it, or refuse the row."""
    text = str(number).strip()
    try:
        return Asn.parse(text if text.startswith("AS") else f"AS{text}")
    except ValueError:
        what = f"expected an AS number, got {shortened(text)!r}"
        row.refuse(column, what, "Write its number, like 64500.")


def is_address(text: str) -> bool:
    """Return whether a text is an address that a record may hold."""
    try:
        Url.parse(text)
    except ValueError:
        return False
    return True
