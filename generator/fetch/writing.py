"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the place, down to the disk, then move into place; raises OSError.

    To be called for one place by one thread at a time.
    """
    # The name is made here, not by tempfile: an interrupt may come at any moment, and what nobody
    # knows the name of would stay.
    aside = path.parent / f".{path.name[:100]}.{os.getpid()}.part"
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            _write_all(handle, content)
            os.fsync(handle)
        finally:
            os.close(handle)
        aside.chmod(0o644)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _write_all(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]
