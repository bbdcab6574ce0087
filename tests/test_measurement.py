"""What the frozen evidence of the fictional blackout shows, numbers a reader can check by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import ross_sea
from routing_by_hand import FOUR, P, gap, message, messages, provenance, states

from generator.__main__ import main
from generator.derive.convergence import Convergence
from generator.derive.measurement import measurement, merged
from generator.derive.visibility import visibility
from generator.read.evidence import Evidence, read_evidence

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


def test_all_four_prefixes_are_dark_in_each_stretch_and_each_flap_is_of_one_prefix(measured):
    lost = ross_sea.FLAPS[0] + timedelta(seconds=6)
    found = ross_sea.FLAPS[0] + timedelta(seconds=ross_sea.FLAP_S + 10)

    assert measured.totals == measured.stretches
    assert [flap for flap in measured.flaps if flap[1] == lost] == [
        (prefix, lost, found) for prefix in sorted(ross_sea.PREFIXES)
    ]


def test_the_one_upstream_and_the_origin_of_the_fictional_network_are_named(measured):
    assert [via.asn for via in measured.upstreams] == ["AS64501"]
    assert measured.upstreams[0].steps[0][1] == 1.0
    assert set(measured.origins.items()) == {(prefix, "AS64500") for prefix in ross_sea.PREFIXES}
    assert (measured.upstream_changes, measured.peer_events) == ([], [])


def test_twelve_peers_lost_and_found_four_prefixes_five_times_one_by_one(measured):
    assert measured.figures.pairs == 12 * 4 * 5
    # From one loss to the next 3, 5, 4 and 5 hours; down for 240 to 251 s, and one long night.
    assert (measured.figures.pair_period_s, measured.figures.pair_down_s) == (16200, 247)
    assert len(measured.convergence) == len(measured.networks) * 4 == 20
    assert measured.convergence[-1] == Convergence(
        prefix="2001:db8::/32",
        onset=ross_sea.DARK,
        start=ross_sea.DARK + timedelta(seconds=6),
        dark_at=ross_sea.DARK + timedelta(seconds=11),
        first_back=ross_sea.BACK,
        full_at=ross_sea.BACK + timedelta(seconds=22),
    )


def test_of_four_prefixes_the_one_24_counts_in_the_series_to_compare(measured):
    assert {number for _, number in measured.slash24s} == {0, 1}


def test_frozen_visibility_gives_the_same_but_for_what_only_messages_tell(measured):
    told = measured.provenance
    told = told.model_copy(update={"grade": "visibility"})

    found = measurement(Evidence(told, visibility=measured.rows))

    assert replace(found.figures, pairs=None) == replace(
        measured.figures, pairs=None, pair_period_s=None, pair_down_s=None
    )
    assert (found.figures.pairs, found.peer_events, found.origins) == (None, [], {})
    assert found.networks.empty
    for name in ("steps", "dark", "stretches", "totals", "flaps", "upstreams", "convergence"):
        assert getattr(found, name) == getattr(measured, name)


def test_where_too_little_is_known_nothing_is_measured_and_that_is_told():
    told = messages(*states(1), message("10:05:00", 1, "W"))

    found = measurement(Evidence(provenance(), messages=told))

    assert (found.figures.prefixes, found.figures.little_known) == (0, 1)
    assert [number for _, number in found.steps] == [0]
    assert (found.stretches, found.totals, found.flaps, found.upstreams) == ([], [], [], [])
    assert (found.upstream_changes, found.convergence, found.peer_events) == ([], [], [])
    assert {number for _, number in found.slash24s} == {0}
    assert found.networks.empty


def test_routes_that_stay_up_measure_nothing_but_that():
    found = measurement(Evidence(provenance(), messages=messages(*states(1, 2, 3, 4))))

    assert [number for _, number in found.steps] == [1]
    assert (found.main, found.totals, found.flaps, found.convergence) == (None, [], [], [])


def test_a_gap_that_the_provenance_tells_of_leaves_its_peers_unknown():
    told = provenance().model_copy(
        update={"gaps": (gap("10:05:00", "10:10:00", collector="rrc90"),)}
    )

    found = measurement(Evidence(told, messages=messages(*states(1, 2, 3, 4))))

    assert list(found.rows["known"]) == [4, 0]
    assert list(found.rows["prefix"]) == [P, P]
    assert len(FOUR) == found.peers


def test_without_a_table_there_is_nothing_to_measure():
    with pytest.raises(ValueError, match="without a table"):
        measurement(Evidence(provenance()))


def test_the_rows_are_those_that_visibility_gives():
    told = messages(*states(1, 2), message("10:05:00", 2, "W"))

    found = measurement(Evidence(provenance(), messages=told))

    assert found.rows.equals(visibility(told, FOUR))


def test_stretches_that_touch_or_overlap_are_one():
    def at(minute):
        return datetime(2030, 1, 31, 12, minute, tzinfo=UTC)

    told = [(at(30), at(40)), (at(0), at(10)), (at(10), at(12)), (at(5), at(8))]

    assert merged(told) == [(at(0), at(12)), (at(30), at(40))]
