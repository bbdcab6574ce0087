"""Outages by their definition: half the networks, 60 seconds, and the edges of the window."""

import dataclasses
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.derive.figures import Measured, measure
from generator.derive.outages import brief_losses, flaps, outages, stretches_of
from generator.model.evidence import Window
from generator.read.rows import table

A, B = "198.51.100.0/24", "203.0.113.0/24"
WINDOW = Window.model_validate({"from": "2020-01-01T10:00:00Z", "to": "2020-01-01T11:00:00Z"})


def rows(**changes):
    """Visibility rows of four networks: ``a="10:00:00 4 10:05:00 1"`` is clock, seeing, ..."""
    text = "time,prefix,seeing,known,upstreams\n"
    for name, spelled in changes.items():
        words = spelled.split(" ")
        for clock, seeing in zip(words[::2], words[1::2], strict=True):
            of, _, known = seeing.partition("/")
            prefix = {"a": A, "b": B}[name]
            text += f"2020-01-01T{clock}Z,{prefix},{of},{known or 4},\n"
    return table(text)


def found(**changes):
    """Outages as (prefix, start, end, seconds)."""
    out = outages(stretches_of(rows(**changes), WINDOW, 4))
    return [
        (one.prefix, f"{one.start:%H:%M:%S}", clock(one.end), one.length_s)
        for one in out.itertuples()
    ]


def clock(at):
    return "open" if at is None or at != at else f"{at:%H:%M:%S}"  # noqa: PLR0124  (NaT)


def at(text):
    return datetime.fromisoformat(f"2020-01-01T{text}+00:00")


def test_a_prefix_that_two_of_four_networks_see_is_up():
    assert found(a="10:00:00 4 10:05:00 2 10:10:00 4") == []


def test_an_outage_runs_from_the_first_second_below_half_to_the_first_at_half():
    assert found(a="10:00:00 4 10:05:00 3 10:05:10 1 10:06:00 0 10:20:00 2 10:20:30 4") == [
        (A, "10:05:10", "10:20:00", 890)
    ]


@pytest.mark.parametrize(("back", "expected"), [("10:05:59", []), ("10:06:00", [60])])
def test_an_outage_lasts_sixty_seconds_or_more(back, expected):
    lengths = [length_s for *_, length_s in found(a=f"10:00:00 4 10:05:00 0 {back} 4")]

    assert lengths == expected


def test_a_brief_loss_just_before_an_outage_does_not_make_it_start_earlier():
    series = "10:00:00 4 10:05:00 1 10:05:02 4 10:05:13 1 10:40:00 4"

    assert found(a=series) == [(A, "10:05:13", "10:40:00", 2087)]
    assert len(brief_losses(stretches_of(rows(a=series), WINDOW, 4))) == 1


@pytest.mark.parametrize(
    ("second_loss", "expected"),
    [
        ("10:10:59", [("10:05:00", "10:20:00", 900)]),
        ("10:11:00", [("10:05:00", "10:10:00", 300), ("10:11:00", "10:20:00", 540)]),
    ],
)
def test_an_outage_ends_only_when_the_prefix_is_back_for_sixty_seconds(second_loss, expected):
    series = f"10:00:00 4 10:05:00 0 10:10:00 4 {second_loss} 0 10:20:00 4"

    assert [outage[1:] for outage in found(a=series)] == expected


def test_a_brief_loss_in_the_middle_of_an_outage_that_flickers_is_part_of_it():
    series = "10:00:00 4 10:05:00 0 10:10:00 4 10:10:10 0 10:10:20 4 10:10:30 0 10:20:00 4"

    assert found(a=series) == [(A, "10:05:00", "10:20:00", 900)]
    assert brief_losses(stretches_of(rows(a=series), WINDOW, 4)).empty


def test_flickering_that_never_lasts_is_no_outage():
    series = "10:00:00 4 10:05:00 0 10:05:40 4 10:06:20 0 10:07:00 4"

    assert found(a=series) == []
    assert len(brief_losses(stretches_of(rows(a=series), WINDOW, 4))) == 2


def test_a_prefix_down_in_the_last_second_is_in_an_open_outage_however_short():
    assert found(a="10:00:00 4 10:59:47 0") == [(A, "10:59:47", "open", 13)]


def test_a_prefix_back_in_the_last_second_is_restored():
    assert found(a="10:00:00 4 10:05:00 0 10:59:47 4") == [(A, "10:05:00", "10:59:47", 3287)]


