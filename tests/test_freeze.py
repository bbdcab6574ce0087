"""Freezing evidence: what is written, that it reads back, and that it is always the same."""

import argparse
import gzip
import hashlib
import json
import random
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from generator import freeze as freezing
from generator.derive.visibility import visibility
from generator.freeze import freeze, register
from generator.model.evidence import Facts
from generator.model.problem import BrokenInputError
from generator.read.evidence import read_evidence
from generator.read.rows import table

P = "203.0.113.0/24"
HEADER = "time,collector,peer_ip,peer_asn,event,prefix,origin,path\n"
MESSAGES = (
    HEADER
    + "2020-01-01T10:00:00Z,rrc90,192.0.2.1,64501,S,203.0.113.0/24,64510,64501 64511 64510\n"
    + "2020-01-01T10:00:00Z,rrc90,192.0.2.2,64502,S,203.0.113.0/24,64510,64502 64511 64510\n"
    + "2020-01-01T10:05:00Z,rrc90,192.0.2.1,64501,W,203.0.113.0/24,,\n"
    + "2020-01-01T10:05:00Z,rrc90,192.0.2.1,64501,A,203.0.113.0/24,64510,64501 64510\n"
    + "2020-01-01T10:07:00Z,rrc90,192.0.2.2,64502,D,,,\n"
)
VISIBILITY = (
    "time,prefix,seeing,known,upstreams\n"
    "2020-01-01T10:00:00Z,203.0.113.0/24,2,2,64511:2\n"
    "2020-01-01T10:05:00Z,203.0.113.0/24,2,2,64501:1 64511:1\n"
    "2020-01-01T10:07:00Z,203.0.113.0/24,1,1,64501:1\n"
)


def facts(grade="messages", **changes):
    return Facts.model_validate(
        {
            "grade": grade,
            "because": 'It is "ours": yes # really.',
            "messages": "https://example.org/messages",
            "attribution": "No",
            "terms": "https://example.org/terms",
            "generator": "a test",
            "window": {"from": "2020-01-01T10:00:00Z", "to": "2020-01-01T11:00:00Z"},
            "inputs": [
                {
                    "name": "a.jsonl",
                    "url": "https://example.org/a",
                    "bytes": "1",
                    "sha256": "0" * 64,
                    "retrieved": "2020-01-02",
                }
            ],
            "peers": [
                {
                    "collector": "rrc90",
                    "ip": f"192.0.2.{number}",
                    "asn": f"AS6450{number}",
                    "name": "Éxample — Net",
                    "full_feed": "yes",
                    "basis": "Made up.",
                }
                for number in (1, 2)
            ],
            **changes,
        }
    )


def held(folder):
    """What lies in the folder, as bytes by name."""
    return {path.name: path.read_bytes() for path in sorted((folder / "routing").iterdir())}


def test_messages_are_written_as_they_are_and_read_back(tmp_path):
    provenance = freeze(tmp_path, table(MESSAGES), facts())

    evidence = read_evidence(tmp_path / "routing")
    assert gzip.decompress(held(tmp_path)["messages.csv.gz"]).decode() == MESSAGES
    assert sorted(held(tmp_path)) == ["messages.csv.gz", "provenance.yaml"]
    assert evidence.provenance == provenance
    pd.testing.assert_frame_equal(evidence.messages, table(MESSAGES))


def test_of_the_grade_visibility_only_the_figures_are_written(tmp_path):
    provenance = freeze(tmp_path, table(MESSAGES), facts("visibility"))

    evidence = read_evidence(tmp_path / "routing")
    assert gzip.decompress(held(tmp_path)["visibility.csv.gz"]).decode() == VISIBILITY
    assert sorted(held(tmp_path)) == ["provenance.yaml", "visibility.csv.gz"]
    assert evidence.provenance == provenance
    pd.testing.assert_frame_equal(evidence.visibility, table(VISIBILITY))


def test_frozen_messages_derive_the_figures_that_the_other_grade_freezes(tmp_path):
    freeze(tmp_path, table(MESSAGES), facts())
    evidence = read_evidence(tmp_path / "routing")

    derived = visibility(evidence.messages, evidence.provenance.peers)

    pd.testing.assert_frame_equal(derived, table(VISIBILITY))


def test_the_provenance_holds_the_sums_and_the_number_of_rows(tmp_path):
    provenance = freeze(tmp_path, table(MESSAGES), facts())

    packed = held(tmp_path)["messages.csv.gz"]
    assert provenance.table.model_dump(mode="json") == {
        "file": "messages.csv.gz",
        "rows": "5",
        "sha256": hashlib.sha256(packed).hexdigest(),
        "unpacked_sha256": hashlib.sha256(MESSAGES.encode()).hexdigest(),
    }


def test_the_gzip_file_says_neither_when_nor_where_it_was_made(tmp_path):
    freeze(tmp_path, table(MESSAGES), facts())

    assert held(tmp_path)["messages.csv.gz"][:10] == bytes.fromhex("1f8b08000000000002ff")


