"""The site engine, mkdocs, run over a folder of plain Markdown pages. Nothing else calls it."""

from __future__ import annotations

import json
import os
import re
import subprocess  # nosec B404  (mkdocs, pagefind and git run apart)
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Settings = dict[str, Any]
_PACKAGE = Path(__file__).resolve().parent
# 2025-01-01, for a copy of the project that is not a repository.
_FALLBACK_EPOCH = "1735689600"
_LOG_LINE = re.compile(r"^(?:INFO|WARNING|ERROR|DEBUG|CRITICAL)\s+-\s+")


class PublishError(Exception):
    """A build that must not be published; its text says every reason."""


def build_pages(project: Path, docs: Path, fragments: Path, work: Path, made: Path) -> None:
    """Build the pages of ``docs`` into ``made``, strictly.

    ``fragments`` is the folder that charts and tables are taken from. Raises PublishError with
    all that mkdocs complains of.
    """
    _run(project, work / f"{made.name}.yml", _config(project, docs, fragments, made))


@dataclass(frozen=True)
class Built:
    """A page as the engine built it: its name, the address it is for, and its HTML."""

    name: str
    url: str
    html: str


def build_each(
    project: Path, pages: Path, names: Collection[str], work: Path, *, linked: bool = True
) -> Iterator[Built]:
    """Build some of ``pages`` as ``build_pages`` does, and return each.

    What lies in ``work/docs`` is built beside them, and all that is not a page, into ``work/made``.
    ``linked`` says whether a page may lead to a place within another by a link in Markdown.
    """
    docs, made, out = work / "docs", work / "made", work / "made.pages"
    wanted = {"pages": str(pages.resolve()), "names": [*names], "out": str(out.resolve())}
    settings = _config(project, docs, pages, made)
    settings["hooks"] = [str(_PACKAGE / "engine_hook.py")]
    settings["extra"] = {"gone_dark": wanted}
    settings["markdown_extensions"] |= {"generator.markdown_raw": {"ids": linked}}
    _run(project, work / "made.yml", settings)
    return _pages(out)


def _pages(out: Path) -> Iterator[Built]:
    with out.open("rb") as file:
        for line in file:
            length, _, rest = line.decode().rstrip("\n").partition(" ")
            name, _, url = rest.rpartition(" ")
            yield Built(name, url, file.read(int(length)).decode())


def _run(project: Path, config: Path, settings: Settings) -> None:
    config.write_text(json.dumps(settings, indent=1), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(config)]
    done = run(command, project, environment(project))
    if done.returncode < 0:
        raise PublishError(f"mkdocs was killed (signal {-done.returncode}); nothing was published")
    if done.returncode:
        raise PublishError(_complaint(done.stdout))


def build_here(project: Path, docs: Path, fragments: Path, work: Path, made: Path) -> None:
    """Do the same within this process, which saves the start of another: for a page at once.

    The engine leaves much behind, so this is for a preview only.
    """
    from mkdocs.commands.build import build  # noqa: PLC0415  (only the preview needs it)
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import Abort, MkDocsException  # noqa: PLC0415

    config = work / f"{made.name}.yml"
    config.write_text(json.dumps(_config(project, docs, fragments, made)), encoding="utf-8")
    try:
        build(load_config(str(config), strict=False))
    except (Abort, MkDocsException) as error:
        raise PublishError(f"mkdocs refused the page: {error}") from error


def _config(project: Path, docs: Path, fragments: Path, made: Path) -> Settings:
    """The project's settings with this build's folders, and without the hook: pages are written."""
    return {
        "INHERIT": str((project / "mkdocs.yml").resolve()),
        "docs_dir": str(docs.resolve()),
        "site_dir": str(made.resolve()),
        "theme": {"custom_dir": str(_PACKAGE / "render" / "theme")},
        "markdown_extensions": {"generator.markdown_svg": {"docs_dir": str(fragments.resolve())}},
        "hooks": [],
        "watch": [],
    }


def environment(project: Path) -> dict[str, str]:
    """Return the environment in which two builds of one commit give the same bytes anywhere."""
    paths = [str(_PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "TZ": "UTC",
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH") or last_commit_s(project),
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONUTF8": "1",
    }


def last_commit_s(project: Path) -> str:
    """Return when the last commit was made, in seconds since 1970; a fixed day without one."""
    return _last_commit(project, "%ct") or _FALLBACK_EPOCH


def commit_of(project: Path) -> str:
    """Return the id of the last commit; the word unknown without one."""
    return _last_commit(project, "%H") or "unknown"


def _last_commit(project: Path, shown: str) -> str:
    command = ["git", "-C", str(project), "log", "-1", f"--format={shown}"]
    try:
        done = subprocess.run(  # noqa: S603  # nosec B603  (our own words)
            command, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip()


def run(command: list[str], folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Return how a program ended, and all it said."""
    return subprocess.run(  # noqa: S603  # nosec B603  (our own words)
        command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip


def _complaint(output: str) -> str:
    """What mkdocs warned of, each with the lines that belong to it; all it said if nothing."""
    kept: list[str] = []
    keeping = False
    for line in output.splitlines():
        if _LOG_LINE.match(line):
            keeping = line.startswith(("WARNING", "ERROR", "CRITICAL"))
        if keeping:
            kept.append(line)
    return "mkdocs refused the pages:\n" + ("\n".join(kept) or output.strip())
