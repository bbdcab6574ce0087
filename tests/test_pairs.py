"""Withdrawals with the announcement that followed, one peer at a time."""

from routing_by_hand import FOUR, gap, message, messages, peer, states

from generator.derive.pairs import Pairs, pairs
from generator.derive.told import told

PATH = "64501 64511 64510"


def found(*rows, peers=FOUR, gaps=()):
    return pairs(told(messages(*rows), peers, gaps))


def flap(number, *clocks, prefix="203.0.113.0/24", collector="rrc90"):
    """Withdrawals and announcements in turn."""
    return [
        message(
            at,
            number,
            "AW"[place % 2 == 0],
            PATH if place % 2 else "",
            prefix=prefix,
            collector=collector,
        )
        for place, at in enumerate(clocks)
    ]


def test_pairs_are_counted_per_peer_and_prefix():
    rows = [
        *flap(1, "10:01:00", "10:01:30", "10:03:00", "10:03:40", "10:04:00"),
        *flap(2, "10:01:05", "10:01:25"),
        *flap(2, "10:01:05", "10:01:45", prefix="192.0.2.0/24"),
    ]

    assert found(*states(1, 2), *rows) == Pairs(
        count=4, prefixes=2, peers=2, period_s=90, down_s=35
    )


def test_a_withdrawal_said_twice_is_one_and_lasts_from_the_first():
    rows = [
        message("10:01:00", 1, "W"),
        message("10:01:10", 1, "W"),
        *flap(1, "10:01:20", "10:01:30"),
    ]

    assert found(*rows) == Pairs(count=1, prefixes=1, peers=1, period_s=None, down_s=30)


def test_without_pairs_there_are_no_medians():
    assert found(*states(1, 2), message("10:01:00", 1, "W")) == Pairs(0, 0, 0, None, None)


def test_a_lost_session_breaks_a_pair_and_a_period():
    broken = [
        message("10:01:00", 1, "W"),
        message("10:01:10", 1, "D"),
        message("10:01:20", 1, "A", PATH),
    ]

    assert found(*broken) == Pairs(0, 0, 0, None, None)
    assert found(*flap(1, "10:00:00", "10:00:30"), *broken).period_s == 60


def test_a_gap_of_the_collector_breaks_a_pair():
    rows = flap(1, "10:01:00", "10:01:30", "10:04:00", "10:09:00", collector="rrc91")
    there = [peer(1, 64501, collector="rrc91")]

    assert found(*rows, peers=there).count == 2
    assert found(*rows, peers=there, gaps=[gap("10:05:00", "10:08:00")]).count == 1
