"""Access Now's #KeepItOn STOP list of shutdowns, as CSV."""

from __future__ import annotations

import re
from typing import Literal

from generator.model.sketch import Ground, Listing, Notice
from generator.model.trackers import Tracker, categories_of
from generator.model.values import Moment
from generator.model.vocabulary import Category, Extent, Layer
from generator.read.tracker.places import country, is_address
from generator.read.tracker.rows import Row, csv_rows
from generator.read.tracker.times import day, in_order

LIST = Listing(
    Tracker.KEEPITON,
    "Access Now",
    "#KeepItOn STOP: shutdown tracker",
    "https://docs.google.com/spreadsheets/d/1DvPAuHNLp5BXGb0nnZDGNoiIwEeu2ogdXEIDvT4Hyfk",
)
_COLUMNS = ("start_date", "country", "area_name", "shutdown_type", "shutdown_extent", "end_date")
_LINKS = ("an_link", "info_source_link")
_NO_ORDER = ("unknown", "non-government", "")
_OUTSIDE = "Nothing to mend: see What belongs in docs/contributing.md."
_DAYS = "The list gives days, and does not say in which time zone: find the times."
_LAYER = "The list does not say what stopped: decide the layer and the extent."


def rows(raw: bytes, file: str) -> list[Row]:
    """Return the rows of one of the list's sheets, exported as CSV."""
    return csv_rows(raw, file, _COLUMNS)


def notice(row: Row) -> Notice:
    """Return what a row says; raises BrokenInputError where it cannot be used."""
    _refuse_what_is_no_outage(row)
    is_estimate = row.text("start_date_type").casefold() == "estimated"
    start = day(row, "start_date", approximate=is_estimate)
    cause = row.text("actual_cause")
    return Notice(
        listing=LIST,
        key=f"the row of {start}",
        own_id=_own_id(row, start),
        ground=_ground(row),
        start=start,
        end=_end(row, start),
        layer=Layer.TRAFFIC,
        extent=Extent.UNKNOWN,
        cause=cause or "not said",
        categories=_categories(row, cause),
        links=_links(row),
        undecided=(_DAYS, _LAYER),
    )


def _refuse_what_is_no_outage(row: Row) -> None:
    kind, extent = row.text("shutdown_type"), row.text("shutdown_extent")
    if kind == "Throttle":
        row.refuse("shutdown_type", "connections were slowed, not lost", _OUTSIDE)
    if extent == "Service-based":
        row.refuse("shutdown_extent", "services were blocked while the network worked", _OUTSIDE)


def _own_id(row: Row, start: Moment) -> str:
    """The list numbers no row: day, country and area tell one from another."""
    parts = (str(start).removesuffix("~"), row.text("country", 60), row.text("area_name", 100))
    return ", ".join(filter(None, parts))


def _ground(row: Row) -> Ground:
    names = [name.strip() for name in row.text("country").split(";")]
    countries = dict.fromkeys(country(row, "country", name) for name in names if name)
    if not countries:
        country(row, "country", "")
    return Ground(tuple(countries), scope=row.text("area_name"))


def _end(row: Row, start: Moment) -> Moment | Literal["unknown", "ongoing"]:
    is_ongoing = row.text("shutdown_status").casefold() == "ongoing"
    if not row.text("end_date"):
        return "ongoing" if is_ongoing else "unknown"
    end = in_order(row, "end_date", start, day(row, "end_date"))
    if is_ongoing:
        cure = "Correct one of the two where the list is kept."
        row.refuse("shutdown_status", f"says Ongoing, but it ended on {end}", cure)
    return end


def _categories(row: Row, cause: str) -> tuple[Category, ...]:
    """What the list's cause means; else an order, where it says that somebody in power gave it."""
    known = tuple(
        category
        for category in categories_of(Tracker.KEEPITON, cause)
        if category is not Category.UNKNOWN
    )
    ordered = row.text("ordered_by").casefold() not in _NO_ORDER
    return known or ((Category.GOVERNMENT_ORDER,) if ordered else ())


def _links(row: Row) -> tuple[str, ...]:
    """The addresses a row names; raises BrokenInputError where there is none to begin from."""
    said = " ".join(str(row.cells.get(column, "")) for column in _LINKS)
    parts = (part.rstrip(",") for part in re.split(r"[\s;]+", said))
    found = dict.fromkeys(part for part in parts if is_address(part))
    if not found:
        cure = "Find a published report of it, then: python -m generator new"
        row.refuse("info_source_link", "names neither an id nor an address to cite", cure)
    return tuple(found)
