"""Countries and regions by the names that people and trackers give them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import pycountry
from babel import Locale

from generator.model.resources import CountryCode, RegionCode

# Names in use that neither ISO 3166 nor Unicode CLDR lists.
_ALSO = {
    "Britain": "GB",
    "Burma": "MM",
    "Democratic Republic": "CD",  # as "Democratic Republic of (DRC)"
    "Great Britain": "GB",
    "Ivory Coast": "CI",
    "Macedonia": "MK",
    "Palestine": "PS",
    "Russia": "RU",
    "Saint Martin": "MF",
    "Swaziland": "SZ",
    "Turkey": "TR",
    "Vatican": "VA",
}
_SMALL_WORDS = frozenset(("and", "of", "the", "s"))


def country_named(text: str) -> CountryCode | None:
    """Return the country that a code or an English name means, None where it means none.

    Order of words, accents and case do not count; what is in parentheses may be left out.
    """
    if re.fullmatch(r"[A-Z]{2}", text):
        return _valid(text)
    names = _countries()
    code = names.get(_plain(text)) or names.get(_plain(re.sub(r"\([^)]*\)", " ", text)))
    return CountryCode(code) if code else None


def region_named(text: str, country: CountryCode) -> RegionCode | None:
    """Return the region of a country that has this name in ISO 3166-2, None where none has."""
    code = _regions(country.code).get(_plain(text))
    return RegionCode(code) if code else None


def _valid(code: str) -> CountryCode | None:
    try:
        return CountryCode.parse(code)
    except ValueError:
        return None


def _plain(name: str) -> tuple[str, ...]:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"\bst\b", "saint", letters))
    return tuple(sorted(set(words) - _SMALL_WORDS))


@cache
def _countries() -> dict[tuple[str, ...], str]:
    names: dict[tuple[str, ...], str] = {_plain(name): code for name, code in _ALSO.items()}
    everyday = Locale("en").territories
    for country in pycountry.countries:
        given = (getattr(country, kind, "") for kind in ("name", "common_name", "official_name"))
        for name in (*given, everyday.get(country.alpha_2, "")):
            names.setdefault(_plain(name), country.alpha_2)
    return {words: code for words, code in names.items() if words}


@cache
def _regions(country: str) -> dict[tuple[str, ...], str]:
    found = pycountry.subdivisions.get(country_code=country) or ()  # type: ignore[no-untyped-call]
    return {_plain(region.name): region.code for region in found}
