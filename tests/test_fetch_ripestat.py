"""RIPEstat: what each call is asked, what is made of its answer, and what is not believed."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from fetch_scene import START_S, P, answer

from generator.fetch import bgplay, coarse, fullfeed, ripestat
from generator.fetch.body import WebError
from generator.fetch.fullfeed import Listed, Standing
from generator.fetch.http import Web
from generator.fetch.strictjson import JsonError, inflated, parse
from generator.fetch.task import Feed, Row, Scope, Share, Task
from generator.fetch.times import stamp


def at(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def scope(since, until, *names):
    return Scope(at(since), at(until), (P,), names)


def test_bgplay_is_asked_for_each_prefix_and_day_and_never_for_an_as():
    window = Scope(at("2025-06-06T20:00"), at("2025-06-07T06:00"), (P, "2001:db8::/32"))

    found = bgplay.tasks(window, Web())

    assert [(task.prefixes, stamp(task.since_s), stamp(task.until_s)) for task in found] == [
        ((P,), "2025-06-06T20:00:00Z", "2025-06-07T00:00:00Z"),
        (("2001:db8::/32",), "2025-06-06T20:00:00Z", "2025-06-07T00:00:00Z"),
        ((P,), "2025-06-07T00:00:00Z", "2025-06-07T06:00:00Z"),
        (("2001:db8::/32",), "2025-06-07T00:00:00Z", "2025-06-07T06:00:00Z"),
    ]
    assert found[1].url == (
        "https://stat.ripe.net/data/bgplay/data.json?resource=2001:db8::/32"
        "&starttime=2025-06-06T20:00:00&endtime=2025-06-06T23:59:59&sourceapp=gone-dark"
    )


def test_bgplay_can_be_asked_for_some_collectors():
    window = Scope(at("2025-06-06T20:00"), at("2025-06-06T21:00"), (P,), ("rrc00", "rrc12"))

    assert "&rrcs=0,12&" in bgplay.tasks(window, Web())[0].url


def played(**changes):
    data = {
        "resource": P,
        "query_starttime": "2025-06-07T00:00:00",
        "query_endtime": "2025-06-07T23:59:59",
        "initial_state": [
            {"target_prefix": P, "source_id": "04-192.0.2.1", "path": [64501, 64510]},
        ],
        "events": [
            {"seq": 3, "timestamp": "2025-06-07T10:00:00", "type": "A",
             "attrs": {"target_prefix": P, "source_id": "04-192.0.2.1",
                       "path": [64501, 64501, [64510, 64511]], "community": []}},
            {"seq": 2, "timestamp": "2025-06-07T10:00:00", "type": "W",
             "attrs": {"target_prefix": P, "source_id": "04-192.0.2.1"}},
        ],
        "sources": [{"id": "04-192.0.2.1", "as_number": 64501, "ip": "192.0.2.1", "rrc": "04"}],
        "nodes": [], "targets": [{"prefix": P}],
    }  # fmt: skip
    return {**data, **changes}


class Given:
    """A body that is already here."""

    def __init__(self, content, **headers):
        self.content = content
        self.headers = {"Content-Type": "application/json", **headers}

    def header(self, name):
        return self.headers.get(name, "")

    def __iter__(self):
        yield self.content


DAY = Task(
    "bgplay", "https://stat.ripe.net/", at("2025-06-07T00:00"), at("2025-06-08T00:00"), "", (P,)
)
NOON_S = at("2025-06-07T10:00")


def test_bgplay_tells_the_state_at_the_start_and_every_message():
    found = bgplay.read(DAY, Given(answer(played(), messages=[["info", "All is  well."]])))

    peer = ("rrc04", "192.0.2.1", 64501)
    assert found.rows == (
        Row(DAY.since_s, *peer, "S", P, "64501 64510"),
        Row(NOON_S, *peer, "W", P, ""),
        Row(NOON_S, *peer, "A", P, "64501 64501 {64510+64511}"),
    )
    assert found.remarks == ("All is well.",)


@pytest.mark.parametrize(
    "changes",
    [
        {"events": [{"seq": 1}]},
        {"events": None},
        {"sources": []},
        {"initial_state": [{"target_prefix": "no", "source_id": "04-192.0.2.1", "path": [1]}]},
        {"initial_state": [{"target_prefix": P, "source_id": "04-192.0.2.1", "path": [-1]}]},
        {"events": [{"seq": 1, "timestamp": "2025-06-07T10:00:00", "type": "X",
                     "attrs": {"target_prefix": P, "source_id": "04-192.0.2.1"}}]},
        {"query_endtime": "2025-06-07T11:00:00"},
        {"query_starttime": "2025-06-07T01:00:00"},
        {"query_endtime": "soon"},
    ],
)  # fmt: skip
def test_an_answer_of_another_shape_or_for_another_window_is_refused(changes):
    with pytest.raises(WebError):
        bgplay.read(DAY, Given(answer(played(**changes))))


@pytest.mark.parametrize(
    ("content", "headers", "expected"),
    [
        (answer(played(), status="error"), {}, "did not answer the question"),
        (answer([]), {}, "no data about a resource"),
        (b'{"hello": [1, 2]}', {}, "did not answer"),
        (b"[1]", {}, "did not answer"),
        (answer(played()), {"Content-Type": "text/html"}, "the server calls it 'text/html'"),
        (answer(played()), {"Content-Encoding": "br"}, "unknown content coding"),
        (answer(played()), {"Content-Encoding": "gzip"}, "broken gzip"),
        (b"", {}, "not JSON"),
    ],
)
def test_what_is_no_answer_of_ripestat_is_refused(content, headers, expected):
    with pytest.raises(WebError, match=expected):
        ripestat.answer(Given(content, **headers))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"a": 1, "a": 2}', "written twice"),
        (b'{"a": NaN}', "NaN is not JSON"),
        (b'{"a": -Infinity}', "not JSON"),
        (b'{"a": 1e999}', "too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number of 5000 digits"),
        (b"[" * 100_000, "nested too deep"),
        ('{"a": 1}'.encode("utf-16"), "not UTF-8"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b'{"a": 1', "not JSON"),
        (b"<html>", "not JSON"),
    ],
)
def test_json_of_two_meanings_or_none_is_refused(raw, expected):
    with pytest.raises(JsonError, match=expected):
        parse(raw)


def test_sound_json_is_read_as_it_is():
    assert parse('{"a": [1, 2.5, "ü", null, true]}'.encode()) == json.loads(
        '{"a":[1,2.5,"ü",null,true]}'
    )


def test_a_body_that_inflates_without_end_is_cut_off():
    bomb = gzip.compress(b" " * 10_000_000, mtime=0)
    blocks = [bomb[at : at + 100] for at in range(0, len(bomb), 100)]

    with pytest.raises(JsonError, match="more than 1,000,000 bytes"):
        inflated(blocks, "gzip", most_bytes=1_000_000)
    with pytest.raises(JsonError, match="ends too early"):
        inflated(blocks[:5], "gzip")


FEEDS = (
    Feed("rrc00", "192.0.2.1", 64501, 800_000, 0),
    Feed("rrc00", "192.0.2.2", 64502, 600_000, 100_000),
    Feed("rrc00", "192.0.2.3", 64503, 599_999, 0),
    Feed("rrc00", "2001:db8::1", 64501, 0, 90_000),
    Feed("rrc01", "192.0.2.4", 64504, 800_000, 3),
)
LISTED = Listed("RIPEstat ris-peers at 2020-01-01T10:00:00Z", START_S, FEEDS)


@pytest.mark.parametrize(
    ("prefixes", "full"),
    [
        ((P,), [True, True, False, False, True]),
        (("2001:db8::/32",), [False, True, False, True, False]),
        ((P, "2001:db8::/32"), [True, True, False, True, False]),
    ],
)
def test_a_feed_is_full_at_three_quarters_of_the_longest_of_its_kind(prefixes, full):
    found = fullfeed.standings([LISTED], prefixes)

    assert [found.of((one.collector, one.ip, one.asn)).is_full for one in FEEDS] == full


def test_the_basis_tells_the_counts_and_the_rule():
    found = fullfeed.standings([LISTED], (P,))

    assert found.of(("rrc00", "192.0.2.3", 64503)) == Standing(
        False,
        "RIPEstat ris-peers at 2020-01-01T10:00:00Z: 599,999 IPv4 prefixes of at most 800,000; "
        "three quarters or more is full.",
    )


def counted(place, at_s, feeds, collector="rrc01"):
    return Listed(f"the table {place}", at_s, feeds, collector)


SMALL = (Feed("rrc01", "192.0.2.4", 64504, 7_000, 0), Feed("rrc01", "192.0.2.6", 64506, 800, 0))


def test_the_longest_table_of_a_small_collector_is_measured_by_those_of_others():
    day = START_S - 8 * 3600

    beside = fullfeed.standings([LISTED, counted("a", day, SMALL)], (P,))
    alone = fullfeed.standings([counted("a", day, SMALL)], (P,))
    years_apart = fullfeed.standings([LISTED, counted("a", day - 10**8, SMALL)], (P,))

    assert [beside.of(("rrc01", one.ip, one.asn)) for one in SMALL] == [
        Standing(
            False,
            f"The table a: {count} IPv4 prefixes of at most 800,000; three quarters or more is "
            "full.",
        )
        for count in ("7,000", "800")
    ]
    for found in (alone, years_apart):
        assert [found.of(("rrc01", one.ip, one.asn)).is_full for one in SMALL] == [True, False]


def test_a_peer_in_no_list_has_no_full_feed_and_the_basis_says_where_it_was_looked_for():
    table = counted("rrc01/bview.20200101.0800.gz", START_S, SMALL)
    found = fullfeed.standings([LISTED, table], (P,))

    told = "RIPEstat ris-peers at 2020-01-01T10:00:00Z"
    assert found.of(("rrc00", "192.0.2.77", 64577)) == Standing(False, f"Not in {told}.")
    assert found.of(("rrc01", "192.0.2.77", 64577)) == Standing(
        False, f"Not in {told} nor in the table rrc01/bview.20200101.0800.gz."
    )


def test_peers_are_asked_for_at_the_last_table_before_the_window():
    assert stamp(fullfeed.task(scope("2014-12-22T15:59", "2014-12-23T00:00")).since_s) == (
        "2014-12-22T08:00:00Z"
    )
    assert stamp(fullfeed.task(scope("2002-07-22T15:59", "2002-07-23T00:00")).since_s) == (
        "2004-01-01T08:00:00Z"
    )


@pytest.mark.parametrize(
    "data",
    [
        {"peers": {}},
        {"peers": {"rrc00": [{"ip": "192.0.2.1"}]}},
        {"peers": []},
        {"peers": {"a": 1}},
    ],
)
def test_a_list_of_peers_of_another_shape_is_refused(data):
    with pytest.raises(WebError):
        ripestat.read_feeds(DAY, Given(answer(data)))


def test_routing_history_tells_how_many_peers_saw_each_prefix():
    line = {"starttime": "2014-12-22T16:00:00", "endtime": "2014-12-22T23:59:59"}
    told = [
        {"prefix": P, "timelines": [{**line, "full_peers_seeing": 101.67}]},
        {"prefix": "198.51.100.0/24", "timelines": [{**line, "full_peers_seeing": 1}]},
    ]
    task = Task("routing-history", "https://stat.ripe.net/", 0, 0, "", (P,))

    found = ripestat.read_shares(
        task, Given(answer({"resource": P, "by_origin": [{"origin": "64510", "prefixes": told}]}))
    )

    assert found.shares == (Share(at("2014-12-22T16:00"), at("2014-12-22T23:59:59"), P, 101.67),)
    with pytest.raises(WebError):
        ripestat.read_shares(task, Given(answer({"resource": P, "by_origin": [{}]})))


def test_routing_history_is_asked_with_peers_however_few():
    (task,) = coarse.tasks(scope("2014-12-22T00:00", "2014-12-24T00:00"), Web())

    assert "min_peers=0" in task.url
    assert f"resource={P}&starttime=2014-12-22T00:00:00&endtime=2014-12-24T00:00:00" in task.url
