"""JSON lines of announcements and withdrawals: read in one order, or refused line by line."""

import json
import random
from datetime import UTC, datetime

import pytest

from generator.fetch import jsonlines
from generator.fetch.jsonlines import Known, read_json_lines
from generator.model.problem import BrokenInputError

P = "203.0.113.0/24"
PEERS = {"192.0.2.1": Known("rrc91", 64501), "192.0.2.2": Known("rrc90", 64502)}
TEN = 1577872800  # 2020-01-01T10:00:00Z


def line(number, index, via="", at_s=None, *, prefix=P, **more):
    """A line of peer 192.0.2.<number>; no path makes it a withdrawal."""
    value = {"path": via.split(), "peer_ip": f"192.0.2.{number}", "pfx": prefix, "idx": index}
    if index:
        value["ts"] = TEN + at_s
    if not via:
        value["W"] = True
    return json.dumps({**value, **more})


def read(tmp_path, *lines, peers=PEERS, **options):
    file = tmp_path / "messages.jsonl"
    file.write_text("".join(f"{text}\n" for text in lines), "utf-8")
    return read_json_lines(file, peers, **options)


def spelled(rows):
    return [
        f"{at:%H:%M:%S} " + " ".join(map(str, rest))
        for at, *rest in rows.itertuples(index=False, name=None)
    ]


def refusal(tmp_path, *lines, **options):
    """The problems of these lines, without the folder."""
    with pytest.raises(BrokenInputError) as caught:
        read(tmp_path, *lines, **options)
    return [
        str(one).partition("\n")[0].removeprefix(f"{tmp_path.as_posix()}/")
        for one in caught.value.problems
    ]


STORY = (
    line(1, 0, "64501 64511 64510", comm="64501:1", agg="64510 192.0.2.9"),
    line(1, 1, "", 60),
    line(1, 2, "64501 64509 64510", 60),
    line(1, 0, "64501 64511 64510", prefix="198.51.100.0/24"),
    line(1, 1, "", 60, prefix="198.51.100.0/24"),
    line(2, 0, "64502 {64510,64509}"),
    line(2, 1, "", 30),
)


def test_lines_become_messages_in_order_of_time_collector_peer_prefix_and_idx(tmp_path):
    rows = read(tmp_path, *STORY)

    assert spelled(rows) == [
        "10:00:29 rrc90 192.0.2.2 64502 S 203.0.113.0/24 {64510+64509} 64502 {64510+64509}",
        "10:00:29 rrc91 192.0.2.1 64501 S 198.51.100.0/24 64510 64501 64511 64510",
        "10:00:29 rrc91 192.0.2.1 64501 S 203.0.113.0/24 64510 64501 64511 64510",
        "10:00:30 rrc90 192.0.2.2 64502 W 203.0.113.0/24  ",
        "10:01:00 rrc91 192.0.2.1 64501 W 198.51.100.0/24  ",
        "10:01:00 rrc91 192.0.2.1 64501 W 203.0.113.0/24  ",
        "10:01:00 rrc91 192.0.2.1 64501 A 203.0.113.0/24 64510 64501 64509 64510",
    ]


def test_the_order_of_the_lines_does_not_matter(tmp_path):
    shuffled = list(STORY)
    random.Random(5).shuffle(shuffled)  # noqa: S311  (no secret)

    assert shuffled != list(STORY)
    assert spelled(read(tmp_path, *shuffled)) == spelled(read(tmp_path, *STORY))


def test_the_state_at_the_start_is_dated_by_the_caller(tmp_path):
    since = datetime(2020, 1, 1, 9, tzinfo=UTC)

    rows = read(tmp_path, line(1, 0, "64501 64510"), since=since)

    assert spelled(rows) == ["09:00:00 rrc91 192.0.2.1 64501 S 203.0.113.0/24 64510 64501 64510"]


def test_numbers_in_a_path_may_be_written_as_numbers(tmp_path):
    rows = read(tmp_path, line(1, 1, "x", 0, path=[64501, 4200000000]))

    assert list(rows["path"]) == ["64501 4200000000"]


def test_a_peer_that_is_not_listed_has_the_first_network_of_its_paths(tmp_path):
    rows = read(
        tmp_path,
        line(3, 0, "64503 64510"),
        line(3, 1, "", 5),
        line(1, 0, "64501 64510"),
        collector="rrc99",
    )

    assert set(zip(rows["collector"], rows["peer_asn"], strict=True)) == {
        ("rrc99", 64503),
        ("rrc91", 64501),
    }


