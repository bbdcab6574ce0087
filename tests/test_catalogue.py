"""The archive as rows: places, numbers of sources, relays, ranks."""

from dataclasses import replace

import pytest

from generator.derive import catalogue, citations, places
from generator.derive.catalogue import Catalogue, Rank
from generator.derive.entry import entry
from generator.derive.timing import Span
from generator.model.resources import CountryCode
from generator.model.values import Moment
from generator.model.where import Where
from generator.read.archive import read_archive
from generator.render.unusual import unusual


@pytest.fixture(scope="module")
def records(archive):
    found, problems = read_archive(archive)
    assert problems == []
    return {record.id: record.incident for record in found.records}


@pytest.fixture(scope="module")
def entries(records):
    return [entry(key, one, has_evidence=False) for key, one in records.items()]


def test_a_place_has_its_everyday_name_and_a_network_stands_in_where_none_is_given():
    country = Where.model_validate({"countries": ["KP"], "regions": []})
    networks = [
        {"asn": "AS64500", "name": "Example Net", "role": "origin"},
        {"asn": "AS64501", "name": "Example Transit", "role": "upstream"},
    ]

    assert places.place_names(country) == ["North Korea"]
    assert places.place_names(Where.model_validate({"networks": networks})) == ["Example Net"]


@pytest.mark.parametrize(
    ("code", "at", "expected"),
    [
        ("KP", "2014-12-22T16:15Z", ("2014-12-23 01:15", "Pyongyang")),
        ("KP", "2016-08-15T00:00Z", ("2016-08-15 08:30", "Pyongyang")),
        ("EG", "2011-01-27T22:34Z", ("2011-01-28 00:34", "Cairo")),
    ],
)
def test_local_time_is_that_of_the_day_in_question(code, at, expected):
    found = places.local_time(Moment.parse(at).earliest, [CountryCode.parse(code)])

    assert (found[0].strftime("%Y-%m-%d %H:%M"), found[1]) == expected


def test_a_country_of_several_zones_and_several_countries_have_no_one_local_time():
    at = Moment.parse("2030-01-31T00:00Z").earliest

    assert places.local_time(at, [CountryCode.parse("RU")]) is None
    assert places.local_time(at, [CountryCode.parse("KP"), CountryCode.parse("EG")]) is None
    assert places.local_time(at, []) is None


def test_sources_are_numbered_by_their_first_mention_on_the_page(records):
    numbers = citations.numbered(records["2030-01-31-ross-sea"])

    assert list(numbers.items())[:4] == [
        ("collectors", 1), ("telegram", 2), ("blog", 3), ("operator", 4)]  # fmt: skip
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))


def test_a_source_that_only_passes_on_a_measurement_is_told_from_one_that_measured(records):
    assert citations.relayed_only(records["2030-01-31-ross-sea"])["telegram"] == "collectors"
    assert "collectors" not in citations.relayed_only(records["2030-01-31-ross-sea"])


def test_the_longest_known_length_ranks_first_and_an_unknown_one_has_no_rank(entries):
    every = Catalogue(entries)
    ranks = {one.id: every.rank(one) for one in entries}

    known = [rank for rank in ranks.values() if rank]
    assert sorted(rank.place for rank in known) == list(range(1, len(known) + 1))
    assert all(rank.known == len(known) for rank in known)
    assert None in ranks.values()


def test_a_rank_among_four_says_nothing_and_one_among_five_does():
    assert not Rank(1, 4).tells
    assert Rank(1, 5).tells


def test_the_same_network_is_one_that_was_hit_not_one_that_carried_it(entries):
    first = next(one for one in entries if one.id == "2030-01-31-ross-sea")

    assert first in Catalogue(entries).same_network(first)


def test_the_newest_incident_comes_first(entries):
    assert [one.id[:4] for one in catalogue.newest_first(entries)] == [
        "2033",
        "2032",
        "2031",
        "2030",
    ]


@pytest.fixture
def lasting(entries):
    """Makes incidents of one network that lasted so long."""

    def made(*lengths):
        spans = (Span(length, length, "times") for length in lengths)
        return [replace(entries[0], id=str(at), lasted=span) for at, span in enumerate(spans)]

    return made


def test_a_length_is_ranked_with_how_many_it_is_ranked_among(lasting):
    ones = Catalogue(lasting(10, 20, 30, 40, 50))

    assert unusual(ones[3], ones).replace("\u00a0", " ") == (
        "By length it is number 2 of the 5 incidents of known length on record: longer than 75 % "
        "of the others. Among the 5 outages of the same network it is number 2: longer than 75 % "
        "of the others."
    )


def test_one_more_of_thousands_changes_what_is_said_of_few_others(lasting):
    before = Catalogue(lasting(*range(60, 60 * 4321, 60)))
    after = Catalogue(lasting(*range(60, 60 * 4321, 60), 61))

    said = {one.id: unusual(one, before).split(" Among")[0] for one in before}
    changed = [one.id for one in before if unusual(one, after).split(" Among")[0] != said[one.id]]

    assert said["0"].replace("\u00a0", " ") == (
        "By length it is about number 4,300 of more than 4,300 incidents of known length: longer "
        "than 0 % of the others."
    )
    assert said["4313"].replace("\u00a0", " ") == (
        "By length it is number 7 of more than 4,300 incidents of known length: longer than 99 % "
        "of the others."
    )
    assert len(changed) < 150


def test_nothing_is_claimed_among_fewer_than_five(lasting):
    ones = Catalogue(lasting(10, 20))

    assert unusual(ones[0], ones).replace("\u00a0", " ") == (
        "How unusual its length is cannot be said yet: the archive holds 2 incidents of known "
        "length, and a rank needs at least 5. Of the same network there are 2 outages of known "
        "length on record, too few to say how unusual this one is."
    )


def test_a_network_without_another_outage_is_told_so(lasting):
    ones = Catalogue(lasting(10))

    assert unusual(ones[0], ones).endswith(
        "No other outage of the same network is on record with its length."
    )
