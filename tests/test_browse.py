"""The table of all incidents that the list is narrowed with."""

import json
from dataclasses import replace

import pytest

from generator.derive.entry import entry
from generator.derive.measurers import names_of
from generator.read.archive import read_archive
from generator.render.browse import browse_json
from generator.render.indexes import entry_view


@pytest.fixture(scope="module")
def entries(archive):
    records = read_archive(archive)[0].records
    return [entry(r.id, r.incident, has_evidence=bool(r.evidence_folder)) for r in records]


def test_lengths_stand_from_short_to_long_and_years_from_the_newest(entries):
    facets = json.loads(browse_json(entries))["facets"]
    keys = {key: [value[0] for value in values] for key, _, values in facets}

    assert keys["length"] == ["under-1-hour", "6-to-24-hours", "ongoing", "unknown"]
    assert keys["year"] == ["2033", "2032", "2031", "2030"]


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
