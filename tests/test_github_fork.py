"""A proposal from a fork, on a local GitHub: from the branch to the comment, step by step.

The steps are read from the workflows. What installs is left out, as the tests run in an environment
that has it all; what GitHub itself does (starting runs, keeping files) is done by hand.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hub_server import Server, raw_zip

PROJECT = Path(__file__).parent.parent
HEARD = "incidents/2032/2032-02-29-heard-island/incident.yaml"
PARTS = (".github", "docs", "generator", "mkdocs.yml", "Makefile", "pyproject.toml")
WHO = {
    f"GIT_{role}_{what}": f"{role.lower()}@example.org"
    for role in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}
GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **WHO}
SECRETS = ("GITHUB_TOKEN", "GITHUB_API_URL")


def git(folder, *words):
    command = ["git", "-c", "protocol.file.allow=always", *words]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **GIT}, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def upstream(tmp_path_factory):
    """The archive's repository, bare: the program and one record."""
    root = tmp_path_factory.mktemp("github")
    seed = root / "seed"
    for part in PARTS:
        source, target = PROJECT / part, seed / part
        copy = shutil.copytree if source.is_dir() else shutil.copy
        target.parent.mkdir(parents=True, exist_ok=True)
        copy(source, target, **({"ignore": IGNORED} if source.is_dir() else {}))
    (seed / HEARD).parent.mkdir(parents=True)
    shutil.copy(PROJECT / "tests/archive" / HEARD, seed / HEARD)
    (seed / ".gitignore").write_text("/build/\n/.venv\n__pycache__/\n")
    git(seed, "init", "--quiet", "--initial-branch=main")
    git(seed, "add", "--all")
    git(seed, "commit", "--quiet", "--message=The archive")
    git(root, "clone", "--quiet", "--bare", "seed", "upstream.git")
    return root / "upstream.git"


IGNORED = shutil.ignore_patterns("__pycache__", "node_modules")


def proposed(upstream, name, change):
    """A change on a branch of a fork, merged for the check as GitHub does; and its commit."""
    fork = upstream.parent / name
    git(upstream.parent, "clone", "--quiet", str(upstream), name)
    git(fork, "switch", "--quiet", "--create", "change")
    change(fork)
    git(fork, "add", "--all")
    git(fork, "commit", "--quiet", "--message=A change")
    sha = git(fork, "rev-parse", "HEAD")
    git(fork, "switch", "--quiet", "--detach", "main")
    git(fork, "merge", "--quiet", "--no-ff", "--message=Merge", "change")
    runner = upstream.parent / f"{name}-runner"
    git(upstream.parent, "clone", "--quiet", "--depth=2", f"file://{fork}", runner.name)
    return runner, sha


def check_run(runner):
    """Run the steps of the job `records`; return how each ended, and the report it leaves."""
    (runner / ".venv").symlink_to(sys.prefix)
    job = yaml.safe_load((runner / ".github/workflows/check.yml").read_text("utf-8"))
    steps = [step for step in job["jobs"]["records"]["steps"] if "run" in step]
    summary = runner / "build" / "summary.md"
    given = {**os.environ, **GIT, "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_ACTIONS": "true"}
    given = {name: value for name, value in given.items() if name not in SECRETS}
    ends = [
        subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=runner, env=given, capture_output=True, text=True, check=False,
        )
        for step in steps if not step["run"].startswith("make ")
    ]  # fmt: skip
    report = (runner / "build/report/report.md").read_bytes()
    assert summary.read_bytes() == report
    return ends, report


def commented(sha, report, files, monkeypatch):
    """What the main branch's script says on the proposal."""
    import comment  # noqa: PLC0415

    with Server() as server:
        for name, value in server.environment().items():
            monkeypatch.setenv(name, value)
        server.hub.proposal(5, sha, files=files)
        server.hub.checked(11, sha)
        server.hub.parcels[11, "report"] = raw_zip({"report.md": report})
        assert comment.main() == 0
        [said] = server.hub.said(5)
        return said.replace("\u00a0", " ")


def changed(old, new):
    def change(fork):
        text = (fork / HEARD).read_text("utf-8")
        assert old in text
        (fork / HEARD).write_text(text.replace(old, new), "utf-8")

    return change


def test_a_changed_fact_is_in_the_comment_with_what_it_was(upstream, monkeypatch):
    change = changed("{at: 2032-02-29, source: gazette}", "{at: 2032-02-29T14Z, source: gazette}")
    runner, sha = proposed(upstream, "honest", change)

    ends, report = check_run(runner)
    said = commented(sha, report, [HEARD], monkeypatch)

    assert [end.returncode for end in ends] == [0, 0]
    assert said.startswith("<!-- gone-dark change report: run 11.1 -->\n**Change report** for ")
    assert "Only records change" in said
    assert report.decode().splitlines()[0] in said
    assert "1 incident changed." in said
    assert "`29 Feb 2032` → `29 Feb 2032, 14 h UTC`" in said


def test_a_broken_record_is_annotated_on_its_line_and_reported(upstream, monkeypatch):
    runner, sha = proposed(upstream, "broken", changed("layer: reachability", "layer: reach"))

    ends, report = check_run(runner)
    said = commented(sha, report, [HEARD], monkeypatch)

    assert [end.returncode for end in ends] == [0, 1]
    assert re.search(rf"::error file={re.escape(HEARD)},line=7", ends[1].stdout)
    assert "1 problem introduced" in said


def test_a_record_full_of_attacks_is_told_and_calls_nobody(upstream, monkeypatch):
    attack = "'<img src=x onerror=x> @everyone [x](https://evil.example/) `</code>` ::error::x'"
    runner, sha = proposed(upstream, "rude", changed("Heard Island falls silent", attack))

    ends, report = check_run(runner)
    said = commented(sha, report, [HEARD], monkeypatch)

    assert [end.returncode for end in ends] == [0, 0]
    assert not re.search(r"<img|(?:@|&#64;)everyone|\]\(https://evil|^::error", said, re.MULTILINE)
    assert [line for line in ends[1].stdout.splitlines() if line.startswith("::error")] == []
    assert "everyone" in said


def test_a_proposal_that_forges_its_report_is_shown_as_its_authors_words(upstream, monkeypatch):
    def change(fork):
        script = "from pathlib import Path\nfolder = Path('build/report')\n"
        script += "folder.mkdir(parents=True)\n"
        script += "(folder / 'report.md').write_text('All is well, @maintainers <b onclick=x>')\n"
        (fork / ".github/scripts/report.py").write_text(script)

    runner, sha = proposed(upstream, "forger", change)

    _, report = check_run(runner)
    said = commented(sha, report, [".github/scripts/report.py"], monkeypatch)

    assert report == b"All is well, @maintainers <b onclick=x>"
    assert "take it as its author's words" in said
    assert said.endswith("\n\nAll is well, @\u200bmaintainers &lt;b onclick=x>\n")
