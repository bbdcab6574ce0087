"""What the archive says as a whole, counted from the fictional one."""

from dataclasses import replace

import pytest

from generator.derive import findings
from generator.derive.entry import entry_of
from generator.derive.findings import Measurer, Outcome
from generator.derive.measurement import measurement
from generator.model.vocabulary import Category, Standing
from generator.read.archive import read_archive
from generator.read.evidence import read_evidence
from generator.render import overall


@pytest.fixture(scope="module")
def entries(archive):
    return [
        entry_of(one, measurement(read_evidence(folder, archive)) if folder else None)
        for one in read_archive(archive)[0].records
        for folder in [one.evidence_folder]
    ]


def test_each_kind_of_cause_is_counted_by_what_became_of_it(entries):
    found = {one.category: dict(one.reached) for one in findings.outcomes(entries)}

    assert found[Category.MISCONFIGURATION] == {Standing.ESTABLISHED: 1}
    assert sum(one.total for one in findings.outcomes(entries)) == sum(
        len(one.causes) for one in entries
    )


def test_who_measured_is_counted_by_what_stopped_and_how_often_alone(entries):
    first = findings.measurers(entries)[0]

    assert (first.name, first.incidents, first.alone) == ("Example Route Collectors", 2, 2)


def test_a_reported_length_is_held_against_the_measured_one(entries):
    (one,) = findings.lengths(entries)

    assert (one.entry.id, one.reported_s, one.measured_s) == ("2030-01-31-ross-sea", 52_240, 52_244)


def test_a_cause_is_settled_by_the_first_admission_or_official_document(entries):
    found = findings.settled(entries)

    assert [(one.entry.id, one.days) for one in found] == [("2031-06-15-bouvet-island", 1)]
    assert findings.median_days(found) == 1


def test_kinds_of_cause_are_told_apart_only_where_enough_were_put_forward(entries):
    many = Outcome(Category.CABLE, {Standing.ESTABLISHED: 3, Standing.REFUTED: 3})
    held = Outcome(Category.POWER, {Standing.ESTABLISHED: 4, Standing.SUPPORTED: 1})
    few = Outcome(Category.ATTACK, {Standing.REFUTED: 4})
    nobody = Outcome(Category.UNKNOWN, {Standing.DISPUTED: 9})

    assert overall.of_causes([few]) == ""
    assert overall.of_causes([many, held, few, nobody]).replace("\u00a0", " ") == (
        "Most often established: power, 4 of 5. Most often disputed or refuted: cable, 3 of 6. "
        "Of all 24 explanations, 1 is still open."
    )


def test_lengths_are_compared_only_where_there_are_enough(entries):
    (one,) = findings.lengths(entries)

    assert overall.of_lengths([one]).replace("\u00a0", " ") == (
        "1 incident with both so far: too few to say by how much the two differ."
    )
    assert overall.of_lengths([one] * 5).replace("\u00a0", " ") == (
        "Half of 5 differ by 4 s or less."
    )


def test_how_long_half_took_to_be_settled_is_said_of_five_and_more(entries):
    (one,) = findings.settled(entries)
    late = replace(one, settlement=replace(one.settlement, days=40))

    assert overall.of_settled([one] * 4) == ""
    assert overall.of_settled([one, one, one, late, late]).replace("\u00a0", " ") == (
        "Half of 5 were settled within 1 day; 2 took longer than a month."
    )


def test_whom_the_archive_follows_most_is_said_with_how_many_are_followed_once(entries):
    first, second = Measurer("A", 4, 1, {}), Measurer("B", 1, 0, {})

    assert overall.of_measurers([first, second], 4) == ""
    assert overall.of_measurers([first, second], 9).replace("\u00a0", " ") == (
        "A is followed in most: 4 of 9. Of 2 measurers, 1 is followed in one incident only."
    )
