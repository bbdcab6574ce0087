"""Changes of sessions in MRT: only those that reach or leave Established count."""

import struct

import mrt_writer as mrt
import pytest

from generator.fetch.mrt import Element, MrtStream, elements

D, U = "D", "U"


def told(*records: bytes) -> list[Element]:
    stream = MrtStream(records)
    found = list(elements(stream))
    assert stream.problem is None
    return found


def element(event: str, prefix: str = "", path: str = "", **other) -> Element:
    plain = Element(mrt.AT_S, 0, mrt.PEER, mrt.PEER_ASN, event, prefix, path, 0)
    return plain._replace(**other)


@pytest.mark.parametrize("subtype", [0, 5])
def test_a_session_that_leaves_or_reaches_established_goes_down_or_up(subtype):
    changes = [(6, 1), (1, 2), (2, 3), (3, 2), (5, 6), (6, 7), (6, 6)]

    found = told(*(mrt.bgp4mp(mrt.states(*change), subtype) for change in changes))

    assert found == [element(D), element(U), element(D)]


@pytest.mark.parametrize("subtype", [0, 5])
def test_a_session_change_in_extended_time_has_its_microsecond(subtype):
    found = told(mrt.bgp4mp_et(mrt.states(6, 1), 999_999, subtype))

    assert found == [element(D, at_us=999_999)]


def test_an_ipv6_session_changes_too():
    head = mrt.peers(peer="2001:db8::1", local="2001:db8::fe")

    found = told(mrt.bgp4mp(mrt.states(5, 6), 5, head))

    assert found == [element(U, peer_ip="2001:db8::1")]


def test_zebra_s_records_without_a_peer_are_passed_by():
    nobody = struct.pack(">HHHH", 64500, 64499, 0xFFFF, 0xFFFF)
    bare = struct.pack(">HHHH", 64500, 64499, 6, 1)

    found = told(
        mrt.bgp4mp(mrt.bgp(1, bytes(10)), 1, nobody),
        mrt.record(16, 0, bare),
    )

    assert found == []
