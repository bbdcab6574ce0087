"""AS paths in MRT: how they are written, and how two halves of one are merged."""

import struct

import mrt_writer as mrt
import pytest

from generator.fetch.mrt import MrtStream, elements


def path_of(record: bytes) -> str:
    stream = MrtStream([record])
    (found,) = elements(stream)
    assert (found.prefix, stream.problem) == ("203.0.113.0/24", None)
    return found.path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((64500, 64500, 64500, 64510), "64500 64500 64500 64510"),
        ((64500, frozenset({64512, 64511})), "64500 {64511+64512}"),
        ((frozenset({64511}), 64512), "{64511} 64512"),
        ((64500, (64601, 64602), 64510), "64500 (64601+64602) 64510"),
        ((4_294_967_295, 23456, 0), "4294967295 23456 0"),
        ((), ""),
    ],
)
def test_a_path_is_written_hop_by_hop(path, text):
    written = path_of(mrt.bgp4mp(mrt.announcement("203.0.113.0/24", path=path)))

    assert written == text


def test_a_confederation_set_and_a_sequence_of_more_than_255_hops_are_written():
    long = b"\x02\xff" + struct.pack(">I", 64500) * 255 + b"\x02\x01" + struct.pack(">I", 64501)
    value = b"\x04\x02" + struct.pack(">II", 64602, 64601) + long
    attributes = mrt.attribute(1, b"\0") + mrt.attribute(2, value)

    written = path_of(mrt.bgp4mp(mrt.update(b"", attributes, mrt.nlri("203.0.113.0/24"))))

    assert written == "[64602+64601] " + "64500 " * 255 + "64501"


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ((64500, 64501, 23456), (64501, 65536), "64500 64501 65536"),
        ((64500, 23456), (64500, 65536), "64500 65536"),
        ((64500,), (64501, 65536), "64500"),
        ((64500, 23456), (), "64500 23456"),
        ((64500, frozenset({23456, 64511})), (frozenset({65536, 64511}),), "64500 {64511+65536}"),
        ((64500, (64601, 64602), 23456), (65536,), "64500 (64601+64602) 65536"),
        ((64500, 64501, 23456), ((64601,), 65536), "64500 64501 65536"),
        ((frozenset({64511, 23456}), 64501, 23456), (65536,), "{23456+64511} 64501 65536"),
    ],
)
def test_the_path_of_4_octets_is_merged_into_that_of_2(old, new, text):
    attributes = mrt.path_attributes(old, 2) + mrt.as4_path(new)
    message = mrt.update(b"", attributes, mrt.nlri("203.0.113.0/24"))

    written = path_of(mrt.bgp4mp(message, 1))

    assert written == text


def test_the_path_of_4_octets_is_ignored_where_asns_have_4_octets_anyway():
    attributes = mrt.path_attributes((64500, 23456)) + mrt.as4_path((64500, 65536))

    written = path_of(mrt.bgp4mp(mrt.update(b"", attributes, mrt.nlri("203.0.113.0/24"))))

    assert written == "64500 23456"


@pytest.mark.parametrize(("aggregator", "text"), [(23456, "64500 65536"), (64501, "64500 23456")])
def test_a_stale_path_of_4_octets_is_known_by_the_aggregator(aggregator, text):
    address = b"\xc0\0\2\1"
    attributes = b"".join(
        (
            mrt.path_attributes((64500, 23456), 2),
            mrt.attribute(7, struct.pack(">H", aggregator) + address),
            mrt.as4_path((64500, 65536)),
            mrt.attribute(18, struct.pack(">I", 65536) + address),
        )
    )

    written = path_of(mrt.bgp4mp(mrt.update(b"", attributes, mrt.nlri("203.0.113.0/24")), 1))

    assert written == text


@pytest.mark.parametrize("head", [b"\x40\x02\x06", b"\x50\x02\x00\x06"])
def test_a_path_right_behind_the_origin_is_read_however_its_length_is_written(head):
    first = head + mrt.segments((64500,), 4)
    second = mrt.attribute(2, mrt.segments((64511,), 4))
    attributes = mrt.attribute(1, b"\0") + first + second

    written = path_of(mrt.bgp4mp(mrt.update(b"", attributes, mrt.nlri("203.0.113.0/24"))))

    assert written == "64500"


def test_attributes_may_stand_in_any_order_with_long_lengths_and_the_first_of_two_counts():
    first = b"\x50\x02\x00\x06\x02\x01" + struct.pack(">I", 64500)
    second = mrt.attribute(2, mrt.segments((64511,), 4))
    attributes = mrt.attribute(8, bytes(400), 0xC0) + first + second + mrt.attribute(1, b"\0")

    written = path_of(mrt.bgp4mp(mrt.update(b"", attributes, mrt.nlri("203.0.113.0/24"))))

    assert written == "64500"
