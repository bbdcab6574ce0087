"""The HTML of every page, made by the engine once and kept for as long as nothing of it changes.

A page's HTML depends on its own text, on what it takes in, on the settings and on this program;
on other pages only through links written in Markdown, which the engine checks. So pages with such
links and all they lead to are built together, in one run; every other page apart from all others,
in as many runs as there are processors. What comes out is what one run over everything gives: a
test holds both together.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from generator.cache import code, key_of
from generator.crew import Crew
from generator.engine import PublishError, build_each
from generator.hardening import hardened, hardened_text
from generator.kept import Html, HtmlFiles, Kept, Ledger, Source, Store, sources_of
from generator.linking import bound_pages, nav_pages
from generator.render.stylesheet import class_names
from generator.states import names_in
from generator.writing import link

NOT_FOUND, SITEMAP = "404.html", "sitemap.xml"
_ENTRY = re.compile(r"<url><loc>([^<]*)</loc>.*?</url>", re.DOTALL)
_SHARD_PAGES = 2_400  # an engine takes as long to start as 100 pages; a kill loses what it made
_FEW = 150  # no more pages than this do not deserve a run of their own


@dataclass(frozen=True)
class Shard:
    """One run of the engine: the key and the source of each page it makes, pages that stand only
    for their names, files that pages link to, and the key of what the theme brings beside, if that
    is wanted.
    """

    project: Path
    pages: Path
    work: Path
    store: Store
    wanted: Mapping[str, tuple[str, Source]]
    stubs: Collection[str] = ()
    files: Collection[str] = ()
    theme: str = ""


@dataclass(frozen=True)
class Rendered:
    """What is known of the HTML of each page, in the order of the engine, and the key of what the
    theme brings.
    """

    pages: Mapping[str, Html]
    theme: str

    @staticmethod
    def place(name: str) -> str:
        """Return where the HTML of a page belongs in the site."""
        return f"{_address(name)}/index.html".lstrip("/")


def render(project: Path, pages: Path, work: Path, store: Store, crew: Crew) -> Rendered:
    """Return what is known of the HTML of every page; what is missing is made, and kept.

    Raises PublishError with everything that the engine or the policy has against a page.
    """
    ledger = Ledger(store.ledger)
    known = ledger.pages
    sources = sources_of(pages, markdown_files(pages), known, crew)
    nav = [name for name in nav_pages(project) if name in sources]
    bound, files = bound_pages({name: one.links for name, one in sources.items()}, pages, nav)
    keys, theme = _keys(project, sources, sorted(bound), files)
    found = {name: _sound(known.get(name), keys[name], store.html) for name in sources}
    missing = {name for name, html in found.items() if html is None}
    whole = bool(missing & bound) or store.theme.get(theme) is None
    plan = _plan(sorted(bound) if whole else [], sorted(missing - bound), theme, crew.workers)
    shards = [
        Shard(
            project, pages, work / f"shard-{number}", store,
            {name: (keys[name], sources[name]) for name in sorted(names, key=_order)},
            [] if brings else nav, files if brings else (), brings,
        )
        for number, (names, brings) in enumerate(plan)
    ]  # fmt: skip
    _make(shards, ledger, crew)
    made = {name: html or ledger.pages[name].html for name, html in found.items()}
    ledger.settle({name: Kept(sources[name], html) for name, html in made.items()})
    return Rendered(made, theme)


def _keys(
    project: Path, sources: Mapping[str, Source], bound: Collection[str], files: Collection[str]
) -> tuple[dict[str, str], str]:
    """Return the key of each page, of all that its HTML depends on, and that of the theme."""
    shell = key_of(code(), (project / "mkdocs.yml").read_bytes())
    bond = key_of(*(f"{name}\n{sources[name].content}" for name in bound), *files)
    together = frozenset(bound)
    keys = {
        name: key_of(shell, bond if name in together else "", name, source.content)
        for name, source in sources.items()
    }
    return keys, key_of(shell, bond, "theme")


def _sound(known: Kept | None, key: str, kept: HtmlFiles) -> Html | None:
    return kept.sound(known.html) if known and known.html.key == key else None


def _make(shards: list[Shard], ledger: Ledger, crew: Crew) -> None:
    faults: list[str] = []
    for made, wrong in crew.map(_build, shards, few=2):
        ledger.add(made)
        faults += wrong
    if faults:
        told = "\n".join(sorted(faults))
        raise PublishError(f"pages that break the site's own policy:\n{told}")


def markdown_files(pages: Path) -> list[str]:
    """Return the pages of a folder in the order in which the engine takes them."""
    names = (name for name in names_in(pages) if name.endswith(".md"))
    return sorted(names, key=_order)


def _order(name: str) -> tuple[object, ...]:
    *folders, file = name.split("/")
    # A folder's own files come before those of the folders in it, and its index before them.
    return *((1, folder) for folder in folders), (0, file != "index.md", file)


def _plan(
    bound: list[str], apart: list[str], theme: str, workers: int
) -> list[tuple[list[str], str]]:
    """Return the pages of each run, and for one of them where to keep what the theme brings."""
    if len(apart) <= _FEW and bound:
        return [([*bound, *apart], theme)]
    # As many for each worker, so that all are done at the same time.
    runs = min(len(apart), -(-len(apart) // (_SHARD_PAGES * workers)) * workers)
    parts: list[tuple[list[str], str]] = [(apart[at::runs], "") for at in range(runs)]
    return [(bound, theme), *parts] if bound else parts


def _build(shard: Shard) -> tuple[dict[str, Kept], list[str]]:
    """Return what is known of the pages made, and what is wrong with the others."""
    docs, made = shard.work / "docs", shard.work / "made"
    docs.mkdir(parents=True)
    for name in shard.files:
        link(shard.pages / name, docs / name)
    for name in shard.stubs:
        _stub(docs / name)
    linked = bool(shard.theme)
    built = build_each(shard.project, shard.pages, shard.wanted, shard.work, linked=linked)
    frame, entries = _sitemap((made / SITEMAP).read_text("utf-8"))
    kept, faults = dict[str, Kept](), list[str]()
    for page in built:
        if page.name not in shard.wanted:
            continue
        html, wrong = hardened_text(page.html, shard.pages, Rendered.place(page.name))
        faults += wrong
        if not wrong:
            key, source = shard.wanted[page.name]
            entry, classes = entries.get(escape(page.url), ""), class_names(html)
            kept[page.name] = Kept(source, shard.store.html.put(key, html, entry, classes))
    if shard.theme:
        faults += _keep_theme(shard, made, frame)
    shutil.rmtree(shard.work)
    return kept, faults


def _stub(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\ntitle: Elsewhere\n---\n", encoding="utf-8")


def _keep_theme(shard: Shard, made: Path, frame: tuple[str, str]) -> list[str]:
    html, faults = hardened(made / NOT_FOUND, shard.pages, made)
    names = (path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file())
    files = {
        name: base64.b64encode((made / name).read_bytes()).decode()
        for name in sorted(names)
        if not name.endswith(".html") and name not in shard.files and name != SITEMAP
    }
    if not faults:
        kept = {"files": files, "not_found": html, "sitemap": frame}
        shard.store.theme.put(shard.theme, json.dumps(kept).encode())
    return faults


def _sitemap(text: str) -> tuple[tuple[str, str], dict[str, str]]:
    """Return what stands around the entries of a sitemap, and each entry by its address."""
    found = list(_ENTRY.finditer(text))
    if not found:
        return (text, ""), {}
    return (text[: found[0].start()], text[found[-1].end() :]), {one[1]: one[0] for one in found}


def _address(name: str) -> str:
    """Return the folder that a page's HTML is in."""
    folder = name.removesuffix(".md")
    return folder.removesuffix("index").rstrip("/") if folder.split("/")[-1] == "index" else folder