@pytest.mark.parametrize(
    ("lines", "collector"),
    [
        ([line(3, 1, "64503 64510", 0)], None),
        ([line(3, 1, "64503 64510", 0), line(3, 2, "64504 64510", 1)], "rrc99"),
        ([line(3, 1, "", 0)], "rrc99"),
        ([line(3, 1, "{64503,64504} 64510", 0)], "rrc99"),
    ],
)
def test_a_peer_whose_network_nobody_says_is_refused(tmp_path, lines, collector):
    assert refusal(tmp_path, *lines, collector=collector) == [
        "messages.jsonl: 192.0.2.3: is a peer that nobody has named"
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "expected one JSON object"),
        ("[]", "expected one JSON object"),
        ('{"idx": 0} {}', "expected one JSON object"),
        ("[" * 60_000, "expected one JSON object"),
        ('{"idx": 0, "idx": 1}', "expected each key once"),
        (line(1, 0, "64501 64510", hops=2), "unknown key 'hops'"),
        (line(1, 0, "64501", idx=None), "idx: expected a whole number from 0 to 2147483647"),
        (line(1, 0, "64501", idx=True), "idx: expected a whole number from 0 to 2147483647"),
        (line(1, 0, "64501", ts=TEN), "expected ts in every line but those of idx 0, "
                                      "the state at the start"),
        (line(1, 0, "64501", idx=1), "expected ts in every line but those of idx 0, "
                                     "the state at the start"),
        (line(1, 1, "64501", 0, ts=1.5), "ts: expected a whole number from -31536000 "
                                         "to 4102444799"),
        (line(1, 1, "64501", 0, ts=9e99), "ts: expected a whole number from -31536000 "
                                          "to 4102444799"),
        (line(1, 1, "64501", 0, path="64501"), "path: expected a list of at most 1000"),
        (line(1, 1, "64501", 0, path=["1"] * 1001), "path: expected a list of at most 1000"),
        (line(1, 1, "64501", 0, path=["x"]), "path: expected AS numbers, got 'x'"),
        (line(1, 1, "64501", 0, path=[True]), "path: expected AS numbers, got True"),
        (line(1, 1, "64501", 0, path=["{}"]), "path: expected AS numbers, got '{}'"),
        (line(1, 1, "64501", 0, path=["4294967296"]), "path: expected AS numbers below "
                                                      "4294967296, got '4294967296'"),
        (line(1, 1, "64501", 0, W=True), "expected a path, or W true and an empty path"),
        (line(1, 1, "", 0, W=False), "expected a path, or W true and an empty path"),
        (line(1, 1, "64501", 0, path=[]), "expected a path, or W true and an empty path"),
        (line(1, 0, ""), "expected a path in the state at the start, idx 0"),
        (line(1, 0, "64501", pfx=None), "pfx: expected text"),
        (line(1, 0, "64501", pfx="203.0.113.1/24"), "pfx: expected the canonical form "
                                                    "203.0.113.0/24, got '203.0.113.1/24'"),
        (line(1, 0, "64501", peer_ip="192.0.2"), "peer_ip: expected an IP address like "
                                                 "195.66.224.138, got '192.0.2'"),
        (line(1, 0, "64501", peer_ip="here"), "peer_ip: expected an IP address like "
                                              "195.66.224.138, got 'here'"),
    ],
)  # fmt: skip
def test_a_line_of_another_shape_is_refused_by_its_number(tmp_path, text, what):
    assert refusal(tmp_path, line(2, 0, "64502 64510"), text) == [f"messages.jsonl:2: {what}"]


def test_every_bad_line_is_named_in_one_run(tmp_path):
    assert refusal(tmp_path, "x", line(1, 0, "64501 64510"), "y") == [
        "messages.jsonl:1: expected one JSON object",
        "messages.jsonl:3: expected one JSON object",
    ]


def test_reading_stops_after_fifty_bad_lines(tmp_path):
    assert len(refusal(tmp_path, *["x"] * 60)) == 50


def test_the_same_place_taken_twice_is_refused(tmp_path):
    found = refusal(tmp_path, line(1, 1, "", 5), line(2, 1, "", 5), line(1, 1, "64501 64510", 6))

    assert found == ["messages.jsonl:3: idx 1 of this peer and prefix stands in line 1 too"]


def test_a_higher_idx_with_an_earlier_time_is_refused(tmp_path):
    found = refusal(tmp_path, line(1, 2, "", 5), line(1, 1, "64501 64510", 6))

    assert found == ["messages.jsonl:1: a higher idx than line 2, but an earlier ts"]


def test_a_state_at_the_start_without_any_time_is_refused(tmp_path):
    assert refusal(tmp_path, line(1, 0, "64501 64510")) == [
        "messages.jsonl: no line has a ts, so the start is unknown"
    ]


def test_an_empty_file_is_refused(tmp_path):
    assert refusal(tmp_path) == ["messages.jsonl: the file has no lines"]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BrokenInputError) as caught:
        read_json_lines(tmp_path / "nothing", PEERS)

    assert "nothing: No such file or directory" in str(caught.value)


def test_a_file_of_bytes_is_refused(tmp_path):
    file = tmp_path / "messages.jsonl"
    file.write_bytes(b"\xff\xfe\n")

    with pytest.raises(BrokenInputError) as caught:
        read_json_lines(file, PEERS)

    assert caught.value.problems[0].line == 1


@pytest.mark.parametrize("limit", ["MAX_LINES", "MAX_LINE_CHARACTERS"])
def test_a_file_without_end_is_refused_where_the_limit_is(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(jsonlines, "MAX_LINES", 3 if limit == "MAX_LINES" else 100)
    lines = [line(1, number, "64501 64510", number) for number in range(4)]
    if limit == "MAX_LINE_CHARACTERS":
        lines[3] = " " * 70_000

    (found,) = refusal(tmp_path, *lines)

    assert found.startswith("messages.jsonl:4: more than ")
