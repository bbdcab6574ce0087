"""Records that contradict their format: left out and named, while the others are read."""

import mrt_writer as mrt
import pytest

from generator.fetch.mrt import MrtStream, elements
from generator.model.problem import Problem

RECORDS = [
    mrt.bgp4mp(mrt.announcement(f"198.51.100.{number}/32"), at_s=mrt.AT_S + number)
    for number in range(3)
]
TOLD = [f"198.51.100.{number}/32" for number in range(3)]


def read(source):
    stream = MrtStream(source, "updates.gz")
    return [element.prefix for element in elements(stream)], stream


def test_records_that_contradict_their_format_are_left_out_and_the_others_kept():
    broken = mrt.bgp4mp(mrt.announcement("203.0.113.0/24")[:-1])
    records = [RECORDS[0], broken, RECORDS[1], broken, broken, RECORDS[2]]

    found, stream = read([b"".join(records)])

    assert found == TOLD[:3]
    assert stream.problem == Problem(
        "updates.gz",
        0,
        f"record 2 at byte {len(RECORDS[0])}",
        "a BGP message of 51 bytes in 50; 3 records cannot be read, of which this is the first",
        "Fetch the file again. What 3 sound records tell was taken.",
    )


def test_one_problem_tells_of_broken_records_and_of_the_broken_end():
    broken = mrt.record(16, 99, b"")

    found, stream = read([RECORDS[0] + broken + RECORDS[1] + b"tail"])

    assert found == TOLD[:2]
    assert stream.problem.field == f"record 4 at byte {len(RECORDS[0] + broken + RECORDS[1])}"
    assert stream.problem.what == (
        "the file breaks off after 4 of the 12 bytes of its head; 1 before cannot be read, "
        f"first record 2 at byte {len(RECORDS[0])}: type/subtype 16/99 does not exist"
    )


def test_prefixes_before_the_one_that_breaks_a_message_are_told():
    path = mrt.path_attributes((64500,))
    message = mrt.update(
        mrt.nlri("198.51.100.0/24"), path, mrt.nlri("203.0.113.0/24") + b"\x18\xcb"
    )

    found, stream = read([mrt.bgp4mp(message)])

    assert found == ["198.51.100.0/24", "203.0.113.0/24"]
    assert stream.problem.what == "what should be a prefix is none: 18cb"


PATH = mrt.path_attributes((64500,))
ONE = mrt.nlri("203.0.113.0/24")


@pytest.mark.parametrize(
    ("record", "what"),
    [
        (
            mrt.bgp4mp(b"\0" + mrt.announcement("203.0.113.0/24")[1:]),
            "a BGP message does not begin with its marker",
        ),
        (
            mrt.record(16, 4, mrt.peers()[:10] + b"\0\2" + mrt.peers()[12:] + b"\xff" * 20),
            "a BGP message does not begin with its marker",
        ),
        (mrt.bgp4mp(mrt.bgp(9)), "a BGP message of type 9, which does not exist"),
        (mrt.bgp4mp(mrt.bgp(2)), "it is shorter than it says"),
        (
            mrt.bgp4mp(mrt.bgp(2, b"\0\0\0\7" + b"\0")),
            "the path attributes run past the end of the message",
        ),
        (
            mrt.bgp4mp(mrt.update(b"", PATH + b"\x40\x03\x05\x00", ONE)),
            "a path attribute runs past the end",
        ),
        (mrt.bgp4mp(mrt.update(b"", PATH + b"\x40", ONE)), "it is shorter than it says"),
        (
            mrt.bgp4mp(mrt.update(b"", mrt.attribute(1, b"\0") + b"\x40\x02\x06", ONE)),
            "a path attribute runs past the end",
        ),
        (
            mrt.bgp4mp(mrt.update(b"", mrt.attribute(1, b"\0") + b"\x50\x02\x00", ONE)),
            "it is shorter than it says",
        ),
        (
            mrt.bgp4mp(mrt.update(b"", mrt.attribute(2, b"\2\2\0\0\0\1"), ONE)),
            "an AS path runs past its end",
        ),
        (
            mrt.bgp4mp(mrt.update(b"", mrt.attribute(2, b"\7\1\0\0\0\1"), ONE)),
            "an AS path has a segment of kind 7, which does not exist",
        ),
        (
            mrt.bgp4mp(mrt.update(b"", mrt.attribute(2, b"\1\0"), ONE)),
            "an AS path has a segment without an ASN",
        ),
        (
            mrt.bgp4mp(mrt.update(b"", mrt.attribute(14, b"\0\2\1\xff"), ONE)),
            "MP_REACH_NLRI is shorter than it says",
        ),
        (
            mrt.bgp4mp(mrt.update(b"", mrt.mp_unreach(b"\x81"), ONE)),
            "what should be a prefix is none: 81",
        ),
        (mrt.bgp4mp(mrt.update(b"\x21", PATH, ONE)), "what should be a prefix is none: 21"),
        (
            mrt.record(16, 4, mrt.peers()[:10] + b"\0\3" + bytes(60)),
            "a peer's address of family 0003, which does not exist",
        ),
        (mrt.bgp4mp(mrt.states(6, 1) + b"\0", 5), "a session change of 25 bytes"),
        (mrt.bgp4mp_et(mrt.bgp(4), 10**6), "a second of 1000000 microseconds"),
        (mrt.record(17, 4, b"\0"), "it is shorter than it says"),
        (mrt.legacy_update(bytes(4097)), "an UPDATE of 4097 bytes, when 4096 were allowed"),
        (mrt.legacy(3, bytes(9)), "a session change of 9 bytes"),
        (mrt.legacy(1, bytes(5)), "it is shorter than it says"),
    ],
)  # fmt: skip
def test_what_contradicts_its_format_is_named(record, what):
    found, stream = read([record])

    assert (found, stream.problem.what) == ([], what)
