"""Lets plain ``mkdocs build`` and ``mkdocs serve`` write the pages first. Nothing else needs it.

``mkdocs serve`` watches the folder that the generator writes, so writing must not cause a build
that writes: the generator writes only what changed, and is not called when no input did. It also
builds every page after every edit; most are as they were, and keep the HTML they had.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

# A page's HTML, its contents list, and what its links were checked by.
_Rendered = tuple[str, TableOfContents, "set[str] | None", "dict[Any, Any] | None"]

_INPUTS = ("incidents", "docs", "generator")
_LOG = logging.getLogger("mkdocs.gone_dark")
_serving: set[str] = set()
_seen: dict[Path, int] = {}
_indexed: set[Path] = set()
_keys: dict[str, tuple[object, ...]] = {}
_rendered: dict[str, tuple[tuple[object, ...], _Rendered]] = {}


def on_startup(command: str, **_more: object) -> None:
    """Learn whether this is a preview."""
    if command == "serve":
        _serving.add(command)


def on_pre_build(config: MkDocsConfig) -> None:
    """Write the pages that changed since the last build; a broken record stops this build.

    A running preview tells what is wrong and goes on with the pages as they were.
    """
    project = Path(config.config_file_path).parent
    state = _state(project)
    if _seen.get(project) == state:
        return
    if str(project) not in sys.path:
        sys.path.insert(0, str(project))
    # Late: only now can the package be found however mkdocs was started.
    from generator.build import write_pages  # noqa: PLC0415
    from generator.model.problem import BrokenInputError  # noqa: PLC0415

    try:
        write_pages(project)
    except BrokenInputError as error:
        if not (_serving and project in _seen):
            raise Abort(f"\n{error}\n") from error
        _LOG.error("The preview stays as it was:\n%s", error)
    _seen[project] = state


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001  (mkdocs' own arguments)
    """Return nothing to parse for a page that was parsed before, as it stands and all it takes in.

    A page without a title of its own gets one by being parsed, so it always is.
    """
    from generator.markdown_svg import named_files  # noqa: PLC0415

    name = page.file.src_uri
    parts = [_stamp(file) for file in named_files(markdown, Path(config.docs_dir))]
    _keys[name] = (markdown, *parts)
    known = "title" in page.meta and name in _rendered and _rendered[name][0] == _keys[name]
    return "" if known else markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001  (mkdocs' own arguments)
    """Return the page's HTML, just made or kept; with kept HTML goes what was found in it."""
    name = page.file.src_uri
    kept = _rendered.get(name)
    if kept is None or kept[0] != _keys[name] or "title" not in page.meta:
        found = (html, page.toc, page.present_anchor_ids, page.links_to_anchors)
        _rendered[name] = (_keys[name], found)
        return html
    html, page.toc, page.present_anchor_ids, page.links_to_anchors = kept[1]
    return html


def on_post_build(config: MkDocsConfig) -> None:
    """Add the search index. A preview keeps the one of its first build: edits come every second."""
    from generator.searching import build_index  # noqa: PLC0415

    build = Path(config.config_file_path).parent / "build"
    kept = build / "cache" / "preview-index"
    if not any((build / "extracts").rglob("*.html")):
        return
    if build not in _indexed:
        shutil.rmtree(kept, ignore_errors=True)
        build_index(build / "extracts", kept)
        _indexed.add(build)
    shutil.copytree(kept, Path(config.site_dir) / "pagefind", dirs_exist_ok=True)


def _state(project: Path) -> int:
    """A number that changes whenever a file of the inputs does: cheap, not a checksum."""
    found = []
    for name in _INPUTS:
        for folder, folders, names in os.walk(project / name):
            folders[:] = sorted(set(folders) - {"__pycache__"})
            found += [_stamp(Path(folder, file)) for file in sorted(names)]
    return hash(tuple(found))


def _stamp(file: Path) -> tuple[str, int, int]:
    try:
        status = file.stat()
    except FileNotFoundError:  # an editor's temporary file, gone again
        return str(file), 0, 0
    return str(file), status.st_mtime_ns, status.st_size
