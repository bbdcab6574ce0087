"""The workflows: what runs where, with leave for what, and never a stranger's words in a shell."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parent.parent
FOLDER = PROJECT / ".github" / "workflows"
TOOLS = Path(sys.executable).parent
FILES = sorted(FOLDER.glob("*.yml"))
READS = {"contents: read", "actions: read"}


def flows():
    return {file.name: yaml.safe_load(file.read_text("utf-8")) for file in FILES}


def triggers(flow):
    return set(flow[True])  # YAML reads the key `on` as true


def jobs():
    """Every job of every workflow, by ``file:job``."""
    return {
        f"{file}:{name}": job
        for file, flow in flows().items()
        for name, job in flow["jobs"].items()
    }


def steps():
    return [step for job in jobs().values() for step in job["steps"]]


def leave(job):
    return {f"{what}: {how}" for what, how in job["permissions"].items()}


def output_of(*command):
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip()


def test_actionlint_finds_nothing():
    files = [file.relative_to(PROJECT).as_posix() for file in FILES]

    assert output_of(TOOLS / "actionlint", "-no-color", "-oneline", *files) == (0, "")


def test_zizmor_finds_nothing_and_is_told_to_overlook_nothing():
    words = ("--offline", "--no-progress", "--persona=auditor", "--format=json")

    assert output_of(TOOLS / "zizmor", *words, ".github") == (0, "[]")
    assert [file.name for file in FILES if "zizmor:" in file.read_text("utf-8")] == []


def test_every_action_is_githubs_own_and_pinned_by_its_whole_commit():
    used = {step["uses"] for step in steps() if "uses" in step}

    assert {one for one in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one)} == set()
    # One commit for each action, so that one look is enough.
    assert len({one.partition("@")[0] for one in used}) == len(used)


def test_what_a_stranger_can_start_has_no_secret_and_no_leave_to_write():
    open_to_all = {name: flow for name, flow in flows().items() if "pull_request" in triggers(flow)}

    assert set(open_to_all) == {"check.yml"}
    text = (FOLDER / "check.yml").read_text("utf-8")
    assert "secrets." not in text
    assert "github.token" not in text
    leaves = [leave(job) for job in open_to_all["check.yml"]["jobs"].values()]
    assert leaves == [{"contents: read"}] * len(leaves)


def test_nothing_starts_with_a_strangers_words_and_leave_to_write():
    ways = {name: triggers(flow) for name, flow in flows().items()}

    assert ways == {
        "check.yml": {"pull_request"},
        "fetch.yml": {"workflow_dispatch"},
        "links.yml": {"schedule", "workflow_dispatch"},
        "publish.yml": {"push"},
        "report.yml": {"schedule", "workflow_dispatch"},
        "watch.yml": {"schedule", "workflow_dispatch"},
    }


def test_a_job_may_do_only_what_it_says_and_ends():
    assert [name for name, flow in flows().items() if flow["permissions"] != {}] == []
    assert [name for name, flow in flows().items() if "concurrency" not in flow] == []
    assert [name for name, job in jobs().items() if "permissions" not in job] == []
    assert [name for name, job in jobs().items() if "timeout-minutes" not in job] == []


def test_a_job_with_leave_to_write_installs_nothing_and_runs_one_script():
    writing = {name: job for name, job in jobs().items() if leave(job) - READS}

    ran = {
        name: [step.get("run") or step["uses"].partition("@")[0] for step in job["steps"]]
        for name, job in writing.items()
    }
    checkout = "actions/checkout"
    assert ran == {
        "fetch.yml:propose": [checkout, "python3 .github/scripts/propose.py"],
        "links.yml:tell": [
            checkout,
            'python3 .github/scripts/notice.py links "Sources that no longer answer"',
        ],
        "publish.yml:deploy": ["actions/deploy-pages"],
        "report.yml:comment": [checkout, "python3 .github/scripts/comment.py"],
        "watch.yml:tell": [
            checkout,
            'python3 .github/scripts/notice.py watch "Outages that the archive may lack"',
        ],
    }


def test_no_checkout_names_another_commit_or_keeps_the_token():
    asked = [
        step["with"] for step in steps() if step.get("uses", "").startswith("actions/checkout")
    ]

    assert [one for one in asked if one["persist-credentials"] is not False] == []
    assert {key for one in asked for key in one} <= {
        "persist-credentials",
        "fetch-depth",
        "sparse-checkout",
    }


def test_no_shell_line_holds_an_expression():
    assert [step["run"] for step in steps() if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_script_that_is_run_is_there(file):
    named = set(re.findall(r"\.github/scripts/[a-z]+\.py", file.read_text("utf-8")))

    assert {name for name in named if not (PROJECT / name).exists()} == set()


@pytest.mark.parametrize("name", ["comment", "notice", "propose"])
def test_a_script_that_may_write_needs_only_pythons_own_library(name):
    """It runs with the runner's Python, before or without any package."""
    script = PROJECT / ".github" / "scripts" / f"{name}.py"
    bare = {"GITHUB_RUN_ID": "1", "PATH": "/usr/bin:/bin", "INCIDENT": "2030-01-31-x"}
    command = [sys.executable, "-S", script, "a", "b"]

    done = subprocess.run(command, env=bare, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("::error::not in the environment: GITHUB_API_URL")