def test_a_prefix_down_in_its_first_row_was_down_before():
    out = outages(stretches_of(rows(a="10:00:00 0 10:00:20 4"), WINDOW, 4))

    assert list(out["before"]) == [True]
    assert list(out["length_s"]) == [20]


def test_prefixes_of_which_enough_is_never_known_are_counted_apart():
    measured = measure(rows(a="10:00:00 4 10:05:00 0 10:15:00 4", b="10:00:00 0/1"), WINDOW, 4)

    assert (measured.prefixes, measured.little_known, measured.extent) == (1, 1, "total")


def test_where_enough_is_never_known_there_is_nothing_to_say_but_that():
    measured = measure(rows(a="10:00:00 1/1 10:05:00 0/1"), WINDOW, 4)

    assert (measured.prefixes, measured.little_known, measured.fewest_visible) == (0, 1, 0)
    assert (measured.extent, measured.fewest_visible_at) == ("none", at("10:00:00"))


@pytest.mark.parametrize("little", ["0/0", "0/1", "1/1"])
def test_while_fewer_than_half_of_the_networks_are_known_the_last_state_stands(little):
    up = found(a=f"10:00:00 4 10:05:00 {little} 10:15:00 4")
    down = found(a=f"10:00:00 4 10:05:00 0 10:10:00 {little} 10:30:00 0 10:40:00 4")

    assert up == []
    assert down == [(A, "10:05:00", "10:40:00", 2100)]


def test_half_is_counted_over_the_networks_known_at_the_time():
    series = "10:00:00 4 10:05:00 1/2 10:10:00 1/3 10:20:00 1/2"

    assert found(a=series) == [(A, "10:10:00", "10:20:00", 600)]


@pytest.mark.parametrize(
    ("back", "flapped"),
    [("10:05:29", 0), ("10:05:30", 1), ("10:35:00", 1), ("10:35:01", 0)],
)
def test_a_flap_is_down_for_thirty_seconds_to_thirty_minutes(back, flapped):
    series = f"10:00:00 4 10:05:00 0 {back} 4"

    assert len(flaps(stretches_of(rows(a=series), WINDOW, 4))) == flapped


def test_a_loss_at_the_edge_of_the_window_is_no_flap():
    series = "10:00:00 0 10:05:00 4 10:55:00 0"

    assert flaps(stretches_of(rows(a=series), WINDOW, 4)).empty


def test_every_figure_of_two_prefixes_can_be_checked_by_hand():
    seen = rows(
        a="10:00:00 4 10:05:00 0 10:15:00 4 10:30:00 0 10:30:40 4 10:40:00 0 10:42:00 4",
        b="10:00:00 4 10:06:01 1 10:20:00 3",
    )

    measured = measure(seen, WINDOW, 4)

    assert measured == Measured(
        since=at("10:00:00"),
        until=at("11:00:00"),
        vantage_points=4,
        prefixes=2,
        prefixes_down=2,
        still_down=0,
        still_down_since=None,
        down_before=0,
        fewest_visible=0,
        fewest_visible_at=at("10:06:01"),
        extent="total",
        first_start=at("10:05:00"),
        median_start=at("10:05:30"),
        first_restored=at("10:15:00"),
        median_last_restored=at("10:31:00"),
        last_restored=at("10:42:00"),
        median_longest_s=719,
        down_twice_or_more=1,
        brief_losses=1,
        flaps=4,
        little_known=0,
        never_up=0,
    )
    assert (measured.restored, measured.start, measured.end) == (2, at("10:05:00"), at("10:42:00"))


def test_an_outage_is_partial_when_the_prefixes_are_never_down_together():
    measured = measure(
        rows(a="10:00:00 4 10:05:00 0 10:10:00 4", b="10:00:00 4 10:10:00 0 10:15:00 4"), WINDOW, 4
    )

    assert (measured.extent, measured.fewest_visible) == ("partial", 1)


def test_routes_that_stay_up_are_a_result_without_times():
    measured = measure(rows(a="10:00:00 4 10:05:00 3", b="10:00:00 4"), WINDOW, 4)

    assert dataclasses.replace(measured, since=at("10:00:00")) == Measured(
        since=at("10:00:00"),
        until=at("11:00:00"),
        vantage_points=4,
        prefixes=2,
        prefixes_down=0,
        still_down=0,
        still_down_since=None,
        down_before=0,
        fewest_visible=2,
        fewest_visible_at=at("10:00:00"),
        extent="none",
        first_start=None,
        median_start=None,
        first_restored=None,
        median_last_restored=None,
        last_restored=None,
        median_longest_s=None,
        down_twice_or_more=0,
        brief_losses=0,
        flaps=0,
        little_known=0,
        never_up=0,
    )
    assert (measured.start, measured.end) == (None, None)


