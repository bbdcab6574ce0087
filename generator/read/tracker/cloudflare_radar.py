"""Cloudflare Radar: outage annotations of its API, as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from generator.model.problem import BrokenInputError, Problem
from generator.model.resources import Asn
from generator.model.sketch import Ground, Listing, Notice
from generator.model.trackers import Tracker, categories_of
from generator.model.values import Moment
from generator.model.vocabulary import Extent, Layer
from generator.read.tracker.places import asn, country, is_address
from generator.read.tracker.rows import Row, is_json, json_rows
from generator.read.tracker.times import in_order, rfc_3339

_CENTRE = "https://radar.cloudflare.com/outage-center"
_LISTS = (("result", "annotations"), ("annotations",))
_EXTENTS = {"REGIONAL": Extent.PARTIAL}


def rows(raw: bytes, file: str) -> list[Row]:
    """Return the annotations of an answer of ``/radar/annotations/outages``."""
    if not is_json(raw):
        cure = "Ask Radar for /radar/annotations/outages with format=json."
        raise BrokenInputError(Problem(file, 0, "", "expected JSON", cure))
    return json_rows(raw, file, _LISTS)


def notice(row: Row) -> Notice:
    """Return what an annotation says; raises BrokenInputError where it cannot be used."""
    number = row.text("id", 60)
    if not number:
        row.refuse("id", "has no id to cite", "Ask Radar again: each annotation has one.")
    start = rfc_3339(row, "startDate")
    end = in_order(row, "endDate", start, rfc_3339(row, "endDate")) if row.text("endDate") else None
    outage = row.cells.get("outage")
    kind, cause = (_word(outage, part) for part in ("outageType", "outageCause"))
    page = _page(start, end)
    link = row.text("linkedUrl", 2000)
    return Notice(
        listing=Listing(Tracker.CLOUDFLARE_RADAR, "Cloudflare", "Radar Outage Center", page),
        key=f"annotation {number}",
        own_id=f"{page}#{number}",
        ground=_ground(row),
        start=start,
        end=end or "unknown",
        layer=Layer.TRAFFIC,
        extent=_EXTENTS.get(kind, Extent.UNKNOWN),
        cause=cause,
        categories=categories_of(Tracker.CLOUDFLARE_RADAR, cause),
        links=(link,) if is_address(link) else (),
        undecided=tuple(_undecided(end, link)),
    )


def _undecided(end: Moment | None, link: str) -> Iterator[str]:
    if end is None:
        yield "Radar gives no end: decide whether it is still going on."
    if link and not is_address(link):
        yield "Radar names a link that is no address: find the report."


def _page(start: Moment, end: Moment | None) -> str:
    """The Outage Center for the days of the outage and the day on either side.

    What follows a # in ``own_id`` leads nowhere on that page: it keeps the annotation's id.
    """
    since = start.earliest - timedelta(days=1)
    until = (end or start).latest + timedelta(days=1)
    return f"{_CENTRE}?dateStart={since:%Y-%m-%d}&dateEnd={until:%Y-%m-%d}"


def _word(outage: object, part: str) -> str:
    value = outage.get(part) if isinstance(outage, dict) else None
    return value[:60] if isinstance(value, str) else ""


def _ground(row: Row) -> Ground:
    countries = dict.fromkeys(
        country(row, "locations", str(code)) for code in _list(row, "locations")
    )
    names = dict(_names(row.cells.get("asnsDetails")))
    numbers = dict.fromkeys(asn(row, "asns", number) for number in _list(row, "asns"))
    if not countries and not numbers:
        row.refuse("locations", "names no country and no network", "A record needs one at least.")
    networks = tuple((number, names.get(number) or str(number)) for number in numbers)
    return Ground(tuple(countries), networks=networks, scope=row.text("scope"))


def _list(row: Row, column: str) -> list[Any]:
    value = row.cells.get(column)
    return value if isinstance(value, list) else []


def _names(details: object) -> Iterator[tuple[Asn, str]]:
    for one in details if isinstance(details, list) else ():
        if isinstance(one, dict) and isinstance(one.get("name"), str):
            try:
                yield Asn.parse(f"AS{one.get('asn')}"), " ".join(one["name"].split())[:200]
            except ValueError:
                continue
