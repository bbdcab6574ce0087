"""The command: other sources, files on this disk, what is asked and told, and what is refused."""

import contextlib
import gzip
import io
import json
from dataclasses import replace

import fetch_scene
import pytest
from archive_server import Answer, Archive, refusal, update, zipped
from fetch_scene import ID, PEERS, RECORD, START_S, P, Scene, answer, held, path_of

from generator.__main__ import main
from generator.fetch import __main__ as single
from generator.fetch.estimate import Estimate
from generator.fetch.progress import shown
from generator.fetch.tables import UNREAD
from generator.fetch.task import TABLE, Outcome, Task
from generator.fetch.writing import write_whole
from generator.model.problem import BrokenInputError
from generator.read.evidence import read_evidence


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    return fetch_scene.secured(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def scene(tls, tmp_path):
    made = Scene(tls, tmp_path)
    with contextlib.closing(made):
        yield made


RECENT = RECORD.replace("2020-01-01T10:00Z", "2025-06-07T10:00Z").replace(
    "2020-01-01T10:30Z", "2025-06-07T11:00Z"
)
RECENT_ID = "2025-06-07-atlantis"
PLAYED_PATH = (
    f"/data/bgplay/data.json?resource={P}&starttime=2025-06-07T10:00:00"
    "&endtime=2025-06-07T10:59:59&sourceapp=gone-dark"
)
RECENT_PEERS = "/data/ris-peers/data.json?query_time=2025-06-07T08:00:00&sourceapp=gone-dark"


def played():
    sources = [
        {"id": f"00-{ip}", "as_number": asn, "ip": ip, "rrc": "00"} for ip, asn in PEERS["rrc00"]
    ]
    state = [
        {"target_prefix": P, "source_id": one["id"], "path": [one["as_number"], 64511, 64510]}
        for one in sources
    ]
    gone = {"target_prefix": P, "source_id": "00-192.0.2.1"}
    return answer(
        {
            "resource": P,
            "query_starttime": "2025-06-07T10:00:00",
            "query_endtime": "2025-06-07T10:59:59",
            "initial_state": state,
            "events": [{"seq": 1, "timestamp": "2025-06-07T10:11:00", "type": "W", "attrs": gone}],
            "sources": sources,
        },
        messages=[["warning", "Some results were left out."]],
    )


def test_since_2024_the_figures_come_from_bgplay(scene, tmp_path):
    place = fetch_scene.project(tmp_path, RECENT, RECENT_ID)
    scene.server.files = {PLAYED_PATH: played(), RECENT_PEERS: fetch_scene.ris_peers()}

    files = scene.freeze(place, collectors=())

    provenance = read_evidence(place / "routing").provenance
    assert gzip.decompress(files["visibility.csv.gz"]).decode() == (
        "time,prefix,seeing,known,upstreams\n"
        "2025-06-07T10:00:00Z,203.0.113.0/24,2,2,64511:2\n"
        "2025-06-07T10:11:00Z,203.0.113.0/24,1,2,64511:1\n"
    )
    assert provenance.note == (
        "RIPEstat tells only of the prefixes themselves, not of smaller ones within them. "
        "RIPEstat remarks: Some results were left out."
    )
    assert [one.name for one in provenance.inputs] == [
        "ris-peers 2025-06-07T08:00:00Z",
        f"bgplay {P} 2025-06-07T10:00:00Z",
    ]


def test_a_day_that_ripestat_does_not_tell_is_no_gap_but_a_failure(scene, tmp_path):
    place = fetch_scene.project(tmp_path, RECENT, RECENT_ID)
    scene.server.files = {RECENT_PEERS: fetch_scene.ris_peers()}

    with pytest.raises(BrokenInputError, match="HTTP 404"):
        scene.freeze(place, collectors=(), failed_as_gaps=True)


def test_the_coarse_fallback_says_that_it_is_coarse(scene, tmp_path):
    place = fetch_scene.project(tmp_path)
    path = (
        f"/data/routing-history/data.json?resource={P}&starttime=2020-01-01T10:00:00"
        "&endtime=2020-01-01T10:30:00&min_peers=0&sourceapp=gone-dark"
    )
    lines = [
        {"starttime": "2020-01-01T08:00:00", "endtime": "2020-01-01T10:09:59",
         "full_peers_seeing": 2.67},
        {"starttime": "2020-01-01T10:20:00", "endtime": "2020-01-01T16:00:00",
         "full_peers_seeing": 9.0},
    ]  # fmt: skip
    told = [{"origin": "64510", "prefixes": [{"prefix": P, "timelines": lines}]}]
    scene.server.files[path] = answer({"resource": P, "by_origin": told})

    files = scene.freeze(place, source="routing-history", collectors=())

    provenance = read_evidence(place / "routing").provenance
    assert gzip.decompress(files["visibility.csv.gz"]).decode() == (
        "time,prefix,seeing,known,upstreams\n"
        "2020-01-01T10:00:00Z,203.0.113.0/24,3,3,\n"
        "2020-01-01T10:10:00Z,203.0.113.0/24,0,3,\n"
        "2020-01-01T10:20:00Z,203.0.113.0/24,3,3,\n"
    )
    assert provenance.note.startswith("Coarse: one state for every eight hours")
    assert provenance.vantage_points == 3


def test_without_a_full_feed_no_share_can_be_told(scene, tmp_path):
    place = fetch_scene.project(tmp_path)
    scene.server.files[fetch_scene.PEERS_PATH] = fetch_scene.ris_peers((0, 0, 0, 0))

    with pytest.raises(BrokenInputError, match="at least one peer with a full feed"):
        scene.freeze(place)


def test_a_peer_that_somebody_vouches_for_counts(scene, tmp_path):
    place = fetch_scene.project(tmp_path)

    scene.freeze(place, named={("rrc01", "192.0.2.5"): "Atlantis Net"}, vouched="I know them.")

    (peer,) = [
        one
        for one in read_evidence(place / "routing").provenance.peers
        if str(one.ip) == "192.0.2.5"
    ]
    assert (peer.name, peer.full_feed, peer.basis) == ("Atlantis Net", "yes", "I know them.")


def test_of_two_networks_at_one_address_the_one_that_told_more_is_kept(scene, tmp_path):
    place = fetch_scene.project(tmp_path)
    stranger = update(START_S + 30, ("192.0.2.1", 64666), announced=[P], path=[64666, 64510])
    path = path_of("rrc00", 0)
    scene.server.files[path] = zipped(gzip.decompress(scene.server.files[path]), stranger)

    scene.freeze(place)

    evidence = read_evidence(place / "routing")
    assert 64666 not in set(evidence.messages["peer_asn"])
    assert len(evidence.messages) == 27


NO_WINDOW = RECORD.replace("routing: {from: 2020-01-01T10:00Z, to: 2020-01-01T10:30Z}\n", "")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (NO_WINDOW, "incident.yaml: routing: no window to fetch"),
        (
            RECORD.replace("  prefixes: [203.0.113.0/24]\n", ""),
            "where.prefixes: no prefix to fetch",
        ),
        (
            RECORD.replace("to: 2020-01-01T10:30Z", "to: 2020-01-01T09:30Z"),
            "window to fetch is empty",
        ),
        (RECORD.replace("title: Atlantis sinks\n", ""), "title"),
    ],
)
def test_a_record_that_says_too_little_is_a_problem_with_a_cure(
    scene, tmp_path, capsys, record, expected
):
    place = fetch_scene.project(tmp_path, record)

    code = main(["--project", str(tmp_path), "fetch", ID, "--yes", *scene.flags()])

    told = capsys.readouterr().err
    assert (code, expected in told, scene.server.asked) == (1, True, [])
    assert "\n    " in told
    assert not (place / "routing").exists()


