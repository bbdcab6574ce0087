"""Everyday names of places, and the local time where one zone is certain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo, reset_tzpath

import pycountry
from babel import Locale
from babel.core import get_global

from generator.model.resources import CountryCode, RegionCode
from generator.model.where import Where

# The same zone data on every machine: the tzdata package, never the system's.
reset_tzpath(to=())
_NAMES = Locale("en").territories
_ZONES = get_global("territory_zones")


def country_name(country: CountryCode) -> str:
    """Return the everyday English name of a country (Unicode CLDR)."""
    return str(_NAMES[country.code])


def region_name(region: RegionCode) -> str:
    """Return the ISO 3166-2 name of a region."""
    found = pycountry.subdivisions.get(code=region.code)  # type: ignore[no-untyped-call]
    return str(found.name)


def place_names(where: Where) -> list[str]:
    """Return the names of the places hit; of the networks or systems where no place is given."""
    places = [country_name(country) for country in where.countries]
    networks = [network.name for network in where.networks if network.role != "upstream"]
    return places or networks or [system.name for system in where.systems]


def local_time(moment: datetime, countries: Iterable[CountryCode]) -> tuple[datetime, str] | None:
    """Return a moment in local time with its zone's city; None unless there is just one zone."""
    zones = {zone for country in countries for zone in _ZONES.get(country.code, ())}
    if len(zones) != 1:
        return None
    zone = zones.pop()
    return moment.astimezone(ZoneInfo(zone)), zone.rsplit("/", 1)[-1].replace("_", " ")