def test_the_whole_has_no_end_while_a_prefix_down_by_then_is_still_down():
    measured = measure(
        rows(a="10:00:00 4 10:05:00 0 10:10:00 4", b="10:00:00 4 10:06:00 0"), WINDOW, 4
    )

    assert (measured.still_down, measured.restored, measured.end) == (1, 1, None)
    assert measured.median_longest_s == 300


def test_the_whole_has_an_end_when_what_is_still_down_went_down_after_it():
    measured = measure(
        rows(a="10:00:00 4 10:05:00 0 10:10:00 4", b="10:00:00 4 10:50:00 0"), WINDOW, 4
    )

    assert measured.still_down_since == at("10:50:00")
    assert measured.end == at("10:10:00")


def test_the_whole_has_no_end_when_one_prefix_goes_down_for_good_as_the_last_comes_back():
    measured = measure(
        rows(a="10:00:00 4 10:05:00 0 10:10:00 4", b="10:00:00 4 10:10:00 0"), WINDOW, 4
    )

    assert (measured.still_down_since, measured.end) == (at("10:10:00"), None)


def test_the_whole_has_no_start_when_a_prefix_was_down_before_the_window():
    measured = measure(rows(a="10:00:00 0 10:10:00 4"), WINDOW, 4)

    assert (measured.down_before, measured.start, measured.first_start) == (
        1,
        None,
        at("10:00:00"),
    )


@pytest.mark.parametrize(("vantage_points", "few"), [(9, True), (10, False)])
def test_fewer_than_ten_networks_are_few_vantage_points(vantage_points, few):
    measured = measure(rows(a="10:00:00 4"), WINDOW, vantage_points)

    assert measured.few_vantage_points is few


def test_without_rows_there_is_nothing_to_measure():
    with pytest.raises(ValueError, match="no visibility rows"):
        measure(rows(), WINDOW, 4)


SERIES = st.lists(st.tuples(st.integers(1, 120), st.integers(0, 4)), max_size=20)


@pytest.mark.large
@given(SERIES)
@settings(max_examples=60, deadline=None)
def test_any_series_gives_the_outages_that_going_through_its_seconds_gives(steps):
    seconds, seeing, words = 0, [4], "10:00:00 4"
    for after_s, number in steps:
        seeing += [seeing[-1]] * (after_s - 1) + [number]
        seconds += after_s
        words += f" {at('10:00:00') + timedelta(seconds=seconds):%H:%M:%S} {number}"
    seeing += [seeing[-1]] * (3600 - seconds)

    assert found(a=words) == walked(seeing)


def walked(seeing):
    """The same, by a plain loop over the seconds of the window."""
    ups = [number >= 2 for number in seeing]
    runs = [(up, len(list(run))) for up, run in groupby(ups)]
    # The window's last second is an instant: the last run lasts up to it, not past it.
    state, starts, begin = True, [], 0
    for place, (up, length_s) in enumerate(runs):
        lasting = length_s >= 60 or place in (0, len(runs) - 1)
        if lasting and up != state:
            starts.append(begin)
            state = up
        begin += length_s
    edges = [*starts, None] if len(starts) % 2 else starts
    pairs = [pair for number, pair in enumerate(pairwise(edges)) if number % 2 == 0]
    return [
        (A, spelled(down), spelled(up), (3600 if up is None else up) - down) for down, up in pairs
    ]


def spelled(second):
    if second is None:
        return "open"
    return f"{datetime(2020, 1, 1, 10, tzinfo=UTC) + timedelta(seconds=second):%H:%M:%S}"


def test_a_prefix_that_is_never_up_is_not_counted_as_lost():
    measured = measure(
        rows(a="10:00:00 4 10:10:00 0 10:30:00 4", b="10:00:00 0 10:20:00 1"), WINDOW, 4
    )

    assert (measured.prefixes, measured.never_up, measured.prefixes_down) == (1, 1, 1)
    assert (measured.start, measured.end, measured.extent) == (
        at("10:10:00"),
        at("10:30:00"),
        "total",
    )
