"""The search index of the archive, made by Pagefind, and kept while what it is made of stays."""

from __future__ import annotations

import os
import re
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

from generator.cache import key_of
from generator.engine import PublishError, run
from generator.states import names_in, state_of_folder
from generator.writing import write_atomically

# Ready-made search interfaces (we have our own), and the engine for pages of no known language.
_UNUSED_SEARCH = re.compile(
    r"pagefind-(?:ui|modular-ui|component-ui|highlight)\..*|wasm\.unknown\.pagefind|.*\.map"
)
_LIST = "list"  # names and sums of a kept index
_STATE = "state"  # what the extracts and the index looked like when both were found right


def kept_index(extracts: Path, work: Path, cache: Path) -> Path:
    """Return the folder with the search index of ``extracts``, made in ``work`` if it must be.

    It lies in ``cache`` and is the only one kept there. Nothing is read while every file looks as
    when the index was last found right.
    """
    key = _known_key(cache)
    if _state(key, extracts, cache) != _told(cache):
        key = _read_key(extracts)
        if not _is_sound(cache / key):
            _make(extracts, work / "search", cache / key)
        write_atomically(cache / _STATE, _state(key, extracts, cache).encode())
    return cache / key / "pagefind"


def _known_key(cache: Path) -> str:
    return _told(cache).partition(" ")[0]


def _told(cache: Path) -> str:
    try:
        return (cache / _STATE).read_text("utf-8")
    except (OSError, ValueError):
        return ""


def _state(key: str, extracts: Path, cache: Path) -> str:
    folders = (extracts, cache / key) if key else ()
    return " ".join([key, _maker(), *map(state_of_folder, folders)])


def _maker() -> str:
    return key_of(version("pagefind-bin"), Path(__file__).read_bytes())


def _read_key(extracts: Path) -> str:
    names = names_in(extracts)
    return key_of(_maker(), *(part for name in names for part in _named(extracts, name)))


def _named(folder: Path, name: str) -> tuple[str, bytes]:
    return name, (folder / name).read_bytes()


def _make(extracts: Path, made: Path, kept: Path) -> None:
    build_index(extracts, made / "pagefind")
    (made / _LIST).write_text(_sums(made / "pagefind"), encoding="utf-8")
    shutil.rmtree(kept.parent, ignore_errors=True)
    kept.parent.mkdir(parents=True)
    made.rename(kept)


def build_index(extracts: Path, target: Path) -> None:
    """Write the search index of small HTML extracts; addresses follow their folder layout."""
    command = [sys.executable, "-m", "pagefind_bin", "--force-language", "en"]
    folders = ["--site", str(extracts), "--output-path", str(target)]
    done = run([*command, *folders], extracts, dict(os.environ))
    if done.returncode:
        raise PublishError(f"the search index could not be built:\n{done.stdout.strip()}")
    for file in target.iterdir():
        if _UNUSED_SEARCH.fullmatch(file.name):
            file.unlink()


def _is_sound(kept: Path) -> bool:
    try:
        return (kept / _LIST).read_text("utf-8") == _sums(kept / "pagefind")
    except (OSError, ValueError):
        return False


def _sums(folder: Path) -> str:
    return "".join(f"{name} {key_of((folder / name).read_bytes())}\n" for name in names_in(folder))
