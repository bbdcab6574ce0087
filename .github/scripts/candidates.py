"""Draft records of what trackers list and the archive lacks, for an issue.

`candidates.py EXPORTS FOLDER` reads EXPORTS/TRACKER.json and puts into FOLDER each draft as
ID.yaml, and watch.md, which says how many there are and what to do; empty where there are none.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from inert import fenced

TRACKERS = ("ioda", "cloudflare-radar")
MOST_SHOWN = 6_000
LEAD = """{count} that trackers list and the archive may lack, drafted below. None is a record yet: a tracker
measures, and does not know what happened. For each that [belongs in the archive]({guide}), put its
draft at `incidents/<year>/<id>/incident.yaml`, read the sources, mend what it lists under
`lacking`, and propose it. Say here which ones you take.

"""  # noqa: E501  (one paragraph)
GUIDE = "https://github.com/{}/blob/main/docs/contributing.md#belongs"


def main(arguments: list[str], repository: str = "") -> int:
    """Draft them; return 1 if an export could not be read at all."""
    exports, folder = (Path(one) for one in arguments[:2])
    folder.mkdir(parents=True, exist_ok=True)
    drafts, reports = folder.parent / f"{folder.name}-drafts", ""
    asked = [one for one in TRACKERS if (exports / f"{one}.json").exists()]
    done = [_drafted(one, exports, drafts, arguments[2:]) for one in asked]
    for tracker, one in zip(asked, done, strict=True):
        told = fenced((one.stdout + one.stderr)[:MOST_SHOWN])
        reports += f"<details><summary>What came of {tracker}</summary>\n\n{told}\n</details>\n\n"
    files = sorted(drafts.glob("*/*/incident.yaml"))
    for file in files:
        (folder / f"{file.parent.name}.yaml").write_bytes(file.read_bytes())
    count = "One outage" if len(files) == 1 else f"{len(files)} outages"
    text = LEAD.format(count=count, guide=GUIDE.format(repository)) + reports if files else ""
    (folder / "watch.md").write_text(text, encoding="utf-8")
    print(reports)
    return max((one.returncode for one in done), default=0)


def _drafted(
    tracker: str, exports: Path, drafts: Path, more: list[str]
) -> subprocess.CompletedProcess[str]:
    file = str(exports / f"{tracker}.json")
    command = [sys.executable, "-m", "generator", "new", "--from", tracker, file]
    return subprocess.run(  # noqa: S603  (our own program)
        [*command, "--to", str(drafts), *more],
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
    )


if __name__ == "__main__":
    import os

    sys.exit(main(sys.argv[1:], os.environ.get("GITHUB_REPOSITORY", "")))
