"""Writing files so that what did not change is not touched, and a kill leaves none half written."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

Files = Mapping[str, str | bytes]
_PART = 1 << 16


def write_tree(folder: Path, files: Files, others: Collection[str] = ()) -> None:
    """Make ``folder`` hold exactly ``files`` and ``others``, which are there already.

    A file whose bytes are right is not touched.
    """
    if folder.is_dir():
        _remove_all_but(os.fspath(folder), "", {*files, *others})
    for name, content in files.items():
        write_if_changed(folder / name, content)


def write_if_changed(path: Path, content: str | bytes) -> None:
    """Write a file, its folder too, unless it holds just that."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    try:
        if path.stat().st_size == len(raw) and path.read_bytes() == raw:
            return
    except FileNotFoundError:
        pass
    write_atomically(path, raw)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file, its folder too, so that a reader, or a kill, never meets half of it.

    Not forced onto the disk: after a power cut the machine may have an old or an empty file, which
    the next build finds out by reading, as it reads whatever it builds upon.
    """
    fresh = _beside(path)
    try:
        fresh.write_bytes(content)
    except FileNotFoundError:  # seldom: to ask for the folder of every file takes half as long
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content)
    fresh.replace(path)


@contextmanager
def replaced_if_changed(path: Path) -> Iterator[Path]:
    """Give the name of a file to be written, which then takes the place of ``path``, its folder
    made too, unless that holds the same. What fails leaves everything as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = _beside(path)
    try:
        yield fresh
        if not _same(fresh, path):
            fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{threading.get_native_id()}.new")


def _same(one: Path, other: Path) -> bool:
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as left, other.open("rb") as right:
        while part := left.read(_PART):
            if part != right.read(_PART):
                return False
    return True


def _remove_all_but(folder: str, below: str, wanted: Collection[str]) -> bool:
    """Remove files that are not wanted, and folders that hold none; say whether a file is left."""
    with os.scandir(folder) as found:
        entries = [*found]
    left = False
    for entry in entries:
        name = below + entry.name
        if entry.is_dir(follow_symlinks=False):
            if _remove_all_but(entry.path, f"{name}/", wanted):
                left = True
            else:
                Path(entry.path).rmdir()
        elif name in wanted:
            left = True
        else:
            Path(entry.path).unlink()
    return left


def link(source: str | Path, target: str | Path) -> None:
    """Let ``target`` be the same file as ``source``; a copy where the system cannot do that.

    Neither may be written into afterwards: this program replaces files, it never changes one.
    """
    try:
        os.link(source, target)
    except FileNotFoundError:
        folder = Path(target).parent
        if folder.is_dir():
            raise
        folder.mkdir(parents=True, exist_ok=True)
        link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def write_apart(folder: Path, name: str, content: bytes) -> None:
    """Make a new folder that holds one file; raises FileExistsError where the folder is there.

    Whatever stops it, it leaves no folder without the file.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir()
    try:
        write_atomically(folder / name, content)
    except BaseException:
        shutil.rmtree(folder)
        raise