def test_the_routing_prefixes_of_a_record_come_before_those_of_its_networks(scene, tmp_path):
    other = RECORD.replace("10:30Z}", "10:30Z, prefixes: [198.51.100.0/24]}")
    place = fetch_scene.project(tmp_path, other)

    scene.freeze(place)

    assert set(read_evidence(place / "routing").messages["prefix"]) == {"198.51.100.0/24", ""}


def test_more_files_than_a_provenance_can_tell_of_are_refused_before_any_is_fetched(scene):
    long = RECORD.replace("to: 2020-01-01T10:30Z", "to: 2020-03-01T10:30Z")
    place = fetch_scene.project(scene.folder, long)

    with pytest.raises(BrokenInputError, match="34,573 files, and a provenance can tell of 24,576"):
        scene.gather(place)

    assert scene.server.asked == []


def test_a_list_of_files_that_cannot_be_had_is_a_problem(scene):
    early = RECORD.replace("2020-01-01T10", "2002-01-01T10")
    place = fetch_scene.project(scene.folder, early)
    scene.server.misbehave("/rrc00/2002.01/", refusal(403))

    with pytest.raises(BrokenInputError, match="ris: no list of files: HTTP 403"):
        scene.gather(place)


def test_prefixes_that_nobody_speaks_of_are_a_problem(scene, tmp_path):
    place = fetch_scene.project(tmp_path, RECORD.replace(P, "192.0.2.0/24"))

    with pytest.raises(BrokenInputError, match="tells of no message about these prefixes"):
        scene.freeze(place)


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("y\n", (0, "27 rows")),
        ("YES\n", (0, "27 rows")),
        ("n\n", (1, "Nothing was fetched.")),
        ("", (1, "Nothing was fetched.")),
    ],
)
def test_on_a_terminal_one_is_asked(scene, capsys, monkeypatch, said, expected):
    fetch_scene.project(scene.folder)
    monkeypatch.setattr("sys.stdin", Terminal(said))
    words = ["--project", str(scene.folder), "fetch", ID, "--collectors", "rrc00,rrc01"]

    code = main([*words, *scene.flags()])

    out = capsys.readouterr().out
    assert (code, expected[1] in out) == (expected[0], True)
    assert out.startswith("To fetch: 13 files, about ")
    assert "Fetch them? [y/N] " in out


