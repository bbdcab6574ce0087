"""BGP messages in MRT: what each kind of record tells."""

import mrt_writer as mrt
import pytest

from generator.fetch.mrt import Element, MrtStream, elements
from generator.model.evidence import Event

A, W, D, U, S = "A", "W", "D", "U", "S"


def told(*records: bytes) -> list[Element]:
    stream = MrtStream(records)
    found = list(elements(stream))
    assert stream.problem is None
    return found


def element(event: str, prefix: str = "", path: str = "", **other) -> Element:
    plain = Element(mrt.AT_S, 0, mrt.PEER, mrt.PEER_ASN, event, prefix, path, 0)
    return plain._replace(**other)


def test_the_letters_of_events_are_those_of_the_evidence():
    letters = (S, A, W, D, U)

    events = tuple(Event(letter) for letter in letters)

    assert events == (
        Event.STATE,
        Event.ANNOUNCE,
        Event.WITHDRAW,
        Event.SESSION_DOWN,
        Event.SESSION_UP,
    )


def test_an_announcement_of_two_prefixes_is_two_elements():
    record = mrt.bgp4mp(mrt.announcement("203.0.113.0/24", "198.51.100.0/25"))

    found = told(record)

    assert found == [
        element(A, "203.0.113.0/24", "64500 64510"),
        element(A, "198.51.100.0/25", "64500 64510"),
    ]


def test_one_real_looking_record_written_out_by_hand_is_read_byte_for_byte():
    record = bytes.fromhex(
        "713fb300 0010 0004 00000050"  # 2030-03-17T17:46:40Z, BGP4MP, MESSAGE_AS4, 80 bytes
        "0000fbf4 0000fbf3 0000 0001 c0000201 c00002fe"  # AS64500 to AS64499, IPv4
        "ffffffffffffffffffffffffffffffff 003c 02"  # marker, 60 bytes, UPDATE
        "0005 20c6336401"  # withdrawn: 198.51.100.1/32
        "001b"  # 27 bytes of attributes
        "400101 00"  # ORIGIN
        "40020e 0203 0000fbf4 0000fbf4 00010000"  # AS_PATH: 64500 64500 65536
        "c00803 010203"  # communities, of no interest and too short
        "18cb0071 00"  # 203.0.113.0/24, and the default route
    )

    found = told(record)

    assert found == [
        Element(0x713FB300, 0, "192.0.2.1", 64500, W, "198.51.100.1/32", "", 0),
        Element(0x713FB300, 0, "192.0.2.1", 64500, A, "203.0.113.0/24", "64500 64500 65536", 0),
        Element(0x713FB300, 0, "192.0.2.1", 64500, A, "0.0.0.0/0", "64500 64500 65536", 0),
    ]


@pytest.mark.parametrize(("subtype", "asn_bytes"), [(1, 2), (4, 4)])
def test_messages_of_both_widths_of_asns_tell_the_same(subtype, asn_bytes):
    message = mrt.announcement("203.0.113.0/24", path=(64500, 64510), asn_bytes=asn_bytes)

    found = told(mrt.bgp4mp(message, subtype))

    assert found == [element(A, "203.0.113.0/24", "64500 64510")]


@pytest.mark.parametrize(("subtype", "asn_bytes"), [(1, 2), (4, 4)])
def test_extended_time_gives_the_microsecond(subtype, asn_bytes):
    message = mrt.announcement("203.0.113.0/24", asn_bytes=asn_bytes)

    found = told(mrt.bgp4mp_et(message, 372_000, subtype))

    assert found == [element(A, "203.0.113.0/24", "64500 64510", at_us=372_000)]


@pytest.mark.parametrize("subtype", [1, 4, 6, 7, 8, 9, 10, 11])
def test_in_extended_time_each_kind_of_message_tells_the_same_to_the_microsecond(subtype):
    asn_bytes = 4 if subtype in {4, 7, 9, 11} else 2
    routes = mrt.nlris([("203.0.113.0/24", 7 if subtype >= 8 else None)])
    message = mrt.update(routes, mrt.path_attributes((64500, 64510), asn_bytes), routes)

    found = told(mrt.bgp4mp_et(message, 999_999, subtype))

    plain = told(mrt.bgp4mp(message, subtype))
    assert [each.event for each in plain] == [W, A]
    assert found == [each._replace(at_us=999_999) for each in plain]


@pytest.mark.parametrize(("subtype", "asn_bytes"), [(6, 2), (7, 4)])
def test_a_message_that_the_collector_sent_is_told_by_the_collector(subtype, asn_bytes):
    message = mrt.announcement("203.0.113.0/24", asn_bytes=asn_bytes)

    found = told(mrt.bgp4mp(message, subtype))

    collector = {"peer_ip": mrt.LOCAL, "peer_asn": mrt.LOCAL_ASN}
    assert found == [element(A, "203.0.113.0/24", "64500 64510", **collector)]


@pytest.mark.parametrize(("subtype", "asn_bytes"), [(8, 2), (9, 4)])
def test_path_identifiers_tell_several_routes_to_a_prefix_apart(subtype, asn_bytes):
    withdrawn = mrt.nlris([("198.51.100.0/24", 3)])
    announced = mrt.nlris([("203.0.113.0/24", 1), ("203.0.113.0/24", 2**32 - 1)])
    attributes = mrt.path_attributes((64500, 64510), asn_bytes)
    record = mrt.bgp4mp(mrt.update(withdrawn, attributes, announced), subtype)

    found = told(record)

    assert found == [
        element(W, "198.51.100.0/24", path_id=3),
        element(A, "203.0.113.0/24", "64500 64510", path_id=1),
        element(A, "203.0.113.0/24", "64500 64510", path_id=2**32 - 1),
    ]


