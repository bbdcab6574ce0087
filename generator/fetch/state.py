"""What is already fetched: one small file for each task, named by all that the task depends on.

Only what came whole is kept, so that a second run asks again for the rest. A file is written whole
or not at all; one that cannot be read counts as absent, and deleting any of them is safe.
"""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.fetch.task import Feed, Found, Outcome, Row, Share, Task
from generator.fetch.writing import write_whole


@dataclass(frozen=True)
class State:
    """The folder of kept results."""

    folder: Path

    def kept(self, task: Task) -> Outcome | None:
        """Return what came of a task in an earlier run; None when it has to be fetched."""
        try:
            told = json.loads(gzip.decompress(self._path(task).read_bytes()))
            return _outcome(told) if told["task"] == task.key else None
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
            return None

    def keep(self, task: Task, outcome: Outcome) -> None:
        """Keep what came whole; raises OSError."""
        if not outcome.is_whole:
            return
        found = outcome.found
        told = {
            "task": task.key,
            "url": task.url,
            "size_bytes": outcome.size_bytes,
            "sha256": outcome.sha256,
            "retrieved": outcome.retrieved,
            "found": {name: getattr(found, name) for name in _PLAIN}
            | {name: [list(one) for one in getattr(found, name)] for name in _LISTS},
        }
        path = self._path(task)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(told, separators=(",", ":"))
        write_whole(path, gzip.compress(text.encode(), 6, mtime=0))

    def _path(self, task: Task) -> Path:
        return self.folder / task.key[:2] / f"{task.key}.json.gz"


_PLAIN = ("remarks", "broken", "sound_s")
_LISTS = {"rows": Row, "feeds": Feed, "shares": Share}


def _outcome(told: dict[str, Any]) -> Outcome:
    found = told["found"]
    return Outcome(
        Found(
            rows=tuple(Row(*one) for one in found["rows"]),
            feeds=tuple(Feed(*one) for one in found["feeds"]),
            shares=tuple(Share(*one) for one in found["shares"]),
            remarks=tuple(found["remarks"]),
            broken=found["broken"],
            sound_s=found["sound_s"],
        ),
        told["size_bytes"],
        told["sha256"],
        told["retrieved"],
    )
