"""What was worked out before, by the hash of all that it was worked out from.

Deleting ``build/cache`` is always safe, and so is damaging it: a file whose content is not what
was put there counts as absent.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Collection
from functools import cache
from importlib.metadata import version
from pathlib import Path

from generator.writing import write_atomically

_SUM_BYTES = 32
_PACKAGE = Path(__file__).parent
# Whatever else decides what comes out; what decides how charts look has a hash of its own.
_LIBRARIES = ("babel", "jinja2", "markdown", "markupsafe", "mkdocs", "mkdocs-material", "numpy",
              "pandas", "pycountry", "pydantic", "pyyaml", "tzdata")  # fmt: skip


class Cache:
    """Bytes by key in a folder. Several processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """Return what was put under a key; None if nothing was, or it is damaged."""
        return kept_in(self._path(key))

    def has(self, key: str) -> bool:
        """Say whether something was put under a key; it may be damaged since."""
        return os.path.exists(f"{self.folder}/{key[:2]}/{key[2:]}")  # noqa: PTH110  (faster)

    def put(self, key: str, content: bytes) -> None:
        """Keep bytes under a key."""
        keep_in(self._path(key), content)

    def prune(self, wanted: Collection[str]) -> None:
        """Remove what is kept under no key of ``wanted``; nobody may be putting anything there."""
        prune(self.folder, wanted)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def prune(folder: Path, wanted: Collection[str]) -> None:
    """Remove from a folder each file, in a folder named by its key's first two letters, whose key
    is not wanted.
    """
    for home, _, names in os.walk(folder):
        for name in names:
            if home[-2:] + name not in wanted:
                Path(home, name).unlink(missing_ok=True)


def kept_in(path: Path) -> bytes | None:
    """Return what was put into a file with its sum; None if nothing was, or it is damaged."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    told, kept = content[:_SUM_BYTES], content[_SUM_BYTES:]
    return kept if hashlib.sha256(kept).digest() == told else None


def keep_in(path: Path, content: bytes) -> None:
    """Put bytes into a file, with their sum before them, its folder made too."""
    write_atomically(path, hashlib.sha256(content).digest() + content)


def key_of(*parts: str | bytes) -> str:
    """Return the key of what is worked out from these parts, in this order."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.hexdigest()


@cache
def code() -> str:
    """Return the hash of this program, and of the libraries that it is made with.

    All of it counts for everything: nobody has to know which part decides what.
    """
    files = sorted(path for path in _PACKAGE.rglob("*") if "__pycache__" not in path.parts)
    named = (f"{path.relative_to(_PACKAGE)}" for path in files if path.is_file())
    contents = (path.read_bytes() for path in files if path.is_file())
    versions = (f"{name} {version(name)}" for name in _LIBRARIES)
    return key_of(platform.python_version(), *versions, *named, *contents)
