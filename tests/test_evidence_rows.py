"""Rows of frozen evidence: the first line at fault is named, with what is wrong with it."""

import pytest

from generator.model.evidence import Provenance
from generator.model.problem import BrokenInputError
from generator.read.rows import read_rows

HEADER = {
    "visibility": "time,prefix,seeing,known,upstreams",
    "messages": "time,collector,peer_ip,peer_asn,event,prefix,origin,path",
}
SEEN = "2020-01-01T10:00:00Z,198.51.100.0/24,2,2,64509:1 64511:1"
TOLD = "2020-01-01T10:00:00Z,rrc90,192.0.2.1,64501,A,198.51.100.0/24,64510,64501 64510"
SHAPE = {
    "visibility": "expected a row like 2014-12-22T16:15:07Z,175.45.176.0/24,2,3,1299:1 174:1, got ",
    "messages": "expected a row like "
    "2014-12-22T16:15:07Z,rrc01,195.66.224.138,2914,W,175.45.176.0/24,,, got ",
}


def provenance(grade, rows):
    return Provenance.model_validate(
        {
            "grade": grade,
            "because": "Made up.",
            "messages": "https://example.org/messages",
            "attribution": "Nobody.",
            "terms": "https://example.org/terms",
            "generator": "a test",
            "window": {"from": "2020-01-01T10:00:00Z", "to": "2020-01-01T11:00:00Z"},
            "inputs": [
                {"name": "a", "url": "https://example.org/a", "bytes": "1", "sha256": "0" * 64}
            ],
            "peers": [
                {
                    "collector": "rrc90",
                    "ip": f"192.0.2.{number}",
                    "asn": f"AS6450{number}",
                    "full_feed": "yes",
                    "basis": "Made up.",
                }
                for number in (1, 2)
            ],
            "table": {
                "file": f"{grade}.csv.gz",
                "rows": str(rows),
                "sha256": "0" * 64,
                "unpacked_sha256": "0" * 64,
            },
        }
    )


def refusal(grade, *lines, rows=None, text=None):
    """The one problem of these lines under the header, without its cure."""
    content = text or "".join(f"{line}\n" for line in (HEADER[grade], *lines))
    facts = provenance(grade, len(lines) if rows is None else rows)
    raw = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(BrokenInputError) as caught:
        read_rows(raw, facts, "t.csv.gz")
    (problem,) = caught.value.problems
    return str(problem).partition("\n")[0]


@pytest.mark.parametrize(
    "row",
    [
        "",
        SEEN + ",",
        SEEN.removesuffix(",64509:1 64511:1"),
        SEEN.replace("Z", "+00:00"),
        SEEN.replace("T10:00:00Z", ""),
        SEEN.replace(",2,2,", ",2.0,2,"),
        SEEN.replace(",2,2,", ",-1,2,"),
        SEEN.replace(",2,2,", ",02,2,"),
        SEEN.replace("198.51.100.0/24", "nowhere"),
        SEEN.replace("64509:1 ", "64509:0 "),
        SEEN.replace("64509:1 ", "64509:1  "),
        SEEN.replace("64509:1 ", "AS64509:1 "),
        SEEN + "\r",
        f'"{SEEN}"',
        " " + SEEN,
    ],
)
def test_a_row_of_visibility_has_one_shape(row):
    found = refusal("visibility", SEEN, row)

    assert found == f"t.csv.gz:3: {SHAPE['visibility']}{row!r}"


