"""Evidence that a workflow froze, on a branch of its own: these files, there, and nothing else."""

import base64

import propose
import pytest
from hub_server import Server, raw_zip

ID = "2030-01-31-ross-sea"
FILES = {"visibility.csv.gz": b"\x1f\x8b", "provenance.yaml": b"grade: visibility\n"}


@pytest.fixture
def hub(monkeypatch):
    with Server() as running:
        for name, value in running.environment(INCIDENT=ID).items():
            monkeypatch.setenv(name, value)
        running.hub.parcels[11, "evidence"] = raw_zip({**FILES, "report.md": "@all: one more"})
        yield running.hub


def test_the_evidence_comes_on_a_branch_with_what_it_changes(hub, capsys):
    assert propose.main([]) == 0

    kinds = [kind for kind, _ in hub.objects]
    blobs = [base64.b64decode(body["content"]) for kind, body in hub.objects if kind == "blobs"]
    tree, commit, ref = (body for _, body in hub.objects[2:])
    assert kinds == ["blobs", "blobs", "trees", "commits", "refs"]
    assert blobs == [FILES["provenance.yaml"], FILES["visibility.csv.gz"]]
    assert tree == {
        "base_tree": "main-tree",
        "tree": [
            {"path": f"incidents/2030/{ID}/routing/{name}", "mode": "100644", "type": "blob",
             "sha": f"blobs-{number}"}
            for number, name in enumerate(sorted(FILES), 1)
        ],
    }  # fmt: skip
    assert commit == {
        "message": f"Routing evidence for {ID}", "tree": "trees-3", "parents": ["main-sha"]
    }  # fmt: skip
    assert ref == {"ref": f"refs/heads/evidence/{ID}-11", "sha": "commits-4"}
    assert hub.pulls == [
        {"title": f"Evidence for {ID}", "head": f"evidence/{ID}-11", "base": "main",
         "body": propose.NOTE + "@\u200ball: one more"}
    ]  # fmt: skip
    assert capsys.readouterr().out == ("proposed: https://github.com/example/gone-dark/pull/7\n")


@pytest.mark.parametrize(
    "text",
    ["", "x", "../../etc", f"{ID}\n", f"{ID};id", "$(id)", "--from=/etc/passwd", f"{ID}/..",
     "٢٠٣٠-01-31-ross-sea", f"2030-01-31-{'x' * 90}"],
)  # fmt: skip
def test_what_is_no_id_is_refused_before_anything_is_asked(text, hub, monkeypatch, capsys):
    monkeypatch.setenv("INCIDENT", text)

    assert (propose.main([]), propose.main(["--only-check-the-id"])) == (1, 1)
    assert hub.seen == []
    assert capsys.readouterr().out == (
        "::error::the incident must be an id like 2014-12-22-north-korea\n" * 2
    )


def test_an_id_passes_and_nothing_is_asked(hub):
    assert (propose.main(["--only-check-the-id"]), hub.seen) == (0, [])


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"provenance.yaml": b"x"}, "the run left no whole evidence"),
        ({"visibility.csv.gz": b"x", "report.md": "x"}, "the run left no whole evidence"),
        ({**FILES, ".github/x.yml": "x"}, "an unexpected file: '.github/x.yml'"),
        ({**FILES, "../incident.yaml": "x"}, "an unexpected file: '../incident.yaml'"),
    ],
)  # fmt: skip
def test_anything_but_evidence_is_refused_and_nothing_written(files, why, hub, capsys):
    hub.parcels[11, "evidence"] = raw_zip(files)

    assert propose.main([]) == 1
    assert (hub.objects, hub.pulls) == ([], [])
    assert capsys.readouterr().out == f"::error::{why}\n"
