"""The calendar, and every incident by the day of the year it began."""

import json
import re
from datetime import UTC, datetime

import pytest

from generator.derive.entry import entry
from generator.read.archive import read_archive
from generator.render.chart import Calendar, Chart
from generator.render.days import day_pages
from generator.render.draw import draw
from generator.render.plot import Point

DAY_S = 86_400


@pytest.fixture(scope="module")
def entries(archive):
    records = read_archive(archive)[0].records
    return [entry(r.id, r.incident, has_evidence=False) for r in records]


def bars(*points):
    """Return each bar of the calendar: its words, its row and its width in hundredths."""
    svg = draw(Chart(Calendar(points), 732, "calendar", "", "")).svg
    found = re.findall(r'<a href="[^"]*" aria-label="([^"]*)"><path d="M([0-9.]+),([0-9.]+)', svg)
    return [(words, round(float(x)), round(float(y))) for words, x, y in found]


def point(at, length_s):
    return Point("2030-12-30-x", "Dark", "X", at, length_s, "unknown")


def test_an_incident_over_new_year_stands_in_two_rows():
    found = bars(point(datetime(2030, 12, 30, tzinfo=UTC), 5 * DAY_S))

    assert [words for words, _, _ in found] == ["Dark, 30 December 2030"] * 2
    assert found[0][2] > found[1][2]


def test_the_same_day_of_any_year_stands_in_the_same_place():
    leap = bars(point(datetime(2032, 6, 1, tzinfo=UTC), 9 * DAY_S))
    other = bars(point(datetime(2031, 6, 1, tzinfo=UTC), 9 * DAY_S))

    assert leap[0][1] == other[0][1]


def test_many_years_without_an_incident_are_one_row():
    days = [datetime(year, 6, 1, tzinfo=UTC) for year in (1980, 1997, 2000)]
    svg = draw(Chart(Calendar(tuple(point(at, DAY_S) for at in days)), 732, "x", "", "")).svg

    assert re.findall(r">(\d{4}[^<]*)</text>", svg) == [
        "2000", "1999", "1998", "1997", "1981 to 1996", "1980"
    ]  # fmt: skip


def test_incidents_stand_by_the_day_of_the_year(entries):
    page = day_pages(entries)["on-this-day/index.md"]

    assert re.findall(r"<dt>(.*?)</dt>", page) == [
        "31 January", "29 February", "15 June", "5 November"
    ]  # fmt: skip


def test_each_month_has_the_table_that_a_script_reads(entries):
    pages = day_pages(entries)

    assert json.loads(pages["data/days/06.json"]) == [
        ["2031-06-15-bouvet-island", entries[1].title]
    ]
    assert json.loads(pages["data/days/07.json"]) == []
