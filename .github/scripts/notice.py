"""Tell something in one issue: open it, renew it, or close it when there is nothing left to tell.

`notice.py NAME TITLE` reads NAME.md from what the running workflow left under NAME.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from hub import BOT, Hub, HubError
from inert import inert
from parcel import as_text, parcel, unpacked

MOST_BYTES = 1_000_000
DONE = "Nothing is left to tell, so this closes itself. It opens anew when there is."


def main(arguments: list[str]) -> int:
    """Tell it; return 1 if that could not be done."""
    name, title = arguments
    try:
        hub, run = Hub.here(), int(os.environ["GITHUB_RUN_ID"])
        files = unpacked(parcel(hub, run, name), [f"{name}.md"], MOST_BYTES)
        text = as_text(files.get(f"{name}.md", b""), f"{name}.md")
        print(tell(hub, name, title, text))
    except HubError as error:
        print(f"::error::{error}")
        return 1
    return 0


def tell(hub: Hub, name: str, title: str, text: str) -> str:
    """Bring the one issue called ``name`` up to date; return what was done, in words.

    The issue is known by a mark in its text and by who opened it. An empty text closes it.
    """
    mark = f"<!-- gone-dark {name} -->"
    ours = _open_issue(hub, mark)
    if not text.strip():
        return _close(hub, ours) if ours else "nothing to tell"
    address = f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{hub.repository}/"
    told = {"title": title, "body": f"{mark}\n{inert(text, address)}"}
    if ours is None:
        return f"opened #{int(hub.send('POST', 'issues', told)['number'])}"
    hub.send("PATCH", f"issues/{int(ours['number'])}", told)
    return f"renewed #{int(ours['number'])}"


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
