"""Show each proposal's change report as one comment on it.

The check of a proposal may write nothing, so it leaves its report behind as a file. This runs from
the main branch, finds the newest finished check of each open proposal, and shows that file. Which
run belongs to which proposal is asked of GitHub and never of the file; the file is a stranger's
words, shown as such. Nothing of the proposal is checked out or run.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from hub import BOT, MOST_PAGES, PAGE_LENGTH, Hub, HubError, UnfitError
from inert import inert
from parcel import as_text, parcel, unpacked

MARK = "<!-- gone-dark change report"
CHECK = ".github/workflows/check.yml"
REPORT = "report.md"
PREVIOUS = "previous_filename"  # of a file that was renamed
MOST_REPORT_BYTES = 1_000_000
RECENT = timedelta(days=3)


def main() -> int:
    """Look at every open proposal that moved lately; return 1 if one could not be dealt with."""
    try:
        hub = Hub.here()
        recent = [one for one in hub.pages("pulls", state="open") if _is_recent(one)]
    except HubError as error:
        print(f"::error::{error}")
        return 1
    return max((_dealt_with(hub, one) for one in recent), default=0)


def _is_recent(pull: dict[str, Any]) -> bool:
    everything = os.environ.get("EVERY_PROPOSAL") == "true"
    moved = datetime.fromisoformat(pull["updated_at"])
    return everything or datetime.now(UTC) - moved < RECENT


def _dealt_with(hub: Hub, pull: dict[str, Any]) -> int:
    number = int(pull["number"])
    try:
        print(f"#{number}: {show_report(hub, pull)}")
    except HubError as error:
        print(f"::warning::#{number}: {error}")
        return 1
    return 0


def show_report(hub: Hub, pull: dict[str, Any]) -> str:
    """Post or renew the one comment of a proposal; return what was done, in words."""
    number, commit = int(pull["number"]), str(pull["head"]["sha"])
    run = _newest_check(hub, pull)
    if run is None:
        return "no finished check of its newest commit yet"
    mark = f"{MARK}: run {int(run['id'])}.{int(run['run_attempt'])} -->"
    ours = _our_comment(hub, number)
    if ours and ours["body"].startswith(mark):
        return "shown already"
    body = f"{mark}\n{_told(hub, pull, run, commit)}"
    if ours:
        hub.send("PATCH", f"issues/comments/{int(ours['id'])}", {"body": body})
        return "renewed"
    hub.send("POST", f"issues/{number}/comments", {"body": body})
    return "shown"


def _newest_check(hub: Hub, pull: dict[str, Any]) -> dict[str, Any] | None:
    """Return the newest finished run of the check on just the commit proposed now, from there."""
    head = pull["head"]
    runs = hub.get("actions/runs", head_sha=head["sha"], event="pull_request", per_page=100)
    ours: list[dict[str, Any]] = [
        run
        for run in runs["workflow_runs"]
        if run["head_sha"] == head["sha"]
        and run["path"] == CHECK
        and run["status"] == "completed"
        and _home(run["head_repository"]) == _home(head["repo"])
    ]
    return max(ours, key=lambda run: (run["id"], run["run_attempt"]), default=None)


def _home(repository: dict[str, Any] | None) -> str:
    return str(repository["full_name"]) if repository else ""


def _our_comment(hub: Hub, number: int) -> dict[str, Any] | None:
    comments = hub.pages(f"issues/{number}/comments")
    return next(
        (one for one in comments if one["user"]["login"] == BOT and one["body"].startswith(MARK)),
        None,
    )


def _told(hub: Hub, pull: dict[str, Any], run: dict[str, Any], commit: str) -> str:
    """Return what the comment says: first our own words, then the report."""
    number = int(pull["number"])
    address = f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{hub.repository}"
    kept = f"[kept with the check]({address}/actions/runs/{int(run['id'])}#artifacts)"
    return (
        f"**Change report** for {commit[:7]}. The site as it would be, where it could be built, "
        f"and this report as a page, with charts, are {kept} for two weeks. "
        f"{_made_by(hub, number)}\n\n{_report(hub, run, address)}\n"
    )


def _made_by(hub: Hub, number: int) -> str:
    files = list(hub.pages(f"pulls/{number}/files"))
    names = [one.get(key, "incidents/") for one in files for key in ("filename", PREVIOUS)]
    whole = len(files) < MOST_PAGES * PAGE_LENGTH
    if whole and all(str(name).startswith("incidents/") for name in names):
        return "Only records change, so the archive's own program made this report."
    return (
        "The change is not to records alone, so the program that made this report may be changed "
        "too: take it as its author's words."
    )


def _report(hub: Hub, run: dict[str, Any], address: str) -> str:
    """Return the report that a run left behind, made harmless, or why there is none to show."""
    try:
        files = unpacked(parcel(hub, int(run["id"]), "report"), REPORT.__eq__, MOST_REPORT_BYTES)
        if REPORT not in files:
            raise UnfitError("no report in it")
        return inert(as_text(files[REPORT], REPORT), address + "/")
    except UnfitError as error:
        print(f"run {int(run['id'])}: {error}")
        return "_The check left no report that can be shown; its log may say why._"


if __name__ == "__main__":
    sys.exit(main())
