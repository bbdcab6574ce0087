"""IODA: events of its API, in both of its formats, and its curated list of outages as CSV."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from generator.model.problem import BrokenInputError
from generator.model.resources import CountryCode
from generator.model.sketch import Ground, Listing, Notice
from generator.model.trackers import Tracker, categories_of
from generator.model.values import Moment
from generator.model.vocabulary import Extent, Layer
from generator.read.countries import country_named, region_named
from generator.read.place import shortened
from generator.read.tracker.places import asn, country
from generator.read.tracker.rows import Row, csv_rows, is_json, json_rows
from generator.read.tracker.times import epoch, in_order, long_form

_LAB = "IODA, Georgia Institute of Technology"
DASHBOARD = "https://ioda.inetintel.cc.gatech.edu"
_AROUND = timedelta(days=1)  # of context on either side, as the dashboard needs to show a change

# The list of "Destination Unreachable" (SIGCOMM 2023); its times are UTC.
_CURATED = Listing(
    Tracker.IODA,
    _LAB,
    "Destination Unreachable: outages investigated by hand, 2018 to 2022",
    "https://github.com/InetIntel/internet_outages",
)
_BEGIN, _END, _CAUSE = "Begin time", "End time", "Cause"
_SCOPE = "Scope (based on granularity at which the outage appears in IODA)"
_SIGNALS = (
    ("IODA BGP visible by human", Layer.ROUTING),
    ("IODA AP visible by human", Layer.REACHABILITY),
    ("IODA IBR visible by human", Layer.TRAFFIC),
)
_LAYERS = {"bgp": Layer.ROUTING, "ping-slash24": Layer.REACHABILITY}
_ENTITY_CURE = "Ask IODA for events of countries, regions or networks, with format=ioda."


def rows(raw: bytes, file: str) -> list[Row]:
    """Return the rows of an answer of ``/outages/events`` or of the curated list."""
    if is_json(raw):
        return json_rows(raw, file, (("data",), ("events",)))
    return csv_rows(raw, file, ("ID", _BEGIN, _END, "Country", _SCOPE))


def notice(row: Row) -> Notice:
    """Return what a row says; raises BrokenInputError where it cannot be used."""
    return _event(row) if row.path else _curated(row)


def _event(row: Row) -> Notice:
    """An event of the API: ``format=codf`` has location, start, duration; ``ioda`` the rest."""
    entity = row.cells.get("entity")
    if isinstance(entity, dict):
        kind, code, name = (str(entity.get(part, "")) for part in ("type", "code", "name"))
        start, last = epoch(row, "from", row.cells.get("from")), row.cells.get("until")
        end = in_order(row, "until", start, epoch(row, "until", last))
        ground = _ground(row, "entity", (kind, code, name), _country_of(entity))
    else:
        kind, _, code = row.text("location").partition("/")
        start = epoch(row, "start", row.cells.get("start"))
        end = in_order(row, "duration", start, _after(row, start))
        ground = _ground(row, "location", (kind, code, row.text("location_name")), None)
    signal = row.text("datasource")
    page = _page(kind, code, start, end)
    return Notice(
        listing=Listing(Tracker.IODA, _LAB, f"Events of {kind}/{code}", page),
        key=f"{kind}/{code}, signal {signal or 'not named'}, from {start}",
        own_id=page,
        ground=ground,
        start=start,
        end=end,
        layer=_LAYERS.get(signal, Layer.TRAFFIC),
        extent=Extent.UNKNOWN,
        undecided=("A program found this event in a signal: decide whether it was an outage.",),
    )


def _after(row: Row, start: Moment) -> Moment:
    length_s = row.cells.get("duration")
    if not isinstance(length_s, int) or isinstance(length_s, bool):
        row.refuse("duration", "expected a number of seconds", _ENTITY_CURE)
    return epoch(row, "duration", int(start.earliest.timestamp()) + length_s)


def _country_of(entity: dict[str, Any]) -> str | None:
    attributes = entity.get("attrs")
    code = attributes.get("country_code") if isinstance(attributes, dict) else None
    return code if isinstance(code, str) else None


def _ground(row: Row, column: str, entity: tuple[str, str, str], around: str | None) -> Ground:
    kind, code, name = entity
    if kind == "country":
        return Ground(countries=(country(row, column, code),))
    if kind == "region" and around:
        return _region(country(row, column, around), name)
    if kind in ("asn", "geoasn"):
        number = asn(row, column, code.partition("-")[0])
        within = country_named(code.partition("-")[2])
        return Ground((within,) if within else (), networks=((number, name or str(number)),))
    what = f"expected a country or a network, got {shortened(f'{kind}/{code}')!r}"
    raise BrokenInputError(row.problem(column, what, _ENTITY_CURE))


def _region(within: CountryCode, name: str) -> Ground:
    found = region_named(name, within)
    return Ground((within,), (found,)) if found else Ground((within,), scope=name)


def _page(kind: str, code: str, start: Moment, end: Moment) -> str:
    """The dashboard's page for an entity, from a day before to a day after.

    What follows a # in ``own_id`` leads nowhere on that page: it keeps the number.
    """
    where = f"asn/{code.partition('-')[0]}" if kind == "geoasn" else f"{kind}/{code}"
    since, until = _s(start.earliest - _AROUND), _s(end.latest + _AROUND)
    return f"{DASHBOARD}/{where}?from={since}&until={until}"


def _s(at: datetime) -> int:
    return int(at.timestamp())


def _curated(row: Row) -> Notice:
    number = row.text("ID")
    if not number:
        row.refuse("ID", "has no ID to cite", "Take the list as it was published.")
    start = long_form(row, _BEGIN)
    end = in_order(row, _END, start, long_form(row, _END)) if row.text(_END) else None
    within = country(row, "Country", row.text("Country"))
    layer, undecided = _layer(row)
    cause = row.text(_CAUSE)
    return Notice(
        listing=_CURATED,
        key=f"row {number}",
        own_id=f"{_page('country', within.code, start, end or start)}#{number}",
        ground=_scope(row, within),
        start=start,
        end=end or "unknown",
        layer=layer,
        extent=Extent.UNKNOWN,
        cause=cause,
        categories=categories_of(Tracker.IODA, cause),
        undecided=undecided,
    )


def _scope(row: Row, within: CountryCode) -> Ground:
    """``Country``, ``Region (its name)`` or ``AS (its number)``."""
    scope = row.text(_SCOPE)
    if found := re.fullmatch(r"AS ?\((?:AS)?([0-9]+)\)", scope):
        number = asn(row, _SCOPE, found[1])
        return Ground((within,), networks=((number, str(number)),))
    if found := re.fullmatch(r"Region ?\((.+)\)", scope):
        return _region(within, found[1].strip())
    return Ground((within,), scope="" if scope == "Country" else scope)


def _layer(row: Row) -> tuple[Layer, tuple[str, ...]]:
    for column, layer in _SIGNALS:
        if row.text(column).casefold() == "true":
            return layer, ()
    return Layer.REACHABILITY, ("The list names no signal that showed it: decide the layer.",)
