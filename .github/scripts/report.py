"""Write what a proposed change does to the public record, for the check to show and to keep.

`report.py BASE FOLDER` puts report.md and, where the records are sound, report.html into FOLDER.
This is part of the proposed code: nothing that can write trusts what it makes.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from inert import fenced

BROKEN = (
    "The records have problems, so there is nothing to compare yet. Each comes with its cure:\n\n"
)


def main(arguments: list[str]) -> int:
    """Write the report; return 0 also for broken records, which the check itself refuses."""
    base, folder = arguments[0], Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    told = _asked("diff", base, "--format", "markdown")
    if told.returncode == 0:
        (folder / "report.md").write_text(told.stdout, encoding="utf-8")
        page = _asked("diff", base, "--format", "html")
        (folder / "report.html").write_text(page.stdout, encoding="utf-8")
        return page.returncode
    (folder / "report.md").write_text(BROKEN + fenced(_asked("check").stderr), encoding="utf-8")
    return 0


def _asked(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *words]
    return subprocess.run(  # noqa: S603  (our own program)
        command, capture_output=True, check=False, encoding="utf-8", errors="replace"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
