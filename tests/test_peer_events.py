"""Trouble of one peer is told from an outage: by 100 prefixes, 60 seconds, and what others hold."""

from datetime import UTC, datetime, timedelta
from itertools import chain
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from routing_by_hand import FOUR, clock, message, messages, window

import generator.derive.peer_events as module
from generator.derive.figures import measure
from generator.derive.peer_events import PeerEvent, peer_events
from generator.derive.told import told
from generator.derive.visibility import visibility

MANY = tuple(f"2001:db8:{number:x}::/48" for number in range(256))
START = datetime(2020, 1, 1, 10, tzinfo=UTC)
FIVE = 5 * 60


def at(after_s):
    return f"{START + timedelta(seconds=after_s):%H:%M:%S}"


def state(*numbers, count=100):
    return [(0, n, "S", prefix) for n in numbers for prefix in MANY[:count]]


def each(kind, after_s, *numbers, count=100, first=0):
    return [(after_s, n, kind, prefix) for n in numbers for prefix in MANY[first : first + count]]


def spelled(told_rows):
    """Messages of (seconds after 10:00, number of the peer, event, prefix), by time."""
    return messages(
        *(
            message(at(after_s), n, kind, f"6450{n} 64511 64510" if kind in "SA" else "", prefix=p)
            for after_s, n, kind, p in sorted(told_rows, key=lambda row: row[0])
        )
    )


def events(*parts):
    return peer_events(told(spelled(chain(*parts)), FOUR))


def shown(found):
    """Events as (peer, start, end, prefixes, held elsewhere)."""
    return [
        (one.peer_ip, clock(one.start), clock(one.end), one.withdrawn, one.held_elsewhere)
        for one in found
    ]


def figures(*parts):
    rows = visibility(spelled(chain(*parts)), FOUR)
    return measure(rows, window(), 4)


def test_a_peer_that_withdraws_a_hundred_prefixes_which_the_other_three_hold_has_an_event():
    found = events(
        state(1, 2, 3, 4), each("W", FIVE, 2, count=60), each("W", FIVE + 59, 2, first=60, count=40)
    )

    assert found == [
        PeerEvent(
            collector="rrc90",
            peer_ip="192.0.2.2",
            asn="AS64502",
            start=START + timedelta(seconds=FIVE),
            end=START + timedelta(seconds=FIVE + 59),
            withdrawn=100,
            held_elsewhere=1.0,
        )
    ]


@pytest.mark.parametrize(
    "parts",
    [
        [each("W", FIVE, 2, count=99)],
        [each("W", FIVE, 2, count=99), each("W", FIVE + 30, 2, count=99)],
        [each("W", FIVE, 2, count=60), each("W", FIVE + 60, 2, first=60, count=40)],
    ],
    ids=["99 prefixes", "99 prefixes twice", "100 prefixes in 61 seconds"],
)
def test_fewer_than_a_hundred_prefixes_within_sixty_seconds_are_no_event(parts):
    assert events(state(1, 2, 3, 4), *parts) == []


@pytest.mark.parametrize(("noise", "found"), [(19, 1), (20, 1), (21, 0)])
def test_a_peer_that_always_withdraws_much_must_withdraw_five_times_as_much(noise, found):
    always = [each("W", 60 * minute, 2, first=130, count=noise) for minute in range(11)]
    storm = each("W", 60 * 5 + 30, 2, count=100 - noise)

    assert len(events(state(1, 2, 3, 4, count=200), *always, storm)) == found


def test_a_quiet_peer_is_not_measured_by_the_few_minutes_in_which_it_fails():
    twice = [
        each(kind, 600 * n + shift, 2) for n in (1, 2) for kind, shift in (("W", 0), ("A", 90))
    ]

    assert [one[1] for one in shown(events(state(1, 2, 3, 4), *twice))] == ["10:10:00", "10:20:00"]


def test_windows_that_touch_are_one_event():
    storm = [each("W", FIVE, 2), each("A", FIVE + 30, 2), each("W", FIVE + 60, 2)]
    later = [each("A", FIVE + 90, 2), each("W", FIVE + 1000, 2)]

    assert shown(events(state(1, 2, 3, 4), *storm, *later)) == [
        ("192.0.2.2", "10:05:00", "10:06:00", 100, 1.0),
        ("192.0.2.2", "10:21:40", "10:21:40", 100, 1.0),
    ]