@pytest.mark.parametrize(("subtype", "asn_bytes"), [(10, 2), (11, 4)])
def test_path_identifiers_in_messages_that_the_collector_sent(subtype, asn_bytes):
    attributes = mrt.path_attributes((64499,), asn_bytes)
    message = mrt.update(b"", attributes, mrt.nlris([("203.0.113.0/24", 9)]))

    found = told(mrt.bgp4mp(message, subtype))

    collector = {"peer_ip": mrt.LOCAL, "peer_asn": mrt.LOCAL_ASN}
    assert found == [element(A, "203.0.113.0/24", "64499", path_id=9, **collector)]


def test_an_ipv6_peer_tells_of_ipv6_and_ipv4_in_one_message():
    head = mrt.peers(peer="2001:db8::1", local="2001:db8::fe")
    attributes = b"".join(
        (
            mrt.mp_unreach(mrt.nlris(["2001:db8:1::/48"])),
            mrt.path_attributes((64500, 64510)),
            mrt.mp_reach(mrt.nlris(["2001:db8:2::/47", "2001:db8::1/128", "::/0"])),
        )
    )
    message = mrt.update(mrt.nlris(["198.51.100.0/24"]), attributes, mrt.nlris(["203.0.113.0/24"]))

    found = told(mrt.bgp4mp(message, head=head))

    peer = {"peer_ip": "2001:db8::1"}
    assert found == [
        element(W, "198.51.100.0/24", **peer),
        element(W, "2001:db8:1::/48", **peer),
        element(A, "203.0.113.0/24", "64500 64510", **peer),
        element(A, "2001:db8:2::/47", "64500 64510", **peer),
        element(A, "2001:db8::1/128", "64500 64510", **peer),
        element(A, "::/0", "64500 64510", **peer),
    ]


def test_path_identifiers_stand_before_ipv6_prefixes_too():
    block = mrt.nlris([("2001:db8::/32", 7)])
    attributes = mrt.path_attributes((64500,)) + mrt.mp_reach(block)

    found = told(mrt.bgp4mp(mrt.update(b"", attributes), 9))

    assert found == [element(A, "2001:db8::/32", "64500", path_id=7)]


def test_ipv4_among_the_attributes_counts_and_multicast_does_not():
    unicast = mrt.mp_reach(mrt.nlris(["203.0.113.0/24"]), family=1)
    multicast = mrt.mp_unreach(mrt.nlris(["198.51.100.0/24"]), family=1, kind=2)
    another = mrt.mp_reach(mrt.nlris(["198.51.100.0/24"]), family=25, kind=65)
    path = mrt.path_attributes((64500,))

    found = told(
        mrt.bgp4mp(mrt.update(b"", path + unicast)),
        mrt.bgp4mp(mrt.update(b"", path + multicast)),
        mrt.bgp4mp(mrt.update(b"", path + another)),
    )

    assert found == [element(A, "203.0.113.0/24", "64500")]


def test_bits_behind_a_prefix_are_of_no_meaning():
    block = bytes([13, 0xCB, 0xFF]) + bytes([20, 203, 0, 0xFF]) + bytes([25, 203, 0, 113, 0xFF])

    found = told(mrt.bgp4mp(mrt.update(b"", mrt.path_attributes((64500,)), block)))

    prefixes = [each.prefix for each in found]
    assert prefixes == ["203.248.0.0/13", "203.0.240.0/20", "203.0.113.128/25"]


def test_ipv4_inside_ipv6_is_written_as_the_archive_writes_it():
    block = mrt.nlris(["::ffff:192.0.2.0/120", "::192.0.2.0/120"])
    attributes = mrt.path_attributes((64500,)) + mrt.mp_reach(block)

    found = told(mrt.bgp4mp(mrt.update(b"", attributes)))

    prefixes = [each.prefix for each in found]
    assert prefixes == ["::ffff:c000:200/120", "::c000:200/120"]


@pytest.mark.parametrize("kind", [1, 3, 4, 5])
def test_messages_other_than_updates_tell_nothing_of_routes(kind):
    assert told(mrt.bgp4mp(mrt.bgp(kind, bytes(10)))) == []


def test_an_end_of_table_marker_tells_nothing():
    assert told(mrt.bgp4mp(mrt.update())) == []


def test_the_messages_of_1999_have_no_header():
    message = mrt.contents(
        mrt.nlris(["198.51.100.0/24"]),
        mrt.path_attributes((64500, 64510), 2),
        mrt.nlris(["203.0.113.0/24"]),
    )

    found = told(mrt.legacy_update(message), mrt.legacy_change(6, 1), mrt.legacy_change(4, 5))

    assert found == [
        element(W, "198.51.100.0/24"),
        element(A, "203.0.113.0/24", "64500 64510"),
        element(D),
    ]


def test_a_message_of_1999_has_its_path_of_4_octets_merged():
    attributes = mrt.path_attributes((64500, 23456), 2) + mrt.as4_path((65536,))

    found = told(mrt.legacy_update(mrt.contents(b"", attributes, mrt.nlri("203.0.113.0/24"))))

    assert found == [element(A, "203.0.113.0/24", "64500 65536")]


def test_records_that_are_not_read_are_counted():
    stream = MrtStream(
        [
            mrt.legacy(7, b""),
            mrt.record(16, 2, b"old"),
            mrt.record(16, 2, b"old"),
            mrt.record(11, 99, b"OSPF"),
            mrt.record(13, 3, b"multicast"),
        ]
    )

    found = list(elements(stream))

    assert (found, stream.problem, stream.records) == ([], None, 5)
    assert stream.passed_over == {"5/7": 1, "16/2": 2, "11": 1, "13/3": 1}
