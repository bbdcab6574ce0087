"""What the frozen evidence of the fictional blackout shows, numbers a reader can check by hand."""

from datetime import UTC, datetime, timedelta

import pytest
import ross_sea

from generator.__main__ import main
from generator.derive.measurement import measurement, merged
from generator.read.evidence import read_evidence

FOLDER = "incidents/2030/2030-01-31-ross-sea/routing"


@pytest.fixture(scope="module")
def measured(archive):
    return measurement(read_evidence(archive / FOLDER, archive))


def test_the_frozen_messages_are_what_the_command_makes_of_the_invented_ones(archive, tmp_path):
    folder = tmp_path / FOLDER
    folder.parent.mkdir(parents=True)
    record = archive / "incidents/2030/2030-01-31-ross-sea/incident.yaml"
    (folder.parent / "incident.yaml").write_bytes(record.read_bytes())
    told = tmp_path / "ross-sea.jsonl"
    told.write_text(ross_sea.text(), encoding="utf-8")

    code = main(["--project", str(tmp_path), *ross_sea.flags(told)])

    assert code == 0
    for name in ("messages.csv.gz", "provenance.yaml"):
        assert (folder / name).read_bytes() == (archive / FOLDER / name).read_bytes()


def test_half_of_twelve_peers_lose_a_prefix_in_the_seventh_second_and_have_it_back_in_the_twelfth(
    measured,
):
    # One peer a second loses it, so seven are without it after six seconds; one every two
    # seconds has it again, so six have it after ten.
    start = ross_sea.DARK + timedelta(seconds=6)
    end = ross_sea.BACK + timedelta(seconds=10)

    assert measured.main == (start, end)


def test_four_flaps_and_one_blackout_of_all_four_prefixes_are_found(measured):
    figures = measured.figures

    assert measured.peers == 12
    assert figures.prefixes == figures.prefixes_down == figures.restored == 4
    assert figures.extent == "total"
    assert figures.fewest_visible == 0
    assert figures.flaps == 4 * len(ross_sea.FLAPS)
    assert len(measured.stretches) == 1 + len(ross_sea.FLAPS)


def test_stretches_that_touch_or_overlap_are_one():
    def at(minute):
        return datetime(2030, 1, 31, 12, minute, tzinfo=UTC)

    told = [(at(30), at(40)), (at(0), at(10)), (at(10), at(12)), (at(5), at(8))]

    assert merged(told) == [(at(0), at(12)), (at(30), at(40))]
