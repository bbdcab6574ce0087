"""From a folder of plain Markdown pages to a published site."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.crew import Crew, crew
from generator.engine import PublishError
from generator.kept import Store
from generator.render.stylesheet import class_names, used_rules, words
from generator.rendering import NOT_FOUND, SITEMAP, Rendered, render
from generator.searching import kept_index, told_parts
from generator.swap import aside, one_at_a_time, put_in_place, spare
from generator.trees import Tree, is_tree, make_tree, tree_of
from generator.writing import write_tree

__all__ = ["PublishError", "publish"]

# What the theme brings and no page asks for: its scripts, search workers, fonts' maps, favicon.
_UNUSED = re.compile(
    r"assets/javascripts/.*|assets/images/favicon\.png|sitemap\.xml\.gz|.*\.map"
    r"|assets/stylesheets/palette\.[^/]*\.css"
)
# Not published: pages themselves, which are built, and what is taken into them.
_SOURCES = (".md", ".html")
_MANY = 1_000  # the index takes a while, whatever is in it
_INDEX = "pagefind"  # the folder of the site that the search index is in
_CHANGED = "the cache was changed during the build; nothing was published. Build again."


@dataclass
class Publication:
    """A site in the making, from ``pages`` (Markdown and assets) and ``extracts`` to be searched.

    What can be done while pages are still being written is begun beside that.
    """

    project: Path
    pages: Path
    extracts: Path
    site: Path
    work: Path
    workers: Crew

    def __post_init__(self) -> None:
        self._cache = self.site.parent / "cache"
        self._copied: Callable[[], None] | None = None

    def begin_copy(self) -> None:
        """Have a second tree of the site's files made, if there is none, to be changed then."""
        if self.site.is_dir() and not spare(self.site).exists():
            self._copied = self.workers.start(_copy_of, self.site, _MANY)

    def begin_index(self) -> None:
        """Have the search index made; the extracts are as they shall be."""
        index = partial(kept_index, work=self.work / "search", cache=self._cache / "search")
        self._index = self.workers.start(index, self.extracts, _MANY)

    def finish(self) -> None:
        """Publish: from one moment to the next the new site is where the old one was.

        The index must have been begun. Raises PublishError with all that is wrong, and then the old
        site stays. A site that is right already is not touched.
        """
        store, near, site = Store(self._cache), self.site.parent, self.site
        rendered = render(self.project, self.pages, self.work, store, self.workers)
        wanted = _wanted(self.pages, rendered, store, near)
        if self._copied:
            self._copied()
        made, same = spare(site), is_tree(site, wanted, _INDEX)
        if not same:  # while the index is still being made
            make_tree(made, wanted, _INDEX)
        searched = _searched(self._index(), self.extracts, store, near)
        if not (same and is_tree(site / _INDEX, searched)):
            if same:
                make_tree(made, wanted, _INDEX)
            make_tree(made / _INDEX, searched)
            put_in_place(made, site)
        store.html.prune(rendered.pages.values())
        store.theme.prune({rendered.theme})


@contextmanager
def publication(project: Path, pages: Path, extracts: Path, site: Path) -> Iterator[Publication]:
    """Give what publishes ``site``. Two that want the same site come one after the other."""
    with one_at_a_time(site.parent), aside(site) as work, crew() as workers:
        yield Publication(project, pages, extracts, site, work, workers)


def publish(project: Path, pages: Path, extracts: Path, site: Path) -> None:
    """Publish the site of pages and extracts that are there, as ``Publication.finish`` does."""
    with publication(project, pages, extracts, site) as made:
        made.begin_index()
        made.finish()


def _copy_of(site: Path) -> None:
    """Let there be a second tree of the files of a site."""
    with suppress(OSError):  # somebody is removing the site: what is missing is put right later
        make_tree(spare(site), tree_of(site, site.parent))


def _wanted(pages: Path, rendered: Rendered, store: Store, near: Path) -> Tree:
    """Return what the site shall be: what lies beside the pages, every page, and the theme's."""
    tree, kept = tree_of(pages, near, _is_published), tree_of(store.html.folder, near)
    try:
        for name, html in rendered.pages.items():
            tree.put(rendered.place(name), *kept.folders[html.key[:2]].files[html.key[2:]])
    except KeyError as error:
        raise PublishError(_CHANGED) from error
    shared = store.folder / "shared"
    write_tree(shared, dict(_shared(pages, rendered, store)))
    tree.add(tree_of(shared, near))
    return tree


def _searched(indexes: Mapping[str, Path], extracts: Path, store: Store, near: Path) -> Tree:
    """Return the folder of the search index: that of the first part, the others' in it."""
    told = store.folder / "told"
    write_tree(told, dict([told_parts(extracts)]))
    tree = tree_of(told, near)
    for home, folder in indexes.items():
        at = tree.folders.setdefault(home, Tree()) if home else tree
        at.add(tree_of(folder, near))
    return tree


def _shared(pages: Path, rendered: Rendered, store: Store) -> Iterator[tuple[str, str | bytes]]:
    """Yield what depends on all pages: the sitemap, and of the theme what some page uses."""
    theme = json.loads(_kept(store, rendered.theme))
    head, tail = theme["sitemap"]
    entries = (html.entry for html in rendered.pages.values() if html.entry)
    yield SITEMAP, head + "\n  ".join(entries) + tail
    yield NOT_FOUND, theme["not_found"]
    classes = class_names(theme["not_found"])
    for names in {html.classes for html in rendered.pages.values()}:
        classes.update(names.split())
    for script in (pages / "assets").glob("*.js"):
        classes |= words(script.read_text("utf-8"))
    for name, content in theme["files"].items():
        if not _UNUSED.fullmatch(name):
            yield name, _cut(name, base64.b64decode(content), classes)


def _cut(name: str, content: bytes, classes: Collection[str]) -> bytes:
    """Return a file of the theme; of its style sheet only the rules that pages use."""
    return used_rules(content.decode(), classes).encode() if name.endswith(".css") else content


def _kept(store: Store, key: str) -> bytes:
    content = store.theme.get(key)
    if content is None:
        raise PublishError(_CHANGED)
    return content


def _is_published(name: str) -> bool:
    return not name.startswith(".") and not name.endswith(_SOURCES)
