"""The search index of the archive, made by Pagefind, and kept while what it is made of stays.

Pagefind cannot add to an index and holds 0.3 MB for each incident while it makes one. So thousands
of incidents are dealt out to parts, each with an index of its own that is made anew only when one
of its incidents changed, and then over what the last one wrote (``fragments``); the browser puts
together what they answer, as Pagefind has it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import zlib
from importlib.metadata import version
from pathlib import Path

from generator import fragments
from generator.cache import key_of
from generator.engine import PublishError, run
from generator.states import names_in, state_of_folder
from generator.writing import write_atomically

# Ready-made search interfaces and a worker (we have our own), and the engine for pages of no known
# language.
_UNUSED_SEARCH = re.compile(
    r"pagefind-(?:ui|modular-ui|component-ui|highlight|worker)\..*|wasm\.unknown\.pagefind|.*\.map"
)
_PROGRAMS = re.compile(r".*\.(?:js|css|map)|wasm\..*")
_PART = 2_600  # incidents: 0.8 GB to make; more parts are more to fetch for a rare word, 35 KB each
_FIRST = "0"
_INDEX = "pagefind"
_LIST = "list"  # names and sums of a kept index
_PAGES = "pages"  # and of the extracts that it was made of
_STATE = "state"  # what the extracts and the index looked like when both were found right


def parts_of(incidents: int) -> int:
    """Return how many parts the index of so many incidents has."""
    return max(1, -(-incidents // _PART))


def part_of(incident: str, parts: int) -> str:
    """Return the name of the part that an incident belongs to, wherever it is built."""
    return str(zlib.crc32(incident.encode()) % parts)


def parts_in(extracts: Path) -> list[str]:
    """Return the names of the parts whose extracts lie in a folder, one folder each."""
    found = (path.name for path in extracts.glob("*/") if path.name.isdecimal())
    return sorted(found, key=int)


def kept_index(extracts: Path, work: Path, cache: Path) -> dict[str, Path]:
    """Return the folder with the index of each part of ``extracts``, by where it belongs.

    One after the other is made in ``work`` if it must be: together they would take the memory that
    they are parts for. Each lies in a folder of its own in ``cache``, which holds nothing else.

    Raises PublishError when there is nothing to search.
    """
    names = parts_in(extracts)
    if not names:
        raise PublishError(f"the search index could not be built: there is nothing in {extracts}")
    found = {_home(name): _kept_part(extracts / name, work / name, cache / name) for name in names}
    for path in cache.iterdir():
        if path.name not in names:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return found


def _home(part: str) -> str:
    """Return where a part's index is below that of the first, which brings the programs."""
    return "" if part == _FIRST else part


def told_parts(extracts: Path) -> tuple[str, str]:
    """Return the file that tells the browser of the parts, by its name in the folder of indexes."""
    return "parts.json", json.dumps(parts_in(extracts))


def _kept_part(extracts: Path, work: Path, cache: Path) -> Path:
    """Return the folder with the index of some extracts, the only one kept in ``cache``.

    Nothing is read while every file looks as when the index was last found right.
    """
    key = _known_key(cache)
    if _state(key, extracts, cache) != _told(cache):
        sums = _sums(extracts)
        key = _key(sums)
        if not _is_sound(cache / key):
            _make(extracts, sums, work, cache / key)
        write_atomically(cache / _STATE, _state(key, extracts, cache).encode())
    return cache / key / _INDEX


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
    files = (Path(name).read_bytes() for name in (__file__, fragments.__file__))
    return key_of(version("pagefind-bin"), *files)


def _key(sums: str) -> str:
    return key_of(_maker(), sums)


def _make(extracts: Path, sums: str, made: Path, kept: Path) -> None:
    """Make the index of some extracts, from what the last one has of those that did not change."""
    if not _is_made_of_last(extracts, sums, made, kept.parent):
        shutil.rmtree(made, ignore_errors=True)
        _build_part(extracts, made / _INDEX)
    (made / _LIST).write_text(_sums(made / _INDEX), encoding="utf-8")
    (made / _PAGES).write_text(sums, encoding="utf-8")
    shutil.rmtree(kept.parent, ignore_errors=True)
    kept.parent.mkdir(parents=True)
    made.rename(kept)


def _is_made_of_last(extracts: Path, sums: str, made: Path, cache: Path) -> bool:
    last = next((path for path in cache.glob("*/") if _is_sound(path)), None)
    if last is None:
        return False
    before, pages = (last / _PAGES).read_text("utf-8").splitlines(), sums.splitlines()
    taken = fragments.take_over(last / _INDEX, made / _INDEX)
    _build_part(extracts, made / _INDEX)
    return fragments.settle(made / _INDEX, taken, len({*pages} - {*before}), len(pages))


def build_index(extracts: Path, target: Path) -> None:
    """Write the search index of small HTML extracts, of all parts, and what tells of them.

    Addresses follow the layout of each part's folder.
    """
    for part in parts_in(extracts):
        _build_part(extracts / part, target / _home(part))
    name, told = told_parts(extracts)
    (target / name).write_text(told, encoding="utf-8")


def _build_part(extracts: Path, target: Path) -> None:
    command = [sys.executable, "-m", "pagefind_bin", "--force-language", "en"]
    folders = ["--site", str(extracts), "--output-path", str(target)]
    done = run([*command, *folders], extracts, dict(os.environ))
    if done.returncode:
        raise PublishError(f"the search index could not be built:\n{done.stdout.strip()}")
    unused = _UNUSED_SEARCH if extracts.name == _FIRST else _PROGRAMS
    for file in target.iterdir():
        if unused.fullmatch(file.name):
            file.unlink()


def _is_sound(kept: Path) -> bool:
    """Say whether a kept index is as it was made, by this program, of what it says."""
    try:
        made_of = (kept / _PAGES).read_text("utf-8")
        is_whole = (kept / _LIST).read_text("utf-8") == _sums(kept / _INDEX)
    except (OSError, ValueError):
        return False
    return is_whole and kept.name == _key(made_of)


def _sums(folder: Path) -> str:
    return "".join(f"{name} {key_of((folder / name).read_bytes())}\n" for name in names_in(folder))
