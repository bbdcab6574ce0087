"""What the peers see of a prefix, from messages a reader can follow by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from routing_by_hand import (
    FOUR,
    P,
    clock,
    gap,
    message,
    messages,
    peer,
    provenance,
    seen,
    states,
    visibility_rows,
)

from generator.derive.told import upstream
from generator.derive.visibility import (
    enough,
    visibility,
    visibility_of,
    visible_prefixes,
)
from generator.read.evidence import Evidence


def test_a_prefix_withdrawn_by_one_of_four_peers_is_seen_by_the_other_three():
    told = messages(*states(1, 2, 3, 4), message("10:05:00", 2, "W"))

    rows = visibility(told, FOUR)

    assert seen(rows) == [
        ("10:00:00", P, 4, 4, "64511:4"),
        ("10:05:00", P, 3, 4, "64511:3"),
    ]


def test_rows_have_the_types_that_a_frozen_table_has_when_read_back():
    rows = visibility(messages(*states(1, 2)), FOUR)

    assert {name: str(kind) for name, kind in rows.dtypes.items()} == {
        "time": "datetime64[s, UTC]",
        "prefix": "str",
        "seeing": "int64",
        "known": "int64",
        "upstreams": "str",
    }


def test_a_peer_is_unknown_before_its_first_message():
    told = messages(
        *states(1), message("10:05:00", 2, "W"), message("10:06:00", 3, "A", "64503 64510")
    )

    rows = visibility(told, FOUR)

    assert seen(rows) == [
        ("10:00:00", P, 1, 1, "64511:1"),
        ("10:05:00", P, 1, 2, "64511:1"),
        ("10:06:00", P, 2, 3, "64503:1 64511:1"),
    ]


def test_a_peer_whose_session_drops_is_unknown_for_every_prefix_until_it_speaks_again():
    other = "198.51.100.0/24"
    told = messages(
        *states(1, 2),
        *states(1, prefix=other),
        message("10:05:00", 1, "D"),
        message("10:06:00", 1, "U"),
        message("10:06:30", 1, "A", "64501 64511 64510"),
    )

    rows = visibility(told, FOUR)

    assert seen(rows) == [
        ("10:00:00", other, 1, 1, "64511:1"),
        ("10:05:00", other, 0, 0, ""),
        ("10:00:00", P, 2, 2, "64511:2"),
        ("10:05:00", P, 1, 1, "64511:1"),
        ("10:06:30", P, 2, 2, "64511:2"),
    ]


def test_peers_of_a_collector_are_unknown_from_the_start_of_its_gap():
    told = messages(
        *states(1),
        message("10:00:00", 2, "S", "64502 64511 64510", collector="rrc91"),
        message("10:20:00", 2, "W", collector="rrc91"),
    )
    rows = visibility(
        told, (FOUR[0], peer(2, 64502, collector="rrc91")), [gap("10:05:00", "10:10:00")]
    )

    assert seen(rows) == [
        ("10:00:00", P, 2, 2, "64511:2"),
        ("10:05:00", P, 1, 1, "64511:1"),
        ("10:20:00", P, 1, 2, "64511:1"),
    ]


def test_the_state_of_a_second_is_that_after_its_last_message_in_the_order_of_the_rows():
    told = messages(
        *states(1, 2),
        message("10:05:00", 1, "W"),
        message("10:05:00", 1, "A", "64501 64509 64510"),
        message("10:05:00", 2, "A", "64502 64509 64510"),
        message("10:05:00", 2, "W"),
    )

    rows = visibility(told, FOUR)

    assert seen(rows) == [
        ("10:00:00", P, 2, 2, "64511:2"),
        ("10:05:00", P, 1, 2, "64509:1"),
    ]


def test_a_message_that_changes_nothing_makes_no_row():
    told = messages(
        *states(1, 2),
        message("10:05:00", 1, "A", "64501 64508 64511 64510"),
        message("10:06:00", 2, "W"),
        message("10:07:00", 2, "W"),
    )

    rows = visibility(told, FOUR)

    assert seen(rows) == [("10:00:00", P, 2, 2, "64511:2"), ("10:06:00", P, 1, 2, "64511:1")]


def test_two_peers_of_one_network_count_once_and_either_is_enough():
    both = (peer(1, 64501), peer(2, 64501), peer(3, 64503))
    told = messages(*states(1, 2, 3), message("10:05:00", 1, "W"), message("10:06:00", 2, "W"))

    rows = visibility(told, both)

    assert seen(rows) == [
        ("10:00:00", P, 2, 2, "64511:2"),
        ("10:06:00", P, 1, 2, "64511:1"),
    ]


def test_a_peer_without_a_full_feed_does_not_count():
    told = messages(*states(1, 2), message("10:05:00", 2, "W"))

    rows = visibility(told, (FOUR[0], peer(2, 64502, full_feed="no")))

    assert seen(rows) == [("10:00:00", P, 1, 1, "64511:1")]


def test_messages_of_no_full_feed_peer_make_an_empty_table():
    rows = visibility(messages(*states(1)), [peer(1, 64501, full_feed="no")])

    assert rows.empty
    assert list(rows.columns) == ["time", "prefix", "seeing", "known", "upstreams"]


def test_no_messages_make_an_empty_table():
    assert visibility(messages(), FOUR).empty


def test_the_upstream_is_the_last_network_before_the_origin_without_prepending():
    found = {
        path: upstream(path)
        for path in (
            "64501 64510",
            "64501 64511 64510 64510 64510",
            "64510 64510",
            "64510",
            "64501 {64508+64509}",
            "64501 {64508+64509} 64510",
            "64501 0 64510",
            "",
        )
    }

    assert found == {
        "64501 64510": "64501",
        "64501 64511 64510 64510 64510": "64511",
        "64510 64510": "",
        "64510": "",
        "64501 {64508+64509}": "",
        "64501 {64508+64509} 64510": "",
        "64501 0 64510": "",
        "": "",
    }


def test_frozen_visibility_is_taken_as_it_is_and_messages_are_derived():
    told = messages(*states(1, 2))
    frozen = visibility(told, FOUR)

    of_figures = visibility_of(Evidence(provenance(), visibility=frozen))
    of_messages = visibility_of(Evidence(provenance(), messages=told))

    assert of_figures is frozen
    pd.testing.assert_frame_equal(of_messages, frozen)


@pytest.mark.parametrize(
    ("known", "vantage_points", "is_enough"),
    [(1, 1, False), (2, 2, True), (2, 4, True), (2, 5, False), (3, 5, True), (1, 2, False)],
)
def test_enough_is_known_from_two_networks_and_half_of_the_vantage_points_on(
    known, vantage_points, is_enough
):
    rows = visibility_rows(f"10:00:00Z,{P},1,{known},")

    assert list(enough(rows, vantage_points)) == [is_enough]


def visible(*rows, vantage_points=4):
    series = visible_prefixes(visibility_rows(*rows), vantage_points)
    return [(clock(at), up, down) for at, up, down in series.itertuples(index=False)]


def test_a_prefix_is_visible_while_half_of_the_known_networks_or_more_see_it():
    assert visible(
        f"10:00:00Z,{P},4,4,", f"10:01:00Z,{P},2,4,", f"10:02:00Z,{P},1,4,", f"10:03:00Z,{P},1,2,"
    ) == [("10:00:00", 1, 0), ("10:02:00", 0, 1), ("10:03:00", 1, 0)]


def test_visible_and_down_are_always_all_prefixes_of_which_enough_is_ever_known():
    assert visible(
        "10:00:00Z,192.0.2.0/24,0,1,",
        "10:00:00Z,198.51.100.0/24,4,4,",
        "10:04:00Z,198.51.100.0/24,0,4,",
        "10:05:00Z,198.51.100.0/24,1,1,",
        "10:06:00Z,198.51.100.0/24,4,4,",
        f"10:01:00Z,{P},0,1,",
        f"10:02:00Z,{P},0,2,",
        f"10:03:00Z,{P},1,2,",
    ) == [
        ("10:00:00", 2, 0),
        ("10:02:00", 1, 1),
        ("10:03:00", 2, 0),
        ("10:04:00", 1, 1),
        ("10:06:00", 2, 0),
    ]


def test_where_enough_is_never_known_no_prefix_is_counted():
    assert visible(f"10:00:00Z,{P},0,1,") == [("10:00:00", 0, 0)]


def test_without_a_table_nothing_is_visible():
    with pytest.raises(ValueError, match="without a table"):
        visibility_of(Evidence(provenance()))


EVENTS = st.lists(
    st.tuples(
        st.integers(0, 8),
        st.integers(1, 4),
        st.sampled_from("AAWWDU"),
        st.sampled_from(["64511", "64509"]),
        st.sampled_from([P, "198.51.100.0/24"]),
    ),
    max_size=30,
)


@given(EVENTS)
@settings(max_examples=40, deadline=None)
def test_any_messages_give_what_following_them_one_by_one_gives(events):
    events = sorted(events, key=lambda event: event[0])
    told = messages(
        *(
            message(
                f"10:00:0{second}",
                n,
                kind,
                f"6450{n} {via} 64510" if kind == "A" else "",
                prefix=where,
            )
            for second, n, kind, via, where in events
        )
    )
    pair = (peer(1, 64501), peer(2, 64501), peer(3, 64503), peer(4, 64504))

    rows = visibility(told, pair)

    assert seen(rows) == sorted(followed(events), key=lambda row: (row[1], row[0]))


def followed(events):
    """The same, by a plain loop: state per peer and prefix, looked at after each second."""
    state, told, last = {}, [], {}
    for second in range(9):
        for at, n, kind, via, where in events:
            if at == second and kind == "D":
                state = {key: value for key, value in state.items() if key[0] != n}
            elif at == second and kind in "AW":
                state[n, where] = via if kind == "A" else None
        for prefix in (P, "198.51.100.0/24"):
            row = looked_at(state, prefix)
            if row != last.get(prefix, (0, 0, "")):
                told.append((f"10:00:0{second}", prefix, *row))
            last[prefix] = row
    return told


def looked_at(state, prefix):
    asn_of = {1: 64501, 2: 64501, 3: 64503, 4: 64504}
    here = {n: via for (n, where), via in state.items() if where == prefix}
    seeing = {(asn_of[n], via) for n, via in here.items() if via}
    vias = [via for _, via in seeing]
    spelled = " ".join(sorted(f"{via}:{vias.count(via)}" for via in set(vias)))
    return len({asn for asn, _ in seeing}), len({asn_of[n] for n in here}), spelled