def test_freezing_again_gives_the_same_bytes(tmp_path):
    freeze(tmp_path, table(MESSAGES), facts())
    first = held(tmp_path)

    freeze(tmp_path, table(MESSAGES), facts())

    assert held(tmp_path) == first


@pytest.mark.parametrize("grade", ["messages", "visibility"])
def test_the_order_of_peers_and_seconds_does_not_matter(tmp_path, grade):
    head, *lines = MESSAGES.splitlines(keepends=True)
    moved = head + "".join([lines[4], *lines[2:4], lines[1], lines[0]])
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()

    freeze(tmp_path / "one", table(MESSAGES), facts(grade))
    freeze(tmp_path / "two", table(moved), facts(grade))

    assert held(tmp_path / "one") == held(tmp_path / "two")


def test_a_table_of_the_other_grade_is_replaced(tmp_path):
    freeze(tmp_path, table(MESSAGES), facts())

    freeze(tmp_path, table(MESSAGES), facts("visibility"))

    assert sorted(held(tmp_path)) == ["provenance.yaml", "visibility.csv.gz"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEADER, "no messages to freeze"),
        (
            MESSAGES.replace("T10:00", "T09:59"),
            "messages from 2020-01-01T09:59:00Z to 2020-01-01T10:07:00Z in a window from "
            "2020-01-01T10:00:00Z to 2020-01-01T11:00:00Z",
        ),
        (MESSAGES.replace("192.0.2.2", "192.0.2.3"), "a peer that provenance.yaml does not list"),
    ],
)
def test_what_could_not_be_read_back_is_not_written(tmp_path, text, expected):
    with pytest.raises(BrokenInputError) as caught:
        freeze(tmp_path, table(text), facts())

    assert expected in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_the_old_evidence_whole(tmp_path, monkeypatch):
    freeze(tmp_path, table(MESSAGES), facts())
    before = held(tmp_path)

    def full_disk(_):
        raise OSError("no space left")

    monkeypatch.setattr(freezing.os, "fsync", full_disk)
    with pytest.raises(OSError, match="no space left"):
        freeze(tmp_path, table(MESSAGES.replace("10:07", "10:08")), facts())

    assert held(tmp_path) == before


def line(number, index, path, at_s=None):
    value = {"path": path, "peer_ip": f"192.0.2.{number}", "pfx": P, "idx": index}
    if index:
        value["ts"] = 1577872800 + at_s
    return json.dumps(value if path else {**value, "W": True})


LINES = (
    line(1, 0, ["64501", "64511", "64510"]),
    line(2, 0, ["64502", "64511", "64510"]),
    line(1, 1, [], 300),
    line(1, 2, ["64501", "64510"], 300),
    line(2, 1, [], 420),
)


@pytest.fixture
def command(tmp_path):
    """A function that runs ``fetch`` on the lines in a project with one record."""
    (tmp_path / "incidents/2020/2020-01-01-atlantis").mkdir(parents=True)

    def run(*extra, lines=LINES, incident="2020-01-01-atlantis", without=()):
        source = tmp_path / "a.jsonl"
        source.write_text("".join(f"{text}\n" for text in lines), "utf-8")
        flags = {
            "--from": str(source),
            "--grade": "visibility",
            "--because": "The messages carry no licence.",
            "--attribution": "Computed from nobody's data.",
            "--terms": "https://example.org/terms",
            "--messages-at": "https://example.org/messages",
            "--full-feed-basis": "Made up.",
        }
        given = [
            part for flag, value in flags.items() if flag not in without for part in (flag, value)
        ]
        peer = ["--peer", "rrc90,192.0.2.1,AS64501,One"]
        parser = argparse.ArgumentParser()
        parser.add_argument("--project", type=Path)
        register(parser.add_subparsers())
        options = parser.parse_args(
            ["--project", str(tmp_path), "fetch", incident, *given, *peer, *extra]
        )
        return options.run(options)

    return run


TWO = ("--peer", "rrc90,192.0.2.2,AS64502,Two, Ltd")


def test_the_command_freezes_and_says_what_it_wrote(tmp_path, command, capsys):
    code = command(*TWO, "--commit", "a" * 40, "--retrieved", "2020-01-02", "--note", "A test.")

    folder = tmp_path / "incidents/2020/2020-01-01-atlantis/routing"
    evidence = read_evidence(folder)
    size = (folder / "visibility.csv.gz").stat().st_size
    assert code == 0
    assert capsys.readouterr().out == (
        f"{(folder / 'visibility.csv.gz').as_posix()}: 3 rows, {size} bytes\n"
    )
    assert list(evidence.visibility["upstreams"]) == ["64511:2", "64501:1 64511:1", "64501:1"]


def test_a_stretch_without_a_file_is_a_gap(tmp_path, command):
    told = "rrc90,2020-01-01T10:20:00Z,2020-01-01T10:30:00Z,No file is published, alas."
    command(*TWO, "--gap", told, "--until", "2020-01-01T11:00:00Z")

    folder = tmp_path / "incidents/2020/2020-01-01-atlantis/routing"
    (gap,) = read_evidence(folder).provenance.gaps
    assert gap.model_dump(mode="json", by_alias=True) == {
        "from": "2020-01-01T10:20:00Z",
        "to": "2020-01-01T10:30:00Z",
        "collector": "rrc90",
        "why": "No file is published, alas.",
    }