def test_where_nobody_can_be_asked_yes_must_be_said_before(scene, tmp_path, capsys, monkeypatch):
    fetch_scene.project(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))

    code = main(["--project", str(tmp_path), "fetch", ID, *scene.flags()])

    assert code == 1
    assert "nobody is here to agree to what this costs\n    Add --yes." in capsys.readouterr().err


def test_flags_say_otherwise_than_the_source(scene, tmp_path):
    place = fetch_scene.project(tmp_path)
    words = ["--project", str(tmp_path), "fetch", ID, "--yes", "--collectors", "rrc00,rrc01"]
    words += ["--grade", "visibility", "--because", "A test.", "--note", "Noted.", "--no-tables"]
    words += ["--since", "2020-01-01T10:05:00Z", "--until", "2020-01-01T10:24:59Z"]

    code = main([*words, *scene.flags()])

    provenance = read_evidence(place / "routing").provenance
    assert code == 0
    assert (provenance.grade, provenance.because, provenance.note) == (
        "visibility", "A test.", f"{UNREAD} Noted."
    )  # fmt: skip
    assert (str(provenance.window.since), str(provenance.window.until)) == (
        "2020-01-01T10:05:00Z", "2020-01-01T10:24:59Z"
    )  # fmt: skip
    assert len(provenance.inputs) == 1 + 2 * 4


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--connect-to", "data.ris.ripe.net"], "expected HOST=ADDRESS:PORT"),
        (["--source", "ioda"], "invalid choice: 'ioda'"),
        (["--collectors", "rrc00,"], "argument --collectors"),
    ],
)
def test_flags_of_another_form_are_refused(tmp_path, capsys, words, expected):
    with pytest.raises(SystemExit) as caught:
        main(["--project", str(tmp_path), "fetch", ID, *words])

    assert caught.value.code == 2
    assert expected in capsys.readouterr().err


def test_who_vouches_for_a_peer_must_say_why(scene, tmp_path, capsys):
    fetch_scene.project(tmp_path)

    code = main(["--project", str(tmp_path), "fetch", ID, "--peer", "rrc01,192.0.2.5,AS64505"])

    assert code == 1
    assert "--full-feed-basis: nobody says how" in capsys.readouterr().err


def test_help_shows_how_it_is_done(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["fetch", "--help"])

    told = capsys.readouterr().out
    assert caught.value.code == 0
    assert (
        "python -m generator fetch 2014-12-22-north-korea --collectors rrc00,rrc06,rrc15 --yes"
        in told
    )


LOCAL = (
    "--format", "mrt", "--grade", "messages", "--because", "Ours.", "--attribution", "Us.",
    "--terms", "https://example.org/terms", "--messages-at", "https://example.org/files",
    "--full-feed-basis", "Known.", "--retrieved", "2020-02-02",
    "--peer", "rrc00,192.0.2.1,AS64501,One",
)  # fmt: skip


@pytest.fixture
def local(tmp_path):
    """A function that freezes MRT files on this disk and returns the exit code."""

    def run(*files, collector=("--collector", "rrc00"), more=()):
        place = tmp_path / "incidents/2020" / ID
        if not place.exists():
            fetch_scene.project(tmp_path)
        words = ["--project", str(tmp_path), "fetch", ID, "--from", *map(str, files)]
        return main([*words, *LOCAL, *collector, *more])

    return run


