"""One folder takes another's place at once, and one build at a time does so.

Whoever kills a build at any moment finds the old folder or the new one, whole. The folder stays a
real one, because many tools do not follow a symbolic link: on Linux the two trees change places
in one system call (renameat2 with RENAME_EXCHANGE). Where that is missing two renames do it, and
``mend`` heals a kill between them.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
# What a kernel, a C library or a file system says that cannot exchange.
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV, errno.EPERM}
_held: set[Path] = set()


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold ``folder``'s build lock; wait for whoever has it. May be taken again by its holder.

    The system drops the lock when its holder ends, however it ends.
    """
    folder = folder.resolve()
    if folder in _held:
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _held.add(folder)
        try:
            yield
        finally:
            _held.discard(folder)


@contextmanager
def aside(target: Path) -> Iterator[Path]:
    """Give an empty folder beside ``target``, removed at the end. Call under the lock.

    What killed builds left behind is removed first, and a target they had moved away put back.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    mend(target)
    folder = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def mend(target: Path) -> None:
    """Remove what killed builds left beside ``target``; restore it if it was on its way."""
    for left in sorted(target.parent.glob(f"{_prefix(target)}*")):
        moved = left / "old"
        if moved.is_dir() and not target.exists():
            moved.rename(target)
        shutil.rmtree(left, ignore_errors=True)


def spare(target: Path) -> Path:
    """Return where the tree lies that takes turns with ``target``: what was there before it."""
    return target.with_name(f".{target.name}-spare")


def put_in_place(made: Path, target: Path) -> None:
    """Make the folder ``made``, which lies beside ``target``, the folder ``target``.

    What was there is then where ``made`` was.
    """
    if not target.exists():
        made.rename(target)
    elif not exchange(made, target):
        replace_in_two_steps(made, target)


def replace_in_two_steps(made: Path, target: Path) -> None:
    """Move ``target`` aside, ``made`` to where it was. A kill between is for ``mend``."""
    moved = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent), "old")
    target.rename(moved)
    made.rename(target)
    moved.rename(made)
    moved.parent.rmdir()


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot do that."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    if rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(other))


def _prefix(target: Path) -> str:
    return f".{target.name}-aside-"
