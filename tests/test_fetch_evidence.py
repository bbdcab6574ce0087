"""From a record to frozen evidence, out of an archive that mostly behaves."""

import contextlib
import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import fetch_scene
import pytest
from archive_server import Answer, refusal, update, zipped
from fetch_scene import PEERS, PEERS_PATH, START_S, Backwards, P, Scene, held, path_of

from generator.__main__ import main
from generator.fetch.gather import DeclinedError
from generator.model.problem import BrokenInputError
from generator.read.evidence import read_evidence

MESSAGES = """\
time,collector,peer_ip,peer_asn,event,prefix,origin,path
2020-01-01T10:00:10Z,rrc00,192.0.2.1,64501,A,203.0.113.0/24,64510,64501 64511 64510
2020-01-01T10:00:10Z,rrc00,192.0.2.2,64502,A,203.0.113.0/24,64510,64502 64511 64510
2020-01-01T10:00:10Z,rrc01,192.0.2.3,64503,A,203.0.113.0/24,64510,64503 64511 64510
2020-01-01T10:00:10Z,rrc01,192.0.2.4,64504,A,203.0.113.0/24,64510,64504 64511 64510
2020-01-01T10:00:10Z,rrc01,192.0.2.5,64505,A,203.0.113.0/24,64510,64505 64511 64510
2020-01-01T10:11:00Z,rrc00,192.0.2.1,64501,W,203.0.113.0/24,,
2020-01-01T10:11:00Z,rrc00,192.0.2.2,64502,W,203.0.113.0/24,,
2020-01-01T10:11:00Z,rrc01,192.0.2.3,64503,W,203.0.113.0/24,,
2020-01-01T10:11:00Z,rrc01,192.0.2.4,64504,W,203.0.113.0/24,,
2020-01-01T10:11:00Z,rrc01,192.0.2.5,64505,W,203.0.113.0/24,,
2020-01-01T10:11:01Z,rrc00,192.0.2.1,64501,A,203.0.113.128/25,64510,64501 64511 64510
2020-01-01T10:11:01Z,rrc00,192.0.2.1,64501,W,203.0.113.128/25,,
2020-01-01T10:11:01Z,rrc00,192.0.2.2,64502,A,203.0.113.128/25,64510,64502 64511 64510
2020-01-01T10:11:01Z,rrc00,192.0.2.2,64502,W,203.0.113.128/25,,
2020-01-01T10:11:01Z,rrc01,192.0.2.3,64503,A,203.0.113.128/25,64510,64503 64511 64510
2020-01-01T10:11:01Z,rrc01,192.0.2.3,64503,W,203.0.113.128/25,,
2020-01-01T10:11:01Z,rrc01,192.0.2.4,64504,A,203.0.113.128/25,64510,64504 64511 64510
2020-01-01T10:11:01Z,rrc01,192.0.2.4,64504,W,203.0.113.128/25,,
2020-01-01T10:11:01Z,rrc01,192.0.2.5,64505,A,203.0.113.128/25,64510,64505 64511 64510
2020-01-01T10:11:01Z,rrc01,192.0.2.5,64505,W,203.0.113.128/25,,
2020-01-01T10:16:00Z,rrc01,192.0.2.3,64503,D,,,
2020-01-01T10:16:10Z,rrc01,192.0.2.3,64503,U,,,
2020-01-01T10:21:00Z,rrc00,192.0.2.1,64501,A,203.0.113.0/24,64510,64501 64511 64510
2020-01-01T10:21:00Z,rrc00,192.0.2.2,64502,A,203.0.113.0/24,64510,64502 64511 64510
2020-01-01T10:21:00Z,rrc01,192.0.2.3,64503,A,203.0.113.0/24,64510,64503 64511 64510
2020-01-01T10:21:00Z,rrc01,192.0.2.4,64504,A,203.0.113.0/24,64510,64504 64511 64510
2020-01-01T10:21:00Z,rrc01,192.0.2.5,64505,A,203.0.113.0/24,64510,64505 64511 64510
"""
FILES = 12
BASIS = (
    "RIPEstat ris-peers at 2020-01-01T08:00:00Z: {} IPv4 prefixes of at most 510,000; three "
    "quarters or more is full."
)


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    return fetch_scene.secured(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def scene(tls, tmp_path):
    made = Scene(tls, tmp_path)
    with contextlib.closing(made):
        yield made


@pytest.fixture
def place(tmp_path):
    return fetch_scene.project(tmp_path)


def unpacked(files):
    return gzip.decompress(files["messages.csv.gz"]).decode()


def archive_requests(scene):
    return [one for one in scene.server.asked if one.startswith("GET") and "/updates" in one]


def test_the_messages_of_a_record_come_out_of_the_archive(scene, place):
    files = scene.freeze(place)

    assert unpacked(files) == MESSAGES
    assert sorted(files) == ["messages.csv.gz", "provenance.yaml"]
    assert read_evidence(place / "routing").provenance.table.rows.number == 27


def test_the_provenance_tells_of_every_file_and_its_sum(scene, place):
    scene.freeze(place)

    found = read_evidence(place / "routing").provenance.model_dump(mode="json")
    url, path = "https://data.ris.ripe.net", path_of("rrc01", 5)
    assert [one["name"] for one in found["inputs"]] == [
        "ris-peers 2020-01-01T08:00:00Z",
        *(
            f"{name}/updates.20200101.10{minute:02}.gz"
            for name in PEERS
            for minute in range(0, 30, 5)
        ),
    ]
    assert found["inputs"][-1] == {
        "name": "rrc01/updates.20200101.1025.gz",
        "url": url + path,
        "bytes": str(len(scene.server.files[path])),
        "sha256": fetch_scene.sha256(scene.server.files[path]),
        "commit": None,
        "retrieved": "2020-02-02",
    }
    assert found["window"] == {"from": "2020-01-01T10:00:00Z", "to": "2020-01-01T10:29:59Z"}
    assert (found["grade"], found["messages"]) == ("messages", "https://data.ris.ripe.net/")
    assert found["attribution"].startswith("Routing data of the RIPE NCC")
    assert (found["generator"], found["gaps"]) == ("a test", [])


def test_peers_count_when_they_told_three_quarters_of_the_longest_table(scene, place):
    scene.freeze(place)

    peers = read_evidence(place / "routing").provenance.peers
    assert [(one.collector, str(one.ip), one.full_feed, one.basis) for one in peers] == [
        ("rrc00", "192.0.2.1", "yes", BASIS.format("500,000")),
        ("rrc00", "192.0.2.2", "yes", BASIS.format("490,000")),
        ("rrc01", "192.0.2.3", "yes", BASIS.format("510,000")),
        ("rrc01", "192.0.2.4", "no", BASIS.format("1,200")),
        ("rrc01", "192.0.2.5", "no", "Not in RIPEstat ris-peers at 2020-01-01T08:00:00Z."),
    ]


def test_the_evidence_does_not_depend_on_the_order_in_which_files_come(scene, place, tmp_path):
    forwards = scene.freeze(place)
    other = fetch_scene.project(tmp_path / "other")
    scene.folder = tmp_path / "other"

    backwards = scene.freeze(other, Backwards)

    assert backwards == forwards


def test_at_most_eight_files_of_a_host_are_under_way(scene, place):
    scene.server.pause_s = 0.02

    scene.freeze(place, collectors=("rrc00", "rrc01"))

    # The peers' feeds come from another host, which is the same server here.
    assert 2 <= scene.server.most_under_way <= 9


def test_the_cost_is_told_before_anything_is_fetched(scene, place):
    with pytest.raises(DeclinedError):
        scene.gather(place, agrees=False)

    (expected,) = scene.expected
    sizes = sum(len(scene.server.files[path_of(name, slot)]) for name in PEERS for slot in range(6))
    assert (expected.files, expected.kept) == (13, 0)
    assert 0.3 * sizes < expected.size_bytes - 40_000 < 3 * sizes
    assert archive_requests(scene) == []
    assert not (place / "routing").exists()


def test_a_second_run_fetches_nothing_and_gives_the_same_bytes(scene, place):
    first = scene.freeze(place)
    asked = len(scene.server.asked)

    second = scene.freeze(place)

    assert (second, len(scene.server.asked)) == (first, asked)


def test_a_file_that_the_archive_does_not_have_is_a_gap(scene, place):
    for slot in (1, 2, 4):
        del scene.server.files[path_of("rrc00", slot)]

    scene.freeze(place)

    evidence = read_evidence(place / "routing")
    why = "The archive has no file for this time (HTTP 404)."
    assert [one.model_dump(mode="json") for one in evidence.provenance.gaps] == [
        {"from": f"2020-01-01T10:{since}Z", "to": f"2020-01-01T10:{until}Z",
         "collector": "rrc00", "why": why}
        for since, until in (("05:00", "14:59"), ("20:00", "24:59"))
    ]  # fmt: skip
    assert len(evidence.provenance.inputs) == 10
    assert len(evidence.messages) == 27 - 6 - 2


def test_of_a_damaged_file_what_is_sound_is_kept_and_the_rest_is_a_gap(scene, place):
    path = path_of("rrc00", 2)
    whole = scene.server.files[path]
    scene.server.files[path] = whole[:-20]

    scene.freeze(place)

    evidence = read_evidence(place / "routing")
    (gap,) = evidence.provenance.gaps
    assert (gap.collector, str(gap.until)) == ("rrc00", "2020-01-01T10:14:59Z")
    assert gap.why.startswith("The archive's file is damaged: ")
    assert len(evidence.messages) > 20
    assert len(evidence.provenance.inputs) == 13


def test_an_empty_file_is_a_gap(scene, place):
    scene.server.files[path_of("rrc00", 3)] = zipped()

    scene.freeze(place)

    (gap,) = read_evidence(place / "routing").provenance.gaps
    assert gap.why == "The archive's file is damaged: the file is empty"
    assert str(gap.since) == "2020-01-01T10:15:00Z"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(b"<html>Log in", kind="text/html"), "a web page in place of the file"),
        (Answer(b"<html>Log in"), "the body is neither gzip nor bzip2"),
        (Answer(b""), "the body is neither gzip nor bzip2: it begins with b''"),
        (
            Answer(zipped(update(START_S - 86_400, PEERS["rrc00"][0], withdrawn=[P]))),
            "another time",
        ),
        (refusal(500), "HTTP 500 (the last of 5 tries)"),
        (refusal(403), "HTTP 403"),
        (Answer(zipped()[:9], length=10), "the connection broke after 9 bytes"),
        (Answer(status=302, headers=(("Location", "http://169.254.169.254/"),)), "may be asked"),
    ],
)
def test_what_cannot_be_had_stops_the_freeze_and_says_what_to_do(scene, place, answer, expected):
    path = path_of("rrc01", 2)
    scene.server.misbehave(path, answer)

    with pytest.raises(BrokenInputError) as caught:
        scene.freeze(place)

    (problem,) = caught.value.problems
    assert (problem.file, expected in problem.what) == (f"https://data.ris.ripe.net{path}", True)
    assert "Run the same command again" in problem.cure
    assert not (place / "routing").exists()