@pytest.fixture
def disk(tmp_path):
    """The files of the first collector, on this disk."""
    files = []
    for slot in range(6):
        path = tmp_path / f"rrc00.updates.{slot}.gz"
        path.write_bytes(fetch_scene.archive_files()[path_of("rrc00", slot)])
        files.append(path)
    return files


def test_files_on_this_disk_give_the_same_messages(tmp_path, disk, local):
    code = local(*reversed(disk))

    evidence = read_evidence(tmp_path / "incidents/2020" / ID / "routing")
    assert (code, len(evidence.messages)) == (0, 10)
    assert sorted(one.name for one in evidence.provenance.inputs) == [one.name for one in disk]
    assert [(str(one.ip), one.full_feed) for one in evidence.provenance.peers] == [
        ("192.0.2.1", "yes"),
        ("192.0.2.2", "no"),
    ]


def test_the_window_of_files_on_this_disk_can_be_narrowed(tmp_path, disk, local):
    more = ("--since", "2020-01-01T10:05:00Z", "--until", "2020-01-01T10:20:00Z")

    code = local(*disk, more=more)

    evidence = read_evidence(tmp_path / "incidents/2020" / ID / "routing")
    assert (code, set(evidence.messages["event"]), len(evidence.messages)) == (0, {"A", "W"}, 6)


def test_files_on_this_disk_that_cannot_be_used_are_problems(tmp_path, disk, local, capsys):
    broken = tmp_path / "broken.gz"
    broken.write_bytes(disk[0].read_bytes()[:-9])

    codes = [
        local(broken),
        local(tmp_path / "absent.gz"),
        local(*disk, collector=()),
        local(disk[5]),
    ]

    told = capsys.readouterr().err
    assert codes == [1, 1, 1, 1]
    assert f"{broken.as_posix()}: " in told
    assert "absent.gz: cannot be read: No such file" in told
    assert "MRT files do not say who recorded them" in told
    assert "no message about the prefixes" in told


def test_only_one_file_of_json_lines_is_read_at_a_time(tmp_path, disk, local, capsys):
    assert local(*disk, more=("--format", "json-lines")) == 1

    assert "one file of JSON lines is read at a time" in capsys.readouterr().err


EXPECTED = Estimate(42, 2, 4_000_000, 60, "from a guess")
FILE = Task("mrt", "https://data.ris.ripe.net/f", 0, 300, "rrc00")


def test_without_a_terminal_progress_is_twenty_plain_lines():
    out, clock = io.StringIO(), iter(range(0, 1000, 2))

    with shown(EXPECTED, out, lambda: next(clock)) as meter:
        for number in range(40):
            meter.ended(FILE, Outcome(missing="HTTP 404" if number < 3 else "", size_bytes=100_000))

    lines = out.getvalue().splitlines()
    assert (len(lines), lines[0]) == (
        20, "2 of 40 files, 200 KB, 2 not there, 100 KB/s, 38 s left"
    )  # fmt: skip
    assert lines[-1] == "40 of 40 files, 4.0 MB, 3 not there, 100 KB/s, 0 s left"


def test_on_a_terminal_progress_is_a_bar_with_bytes_rate_and_time():
    out = Terminal()

    with shown(EXPECTED, out) as meter:
        for _ in range(40):
            meter.ended(FILE, Outcome(size_bytes=100_000))

    last = out.getvalue()
    assert "40 of 40 files" in last
    assert "4.0/4.0 MB" in last
    assert "0:00:00" in last


def test_the_bar_does_not_take_every_file_to_be_as_large_as_a_table():
    out = Terminal()
    expected = Estimate(12, 0, 70_000_000, 60, "from a guess", tables=2, tables_bytes=60_000_000)

    with shown(expected, out) as meter:
        meter.ended(replace(FILE, kind=TABLE), Outcome(size_bytes=40_000_000))
        first = meter.bar.tasks[0].total
        meter.ended(FILE, Outcome(size_bytes=2_000_000))
        second = meter.bar.tasks[0].total

    assert (first, second) == (80_000_000, 40_000_000 + 30_000_000 + 10 * 2_000_000)


def test_a_note_that_leaves_no_room_for_what_the_archives_remark_is_refused(scene, capsys):
    fetch_scene.project(scene.folder)
    words = ["--project", str(scene.folder), "fetch", ID, "--yes", "--note", "a" * 601]

    code = main([*words, *scene.flags()])

    told = capsys.readouterr().err
    assert (code, scene.server.asked) == (1, [])
    assert "--note: 601 characters, beside what the archives remark 600 fit\n    Shorten" in told


