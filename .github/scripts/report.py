"""Write what a proposed change does to the public record, for the check to show and to keep.

`report.py BASE FOLDER` puts report.md and report.html into FOLDER. This is part of the proposed
code: nothing that may write trusts what it makes.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from inert import fenced

FAILED = "The change could not be compared with what is there:\n\n"
MOST_SHOWN = 10_000


def main(arguments: list[str]) -> int:
    """Write the report; return 1 if it cannot be made, with the reason in the place of it."""
    base, folder = arguments[0], Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    made = {kind: _asked(base, kind, arguments[2:]) for kind in ("markdown", "html")}
    if failed := [one for one in made.values() if one.returncode]:
        told = FAILED + fenced(failed[0].stderr[-MOST_SHOWN:])
        (folder / "report.md").write_text(told, encoding="utf-8")
        return 1
    (folder / "report.md").write_text(made["markdown"].stdout, encoding="utf-8")
    (folder / "report.html").write_text(made["html"].stdout, encoding="utf-8")
    return 0


def _asked(base: str, kind: str, more: list[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "diff", base, "--format", kind, *more]
    return subprocess.run(  # noqa: S603  (our own program)
        command, capture_output=True, check=False, encoding="utf-8", errors="replace"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
