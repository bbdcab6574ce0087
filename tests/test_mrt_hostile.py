"""Bytes that nobody meant: reading ends, in bounded time, with no more than a problem."""

import bz2
import gzip
from ipaddress import ip_network

import mrt_writer as mrt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.fetch.mrt import Element, MrtStream, elements, select
from generator.model.problem import Problem

ATTRIBUTES = mrt.path_attributes((64500, frozenset({64511, 64512}), (64601,)))
V6 = mrt.mp_reach(mrt.nlris(["2001:db8::/32"])) + mrt.mp_unreach(mrt.nlris(["2001:db8:1::/48"]))
UPDATE = mrt.update(mrt.nlri("198.51.100.0/24"), ATTRIBUTES + V6, mrt.nlri("203.0.113.0/24"))
ADD_PATH = mrt.update(b"", ATTRIBUTES, mrt.nlri("203.0.113.0/24", 7))
HALVED = mrt.path_attributes((64500, 23456), 2) + mrt.as4_path((65536,))
RECORDS = [
    mrt.bgp4mp(UPDATE),
    mrt.bgp4mp_et(UPDATE, 5),
    mrt.bgp4mp(mrt.update(b"", HALVED, mrt.nlri("203.0.113.0/24")), 1),
    mrt.bgp4mp(UPDATE, 7),
    mrt.bgp4mp(ADD_PATH, 9),
    mrt.bgp4mp(mrt.states(6, 1), 5),
    mrt.bgp4mp_et(mrt.states(5, 6), 5, 0),
    mrt.legacy_update(mrt.contents(b"", HALVED, mrt.nlri("203.0.113.0/24"))),
    mrt.legacy_change(6, 1),
    mrt.table_dump("203.0.113.0/24", HALVED),
    mrt.peer_index((mrt.PEER, 64500, 4), ("2001:db8::1", 64501, 2)),
    mrt.rib("203.0.113.0/24", (0, ATTRIBUTES), (1, ATTRIBUTES)),
    mrt.rib("2001:db8::/32", (1, 3, ATTRIBUTES), subtype=10),
]
WHOLE = b"".join(RECORDS)
PACKED = (WHOLE, gzip.compress(WHOLE, mtime=0), bz2.compress(WHOLE))
WANTED = [ip_network("203.0.113.0/24"), ip_network("2001:db8::/32")]
CALM = settings(derandomize=True, deadline=None)


def read(content: bytes) -> tuple[list[Element], Problem | None]:
    """Read at both speeds, and hold them to what must be true whatever the bytes."""
    stream, quick = MrtStream([content]), MrtStream([content])
    told, wanted = list(elements(stream)), list(select(quick, WANTED))
    for element in told + wanted:
        assert element.event in "AWSDU"
        assert (element.prefix == "") == (element.event in "DU")
        assert element.prefix == "" or str(ip_network(element.prefix)) == element.prefix
    assert quick.records == stream.records
    if stream.problem is None:
        assert set(wanted) <= set(told)
    else:
        assert str(stream.problem)
    return told, stream.problem


def test_the_whole_file_is_sound():
    told, problem = read(WHOLE)

    assert (len(told), problem) == (22, None)


@CALM
@given(st.binary(max_size=4000))
def test_any_bytes_end_in_a_problem(content):
    _, problem = read(content)

    assert problem is not None or content


BODIES = st.binary(max_size=300)
KINDS = st.sampled_from(
    [(5, 1), (5, 3), (12, 1), (12, 2)]
    + [(13, subtype) for subtype in (1, 2, 4, 8, 10)]
    + [(kind, subtype) for kind in (16, 17) for subtype in range(12)]
)


@CALM
@given(st.lists(st.tuples(KINDS, BODIES), max_size=10))
def test_any_bodies_in_sound_records_leave_the_other_records_as_they_are(parts):
    told, _ = read(WHOLE)
    noise = [mrt.record(*kind, body) for kind, body in parts if kind != (13, 1)]

    among, _ = read(b"".join(noise) + WHOLE)

    assert among[len(among) - len(told) :] == told


@pytest.mark.large
@settings(CALM, max_examples=300)
@given(
    st.sampled_from(PACKED),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), max_size=4),
    st.floats(0, 1),
)
def test_flipped_bits_and_cut_ends_are_survived(content, flips, kept):
    damaged = bytearray(content)
    for place, bits in flips:
        damaged[int(place * len(damaged))] ^= bits

    read(bytes(damaged[: int(kept * len(damaged))]))


def test_a_flipped_bit_in_every_byte_is_survived_and_leaves_the_records_before_it():
    told, _ = read(WHOLE)
    counts = [len(read(b"".join(RECORDS[:count]))[0]) for count in range(len(RECORDS) + 1)]
    ends = [sum(map(len, RECORDS[:count])) for count in range(len(RECORDS) + 1)]

    for at in range(len(WHOLE)):
        before = counts[sum(end <= at for end in ends) - 1]
        damaged = bytearray(WHOLE)
        damaged[at] ^= 1 << at % 8
        stream = MrtStream([bytes(damaged)])
        assert list(elements(stream))[:before] == told[:before]


def test_a_flipped_bit_in_every_byte_of_compressed_data_gives_a_problem_or_the_same():
    told, _ = read(WHOLE)

    for content in PACKED[1:]:
        for at in range(len(content)):
            damaged = bytearray(content)
            damaged[at] ^= 0x10
            found, problem = read(bytes(damaged))
            assert problem or found == told


@pytest.mark.large
def test_a_file_cut_at_every_byte_tells_the_records_before_and_where_it_ends():
    told, _ = read(WHOLE)
    ends = {sum(map(len, RECORDS[:count])) for count in range(len(RECORDS) + 1)}

    for content in PACKED:
        for cut in range(len(content)):
            found, problem = read(content[:cut])
            assert found == told[: len(found)]
            assert problem or (content is WHOLE and cut in ends)
