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

# Ready-made search interfaces (we have our own), and the engine for pages of no known language.
_UNUSED_SEARCH = re.compile(
    r"pagefind-(?:ui|modular-ui|component-ui|highlight)\..*|wasm\.unknown\.pagefind|.*\.map"
)
_LIST = "list"  # names and sums of a kept index


def kept_index(extracts: Path, work: Path, cache: Path) -> Path:
    """Return the folder with the search index of ``extracts``, made in ``work`` if it must be.

    It lies in ``cache`` and is the only one kept there.
    """
    files = sorted(path for path in extracts.rglob("*") if path.is_file())
    parts = (part for path in files for part in (_name(path, extracts), path.read_bytes()))
    key = key_of(version("pagefind-bin"), Path(__file__).read_bytes(), *parts)
    kept = cache / key
    if not _is_sound(kept):
        made = work / "search"
        build_index(extracts, made / "pagefind")
        (made / _LIST).write_text(_sums(made / "pagefind"), encoding="utf-8")
        shutil.rmtree(cache, ignore_errors=True)
        cache.mkdir(parents=True)
        made.rename(kept)
    return kept / "pagefind"


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
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "".join(f"{_name(path, folder)} {key_of(path.read_bytes())}\n" for path in files)


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
