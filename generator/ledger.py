"""What a build wrote and when, so that the next knows what nobody has touched since."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from generator.writing import write_atomically, write_if_changed

Written: TypeAlias = dict[str, list[int]]
"""Of files by path, when each was written and how large it is."""


def state_of(path: str | Path) -> list[int]:
    """Return when a file was written and how large it is; nothing for one that is not there."""
    try:
        status = os.stat(path)  # noqa: PTH116  (a Path costs more than the call, 100,000 times)
    except OSError:
        return []
    return [status.st_mtime_ns, status.st_size]


def untouched(folder: Path, files: Written) -> bool:
    """Return whether all files below a folder are as they were written."""
    return all(state_of(f"{folder}/{name}") == state for name, state in files.items())


def written(folder: Path, files: Iterable[tuple[str, str | bytes]]) -> Written:
    """Write files below a folder, each as soon as it is there, and return their states."""
    states: Written = {}
    for name, content in files:
        write_if_changed(folder / name, content)
        states[name] = state_of(folder / name)
    return states


def read_ledger(path: Path) -> dict[str, Any]:
    """Return what was noted; nothing where nothing was, or what is there makes no sense."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_ledger(path: Path, noted: Mapping[str, object]) -> None:
    """Note something, its folder made too."""
    write_atomically(path, json.dumps(noted).encode())
