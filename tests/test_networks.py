"""Outages of a network: some of its prefixes, or all of them."""

import pandas as pd
from routing_by_hand import clock, message, messages, visibility_rows, window

from generator.derive.networks import network_outages, origins_of, together
from generator.derive.outages import outages, stretches_of
from generator.derive.visibility import enough

A, B, C = "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"
ORIGINS = {A: "AS64510", B: "AS64510", C: "AS64509"}


def out_of(*rows):
    told = visibility_rows(*rows)
    return outages(stretches_of(told, window(), 4)), told[enough(told, 4)]


def lost(prefix, *clocks):
    """Rows of a prefix that all four networks see from 10:00 on, lose, see again, and so on."""
    rows = [f"10:00:00Z,{prefix},4,4,"]
    rows += [f"{at}Z,{prefix},{4 * (place % 2)},4," for place, at in enumerate(clocks)]
    return rows


def found(*rows):
    out, known = out_of(*rows)
    table = network_outages(out, ORIGINS, known, window().until.earliest)
    return [
        (row.network, clock(row.start), clock(row.end), row.length_s, row.extent,
         clock(row.total_from), clock(row.total_until))
        for row in table.itertuples()
    ]  # fmt: skip


def test_an_outage_of_a_network_is_total_while_all_of_its_prefixes_are_in_one():
    rows = [*lost(A, "10:05:00", "10:20:00"), *lost(B, "10:10:00", "10:30:00"), *lost(C)]

    assert found(*rows) == [
        ("AS64510", "10:05:00", "10:30:00", 1500, "total", "10:10:00", "10:20:00")
    ]


def test_it_is_partial_when_they_are_never_in_one_together():
    rows = [*lost(A, "10:05:00", "10:10:00"), *lost(B, "10:10:00", "10:15:00"), *lost(C)]

    assert found(*rows) == [("AS64510", "10:05:00", "10:15:00", 600, "partial", "none", "none")]


def test_the_longest_time_in_which_all_are_down_is_told():
    twice = lost(A, "10:06:00", "10:08:00", "10:10:00", "10:15:00")

    assert found(*twice, *lost(B, "10:05:00", "10:20:00"), *lost(C)) == [
        ("AS64510", "10:05:00", "10:20:00", 900, "total", "10:10:00", "10:15:00")
    ]


def test_networks_have_their_outages_apart_and_in_order():
    rows = [
        *lost(A, "10:40:00", "10:45:00"),
        *lost(B),
        *lost(C, "10:05:00", "10:10:00", "10:50:00"),
    ]

    assert found(*rows) == [
        ("AS64509", "10:05:00", "10:10:00", 300, "total", "10:05:00", "10:10:00"),
        ("AS64509", "10:50:00", "none", 600, "total", "10:50:00", "none"),
        ("AS64510", "10:40:00", "10:45:00", 300, "partial", "none", "none"),
    ]


def test_a_prefix_of_which_enough_is_never_known_does_not_keep_an_outage_from_being_total():
    rows = [*lost(A, "10:05:00", "10:20:00"), f"10:00:00Z,{B},1,1,", *lost(C)]

    assert [one[4] for one in found(*rows)] == ["total"]


def test_without_an_outage_there_is_a_table_without_rows():
    out, known = out_of(*lost(A))

    table = network_outages(out, ORIGINS, known, window().until.earliest)

    assert table.empty
    assert list(table) == [
        "network", "start", "end", "length_s", "extent", "total_from", "total_until"
    ]  # fmt: skip


def test_a_stretch_of_several_prefixes_ends_when_one_too_few_is_down():
    out, _ = out_of(*lost(A, "10:05:00", "10:20:00"), *lost(B, "10:10:00"), *lost(C, "10:20:00"))

    stretches = {number: together(out, number) for number in (1, 2, 3)}

    assert {
        number: [tuple(map(clock, one)) for one in each] for number, each in stretches.items()
    } == {
        1: [("10:05:00", "none")],
        2: [("10:10:00", "none")],
        3: [],
    }
    assert stretches[1][0][1] is pd.NaT


def test_the_origin_of_a_prefix_is_the_one_that_is_told_most():
    told = messages(
        message("10:00:00", 1, "S", "64501 64510", prefix=A),
        message("10:00:00", 2, "S", "64502 64509", prefix=A),
        message("10:00:00", 3, "A", "64503 64510", prefix=A),
        message("10:00:01", 1, "S", "64501 64510", prefix=B),
        message("10:00:01", 2, "A", "64502 64509", prefix=B),
        message("10:00:02", 1, "A", "64501 {64509+64510}", prefix=C),
        message("10:00:02", 2, "W", prefix="203.0.113.0/25"),
    )

    assert origins_of(told) == {A: "AS64510", B: "AS64509"}