@pytest.mark.parametrize("told", ["rrc90", "rrc90,then,now,why", "rrc90,2020-01-02T00:00:00Z"])
def test_a_gap_that_is_none_is_refused(command, capsys, told):
    with pytest.raises(SystemExit):
        command("--gap", told)

    assert "argument --gap: " in capsys.readouterr().err


def test_the_command_writes_every_fact_that_it_was_told(tmp_path, command):
    command(*TWO, "--commit", "a" * 40, "--retrieved", "2020-01-02", "--note", "A test.")

    folder = tmp_path / "incidents/2020/2020-01-01-atlantis/routing"
    source = (tmp_path / "a.jsonl").read_bytes()
    found = read_evidence(folder).provenance.model_dump(mode="json", exclude={"table"})
    pyproject = Path(__file__).parent.parent / "pyproject.toml"
    project = tomllib.loads(pyproject.read_text("utf-8"))["project"]
    assert found == {
        "grade": "visibility",
        "because": "The messages carry no licence.",
        "messages": "https://example.org/messages",
        "attribution": "Computed from nobody's data.",
        "terms": "https://example.org/terms",
        "generator": f"{project['name']} {project['version']}",
        "window": {"from": "2020-01-01T10:04:59Z", "to": "2020-01-01T10:07:00Z"},
        "inputs": [
            {
                "name": "a.jsonl",
                "url": "https://example.org/messages",
                "bytes": str(len(source)),
                "sha256": hashlib.sha256(source).hexdigest(),
                "commit": "a" * 40,
                "retrieved": "2020-01-02",
            }
        ],
        "peers": [
            {
                "collector": "rrc90",
                "ip": f"192.0.2.{number}",
                "asn": f"AS6450{number}",
                "name": name,
                "full_feed": "yes",
                "basis": "Made up.",
            }
            for number, name in ((1, "One"), (2, "Two, Ltd"))
        ],
        "gaps": [],
        "note": "A test.",
    }


def test_the_order_of_the_lines_does_not_matter_to_the_command(tmp_path, command):
    folder = tmp_path / "incidents/2020/2020-01-01-atlantis"
    command(*TWO)
    first = held(folder)["visibility.csv.gz"]
    shuffled = list(LINES)
    random.Random(3).shuffle(shuffled)  # noqa: S311  (no secret)

    command(*TWO, lines=shuffled)

    assert shuffled != list(LINES)
    assert held(folder)["visibility.csv.gz"] == first


def test_a_peer_not_named_is_listed_and_does_not_count(tmp_path, command):
    command("--collector", "rrc99", "--since", "2020-01-01T09:00:00Z")

    evidence = read_evidence(tmp_path / "incidents/2020/2020-01-01-atlantis/routing")
    assert [(str(peer.ip), peer.full_feed) for peer in evidence.provenance.peers] == [
        ("192.0.2.1", "yes"),
        ("192.0.2.2", "no"),
    ]
    assert list(evidence.visibility["known"]) == [1, 1]
    assert str(evidence.provenance.window.since) == "2020-01-01T09:00:00Z"


@pytest.mark.parametrize(
    ("extra", "options", "expected"),
    [
        ((), {}, "192.0.2.2: is a peer that nobody has named"),
        (TWO, {"incident": "2020-01-02-nowhere"}, "there is no such record"),
        ((*TWO, "--until", "2020-01-01T10:06:00Z"), {}, "Widen --since and --until"),
        (("--peer", "rrc90,192.0.2.9,AS64509", *TWO), {}, "no line is from this peer"),
        (
            (*TWO, "--since", "2020-01-01T10:00:00Z", "--until", "2020-01-01T09:00:00Z"),
            {},
            "expected `to` to be no earlier than `from`",
        ),
    ],
)
def test_input_that_does_not_fit_is_a_problem_with_a_cure(command, extra, options, expected):
    with pytest.raises(BrokenInputError) as caught:
        command(*extra, **options)

    assert expected in str(caught.value)
    assert all(problem.cure for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("extra", "options", "expected"),
    [
        (("--peer", "rrc90"), {}, "expected COLLECTOR,IP,ASN,NAME, got 'rrc90'"),
        (("--peer", "rrc90,here,AS64501"), {}, "expected an IP address like 195.66.224.138"),
        (("--since", "2020-01-01"), {}, "expected a UTC second like 2014-12-22T16:15:07Z"),
        (("--commit", "main"), {}, "expected a Git commit of 40 hexadecimal digits, got 'main'"),
        ((), {"without": ("--because",)}, "the following arguments are required: --because"),
        ((), {"incident": "atlantis"}, "argument incident: "),
        (("--format", "csv"), {}, "invalid choice: 'csv'"),
    ],
)
def test_flags_that_do_not_fit_are_refused_with_what_was_expected(
    command, capsys, extra, options, expected
):
    with pytest.raises(SystemExit) as caught:
        command(*extra, **options)

    assert caught.value.code == 2
    assert expected in capsys.readouterr().err
