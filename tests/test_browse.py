"""The table of all incidents that the list is narrowed with."""

import json
from dataclasses import replace

import pytest

from generator.derive.entry import entry
from generator.derive.measurers import names_of
from generator.read.archive import read_archive
from generator.render.browse import PART_ROWS, browse_files
from generator.render.indexes import entry_view


@pytest.fixture(scope="module")
def entries(archive):
    records = read_archive(archive)[0].records
    return [entry(r.id, r.incident, has_evidence=bool(r.evidence_folder)) for r in records]


def test_lengths_stand_from_short_to_long_and_years_from_the_newest(entries):
    facets = json.loads(browse_files(entries)["data/browse.json"])["facets"]
    keys = {key: [value[0] for value in values] for key, _, values, _ in facets}

    assert keys["length"] == ["under-1-hour", "6-to-24-hours", "ongoing", "unknown"]
    assert keys["year"] == ["2033", "2032", "2031", "2030"]


def test_each_incident_has_its_values_in_the_table_and_its_row_in_a_part(entries):
    files = browse_files(entries)
    table, rows = (json.loads(files[f"data/browse{name}.json"]) for name in ("", "/2030"))
    place = [row[0] for row in rows].index("2030-01-31-ross-sea")
    of = {key: _labels(values, own[place]) for key, _, values, own in table["facets"]}

    assert set(files) == {"data/browse.json", "data/browse/2030.json"}
    assert table["parts"] == [["2030", 4]]
    assert table["newest"] == rows[0][0] == max(row[0] for row in rows)
    assert of["region"] == ["Antarctica", "Oceania", "Micronesia"]
    assert of["year"] == ["2030"]
    assert table["lengths"][place] > 0


def test_parts_are_whole_years_filled_from_the_oldest_on(entries):
    per_year = {2030: PART_ROWS - 1, 2031: 2, 2032: PART_ROWS, 2033: 1}
    many = [
        replace(entries[0], id=f"{year}-01-01-{at:03}")
        for year, count in per_year.items()
        for at in range(count)
    ]

    parts = json.loads(browse_files(many)["data/browse.json"])["parts"]

    assert parts == [["2033", 1], ["2032", PART_ROWS], ["2030", PART_ROWS + 1]]


def test_an_archive_without_incidents_has_an_empty_table():
    files = browse_files([])

    assert list(files) == ["data/browse.json"]
    assert json.loads(files["data/browse.json"])["parts"] == []


def test_a_list_names_three_of_many_places_and_counts_the_rest(entries):
    places = ("Nauru", "Fiji", "Kiribati", "Tonga", "Palau")

    shown = [entry_view(replace(entries[0], places=places[:many]))["places"] for many in (4, 5)]

    assert shown == ["Nauru, Fiji, Kiribati and Tonga", "Nauru, Fiji, Kiribati and 2 more"]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Example Route Collectors", ["Example Route Collectors"]),
        ("copies.example (Example Collectors)", ["Example Collectors"]),
        ("Example Collectors (Example Labs)", ["Example Collectors"]),
        ("copies.example (CloudFlare)", ["Cloudflare"]),
        ("Kentik and NetBlocks", ["Kentik", "NetBlocks"]),
    ],
)
def test_who_measured_goes_by_one_name_however_a_record_writes_it(written, names):
    assert list(names_of(written)) == names


def _labels(values, places):
    return [values[at][1] for at in ([places] if isinstance(places, int) else places)]