def test_remarks_that_are_too_long_end_in_an_ellipsis_and_ones_own_words_do_not(scene, tmp_path):
    place = fetch_scene.project(tmp_path, RECENT, RECENT_ID)
    remarks = [["warning", f"{number} " + "a" * 290] for number in range(9)]
    whole = json.loads(played()) | {"messages": remarks}
    scene.server.files = {
        PLAYED_PATH: json.dumps(whole).encode(),
        RECENT_PEERS: fetch_scene.ris_peers(),
    }

    scene.freeze(place, collectors=(), note="Mine.")

    note = read_evidence(place / "routing").provenance.note
    assert (len(note), note.endswith("aa … Mine.")) == (2000, True)


URL_PATH = "/data/routing-history/data.json"
HISTORY = answer({"resource": "64496", "by_origin": []})


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([None], 0),
        ([Answer(gzip.compress(HISTORY, mtime=0), kind="application/json",
                 headers=(("Content-Encoding", "gzip"),))], 0),
        ([refusal(404)], 1),
        ([Answer(HISTORY, kind="text/html")], 1),
        ([Answer(HISTORY[:20], kind="application/json")], 1),
    ],
)  # fmt: skip
def test_one_answer_is_written_whole_or_not_at_all(tmp_path, capsys, answers, code):
    file = tmp_path / "answer.json"
    with Archive({URL_PATH: HISTORY}) as server:
        server.misbehave(URL_PATH, *answers)

        found = single.main([server.url(URL_PATH), str(file), "--allow-host", "127.0.0.1"])

    assert found == code
    assert [one.name for one in tmp_path.iterdir()] == (["answer.json"] if code == 0 else [])
    if code == 0:
        assert json.loads(file.read_bytes())["data"]["resource"] == "64496"
    else:
        assert "Nothing was written." in capsys.readouterr().err


def test_a_file_that_cannot_be_moved_into_place_leaves_nothing_beside_it(tmp_path):
    (tmp_path / "taken").mkdir()

    with pytest.raises(OSError, match="directory"):
        write_whole(tmp_path / "taken", b"content")

    assert [one.name for one in tmp_path.iterdir()] == ["taken"]


def test_without_leave_the_command_asks_no_other_host(tmp_path, capsys):
    with Archive({URL_PATH: HISTORY}) as server:
        code = single.main([server.url(URL_PATH), str(tmp_path / "answer.json")])

        assert (code, server.asked) == (1, [])
    assert "is not one of the hosts that may be asked" in capsys.readouterr().err


def test_what_was_frozen_stays_when_a_later_fetch_fails(scene, tmp_path):
    place = fetch_scene.project(tmp_path)
    before = scene.freeze(place)
    scene.folder = tmp_path / "elsewhere"
    scene.server.misbehave(path_of("rrc00", 3), refusal(403))

    with pytest.raises(BrokenInputError):
        scene.freeze(place)

    assert held(place) == before


@pytest.mark.parametrize("content", [None, "no certificates"])
def test_authorities_that_cannot_be_read_are_a_problem(tmp_path, capsys, content):
    fetch_scene.project(tmp_path)
    file = tmp_path / "authorities.pem"
    if content:
        file.write_text(content)

    code = main(["--project", str(tmp_path), "fetch", ID, "--yes", "--ca-file", str(file)])

    told = capsys.readouterr().err
    assert code == 1
    assert f"--ca-file: {file}: no certificate authorities can be read: " in told
    assert "\n    Give a file of certificates in PEM form" in told


def test_a_disk_that_takes_nothing_is_a_problem_whether_for_what_came_or_for_the_evidence(
    scene, capsys
):
    place = fetch_scene.project(scene.folder)
    words = ["--project", str(scene.folder), "fetch", ID, "--yes", *scene.flags()]
    (place / "routing").write_text("in the way")
    (scene.folder / "build").write_text("in the way")

    first = main(words)
    told_of_first = capsys.readouterr().err
    (scene.folder / "build").unlink()
    second = main(words)

    assert (first, second) == (1, 1)
    assert "build/cache/fetch: what came cannot be kept: Not a directory" in told_of_first
    assert "\n    Make room, or give leave to write there. Run the same command" in told_of_first
    assert f"{place.as_posix()}: the evidence cannot be written: " in capsys.readouterr().err