def test_after_a_failure_only_the_rest_is_asked_for(scene, place):
    path = path_of("rrc01", 2)
    scene.server.misbehave(path, refusal(403))
    with pytest.raises(BrokenInputError):
        scene.freeze(place)
    scene.server.misbehave(path)

    files = scene.freeze(place)

    assert unpacked(files) == MESSAGES
    assert len(archive_requests(scene)) == FILES + 1
    assert scene.server.count(path) == 2


def test_when_nothing_comes_it_is_given_up_early_and_nothing_counts_as_a_gap(scene, place):
    scene.server.files = {PEERS_PATH: fetch_scene.ris_peers()}
    scene.server.gone = refusal(403)

    with pytest.raises(BrokenInputError) as caught:
        scene.freeze(place, failed_as_gaps=True, collectors=tuple(f"rrc{n:02}" for n in range(20)))

    (problem,) = caught.value.problems
    assert problem.what == (
        "24 files in a row could not be fetched, so 96 were not tried; the last: HTTP 403"
    )
    assert len(archive_requests(scene)) < 40


def test_failures_count_as_gaps_when_somebody_says_so(scene, place):
    scene.server.misbehave(path_of("rrc01", 2), refusal(403))

    scene.freeze(place, failed_as_gaps=True)

    (gap,) = read_evidence(place / "routing").provenance.gaps
    assert (gap.collector, gap.why) == ("rrc01", "The file could not be fetched: HTTP 403")


