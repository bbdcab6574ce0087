"""From a folder of plain Markdown pages to a published site."""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generator.cache import Cache
from generator.crew import crew
from generator.engine import PublishError
from generator.render.stylesheet import class_names, used_rules, words
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
    for name in _beside(pages):
        link(pages / name, made / name)
    entries, classes = [], class_names(theme["not_found"])
    for name, key in rendered.keys.items():
        entry, _, html = _kept(kept, key).partition(b"\n")
        entries += [entry.decode()] if entry else []
        classes |= class_names(html.decode())
        _write(made / rendered.place(name), html)
    head, tail = theme["sitemap"]
    _write(made / SITEMAP, (head + "\n  ".join(entries) + tail).encode())
    _write(made / NOT_FOUND, theme["not_found"].encode())
    for script in (pages / "assets").glob("*.js"):
        classes |= words(script.read_text("utf-8"))
    _put_theme(theme["files"], classes, made)


def _put_theme(files: Mapping[str, str], classes: Collection[str], made: Path) -> None:
    """Write what the theme brings; of its style sheet only the rules that pages use."""
    for name, content in files.items():
        if _UNUSED.fullmatch(name):
            continue
        raw = base64.b64decode(content)
        if name.endswith(".css"):
            raw = used_rules(raw.decode(), classes).encode()
        _write(made / name, raw)


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
