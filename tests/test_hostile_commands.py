"""Tricks in what a command is told: one line of refusal, and no file touched anywhere."""

import pytest

from generator.__main__ import main

TRICKS = [
    "../../etc",
    "/etc/passwd",
    "2032-02-29-heard-island/..",
    "$(id)",
    "a\nb",
    "2032",
    "\u202ex",
]


@pytest.fixture
def project(tmp_path):
    (tmp_path / "incidents").mkdir()
    (tmp_path / "secret.yaml").write_text("title: secret\n")
    return tmp_path


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("identifier", TRICKS)
def test_evidence_is_fetched_for_an_id_and_for_nothing_else(identifier, project, capsys):
    before = files(project)

    with pytest.raises(SystemExit) as end:
        main(["--project", str(project), "fetch", "--yes", "--", identifier])

    assert end.value.code == 2
    assert "argument incident: " in capsys.readouterr().err
    assert files(project) == before


@pytest.mark.parametrize(
    "base", ["--output=x", "-O/tmp/x", "HEAD;id", "no-such-revision", "HEAD:x"]
)
def test_a_change_is_compared_with_a_commit_and_with_nothing_else(base, project, capsys):
    before = files(project)

    try:
        code = main(["--project", str(project), "diff", "--", base])
    except SystemExit as end:
        code = end.code

    assert code in (1, 2)
    assert "Traceback" not in capsys.readouterr().err
    assert files(project) == before


def test_a_file_that_is_no_record_is_a_problem_with_its_line(project, capsys):
    code = main(["--project", str(project), "check", str(project / "incidents/../secret.yaml")])

    assert code == 1
    assert "secret.yaml:1: " in capsys.readouterr().err
