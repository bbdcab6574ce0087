"""The check as annotations, as JSON, on single files, on what changed, and before a commit."""

import json
import re
import shutil
import subprocess

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.__main__ import main
from generator.model.problem import Problem
from generator.render.problems import as_annotation
from tests.repository import as_repository, commit, replace
from tests.site_project import REPOSITORY

MINIMAL = "incidents/2032/2032-02-29-heard-island/incident.yaml"
COMMAND = re.compile(r"::(error|notice) ([^\r\n]*?)::([^\r\n]*)")


@pytest.fixture
def project(archive, tmp_path):
    shutil.copytree(archive, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def committed(project):
    return as_repository(project)


def run(project, *words):
    return main(["--project", str(project), "check", "--documentation-space", *words])


def understood(line):
    """A workflow command as GitHub's runner reads it: its kind, properties and message."""
    kind, told, message = COMMAND.fullmatch(line).groups()
    pairs = [pair.split("=", 1) for pair in told.split(",")]
    return kind, {name: plain(text, "%3A:", "%2C,") for name, text in pairs}, plain(message)


def plain(text, *more):
    for escaped in ("%0D\r", "%0A\n", *more, "%25%"):
        text = text.replace(escaped[:3], escaped[3:])
    return text


def test_a_problem_is_annotated_at_its_line_and_advice_is_a_notice(project, capsys):
    replace(project / MINIMAL, "countries: [HM]", "countries: [ZZ]")

    code = run(project, "--format", "github")

    *lines, last = capsys.readouterr().out.splitlines()
    kind, properties, message = understood(lines[0])
    assert code == 1
    assert kind == "error"
    assert properties == {"file": MINIMAL, "line": "4", "title": "Problem"}
    assert message.startswith(f"{MINIMAL}:4: where.countries[0]: expected an ISO 3166")
    assert {understood(line)[0] for line in lines[1:]} == {"notice"}
    assert last == "3 sound records read, 1 problems, 4 pieces of advice"


@given(
    st.builds(
        Problem, st.text(min_size=1), st.integers(0, 99), st.text(), st.text(), st.text(),
        st.text(), st.sampled_from(["error", "advice"]),
    )
)  # fmt: skip
def test_whatever_a_problem_says_it_is_one_command_that_says_just_that(problem):
    line = as_annotation(problem)

    kind, properties, message = understood(line)
    assert (properties["file"], message) == (problem.file, str(problem))
    assert kind == ("error" if problem.severity == "error" else "notice")
    assert properties.get("line", "0") == str(problem.line)


def test_a_record_cannot_smuggle_a_command_into_the_log(project, capsys):
    evil = '"x\\n::set-output name=a::b\\n::error file=a,line=1::c%0A::stop-commands::d"'
    replace(project / MINIMAL, "countries: [HM]", f"countries: [{evil}]")
    (project / "incidents" / "2032" / "a\n::warning::b,c%0A").mkdir()

    run(project, "--format", "github")

    told = capsys.readouterr()
    lines = (told.out + told.err).splitlines()
    assert [line for line in lines[:-1] if not COMMAND.fullmatch(line)] == []
    assert sum(line.startswith("::error ") for line in lines) == 2


def test_as_json_every_problem_has_its_parts(project, capsys):
    replace(project / MINIMAL, "countries: [HM]", "countries: [ZZ]")

    code = run(project, str(project / MINIMAL), "--format", "json")

    told = json.loads(capsys.readouterr().out)
    assert code == 1
    assert told == {
        "records": 1, "errors": 1, "advice": 0,
        "problems": [{
            "file": MINIMAL, "line": 4, "field": "where.countries[0]",
            "what": "expected an ISO 3166 country code like KP, got 'ZZ'",
            "cure": "ISO 3166-1 alpha-2 codes.", "rule": "", "severity": "error",
        }],
    }  # fmt: skip


def test_a_single_record_is_checked_with_all_that_lies_beside_it(project, capsys):
    folder = project / "incidents/2030/2030-01-31-ross-sea"
    replace(folder / "links.yaml", "state: dead", "state: ded")
    replace(folder / "routing/provenance.yaml", "grade: messages", "grade: massages")

    code = run(project, str(folder / "links.yaml"), str(folder / "routing/provenance.yaml"))

    told = capsys.readouterr()
    files = re.findall(r"^(\S+?):\d+: ", told.err, re.MULTILINE)
    assert code == 1
    assert told.out == "1 records read, 2 problems, 2 pieces of advice\n"
    assert sorted(files) == [
        "incidents/2030/2030-01-31-ross-sea/links.yaml",
        "incidents/2030/2030-01-31-ross-sea/routing/provenance.yaml",
    ]


def test_checking_a_draft_leaves_nothing_behind(project, tmp_path_factory, capsys):
    elsewhere = tmp_path_factory.mktemp("drafts")
    draft = shutil.copy(project / MINIMAL, elsewhere / "draft.yaml")

    assert main(["--project", str(elsewhere), "check", str(draft)]) == 0

    assert [path.name for path in elsewhere.iterdir()] == ["draft.yaml"]
    assert capsys.readouterr().out == "1 records read, 0 problems, 2 pieces of advice\n"


def test_advice_can_be_kept_to_what_changed_while_no_problem_is_hidden(committed, capsys):
    replace(committed / MINIMAL, "falls silent", "fell silent")
    replace(
        committed / "incidents/2031/2031-06-15-bouvet-island/incident.yaml", "added: ", "addid: "
    )
    commit(committed)
    replace(committed / MINIMAL, "fell silent", "falls silent again")

    code = run(committed, "--since", "HEAD")

    told = capsys.readouterr()
    assert code == 1
    assert "bouvet-island/incident.yaml" in told.err
    advice = re.findall(r"^advice: incidents/\d+/([^/]+)", told.err, re.MULTILINE)
    assert set(advice) == {"2032-02-29-heard-island"}


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD:incidents"])
def test_a_revision_that_is_none_is_refused_with_a_cure(committed, revision, capsys):
    code = run(committed, f"--since={revision}")

    assert code == 1
    assert "no revision of this repository\n    Name a commit" in capsys.readouterr().err
    assert not (committed / "x").exists()


def test_the_hook_before_a_commit_runs_the_check_on_what_is_committed():
    config = yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text("utf-8"))

    (hook,) = config["repos"][0]["hooks"]
    done = subprocess.run(
        [*hook["entry"].split(), f"tests/archive/{MINIMAL}"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (0, "1 records read, 0 problems, 2 pieces of advice\n")
    assert re.match(hook["files"], MINIMAL)