@pytest.mark.parametrize("delay_s", [0, 60, 119])
def test_an_outage_that_one_peer_sees_up_to_two_minutes_early_is_no_event(delay_s):
    parts = [state(1, 2, 3, 4), each("W", FIVE, 1), each("W", FIVE + delay_s, 2, 3, 4)]

    assert events(*parts) == []
    assert (figures(*parts).prefixes_down, figures(*parts).extent) == (100, "total")


def test_an_outage_that_one_peer_sees_last_is_no_event():
    assert events(state(1, 2, 3, 4), each("W", FIVE, 1, 2, 3), each("W", FIVE + 900, 4)) == []


@pytest.mark.parametrize(("lost", "found"), [(10, [0.9]), (11, [])])
def test_nine_in_ten_must_be_held_elsewhere(lost, found):
    parts = [state(1, 2, 3, 4), each("W", FIVE, 1), each("W", FIVE + 20, 2, 3, 4, count=lost)]

    assert [one.held_elsewhere for one in events(*parts)] == found
    assert figures(*parts).prefixes_down == lost


@pytest.mark.parametrize(("down_s", "flaps"), [(5, 0), (29, 0), (30, 100)])
def test_flapping_together_is_of_the_prefixes_and_not_of_the_peers(down_s, flaps):
    flap = [each("W", FIVE, 1, 2, 3, 4), each("A", FIVE + down_s, 1, 2, 3, 4)]

    assert events(state(1, 2, 3, 4), *flap) == []
    assert figures(state(1, 2, 3, 4), *flap).flaps == flaps


def test_what_two_networks_withdraw_at_the_same_time_is_trouble_of_neither():
    both = [each("W", FIVE, 1), each("W", FIVE + 200, 2)]

    assert events(state(1, 2, 3, 4), each("W", FIVE + 80, 1), each("W", FIVE + 200, 2)) == []
    assert [one[0] for one in shown(events(state(1, 2, 3, 4), *both))] == ["192.0.2.1", "192.0.2.2"]


def test_two_networks_may_have_trouble_with_other_prefixes_at_the_same_time():
    parts = [each("W", FIVE, 1), each("W", FIVE, 2, first=90)]

    assert [one[3:] for one in shown(events(state(1, 2, 3, 4, count=200), *parts))] == [
        (100, 0.9), (100, 0.9)
    ]  # fmt: skip


def test_two_peers_of_one_network_may_fail_together():
    rows = spelled(chain(state(1, 2, 3, 4), each("W", FIVE, 1, 2)))
    one_network = [peer.model_copy(update={"asn": FOUR[0].asn}) for peer in FOUR[:2]]

    assert len(peer_events(told(rows, [*one_network, *FOUR[2:]]))) == 2


@pytest.mark.parametrize("step_s", [30, 60, 119])
def test_a_slow_collapse_in_which_peers_follow_one_another_is_an_outage_from_the_third_on(step_s):
    losses = [each("W", FIVE + step_s * n, n, count=130) for n in (1, 2, 3, 4)]

    found = figures(state(1, 2, 3, 4, count=130), *losses)

    assert (found.prefixes_down, clock(found.first_start)) == (130, at(FIVE + 3 * step_s))


def test_prefixes_that_nobody_else_has_spoken_of_are_told_as_such():
    assert shown(events(state(2), each("W", FIVE, 2))) == [
        ("192.0.2.2", "10:05:00", "10:05:00", 100, None)
    ]


def test_prefixes_that_nobody_ever_announced_are_withdrawn_all_the_same():
    found = shown(events(each("W", 0, 2, first=200, count=1), each("W", 2 * FIVE, 2)))

    assert found == [("192.0.2.2", "10:10:00", "10:10:00", 100, None)]


def test_a_prefix_unknown_elsewhere_whose_first_word_from_there_is_its_loss_is_lost():
    assert events(state(2), each("W", FIVE, 2), each("W", FIVE + 60, 3)) == []


def test_what_a_peer_withdraws_in_its_event_is_unknown_until_it_speaks_of_it_again():
    parts = [state(1, 2, 3, 4), each("W", FIVE, 2), each("A", FIVE + 90, 2, count=1)]
    rows = visibility(spelled(chain(*parts, each("W", 900, 1, 3, count=1))), FOUR)

    of_first = rows[rows["prefix"] == MANY[0]]
    assert [(clock(x.time), x.seeing, x.known) for x in of_first.itertuples()] == [
        ("10:00:00", 4, 4),
        ("10:05:00", 3, 3),
        ("10:06:30", 4, 4),
        ("10:15:00", 2, 4),
    ]


