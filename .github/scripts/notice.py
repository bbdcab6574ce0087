"""Tell something in one issue: open it, renew it, or close it when there is nothing left to tell.

`notice.py NAME TITLE` reads NAME.md from what the running workflow left under NAME, and drafts of
records beside it, ID.yaml, which are shown below it to be copied.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from hub import BOT, Hub, HubError
from inert import MOST_CHARS, fenced, inert, visible
from parcel import as_text, parcel, unpacked

MOST_BYTES = 1_000_000
NONE: Mapping[str, str] = MappingProxyType({})
REST = "\nFor these there is no room here; they are in the files kept with the run: {}\n"
DONE = "Nothing is left to tell, so this closes itself. It opens anew when there is."


def main(arguments: list[str]) -> int:
    """Tell it; return 1 if that could not be done."""
    name, title = arguments
    try:
        hub, run = Hub.here(), int(os.environ["GITHUB_RUN_ID"])
        expected = re.compile(rf"{name}\.md|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}-[a-z0-9-]+\.yaml")
        files = unpacked(parcel(hub, run, name), expected.fullmatch, MOST_BYTES)
        text = as_text(files.pop(f"{name}.md", b""), f"{name}.md")
        drafts = {draft[:-5]: as_text(content, draft) for draft, content in files.items()}
        print(tell(hub, name, title, text, drafts))
    except HubError as error:
        print(f"::error::{error}")
        return 1
    return 0


def tell(hub: Hub, name: str, title: str, text: str, drafts: Mapping[str, str] = NONE) -> str:
    """Bring the one issue called ``name`` up to date; return what was done, in words.

    The issue is known by a mark in its text and by who opened it. An empty text closes it.
    """
    mark = f"<!-- gone-dark {name} -->"
    ours = _open_issue(hub, mark)
    if not text.strip():
        return _close(hub, ours) if ours else "nothing to tell"
    address = f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{hub.repository}/"
    told = {"title": title, "body": _with_drafts(f"{mark}\n{inert(text, address)}", drafts)}
    if ours is None:
        return f"opened #{int(hub.send('POST', 'issues', told)['number'])}"
    hub.send("PATCH", f"issues/{int(ours['number'])}", told)
    return f"renewed #{int(ours['number'])}"


def _with_drafts(body: str, drafts: Mapping[str, str]) -> str:
    """Add each draft, folded, as a block to copy; those that do not fit are named."""
    left_out = []
    for name in sorted(drafts):
        block = fenced(visible(drafts[name]), "yaml")
        folded = f"\n<details><summary>{name}</summary>\n\n{block}\n</details>\n"
        if len(body) + len(folded) < MOST_CHARS - 2_000:
            body += folded
        else:
            left_out.append(name)
    return body + (REST.format(", ".join(left_out)[:1_500]) if left_out else "")


def _open_issue(hub: Hub, mark: str) -> dict[str, Any] | None:
    issues = hub.pages("issues", state="open", creator=BOT)
    return next((one for one in issues if (one["body"] or "").startswith(mark)), None)


def _close(hub: Hub, issue: dict[str, Any]) -> str:
    number = int(issue["number"])
    hub.send("POST", f"issues/{number}/comments", {"body": DONE})
    hub.send("PATCH", f"issues/{number}", {"state": "closed", "state_reason": "completed"})
    return f"closed #{number}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
