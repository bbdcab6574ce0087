"""What incidents can be found by: regions of the world, bands of length, who measured."""

import re

import pycountry
import pytest

from generator.derive.entry import entry
from generator.derive.facets import (
    CAUSE,
    COUNTRY,
    EVIDENCE,
    LAYER,
    LENGTH,
    MEASURER,
    NETWORK,
    REGION,
    STANDING,
    YEAR,
    Value,
    grouped,
    slug,
)
from generator.derive.world import CONTINENTS, PARTS, regions_of
from generator.model.resources import CountryCode
from generator.read.archive import read_archive


@pytest.fixture(scope="module")
def entries(archive):
    records = read_archive(archive)[0].records
    return {r.id: entry(r.id, r.incident, has_evidence=bool(r.evidence_folder)) for r in records}


def test_every_country_lies_in_one_part_of_one_continent():
    codes = sorted(country.alpha_2 for country in pycountry.countries)

    regions = {code: regions_of(CountryCode.parse(code)) for code in codes}

    assert {region[0] for region in regions.values()} == set(CONTINENTS)
    assert all(region[-1] in PARTS[region[0]] for region in regions.values())
    assert regions["EG"] == ("Africa", "Northern Africa")
    assert regions["AQ"] == ("Antarctica",)


def test_a_text_becomes_part_of_an_address():
    assert [slug(text) for text in ("São Tomé & Príncipe", "AS64500")] == [
        "sao-tome-principe",
        "as64500",
    ]


def test_names_without_a_latin_letter_have_an_address_each():
    made = {slug(text) for text in ("東京", "القاهرة", "…")}

    assert len(made) == 3
    assert all(re.fullmatch("named-[0-9a-f]{8}", one) for one in made)


def test_an_incident_is_found_by_where_why_and_how_it_was(entries):
    one = entries["2030-01-31-ross-sea"]
    facets = (REGION, COUNTRY, NETWORK, CAUSE, STANDING, LAYER, LENGTH, YEAR, EVIDENCE, MEASURER)

    found = {facet.key: [value.label for value in facet.of(one)] for facet in facets}

    assert found == {
        "region": ["Antarctica", "Oceania", "Micronesia"],
        "country": ["Antarctica", "U.S. Outlying Islands"],
        "network": ["Ross Sea Telecom (AS64500)", "Erebus Hosting (AS64502)"],
        "cause": ["power", "attack", "upstream cut", "maintenance"],
        "standing": ["contested"],
        "layer": ["routing", "service"],
        "length": ["6 to 24 hours"],
        "year": ["2030"],
        "evidence": ["measured here"],
        "measured-by": ["Example Route Collectors"],
    }


def test_groups_stand_by_label_and_hold_what_belongs_to_them(entries):
    groups = grouped(YEAR, entries.values())

    assert groups == {
        Value("2030", "2030"): [entries["2030-01-31-ross-sea"]],
        Value("2031", "2031"): [entries["2031-06-15-bouvet-island"]],
        Value("2032", "2032"): [entries["2032-02-29-heard-island"]],
        Value("2033", "2033"): [entries["2033-11-05-palmyra"]],
    }
