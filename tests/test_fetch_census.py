"""Counting the prefixes of a table's peers, in one pass with selecting some of them."""

from ipaddress import ip_network

import mrt_writer
import pytest

from generator.fetch.mrt import MrtStream, select
from generator.fetch.mrt.census import Census, Counted

P, SIX = "203.0.113.0/24", "2001:db8::/32"
PEERS = (("192.0.2.1", 64501, 4), ("2001:db8::1", 64502, 4), ("192.0.2.3", 64503, 2))
ROUTE = mrt_writer.path_attributes([64501, 64510])
LONG = mrt_writer.path_attributes([64501, *range(65536, 65552), 64510]) + mrt_writer.attribute(
    8, bytes(400), 0xC0
)


def counted(*records, networks=(P, SIX)):
    """What is counted and what selected, which must be what is selected without a count."""
    wanted = [ip_network(one) for one in networks]
    stream, census = MrtStream([b"".join(records)]), Census(wanted)
    found = list(census.select(stream))
    assert found == list(select(MrtStream([b"".join(records)]), wanted))
    return census.peers(), found, stream.problem


TABLE = (
    mrt_writer.peer_index(*PEERS),
    mrt_writer.rib("0.0.0.0/0", (0, ROUTE)),
    mrt_writer.rib("192.0.2.0/25", (0, LONG), (2, ROUTE)),
    mrt_writer.rib(P, (0, ROUTE), (2, LONG)),
    mrt_writer.rib("2001:db8:1::/48", (1, ROUTE), subtype=4),
)


def test_each_peer_has_as_many_prefixes_as_entries_and_the_wanted_are_selected():
    peers, found, problem = counted(*TABLE)

    assert peers == [
        Counted("192.0.2.1", 64501, 3, 0),
        Counted("192.0.2.3", 64503, 2, 0),
        Counted("2001:db8::1", 64502, 0, 1),
    ]
    assert [(one.peer_ip, one.prefix) for one in found] == [
        ("192.0.2.1", P), ("192.0.2.3", P), ("2001:db8::1", "2001:db8:1::/48")
    ]  # fmt: skip
    assert problem is None


def test_a_peer_that_is_listed_without_any_entry_has_none():
    peers, _, _ = counted(mrt_writer.peer_index(*PEERS))

    assert [one[2:] for one in peers] == [(0, 0)] * 3


def test_a_peer_that_is_listed_twice_is_counted_once_with_the_longer_table():
    twice = mrt_writer.peer_index(PEERS[0], PEERS[0])
    peers, _, _ = counted(
        twice, mrt_writer.rib("192.0.2.0/25", (0, ROUTE), (1, ROUTE)), mrt_writer.rib(P, (1, ROUTE))
    )

    assert peers == [Counted("192.0.2.1", 64501, 2, 0)]


def test_several_paths_of_one_peer_to_a_prefix_are_one_prefix():
    paths = [(0, 1, ROUTE), (0, 2, LONG), (2, 1, ROUTE)]
    peers, found, problem = counted(
        mrt_writer.peer_index(*PEERS),
        mrt_writer.rib(P, *paths, subtype=8),
        mrt_writer.rib(SIX, (1, 7, ROUTE), subtype=10),
    )

    assert [one[2:] for one in peers] == [(1, 0), (1, 0), (0, 1)]
    assert (len(found), problem) == (4, None)


def test_tables_of_the_older_form_are_counted_too():
    records = [
        mrt_writer.table_dump(prefix, mrt_writer.path_attributes([64500], 2), peer=peer, asn=asn)
        for prefix in (P, "192.0.2.0/25", SIX)
        for peer, asn in ((PEERS[0][:2] if ":" not in prefix else PEERS[1][:2]),)
    ]

    peers, found, problem = counted(*records)

    assert peers == [Counted("192.0.2.1", 64501, 2, 0), Counted("2001:db8::1", 64502, 0, 1)]
    assert ([one.prefix for one in found], problem) == ([P, SIX], None)


def test_a_file_of_two_tables_counts_the_longer_of_each_peer():
    other = [
        mrt_writer.peer_index(PEERS[2], PEERS[0]),
        mrt_writer.rib(P, (1, ROUTE)),
        mrt_writer.rib("192.0.2.0/25", (0, ROUTE)),
    ]

    peers, found, problem = counted(*TABLE, *other)

    assert [one[:3] for one in peers] == [
        ("192.0.2.1", 64501, 3), ("192.0.2.3", 64503, 2), ("2001:db8::1", 64502, 0)
    ]  # fmt: skip
    assert (len(found), problem) == (4, None)


@pytest.mark.parametrize(
    ("record", "what"),
    [
        (
            mrt_writer.record(13, 2, mrt_writer.rib("192.0.2.0/25", (0, ROUTE))[12:] + b"?"),
            "as long as",
        ),
        (mrt_writer.record(13, 2, mrt_writer.rib("192.0.2.0/25", (0, ROUTE))[12:-1]), "as long as"),
        (mrt_writer.rib("192.0.2.0/25", (3, ROUTE)), "shorter than it says"),
        (mrt_writer.record(13, 2, bytes(4) + b"\x21" + bytes(9)), "shorter than it says"),
    ],
)
def test_damage_is_noticed_in_records_that_nobody_asked_for(record, what):
    stream, census = MrtStream([b"".join((*TABLE, record))]), Census([ip_network(P)])

    assert len(list(census.select(stream))) == 2
    assert what in stream.problem.what


def test_entries_before_the_list_of_peers_are_damage():
    stream, census = MrtStream([b"".join(TABLE[1:])]), Census([ip_network(P)])

    assert (list(census.select(stream)), census.peers()) == ([], [])
    assert "before the table of peers" in stream.problem.what
