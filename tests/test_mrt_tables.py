"""Tables in MRT: TABLE_DUMP and TABLE_DUMP_V2."""

import mrt_writer as mrt
import pytest

from generator.fetch.mrt import Element, MrtStream, elements

PATH = mrt.path_attributes((64500, 65536))


def told(*records: bytes) -> list[Element]:
    stream = MrtStream(records)
    found = list(elements(stream))
    assert stream.problem is None
    return found


def entry(prefix: str, path: str = "64500 65536", **other) -> Element:
    plain = Element(mrt.AT_S, 0, mrt.PEER, mrt.PEER_ASN, "S", prefix, path, 0)
    return plain._replace(**other)


def problem(*records: bytes) -> str:
    stream = MrtStream(records)
    assert list(elements(stream)) == []
    return stream.problem.what


def test_the_old_table_has_a_route_in_each_record():
    ipv4 = mrt.table_dump("203.0.113.0/24", mrt.path_attributes((64500, 64510), 2))
    ipv6 = mrt.table_dump(
        "2001:db8::/32", mrt.path_attributes((64501,), 2), "2001:db8::1", 64501, mrt.AT_S + 1
    )

    found = told(ipv4, ipv6)

    peer = {"at_s": mrt.AT_S + 1, "peer_ip": "2001:db8::1", "peer_asn": 64501}
    assert found == [
        entry("203.0.113.0/24", "64500 64510"),
        entry("2001:db8::/32", "64501", **peer),
    ]


def test_the_old_table_has_paths_of_4_octets_merged():
    attributes = mrt.path_attributes((64500, 23456), 2) + mrt.as4_path((65536,))

    found = told(mrt.table_dump("203.0.113.0/24", attributes))

    assert found == [entry("203.0.113.0/24", "64500 65536")]


def test_the_new_table_has_a_prefix_in_each_record_and_its_peers_in_one_before():
    peers = mrt.peer_index((mrt.PEER, 64500, 2), ("2001:db8::1", 65536, 4))

    found = told(
        peers,
        mrt.rib("203.0.113.0/24", (1, PATH), (0, PATH)),
        mrt.rib("2001:db8::/32", (0, PATH), subtype=4),
        mrt.rib("198.51.100.0/24"),
    )

    assert found == [
        entry("203.0.113.0/24", peer_ip="2001:db8::1", peer_asn=65536),
        entry("203.0.113.0/24"),
        entry("2001:db8::/32"),
    ]


def test_a_later_table_of_peers_replaces_the_earlier():
    found = told(
        mrt.peer_index((mrt.PEER, 64500, 4)),
        mrt.peer_index(("192.0.2.2", 64502, 4)),
        mrt.rib("203.0.113.0/24", (0, PATH)),
    )

    assert found == [entry("203.0.113.0/24", peer_ip="192.0.2.2", peer_asn=64502)]


@pytest.mark.parametrize(("subtype", "prefix"), [(8, "203.0.113.0/24"), (10, "2001:db8::/32")])
def test_path_identifiers_tell_a_peers_routes_apart(subtype, prefix):
    entries = ((0, 36, PATH), (0, 38, PATH))

    found = told(mrt.peer_index((mrt.PEER, 64500, 4)), mrt.rib(prefix, *entries, subtype=subtype))

    assert found == [entry(prefix, path_id=36), entry(prefix, path_id=38)]


def test_the_next_hop_that_a_table_keeps_of_mp_reach_is_no_prefix():
    cut_short = mrt.attribute(14, b"\x10" + bytes(16), 0x80)
    record = mrt.rib("2001:db8::/32", (0, PATH + cut_short), subtype=4)

    found = told(mrt.peer_index((mrt.PEER, 64500, 4)), record)

    assert found == [entry("2001:db8::/32")]


def test_a_table_without_its_peers_is_a_problem():
    assert (
        problem(mrt.rib("203.0.113.0/24", (0, PATH))) == "a table entry before the table of peers"
    )


def test_an_entry_of_an_unknown_peer_is_a_problem():
    records = mrt.peer_index((mrt.PEER, 64500, 4)), mrt.rib("203.0.113.0/24", (1, PATH))

    assert problem(*records) == "it is shorter than it says"


@pytest.mark.parametrize(
    ("kind", "subtype", "cut", "what"),
    [
        (13, 2, -1, "a path attribute runs past the end"),
        (13, 1, -1, "the table of peers runs past its end"),
        (12, 1, -1, "the path attributes are not as long as the record"),
        (12, 1, 20, "it is shorter than it says"),
        (13, 2, 6, "what should be a prefix is none: 18cb"),
    ],
)
def test_a_record_that_is_too_short_for_what_it_says_is_a_problem(kind, subtype, cut, what):
    whole = {
        (13, 2): mrt.rib("203.0.113.0/24", (0, PATH)),
        (13, 1): mrt.peer_index((mrt.PEER, 64500, 4)),
        (12, 1): mrt.table_dump("203.0.113.0/24", PATH),
    }
    body = whole[kind, subtype][12:][:cut]

    records = mrt.peer_index((mrt.PEER, 64500, 4)), mrt.record(kind, subtype, body)

    assert problem(*records) == what


def test_entries_that_are_fewer_than_their_record_has_room_for_are_a_problem():
    peers = mrt.peer_index((mrt.PEER, 64500, 4))
    body = mrt.rib("203.0.113.0/24", (0, PATH))[12:] + b"\0"

    what = problem(peers, mrt.record(13, 2, body))

    assert what == "the entries of a table are not as long as their record"


def test_a_table_of_peers_that_is_longer_than_it_says_is_a_problem():
    body = mrt.peer_index((mrt.PEER, 64500, 4))[12:] + b"\0"

    assert problem(mrt.record(13, 1, body)) == "the table of peers is shorter than its record"


def test_a_prefix_of_more_bits_than_an_address_has_is_a_problem():
    body = bytearray(mrt.table_dump("203.0.113.0/24", PATH)[12:])
    body[8] = 33

    assert problem(mrt.record(12, 1, bytes(body))) == "it is shorter than it says"
