"""Files that a workflow's run left behind: bounded, by the names expected, as data."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

from hub import Hub, UnfitError

MOST_PARCEL_BYTES = 30_000_000
MOST_FILES = 1_000


def parcel(hub: Hub, run_id: int, name: str) -> bytes:
    """Return the archive that a run left under ``name``. Raises UnfitError if there is none."""
    listed = hub.get(f"actions/runs/{run_id}/artifacts", name=name, per_page=1)
    found = [one for one in listed["artifacts"] if one["name"] == name and not one["expired"]]
    if not found:
        raise UnfitError(f"run {run_id} left nothing called {name}")
    return hub.download(f"actions/artifacts/{int(found[0]['id'])}/zip", MOST_PARCEL_BYTES)


def unpacked(
    content: bytes, expected: Callable[[str], object], most_bytes: int
) -> dict[str, bytes]:
    """Return the files of an archive by name. Nothing is written to disk.

    Raises UnfitError if it is none, is broken, or holds a file whose name is not ``expected``, or
    more than ``most_bytes`` in one of them, or more than a thousand.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            told = [one.filename for one in archive.infolist()]
            if len(told) > MOST_FILES:
                raise UnfitError(f"more than {MOST_FILES:,} files")
            if strange := sorted(one for one in told if not expected(one)):
                raise UnfitError(f"an unexpected file: {strange[0][:80]!r}")
            return {name: _read(archive, name, most_bytes) for name in told}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnfitError(f"not a sound archive: {error}") from None


def _read(archive: zipfile.ZipFile, name: str, most_bytes: int) -> bytes:
    with archive.open(name) as stream:
        content = stream.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise UnfitError(f"{name}: more than {most_bytes:,} bytes")
    return content


def as_text(content: bytes, name: str) -> str:
    """Return the text of a file. Raises UnfitError if it is not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise UnfitError(f"{name}: not UTF-8") from None
