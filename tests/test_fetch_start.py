"""What is known of each peer when the window begins: routes, none, or nothing."""

import pytest

from generator.fetch.start import rows_at_start
from generator.fetch.task import TABLE, UPDATES, Feed, Found, Outcome, Row, Scope, Task

P, Q, SIX = "203.0.113.0/24", "203.0.113.128/25", "2001:db8::/32"
TABLE_S, START_S, END_S = 28_800, 29_400, 31_200
ONE, TWO, PART = ("192.0.2.1", 64501), ("192.0.2.2", 64502), ("192.0.2.3", 64503)
SCOPE = Scope(START_S, END_S, (P,), ("rrc00",))


def told(at_s, peer, event, prefix="", path=""):
    return Row(at_s, "rrc00", *peer, event, prefix, path)


def table(*rows, feeds=((ONE, 9, 0), (TWO, 9, 0), (PART, 1, 0)), sound_s=TABLE_S, broken=""):
    counted = tuple(Feed("rrc00", *peer, v4, v6) for peer, v4, v6 in feeds)
    found = Found(rows=rows, feeds=() if broken else counted, broken=broken, sound_s=sound_s)
    return Task(TABLE, "https://data.ris.ripe.net/t", TABLE_S, TABLE_S, "rrc00"), Outcome(found)


def updates(*rows, since_s=TABLE_S, until_s=END_S, **outcome):
    task = Task(UPDATES, f"https://data.ris.ripe.net/u{since_s}", since_s, until_s, "rrc00")
    return task, Outcome(Found(rows=rows), **outcome)


def held(peer, prefix, path, at_s=TABLE_S):
    return told(at_s, peer, "S", prefix, path)


def is_full(peer):
    return peer[1:] in (ONE, TWO)


def at_start(*fetched, scope=SCOPE):
    """The rows without their second and collector, which are the same in all."""
    rows = rows_at_start(fetched, scope, is_full)
    assert {row[:2] for row in rows} <= {(START_S, "rrc00")}
    return [(row.peer_ip[-1], row.event, row.prefix, row.path) for row in rows]


EVERYBODY = (held(ONE, P, "64501 64510"), held(TWO, P, "64502 64510"), held(PART, P, "64503 64510"))
AS_IN_TABLE = [
    ("1", "S", P, "64501 64510"), ("2", "S", P, "64502 64510"), ("3", "S", P, "64503 64510")
]  # fmt: skip


def test_with_nothing_said_since_the_state_is_that_of_the_table():
    assert at_start(table(*EVERYBODY), updates()) == AS_IN_TABLE


def test_a_peer_without_a_full_feed_that_lacks_a_prefix_is_unknown():
    assert at_start(table(EVERYBODY[0]), updates()) == [AS_IN_TABLE[0], ("2", "W", P, "")]


def test_a_withdrawal_is_known_of_any_peer():
    gone = [told(TABLE_S + 60, peer, "W", P) for peer in (ONE, PART)]

    assert at_start(table(*EVERYBODY), updates(*gone)) == [
        ("1", "W", P, ""), AS_IN_TABLE[1], ("3", "W", P, "")
    ]  # fmt: skip


@pytest.mark.parametrize("event", ["D", "U"])
def test_a_session_that_was_lost_or_came_up_anew_leaves_nothing_known(event):
    lost = told(TABLE_S + 60, ONE, event)

    assert at_start(table(*EVERYBODY[1:]), updates(lost)) == AS_IN_TABLE[1:]


def test_after_a_lost_session_only_what_is_said_anew_is_known():
    again = [
        told(TABLE_S + 60, ONE, "D"),
        told(TABLE_S + 70, ONE, "U"),
        told(TABLE_S + 80, ONE, "A", Q, "64501 64511"),
    ]

    assert at_start(table(EVERYBODY[0]), updates(*again)) == [
        ("1", "S", Q, "64501 64511"), ("2", "W", P, ""), ("2", "W", Q, "")
    ]  # fmt: skip


def test_messages_before_the_table_are_older_than_it():
    before = told(TABLE_S - 1, ONE, "W", P)

    assert at_start(table(*EVERYBODY), updates(before, since_s=TABLE_S - 300)) == AS_IN_TABLE


def test_messages_of_the_windows_first_second_are_not_before_it():
    assert at_start(table(*EVERYBODY), updates(told(START_S, ONE, "W", P))) == AS_IN_TABLE