def test_without_the_list_of_peers_no_file_is_asked_for_and_nothing_is_frozen(scene, place):
    del scene.server.files[PEERS_PATH]

    with pytest.raises(BrokenInputError) as caught:
        scene.freeze(place, failed_as_gaps=True)

    (problem,) = caught.value.problems
    assert "ris-peers" in problem.file
    assert archive_requests(scene) == []
    assert not (place / "routing").exists()


def test_a_broken_line_costs_a_try_and_changes_nothing(scene, place):
    for slot in range(6):
        body = scene.server.files[path_of("rrc01", slot)]
        scene.server.misbehave(path_of("rrc01", slot), Answer(body, cut=130 + 11 * slot), None)

    assert unpacked(scene.freeze(place)) == MESSAGES


def test_a_kept_result_that_is_damaged_is_fetched_again(scene, place):
    first = scene.freeze(place)
    kept = sorted((scene.folder / "build/cache/fetch").rglob("*.json.gz"))
    kept[0].write_bytes(kept[0].read_bytes()[:-5])
    kept[1].write_bytes(b"")
    asked = len(scene.server.asked)

    second = scene.freeze(place)

    again = [one for one in scene.server.asked[asked:] if one.startswith("GET")]
    assert (second, len(again), len(kept)) == (first, 2, 13)


