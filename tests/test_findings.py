"""What the archive says as a whole, counted from the fictional one."""

import pytest

from generator.derive import findings
from generator.derive.catalogue import entry
from generator.derive.measurement import measurement
from generator.model.vocabulary import Category, Standing
from generator.read.archive import read_archive
from generator.read.evidence import read_evidence


@pytest.fixture(scope="module")
def measured(archive):
    return [
        (
            entry(one.id, one.incident, has_evidence=bool(one.evidence_folder)),
            measurement(read_evidence(one.evidence_folder, archive))
            if one.evidence_folder
            else None,
        )
        for one in read_archive(archive)[0].records
    ]


@pytest.fixture(scope="module")
def entries(measured):
    return [one for one, _ in measured]


def test_each_kind_of_cause_is_counted_by_what_became_of_it(entries):
    found = {one.category: dict(one.reached) for one in findings.outcomes(entries)}

    assert found[Category.MISCONFIGURATION] == {Standing.ESTABLISHED: 1}
    assert sum(one.total for one in findings.outcomes(entries)) == sum(
        len(one.incident.explanations) for one in entries
    )


def test_who_measured_is_counted_by_what_stopped_and_how_often_alone(entries):
    first = findings.measurers(entries)[0]

    assert (first.name, first.incidents, first.alone) == ("Example Route Collectors", 2, 2)


def test_a_reported_length_is_held_against_the_measured_one(measured):
    (one,) = findings.lengths(measured)

    assert (one.entry.id, one.reported_s, one.measured_s) == ("2030-01-31-ross-sea", 52_240, 52_244)


def test_a_cause_is_settled_by_the_first_admission_or_official_document(entries):
    found = findings.settled(entries)

    assert [(one.entry.id, one.days) for one in found] == [("2031-06-15-bouvet-island", 1)]
    assert findings.median_days(found) == 1
