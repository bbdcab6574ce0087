"""Propose the evidence that the running workflow froze for one incident, as a pull request.

The incident's id comes in the environment (INCIDENT), the files in what the run left under
`evidence`. All is done through the API: nothing is checked out, and no credential is given to git.
`propose.py --only-check-the-id` refuses a wrong id before anything is fetched.
"""

from __future__ import annotations

import base64
import os
import re
import sys
from typing import Any

from hub import Hub, HubError
from inert import inert
from parcel import as_text, parcel, unpacked

ID = re.compile(r"(?=.{1,80}\Z)([0-9]{4})-[0-9]{2}-[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+)*")
EVIDENCE = ("messages.csv.gz", "visibility.csv.gz", "provenance.yaml")
REPORT = "report.md"
MOST_FILE_BYTES = 20_000_000
NOTE = (
    "Frozen by the fetch workflow. Checks do not start by themselves on a proposal that a workflow "
    "opened: close and open it again to start them.\n\n"
)


def main(arguments: list[str]) -> int:
    """Propose it; return 1 if that could not be done."""
    try:
        incident = checked_id(os.environ.get("INCIDENT", ""))
        if arguments == ["--only-check-the-id"]:
            return 0
        hub, run = Hub.here(), int(os.environ["GITHUB_RUN_ID"])
        files = unpacked(
            parcel(hub, run, "evidence"), (*EVIDENCE, REPORT).__contains__, MOST_FILE_BYTES
        )
        print(propose(hub, incident, files, run))
    except HubError as error:
        print(f"::error::{error}")
        return 1
    return 0


def checked_id(text: str) -> str:
    """Return the id of an incident. Raises HubError for anything else."""
    if not ID.fullmatch(text):
        raise HubError("the incident must be an id like 2014-12-22-north-korea")
    return text


def propose(hub: Hub, incident: str, files: dict[str, bytes], run: int) -> str:
    """Put the files on a branch of their own and open a pull request; return its address."""
    evidence = {name: content for name, content in files.items() if name in EVIDENCE}
    if "provenance.yaml" not in evidence or len(evidence) < 2:
        raise HubError("the run left no whole evidence")
    base = str(hub.get("")["default_branch"])
    parent = str(hub.get(f"git/ref/heads/{base}")["object"]["sha"])
    commit = _committed(hub, incident, evidence, parent)
    branch = f"evidence/{incident}-{run}"
    hub.send("POST", "git/refs", {"ref": f"refs/heads/{branch}", "sha": commit})
    report = inert(as_text(files.get(REPORT, b""), REPORT))
    asked = {"title": f"Evidence for {incident}", "head": branch, "base": base}
    opened = hub.send("POST", "pulls", {**asked, "body": NOTE + report})
    return f"proposed: {opened['html_url']}"


def _committed(hub: Hub, incident: str, evidence: dict[str, bytes], parent: str) -> str:
    folder = f"incidents/{incident[:4]}/{incident}/routing"
    entries = [_entry(hub, f"{folder}/{name}", evidence[name]) for name in sorted(evidence)]
    base = hub.get(f"git/commits/{parent}")["tree"]["sha"]
    tree = hub.send("POST", "git/trees", {"base_tree": base, "tree": entries})
    message = f"Routing evidence for {incident}"
    made = {"message": message, "tree": tree["sha"], "parents": [parent]}
    return str(hub.send("POST", "git/commits", made)["sha"])


def _entry(hub: Hub, path: str, content: bytes) -> dict[str, Any]:
    sent = {"content": base64.b64encode(content).decode("ascii"), "encoding": "base64"}
    blob = hub.send("POST", "git/blobs", sent)
    return {"path": path, "mode": "100644", "type": "blob", "sha": blob["sha"]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
