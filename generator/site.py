"""From a folder of plain Markdown pages to a published site."""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generator.cache import Cache
from generator.crew import crew
from generator.engine import PublishError
from generator.rendering import NOT_FOUND, SITEMAP, Rendered, render
from generator.searching import kept_index
from generator.swap import aside, one_at_a_time, put_in_place
from generator.writing import link, link_tree

__all__ = ["PublishError", "publish"]

# What the theme brings and no page asks for: its scripts, search workers, fonts' maps, favicon.
_UNUSED = re.compile(
    r"assets/javascripts/.*|assets/images/favicon\.png|sitemap\.xml\.gz|.*\.map"
    r"|assets/stylesheets/palette\.[^/]*\.css"
)
# Not published: pages themselves, which are built, and what is taken into them.
_SOURCES = (".md", ".html")


def publish(project: Path, pages: Path, extracts: Path, site: Path) -> None:
    """Build ``pages`` (Markdown and assets) and the search index of ``extracts`` into ``site``.

    The old site stays until the new one is whole, and stays if there is anything wrong:
    PublishError then says all of it. Two calls at once run one after the other.
    """
    kept = Cache(site.parent / "cache" / "html")
    with one_at_a_time(site.parent), aside(site) as work, crew() as workers:
        made = work / "new"
        with ThreadPoolExecutor(max_workers=1) as pool:
            index = pool.submit(kept_index, extracts, work, site.parent / "cache" / "search")
            rendered = render(project, pages, work, kept, workers)
            _put_together(pages, rendered, kept, made)
            link_tree(index.result(), made / "pagefind")
        put_in_place(made, site)
        kept.prune({*rendered.keys.values(), rendered.theme})


def _put_together(pages: Path, rendered: Rendered, kept: Cache, made: Path) -> None:
    """Fill ``made`` with every page, what lies beside the pages, and what the theme brings."""
    theme = json.loads(_kept(kept, rendered.theme))
    for name, content in theme["files"].items():
        if not _UNUSED.fullmatch(name):
            _write(made / name, base64.b64decode(content))
    for name in _beside(pages):
        link(pages / name, made / name)
    entries = []
    for name, key in rendered.keys.items():
        entry, _, html = _kept(kept, key).partition(b"\n")
        entries += [entry.decode()] if entry else []
        _write(made / rendered.place(name), html)
    head, tail = theme["sitemap"]
    _write(made / SITEMAP, (head + "\n  ".join(entries) + tail).encode())
    _write(made / NOT_FOUND, theme["not_found"].encode())


def _kept(cache: Cache, key: str) -> bytes:
    content = cache.get(key)
    if content is None:
        raise PublishError("the cache was changed during the build; nothing was published")
    return content


def _beside(pages: Path) -> Iterator[str]:
    for home, folders, names in os.walk(pages):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = Path(home).relative_to(pages)
        for name in sorted(names):
            if not name.startswith(".") and not name.endswith(_SOURCES):
                yield (below / name).as_posix()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