def test_an_interrupt_leaves_what_came_and_nothing_half_written(scene, place, tmp_path, capsys):
    seen = []

    def interrupt(asked):
        seen.append(asked)
        if len(seen) == 4:
            os.kill(os.getpid(), signal.SIGINT)
        elif len(seen) > 4:
            scene.server.released.wait(20)

    scene.server.on_request = lambda asked: asked.startswith("GET /rrc") and interrupt(asked)
    words = ["--project", str(tmp_path), "fetch", fetch_scene.ID, "--yes", *scene.flags()]
    words += ["--collectors", "rrc00,rrc01", "--retrieved", "2020-02-02"]

    code = main(words)

    state = tmp_path / "build/cache/fetch"
    assert code == 130
    assert "the same command goes on from there" in capsys.readouterr().out
    assert not (place / "routing").exists()
    assert [path.name for path in state.rglob("*") if path.name.startswith(".")] == []

    scene.server.on_request = lambda _: None
    done = len(list(state.rglob("*.json.gz")))
    before = len(scene.server.asked)
    assert main(words) == 0
    later = [one for one in scene.server.asked[before:] if one.startswith("GET")]
    assert (unpacked(held(place)), len(later)) == (MESSAGES, 13 - done)


def test_a_run_that_is_killed_goes_on_where_it_was(scene, place, tmp_path):
    seen = []

    def stall(asked):
        seen.append(asked)
        if len(seen) > 5:
            scene.server.released.wait(20)

    scene.server.on_request = lambda asked: asked.startswith("GET /rrc") and stall(asked)
    words = ["--project", str(tmp_path), "fetch", fetch_scene.ID, "--yes", *scene.flags()]
    words += ["--collectors", "rrc00,rrc01"]
    root = Path(__file__).parent.parent
    state = tmp_path / "build/cache/fetch"
    with subprocess.Popen(
        [sys.executable, "-m", "generator", *words], cwd=root, stdout=subprocess.DEVNULL
    ) as process:
        deadline = time.monotonic() + 30
        while len(list(state.rglob("*.json.gz"))) < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.kill()
    done = len(list(state.rglob("*.json.gz")))
    scene.server.on_request = lambda _: None
    scene.server.released.set()
    before = len(scene.server.asked)

    assert main(words) == 0

    later = [one for one in scene.server.asked[before:] if one.startswith("GET")]
    assert 3 <= done < 13
    assert (unpacked(held(place)), len(later)) == (MESSAGES, 13 - done)
