"""How complete a record is: on its own page, and over the whole archive."""

from dataclasses import replace

import pytest

from generator.derive.completeness import Item
from generator.derive.entry import entry
from generator.derive.needs import needs
from generator.model.incident import Withdrawal
from generator.read.archive import read_archive
from generator.render.needs import MOST_NAMED, meter, needs_page


@pytest.fixture(scope="module")
def records(archive):
    return read_archive(archive)[0].records


@pytest.fixture(scope="module")
def entries(records):
    return [row(one, one.incident, one.links) for one in records]


def row(record, incident, links):
    frozen = bool(record.evidence_folder)
    return entry(record.id, incident, has_evidence=frozen, links=links)


def named(found):
    return {need.key: [one.id[11:] for one in need.lacking] for need in found}


def test_a_record_is_measured_by_what_applies_to_it(entries):
    ross_sea, _, heard_island, _ = entries

    assert ross_sea.complete == (
        Item("origins", 0), Item("explanations", 1), Item("routing", 0), Item("copies", 0),
        Item("questions", 0),
    )  # fmt: skip
    # No routes were lost there, and nobody explained it: neither can be lacking.
    assert heard_island.complete == (
        Item("origins", 1), Item("copies", 1), Item("questions", 0)
    )  # fmt: skip


def test_its_page_says_so_in_words(entries, records):
    told = meter(entries[0], records[0].incident)

    assert told["lead"].replace("\u00a0", " ") == (
        "Complete in 4 of 5 respects that the archive looks at."
    )
    assert [(one["met"], one["text"].replace("\u00a0", " ")) for one in told["items"]] == [
        (True, "Its start is told by 2 independent origins."),
        (False, "No finding bears on 1 of 5 explanations."),
        (True, "Routing evidence is frozen beside it."),
        (True, "2 of 5 sources with an archived copy on record."),
        (True, "No question left open."),
    ]


def test_a_copy_that_was_found_later_counts_unless_it_is_of_another_address(records):
    ross_sea = records[0]
    sources = dict(ross_sea.incident.sources)
    sources["collectors"] = sources["collectors"].model_copy(update={"archived": None})
    bare = ross_sea.incident.model_copy(update={"sources": sources})
    other = sources["telegram"].model_copy(update={"url": sources["wire"].url})
    moved = bare.model_copy(update={"sources": {**sources, "telegram": other}})

    assert Item("copies", 0) in row(ross_sea, bare, ross_sea.links).complete
    assert Item("copies", 1) in row(ross_sea, moved, ross_sea.links).complete
    assert Item("copies", 1) in row(ross_sea, bare, None).complete


def test_what_the_archive_lacks_is_listed_by_kind_withdrawn_records_left_out(entries):
    found = needs(entries)

    assert named(found) == {
        "origins": ["heard-island"],
        "explanations": ["ross-sea"],
        "routing": ["bouvet-island"],
        "copies": ["heard-island"],
        "questions": [],
    }
    assert [need.applies_to for need in found] == [3, 2, 2, 3, 3]


def test_nobody_is_asked_to_complete_a_withdrawn_record(records):
    reason = Withdrawal.model_validate({"on": "2033-01-01", "reason": "It never happened."})
    heard_island = records[2].incident.model_copy(update={"withdrawn": reason})

    found = needs([row(records[2], heard_island, None)])

    assert {need.applies_to for need in found} == {0}


def test_the_page_of_ten_thousand_records_in_need_is_as_small_as_that_of_a_hundred(entries):
    page = needs_page(
        [replace(entries[2], id=f"2032-01-01-x{n}") for n in range(MOST_NAMED + 1234)]
    )

    assert page.count("<li>") == 2 * MOST_NAMED
    assert page.count("1,234 more lack it") == 2
    assert 'href="../incidents/2032-01-01-x999/"' in page
