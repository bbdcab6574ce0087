"""What the archive promises of itself, counted."""

from dataclasses import replace

from poison import ATTACKS, text_fields

from generator.derive.entry import entry_of
from generator.derive.measurement import measurement
from generator.derive.promises import Promises, promises
from generator.read.archive import read_archive
from generator.read.evidence import read_evidence
from generator.render import promises as told_promises
from generator.render.promises import promises_html


def studied(archive):
    found, _ = read_archive(archive)
    for record in found.records:
        folder = record.evidence_folder
        frozen = measurement(read_evidence(folder, archive)) if folder else None
        yield entry_of(record, frozen)


def test_records_claims_sources_and_frozen_rows_are_counted(archive):
    assert promises(list(studied(archive))) == Promises(
        records=4, claims=25, doubted=3, sources=10, archived=4, measured=1, rows=528
    )


def test_an_archive_without_a_record_promises_nothing_it_does_not_hold():
    assert promises([]) == Promises(0, 0, 0, 0, 0, 0, 0)


def test_the_page_says_each_number_with_what_it_is_of(archive):
    told = promises_html(replace(promises([]), records=12_345, sources=9_000, archived=3))

    assert "<dt>Records that keep every rule</dt><dd><b>12,345</b> of 12,345" in told
    assert "<dt>Sources with an archived copy</dt><dd><b>3</b> of 9,000" in told


def test_the_attacks_told_of_are_those_that_the_tests_try():
    tried = (len(ATTACKS), len(text_fields()))

    assert tried == (told_promises.ATTACKS, told_promises.ATTACKED_FIELDS)