def test_a_peer_without_a_full_feed_has_events_too():
    quiet = [peer.model_copy(update={"full_feed": "no"}) for peer in FOUR[:2]]
    rows = spelled(chain(state(1, 2, 3, 4), each("W", FIVE, 2)))

    assert shown(peer_events(told(rows, [*quiet, *FOUR[2:]]))) == [
        ("192.0.2.2", "10:05:00", "10:05:00", 100, 1.0)
    ]


EVENTS = st.lists(
    st.tuples(
        st.integers(1, 400), st.integers(1, 4), st.sampled_from("AWWWD"), st.sampled_from(MANY[:6])
    ),
    max_size=40,
)


@pytest.mark.large
@given(EVENTS)
@settings(max_examples=60, deadline=None)
def test_any_messages_give_the_events_that_looking_at_each_window_gives(rows):
    all_rows = [*state(1, 3, count=4), *rows]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "FEWEST_PREFIXES", 3)
        found = peer_events(told(spelled(all_rows), FOUR))

    assert shown(found) == looked_at(sorted(all_rows, key=lambda row: row[0]))


def looked_at(rows):
    """The same by plain loops: each peer, each second as the start of a window."""
    last_s = max(row[0] for row in rows)
    states = dict(followed(rows, last_s + 400))
    gone = sorted((n, at_s, p) for at_s, n, p in last_words(rows))
    times = []
    for peer in (1, 2, 3, 4):
        mine = [(at_s, p) for n, at_s, p in gone if n == peer]
        fewest = max(3, 5 * median_minute(mine, last_s))
        starts = [start for start in range(-60, last_s + 1) if meets(mine, start, fewest, states)]
        for first, end in spans(starts):
            times.append((peer, [(at_s, p) for at_s, p in mine if first <= at_s < end]))
    found = []
    for peer, inside in times:
        share, number = judged(inside, states, others_of(peer, inside, times))
        clocks = [at(at_s) for at_s, _ in inside]
        if share is None or share >= 0.9:
            found.append((f"192.0.2.{peer}", min(clocks), max(clocks), number, share))
    return sorted(found, key=lambda one: one[1])


def others_of(peer, inside, times):
    """The prefixes that other peers withdraw in such times within 120 s."""
    first_s, last_s = min(inside)[0] - 120, max(inside)[0] + 120
    return {
        p
        for n, rows in times
        if n != peer and min(rows)[0] <= last_s and max(rows)[0] >= first_s
        for _, p in rows
    }


def followed(rows, until_s):
    """The state of each pair of a peer and a prefix after each second; absent while unknown."""
    state = {}
    for second in range(until_s):
        for at_s, n, kind, p in rows:
            if at_s == second and kind == "D":
                state = {key: value for key, value in state.items() if key[0] != n}
            elif at_s == second:
                state[n, p] = "W" if kind == "W" else "A"
        yield second, dict(state)


def last_words(rows):
    last = {}
    for at_s, n, kind, p in rows:
        if kind == "D":
            last |= {key: "D" for key in last if key[:2] == (at_s, n)}
        else:
            last[at_s, n, p] = kind
    return {key for key, kind in last.items() if kind == "W"}


def median_minute(mine, last_s):
    counts = [len({p for at_s, p in mine if at_s // 60 == n}) for n in range(last_s // 60 + 1)]
    return median(counts)


def meets(mine, start, fewest, states):
    inside = [(at_s, p) for at_s, p in mine if start <= at_s < start + 60]
    share, number = judged(inside, states)
    return number >= fewest and (share is None or share >= 0.9)


def judged(inside, states, shared=()):
    """The share held elsewhere, and how many prefixes; each prefix by its first withdrawal."""
    firsts = {p: min(at_s for at_s, q in inside if q == p) for p in {p for _, p in inside}}
    words = ["lost" if p in shared else elsewhere(p, at_s, states) for p, at_s in firsts.items()]
    held, lost = words.count("held"), words.count("lost")
    return (held / (held + lost) if held + lost else None), len(firsts)


def elsewhere(prefix, at_s, states):
    known = 0
    for second in range(at_s, at_s + 121):
        there = [word for (n, p), word in states[second].items() if p == prefix]
        known = len(there)
        if known > 1 and 2 * there.count("A") < known - 1:
            return "lost"
    return "held" if known > 1 else "unknown"


def spans(starts):
    found = []
    for start in starts:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], start + 60)
        else:
            found.append((start, start + 60))
    return found