def test_smaller_prefixes_count_as_lacking_only_where_a_full_feed_has_them():
    in_one = held(ONE, Q, "64501 64510")
    in_part = held(PART, Q, "64503 64510")

    assert at_start(table(*EVERYBODY, in_one), updates())[:4] == [
        AS_IN_TABLE[0], ("1", "S", Q, "64501 64510"), AS_IN_TABLE[1], ("2", "W", Q, "")
    ]  # fmt: skip
    assert at_start(table(*EVERYBODY, in_part), updates()) == [
        *AS_IN_TABLE, ("3", "S", Q, "64503 64510")
    ]  # fmt: skip


def test_a_smaller_prefix_that_nobody_holds_any_more_is_passed_over():
    gone = told(TABLE_S + 60, ONE, "W", Q)

    assert at_start(table(*EVERYBODY, held(ONE, Q, "64501")), updates(gone)) == AS_IN_TABLE


def test_a_full_feed_of_one_ip_version_says_nothing_of_the_other():
    scope = Scope(START_S, END_S, (P, SIX))
    feeds = ((ONE, 9, 0), (TWO, 0, 9))

    assert at_start(table(feeds=feeds), updates(), scope=scope) == [
        ("1", "W", P, ""), ("2", "W", SIX, "")
    ]  # fmt: skip


def test_a_peer_that_the_table_lists_without_any_route_is_unknown():
    assert at_start(table(EVERYBODY[0], feeds=((ONE, 9, 0), (TWO, 0, 0))), updates()) == [
        AS_IN_TABLE[0]
    ]


def test_of_a_damaged_table_only_routes_are_known():
    assert at_start(table(EVERYBODY[0], broken="it breaks off"), updates()) == [AS_IN_TABLE[0]]


def test_from_a_gap_on_only_what_is_said_after_it_is_known():
    lost = updates(since_s=TABLE_S, until_s=TABLE_S + 300, missing="HTTP 404")
    after = updates(told(TABLE_S + 330, TWO, "A", P, "64502 64510"), since_s=TABLE_S + 300)

    assert at_start(table(*EVERYBODY), lost, after) == [AS_IN_TABLE[1]]


def test_what_a_damaged_file_told_before_its_end_does_not_outlast_the_gap():
    task, _ = updates(until_s=TABLE_S + 300)
    rows = (told(TABLE_S + 10, ONE, "A", P, "64501 64510"),)
    broken = Outcome(Found(rows=rows, broken="it breaks off", sound_s=TABLE_S + 10))

    assert at_start((task, broken), updates(since_s=TABLE_S + 300)) == []


def test_a_gap_within_the_window_is_none_of_the_starts():
    lost = updates(since_s=START_S, until_s=START_S + 300, missing="HTTP 404")

    assert at_start(table(*EVERYBODY), updates(until_s=START_S), lost) == AS_IN_TABLE


def test_without_a_table_the_first_file_may_tell_of_the_time_before_the_window():
    early = told(START_S - 60, PART, "A", P, "64503 64510")

    assert at_start(updates(early)) == [AS_IN_TABLE[2]]


def test_of_several_routes_of_one_peer_in_a_table_the_first_counts():
    twice = table(EVERYBODY[0], held(ONE, P, "64501 64505 64510"), feeds=())

    assert at_start(twice, updates()) == [AS_IN_TABLE[0]]


LATE_S = START_S + 20


def test_what_changed_while_a_table_was_written_within_the_window_is_left_to_the_messages():
    rows = [row._replace(at_s=LATE_S) for row in EVERYBODY[:2]]
    soon = [told(START_S + 10, ONE, "A", P, "64501 64510"), told(LATE_S + 1, TWO, "W", P)]

    found = at_start(table(*rows, sound_s=START_S + 60), updates(*soon))

    assert found == [AS_IN_TABLE[1]]


def test_a_session_lost_while_a_table_was_written_within_the_window_leaves_its_peer_unknown():
    rows = [row._replace(at_s=LATE_S) for row in EVERYBODY]
    lost = told(START_S + 10, ONE, "D")

    assert at_start(table(*rows, sound_s=LATE_S), updates(lost)) == AS_IN_TABLE[1:]


def test_a_prefix_that_nobody_has_in_a_late_table_is_unknown_where_it_was_spoken_of_before():
    soon = told(START_S + 10, ONE, "W", P)

    assert at_start(table(sound_s=LATE_S), updates(soon)) == [("2", "W", P, "")]


def test_answers_of_ripestat_have_no_collector_and_no_state_before_the_window():
    task = Task("bgplay", "https://stat.ripe.net/", START_S, END_S)

    assert at_start((task, Outcome(Found(rows=EVERYBODY)))) == []
