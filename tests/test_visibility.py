"""What the peers see of a prefix, from messages a reader can follow by hand."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.derive.visibility import (
    prefixes_by_band,
    upstream,
    visibility,
    visibility_of,
    visible_prefixes,
)
from generator.model.evidence import Gap, Peer, Provenance
from generator.read.evidence import Evidence
from generator.read.rows import table

HEADER = "time,collector,peer_ip,peer_asn,event,prefix,origin,path\n"
P = "203.0.113.0/24"


def peer(number, asn, full_feed="yes", collector="rrc90"):
    return Peer(
        collector=collector,
        ip=f"192.0.2.{number}",
        asn=f"AS{asn}",
        full_feed=full_feed,
        basis="Made up.",
    )


FOUR = tuple(peer(number, 64500 + number) for number in (1, 2, 3, 4))


def message(clock, number, event, path="", *, prefix=P, collector="rrc90"):
    """One row: peer 192.0.2.<number> in AS6450<number>; session events name no prefix."""
    origin = path.split(" ")[-1]
    where = "" if event in "DU" else prefix
    asn = 64500 + number
    return f"2020-01-01T{clock}Z,{collector},192.0.2.{number},{asn},{event},{where},{origin},{path}"


def messages(*rows):
    return table(HEADER + "".join(f"{row}\n" for row in rows))


def states(*numbers, prefix=P):
    """The same state at the start for each peer: the path 6450<number> 64511 64510."""
    return [message("10:00:00", n, "S", f"6450{n} 64511 64510", prefix=prefix) for n in numbers]


def seen(rows):
    """Rows as (clock, prefix, seeing, known, upstreams)."""
    return [
        (f"{row.time:%H:%M:%S}", row.prefix, row.seeing, row.known, row.upstreams)
        for row in rows.itertuples()
    ]


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
    gap = Gap.model_validate(
        {
            "collector": "rrc91",
            "from": "2020-01-01T10:05:00Z",
            "to": "2020-01-01T10:10:00Z",
            "why": "The file of 10:05 is missing.",
        }
    )

    rows = visibility(told, (FOUR[0], peer(2, 64502, collector="rrc91")), [gap])

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
        "": "",
    }


def test_frozen_visibility_is_taken_as_it_is_and_messages_are_derived():
    told = messages(*states(1, 2))
    frozen = visibility(told, FOUR)

    of_figures = visibility_of(Evidence(provenance(), visibility=frozen))
    of_messages = visibility_of(Evidence(provenance(), messages=told))

    assert of_figures is frozen
    pd.testing.assert_frame_equal(of_messages, frozen)


def provenance():
    return Provenance.model_validate(
        {
            "grade": "messages",
            "because": "Made up.",
            "messages": "https://example.org/messages",
            "attribution": "Nobody.",
            "terms": "https://example.org/terms",
            "generator": "a test",
            "window": {"from": "2020-01-01T10:00:00Z", "to": "2020-01-01T11:00:00Z"},
            "inputs": [
                {"name": "a", "url": "https://example.org/a", "bytes": "1", "sha256": "0" * 64}
            ],
            "peers": FOUR,
            "table": {
                "file": "messages.csv.gz",
                "rows": "2",
                "sha256": "0" * 64,
                "unpacked_sha256": "0" * 64,
            },
        }
    )


def visibility_rows(*rows):
    header = "time,prefix,seeing,known,upstreams\n"
    return table(header + "".join(f"2020-01-01T{row}\n" for row in rows))


def test_prefixes_are_counted_by_band_at_each_second_with_a_change():
    a, b = "198.51.100.0/24", P
    rows = visibility_rows(
        f"10:00:00Z,{a},20,20,",
        f"10:05:00Z,{a},1,20,",
        f"10:06:00Z,{a},0,0,",
        f"10:00:00Z,{b},18,20,",
        f"10:05:00Z,{b},9,20,",
        f"10:07:00Z,{b},10,20,",
    )

    bands = prefixes_by_band(rows)

    assert [(f"{at:%H:%M}", *counts) for at, *counts in bands.itertuples(index=False)] == [
        ("10:00", 0, 0, 1, 1, 0),
        ("10:05", 1, 1, 0, 0, 0),
        ("10:06", 0, 1, 0, 0, 1),
        ("10:07", 0, 0, 1, 0, 1),
    ]
    assert list(bands.columns) == ["time", "dark", "low", "most", "full", "unknown"]


def test_a_prefix_is_visible_while_half_of_the_known_networks_or_more_see_it():
    rows = visibility_rows(
        f"10:00:00Z,{P},4,4,", f"10:01:00Z,{P},2,4,", f"10:02:00Z,{P},1,4,", f"10:03:00Z,{P},1,2,"
    )

    series = visible_prefixes(rows)

    assert [(f"{at:%H:%M}", up, down) for at, up, down in series.itertuples(index=False)] == [
        ("10:00", 1, 0),
        ("10:02", 0, 1),
        ("10:03", 1, 0),
    ]


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
