"""December 2014 by one command: from an archive that serves it to a page."""

import contextlib
from datetime import UTC, datetime, timedelta

import december
import fetch_scene
import html5lib
import pytest
from archive_server import session_change, zipped

from generator.__main__ import main
from generator.derive.measurement import measurement
from generator.read.archive import read_archive
from generator.read.evidence import read_evidence
from generator.render.archive import archive_files
from tests.undrawn import undrawn

ID = "2014-12-22-drakes-island"
SINCE = datetime(2014, 12, 21, 16, tzinfo=UTC)
UNTIL = datetime(2014, 12, 23, 16, 30, tzinfo=UTC)
SINCE_S, UNTIL_S, STEP_S = int(SINCE.timestamp()), int(UNTIL.timestamp()), 300
ELSEWHERE = [f"198.18.{number}.0/24" for number in range(16, 32)]
FEEDS_PATH = "/data/ris-peers/data.json?query_time=2014-12-21T16:00:00&sourceapp=gone-dark"
SETTINGS = {"site_url": "https://gone-dark.example/", "repo_url": ""}
RECORD = f"""\
title: An island drops off the Internet for nine and a half hours
summary: All four of its networks left the routing table [@gazette].
where:
  countries: [HM]
  prefixes: [{", ".join(december.PREFIXES)}]
episodes:
  - name: Blackout
    layer: routing
    extent: total
    start: [{{at: 2014-12-22T16:15Z, source: gazette}}]
    end: [{{at: 2014-12-23T01:46Z, source: gazette}}]
routing: {{from: 2014-12-21T16:00Z, to: 2014-12-23T16:30Z}}
sources:
  gazette:
    kind: news
    publisher: Southern Gazette
    title: No word from the island
    url: https://gazette.example.org/2014/island
    accessed: 2015-01-03
added: 2015-01-03
"""


def served():
    """By path: the list of peers, and of two collectors a table and a file each five minutes."""
    count = len(ELSEWHERE) + len(december.PREFIXES)
    listed = {
        name: [{"asn": str(asn), "ip": ip, "v4_prefix_count": count, "v6_prefix_count": 0}
               for ip, asn in peers]
        for name, peers in december.PEERS.items()
    }  # fmt: skip
    files = {FEEDS_PATH: fetch_scene.answer({"peers": listed, "query_time": "2014-12-21T16:00:00"})}
    for collector in december.PEERS:
        files[fetch_scene.table_path(collector, "20141221.1600")] = zipped(table(collector))
        for start_s, records in in_files(collector):
            name = f"updates.{fetch_scene.minute_of(start_s)}.gz"
            files[f"/{collector}/2014.12/{name}"] = zipped(*records)
    return files


def table(collector):
    """What the collector's peers held when the window began."""
    peers = december.PEERS[collector]
    theirs = {ip: [asn, december.UPSTREAM, december.ORIGIN] for ip, asn in peers}
    others = {ip: [asn, 64999] for ip, asn in peers}
    routes = dict.fromkeys(ELSEWHERE, others) | dict.fromkeys(december.PREFIXES, theirs)
    return fetch_scene.table(peers, routes, SINCE_S)


def in_files(collector):
    """The start of each file and its records; a quiet one has a session change of somebody else."""
    slots = {
        start: [session_change(start, ("192.0.2.99", 64599), 5, 6)]
        for start in range(SINCE_S, UNTIL_S, STEP_S)
    }
    for at_s, record in december.records(collector):
        if at_s >= SINCE_S:
            slots[at_s - at_s % STEP_S].append(record)
    return slots.items()


@pytest.fixture(scope="module")
def fetched(tmp_path_factory):
    """The project after the one command."""
    folder = tmp_path_factory.mktemp("fetched")
    fetch_scene.project(folder, RECORD, ID)
    scene = fetch_scene.Scene(fetch_scene.secured(folder), folder, served())
    words = ["--project", str(folder), "fetch", ID, "--collectors", ",".join(december.PEERS)]
    with contextlib.closing(scene):
        assert main([*words, "--yes", *scene.flags()]) == 0
    return folder


@pytest.fixture(scope="module")
def frozen(fetched):
    return read_evidence(fetched / "incidents/2014" / ID / "routing")


@pytest.fixture(scope="module")
def measured(frozen):
    return measurement(frozen)


def test_the_twelve_peers_have_a_full_feed_and_every_file_came(frozen):
    told = frozen.provenance

    full = [(peer.collector, str(peer.ip)) for peer in told.peers if peer.full_feed == "yes"]
    assert full == [(collector, ip) for collector, ip, _ in december.everyone()]
    files = (UNTIL_S - SINCE_S) // STEP_S
    assert (len(told.inputs), told.gaps) == (1 + 2 * (1 + files), ())


def test_blackout_relapse_flaps_and_upstream_are_found(measured):
    (start, end), relapse = measured.main, measured.stretches[-1]

    assert (f"{start:%d %H:%M}", f"{end:%d %H:%M}") == ("22 16:15", "23 01:46")
    assert end - start == timedelta(hours=9, minutes=31)
    assert [f"{at:%d %H:%M}" for at in relapse] == ["23 15:41", "23 16:12"]
    assert (measured.peers, measured.figures.prefixes, measured.figures.flaps) == (12, 4, 96)
    assert [via.asn for via in measured.upstreams] == [f"AS{december.UPSTREAM}"]
    assert measured.origins == dict.fromkeys(sorted(december.PREFIXES), f"AS{december.ORIGIN}")


def test_the_page_says_what_was_measured_and_shows_it(fetched, frozen):
    archive, _ = read_archive(fetched)
    pages = archive_files(archive, {ID: frozen}, SETTINGS, undrawn).pages
    page = pages[f"incidents/{ID}/index.md"]
    tree = html5lib.parse(page.split("---\n", 2)[2], namespaceHTMLElements=False)
    words = " ".join(" ".join(tree.itertext()).split())

    for told in (
        "From 22 Dec 2014, 16:15:30 UTC on, routers elsewhere no longer knew a way to all 4",
        "the last came back at 23 Dec 2014, 01:46:30 UTC, 9 h 31 min later",
        "Length 9 h 31 min 9 h 31 min same",
        "an hour before the longest outage: none just then, but AS64511 100% before",
        "Flaps 96: a prefix gone for 30 s to 30 min",
        "Seen by 12 peers with a full table. 4 of 4 prefixes went down and 4 came back.",
        "Routing data of the RIPE NCC Routing Information Service (RIS)",
    ):
        assert told in words
