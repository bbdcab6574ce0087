"""How long a loss and a return take to reach every network, second by second."""

import pytest
from routing_by_hand import clock, visibility_rows, window

from generator.derive.convergence import appearances, convergence
from generator.derive.outages import outages, stretches_of

P, Q = "198.51.100.0/24", "203.0.113.0/24"


def rows(*words, prefix=P, known=20):
    """Rows of twenty known networks: clock, seeing, clock, seeing."""
    pairs = zip(words[::2], words[1::2], strict=True)
    return [f"{at}Z,{prefix},{n},{known}," for at, n in pairs]


def found(*told):
    table = visibility_rows(*told)
    out = outages(stretches_of(table, window(), 20))
    return [
        tuple(map(clock, (one.onset, one.start, one.dark_at, one.first_back, one.full_at)))
        for one in convergence(table, out, 20)
    ]


def test_an_outage_is_followed_from_the_first_loss_to_the_last_return():
    told = rows(
        "10:00:00", 20, "10:05:00", 19, "10:05:10", 18, "10:05:20", 9, "10:05:40", 1,
        "10:05:50", 0, "10:20:00", 3, "10:20:10", 12, "10:20:30", 18, "10:20:40", 19,
    )  # fmt: skip

    assert found(*told) == [("10:05:10", "10:05:20", "10:05:40", "10:20:00", "10:20:40")]


def test_the_two_convergence_times_are_lengths():
    told = visibility_rows(
        *rows("10:00:00", 20, "10:05:00", 9, "10:05:30", 0, "10:20:00", 1, "10:21:05", 20)
    )
    out = outages(stretches_of(told, window(), 20))

    one = convergence(told, out, 20)[0]

    assert (one.withdrawal_s, one.announcement_s) == (30, 65)


def test_the_level_before_is_what_was_seen_most_of_the_time():
    told = rows("10:00:00", 20, "10:01:00", 10, "10:30:00", 9, "10:40:00", 10, "10:50:00", 20)

    assert found(*told) == [("10:30:00", "10:30:00", "none", "10:40:00", "10:40:00")]


def test_a_dip_that_recovered_before_is_no_part_of_the_decline():
    told = rows(
        "10:00:00",
        20,
        "10:04:00",
        15,
        "10:04:10",
        20,
        "10:05:00",
        15,
        "10:05:05",
        0,
        "10:30:00",
        20,
    )

    assert found(*told)[0][:3] == ("10:05:00", "10:05:05", "10:05:05")


def test_a_return_that_fails_is_no_part_of_the_rise():
    told = rows(
        "10:00:00", 20, "10:05:00", 0, "10:10:00", 4, "10:10:10", 0, "10:20:00", 2, "10:20:05", 20
    )

    assert found(*told)[0][3:] == ("10:20:00", "10:20:05")


def test_what_was_not_observed_is_none():
    never_dark = rows("10:00:00", 20, "10:05:00", 5, "10:20:00", 15, "10:30:00", 18)
    before = rows("10:00:00", 0, "10:20:00", 20)
    still = rows("10:00:00", 20, "10:05:00", 0, "10:30:00", 2)

    assert found(*never_dark) == [("10:05:00", "10:05:00", "none", "10:20:00", "none")]
    assert found(*before) == [("none", "none", "none", "10:20:00", "none")]
    assert found(*still) == [("10:05:00", "10:05:00", "10:05:00", "none", "none")]


def test_an_end_that_comes_of_networks_falling_silent_has_no_first_return():
    told = [*rows("10:00:00", 20, "10:05:00", 9), *rows("10:20:00", 9, known=12)]

    assert found(*told) == [("10:05:00", "10:05:00", "none", "none", "none")]


def test_full_again_is_looked_for_until_the_next_outage():
    told = rows("10:00:00", 20, "10:05:00", 0, "10:10:00", 15, "10:20:00", 0, "10:30:00", 20)

    assert [one[4] for one in found(*told)] == ["none", "10:30:00"]


def test_each_outage_of_each_prefix_has_its_own_times():
    told = [
        *rows("10:00:00", 20, "10:05:00", 0, "10:10:00", 20, "10:20:00", 0, "10:30:00", 20),
        *rows("10:00:00", 20, "10:40:00", 0, "10:50:00", 20, prefix=Q),
    ]

    assert [(one[0], one[4]) for one in found(*told)] == [
        ("10:05:00", "10:10:00"), ("10:20:00", "10:30:00"), ("10:40:00", "10:50:00")
    ]  # fmt: skip


def test_a_prefix_appears_when_one_network_half_of_them_and_nearly_all_see_it():
    told = visibility_rows(
        *rows("10:00:00", 0, "10:00:05", 1, "10:00:20", 10, "10:00:30", 19),
        *rows("10:00:00", 3, prefix=Q, known=3),
    )

    table = appearances(told, 20)

    assert [(row.prefix, *map(clock, row[2:])) for row in table.itertuples()] == [
        (P, "10:00:05", "10:00:20", "10:00:30"),
        (Q, "10:00:00", "none", "none"),
    ]


@pytest.mark.parametrize("until", ["10:04:00", "10:05:00"])
def test_without_an_outage_there_is_nothing_to_tell(until):
    assert found(*rows("10:00:00", 20, until, 19)) == []
