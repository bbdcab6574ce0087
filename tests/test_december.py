"""The published shape of December 2014 is found in messages that were made to have it."""

from datetime import timedelta

import december
import pytest

from generator.derive.measurement import measurement
from generator.derive.upstreams import Via

MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    return measurement(december.evidence(tmp_path_factory.mktemp("december")))


def test_twelve_networks_tell_of_four_prefixes_of_one_network_behind_one_upstream(measured):
    assert (measured.peers, measured.figures.prefixes, measured.figures.little_known) == (12, 4, 0)
    assert measured.origins == dict.fromkeys(sorted(december.PREFIXES), "AS65551")
    assert [via.asn for via in measured.upstreams] == ["AS64511"]
    assert measured.upstream_changes == []


def test_the_upstream_carries_everything_before_nothing_in_the_dark_and_everything_after(measured):
    def share(via: Via, at):
        return [share for since, share in via.steps if since <= at][-1]

    times = (december.SINCE, december.DARK - MINUTE, december.DARK + MINUTE,
             december.BACK - MINUTE, december.BACK + 2 * MINUTE)  # fmt: skip
    assert [share(measured.upstreams[0], at) for at in times] == [1, 1, 0, 0, 1]


def test_the_blackout_runs_from_16_15_to_01_46_for_9_h_31_min_and_is_total(measured):
    start, end = measured.main

    assert (f"{start:%d %H:%M}", f"{end:%d %H:%M}") == ("22 16:15", "23 01:46")
    assert end - start == timedelta(hours=9, minutes=31)
    assert (start, end) in measured.totals
    assert (measured.figures.extent, measured.figures.fewest_visible) == ("total", 0)


def test_the_relapse_of_the_next_day_is_found(measured):
    start, end = measured.stretches[-1]

    assert (f"{start:%d %H:%M}", f"{end:%d %H:%M}") == ("23 15:41", "23 16:12")
    assert measured.totals[-1] == (start, end)


def test_a_day_of_flaps_is_counted_on_all_peers_and_not_the_one_that_flaps_alone(measured):
    day = [start for _, start, _ in measured.flaps]

    assert len(day) == measured.figures.flaps == 4 * 24
    assert min(day) >= december.DARK - timedelta(hours=24)
    assert max(day) < december.DARK
    # Beside every peer's own part in 25 losses and 2 outages, 30 of one peer alone.
    assert measured.figures.pairs == 4 * (12 * (25 + 2) + december.TIMES_ALONE)


def test_the_short_flaps_and_the_flicker_are_no_outages_and_the_long_flaps_are(measured):
    assert measured.figures.brief_losses == 4 * (len(december.FLAPS) + 1)
    assert len(measured.stretches) == len(december.LONG_FLAPS) + 2
    assert list(measured.networks["extent"]) == ["total"] * 10


def test_the_loss_took_55_seconds_to_reach_everybody_and_the_return_66(measured):
    blackout = [one for one in measured.convergence if one.start == measured.main[0]]

    assert [one.prefix for one in blackout] == sorted(december.PREFIXES)
    assert {(one.onset, one.withdrawal_s) for one in blackout} == {(december.DARK, 55)}
    assert {(one.first_back, one.announcement_s) for one in blackout} == {(december.BACK, 66)}


def test_four_24s_are_visible_but_for_the_bins_in_the_dark(measured):
    dark = [at for at, number in measured.slash24s if number == 0]

    assert {number for _, number in measured.slash24s} == {0, 4}
    assert next(at for at in dark if at > december.DARK) == december.DARK + 5 * MINUTE
    assert [at for at in dark if at < december.BACK][-1] == december.BACK - MINUTE
    assert len(measured.slash24s) == 60 * 12


def test_no_peer_has_an_event_of_its_own(measured):
    assert measured.peer_events == []