@pytest.mark.parametrize(
    "row",
    [
        TOLD.replace(",A,", ",B,"),
        TOLD.replace(",A,", ",W,"),
        TOLD.replace(",A,", ",D,"),
        TOLD.replace(",64501 64510", ","),
        TOLD.replace("64501 64510", "AS64501 AS64510"),
        TOLD.replace("64501 64510", "64501 {}"),
        TOLD.replace("64501 64510", "64501 {64509 64510}"),
        TOLD.replace("rrc90", ""),
        TOLD.replace("198.51.100.0/24", ""),
        "2020-01-01T10:00:00Z,rrc90,192.0.2.1,64501,W,198.51.100.0/24,64510,",
        "2020-01-01T10:00:00Z,rrc90,192.0.2.1,64501,D,198.51.100.0/24,,",
    ],
)
def test_a_row_of_messages_has_one_shape(row):
    found = refusal("messages", TOLD, row)

    assert found == f"t.csv.gz:3: {SHAPE['messages']}{row!r}"


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (SEEN.replace("01-01T", "02-30T"), "a time that does not exist"),
        (
            SEEN.replace("T10:00:00", "T09:59:59"),
            "a time outside the window of provenance.yaml",
        ),
        (
            SEEN.replace("T10:00:00", "T11:00:01"),
            "a time outside the window of provenance.yaml",
        ),
        (
            SEEN.replace("198.51.100.0/24", "198.51.100.1/24"),
            "expected a prefix in its canonical form",
        ),
        (
            SEEN.replace("198.51.100.0/24", "198.51.100.0/99"),
            "expected a prefix in its canonical form",
        ),
        (
            SEEN.replace(",2,2,", ",2,1,"),
            "expected seeing <= known <= the number of networks with a full feed",
        ),
        (
            SEEN.replace(",2,2,", ",2,3,"),
            "expected seeing <= known <= the number of networks with a full feed",
        ),
        (SEEN, "expected rows in order of prefix and time, one per prefix and second"),
        (
            SEEN.replace("198.51.100.0", "192.0.2.0"),
            "expected rows in order of prefix and time, one per prefix and second",
        ),
    ],
)
def test_a_row_of_visibility_must_make_sense(row, what):
    assert refusal("visibility", SEEN, row) == f"t.csv.gz:3: {what}"


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (TOLD.replace("01-01T", "02-30T"), "a time that does not exist"),
        (TOLD.replace("T10:", "T12:"), "a time outside the window of provenance.yaml"),
        (TOLD.replace("198.51", "198.051"), "expected a prefix in its canonical form"),
        (
            TOLD.replace("192.0.2.1", "192.0.2.001"),
            "expected a peer address in its canonical form",
        ),
        (TOLD.replace("192.0.2.1", "192.0.2.9"), "a peer that provenance.yaml does not list"),
        (TOLD.replace(",64501,", ",64502,"), "a peer that provenance.yaml does not list"),
        (TOLD.replace("rrc90", "rrc91"), "a peer that provenance.yaml does not list"),
    ],
)
def test_a_row_of_messages_must_make_sense(row, what):
    assert refusal("messages", TOLD, row) == f"t.csv.gz:3: {what}"


def test_messages_are_in_order_of_time_and_peer_but_those_of_a_second_may_be_in_any():
    later = TOLD.replace("10:00:00", "10:00:01")
    second_peer = later.replace("192.0.2.1,64501", "192.0.2.2,64502")
    other_prefix = second_peer.replace("198.51.100.0", "192.0.2.0")

    found = refusal("messages", TOLD, second_peer, other_prefix, second_peer, later)

    assert found == "t.csv.gz:6: expected rows in order of time, collector and peer_ip"


def test_the_number_of_rows_must_be_that_of_the_provenance():
    found = refusal("visibility", SEEN, rows=2)

    assert found == "t.csv.gz: 1 rows, but provenance.yaml says 2"


def test_the_header_must_be_that_of_the_grade():
    found = refusal("visibility", text=f"{HEADER['messages']}\n{TOLD}\n", rows=1)

    assert found == f"t.csv.gz:1: expected the header {HEADER['visibility']}"


def test_the_last_line_must_have_an_end():
    found = refusal("visibility", text=f"{HEADER['visibility']}\n{SEEN}", rows=1)

    assert found == "t.csv.gz:2: the last line has no end"


def test_only_ascii_may_be_in_a_table():
    found = refusal("visibility", text=f"{HEADER['visibility']}\n{SEEN}\n".encode() + b"\xb2\n")

    assert found == "t.csv.gz:3: a byte that is no ASCII"


@pytest.mark.parametrize("grade", HEADER)
def test_a_table_without_a_row_is_one_with_fewer_than_the_provenance_says(grade):
    what = refusal(grade, rows=3)

    assert what == "t.csv.gz: 0 rows, but provenance.yaml says 3"
