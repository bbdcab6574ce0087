"""Whether files are as they were, told by their times, sizes and inodes, without reading them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.cache import key_of

GONE = "-"


def state_of(path: str | Path) -> str:
    """Return a file's state, ``GONE`` where there is none: another one after every change."""
    try:
        found = os.stat(path)  # noqa: PTH116  (a Path costs more than the call, 100,000 times)
    except OSError:
        return GONE
    return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}"


def state_of_folder(folder: Path) -> str:
    """Return the state of all files in a folder and below."""
    return key_of(*(f"{name}\n{state_of(f'{folder}/{name}')}" for name in names_in(folder)))


def names_in(folder: Path) -> list[str]:
    """Return the names of all files in a folder and below, sorted; none where there is none."""
    return sorted(_names(os.fspath(folder), "")) if folder.is_dir() else []


def _names(folder: str, below: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _names(entry.path, f"{below}{entry.name}/")
            else:
                yield below + entry.name
