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
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from generator.cache import Cache, code, key_of
from generator.crew import Crew
from generator.engine import PublishError, build_pages
from generator.hardening import hardened
from generator.linking import bound_pages, nav_pages
from generator.markdown_svg import named_files
from generator.writing import link

NOT_FOUND, SITEMAP = "404.html", "sitemap.xml"
_JSON_LD = re.compile(r"^json_ld: (\S+)$", re.MULTILINE)
_ENTRY = re.compile(r"<url><loc>([^<]*)</loc>.*?</url>", re.DOTALL)
_SHARD_PAGES = 400  # an engine's run holds all its pages in memory
_FEW = 40  # no more pages than this do not deserve a run of their own


@dataclass(frozen=True)
class Shard:
    """One run of the engine: the key of each page it makes, pages that stand only for their names,
    files that pages link to, and the key of what it brings beside its pages, if that is wanted.
    """

    project: Path
    pages: Path
    work: Path
    cache: Path
    keys: Mapping[str, str]
    stubs: Collection[str] = ()
    files: Collection[str] = ()
    theme: str = ""


@dataclass(frozen=True)
class Rendered:
    """The key of the HTML of each page, and of what the theme brings, in the cache."""

    keys: Mapping[str, str]
    theme: str

    @staticmethod
    def place(name: str) -> str:
        """Return where the HTML of a page belongs in the site."""
        return (PurePosixPath(_address(name)) / "index.html").as_posix()


def render(project: Path, pages: Path, work: Path, cache: Cache, crew: Crew) -> Rendered:
    """Return where in the cache the HTML of every page is; what is missing is made.

    Raises PublishError with everything that the engine or the policy has against a page.
    """
    texts = {name: (pages / name).read_text("utf-8") for name in markdown_files(pages)}
    nav = [name for name in nav_pages(project) if name in texts]
    bound, files = bound_pages(texts, pages, nav)
    shell = key_of(code(), (project / "mkdocs.yml").read_bytes())
    bond = key_of(*(f"{name}\n{texts[name]}" for name in bound), *files)
    keys = {
        name: key_of(shell, bond if name in bound else "", name, text, *_taken_in(text, pages))
        for name, text in texts.items()
    }
    found = Rendered(keys, key_of(shell, bond, "theme"))
    missing = {name for name, key in keys.items() if cache.get(key) is None}
    whole = bool(missing & bound) or cache.get(found.theme) is None
    apart = sorted(missing - bound)
    plan = _plan(sorted(bound) if whole else [], apart, found)
    shards = [
        Shard(
            project, pages, work / f"shard-{number}", cache.folder,
            {name: keys[name] for name in names},
            [] if theme else nav, files if theme else (), theme,
        )
        for number, (names, theme) in enumerate(plan)
    ]  # fmt: skip
    faults = [fault for told in crew.map(_build, shards, few=2) for fault in told]
    if faults:
        told = "\n".join(sorted(faults))
        raise PublishError(f"pages that break the site's own policy:\n{told}")
    return found


def markdown_files(pages: Path) -> list[str]:
    """Return the pages of a folder in the order in which the engine takes them."""
    names = [path.relative_to(pages).as_posix() for path in pages.rglob("*.md")]
    return sorted(names, key=_order)


def _order(name: str) -> tuple[object, ...]:
    *folders, file = PurePosixPath(name).parts
    # A folder's own files come before those of the folders in it, and its index before them.
    return *((1, folder) for folder in folders), (0, file != "index.md", file)


def _plan(bound: list[str], apart: list[str], found: Rendered) -> list[tuple[list[str], str]]:
    """Return the pages of each run, and for one of them where to keep what the theme brings."""
    if len(apart) <= _FEW and bound:
        return [([*bound, *apart], found.theme)]
    runs = -(-len(apart) // _SHARD_PAGES)
    parts: list[tuple[list[str], str]] = [(apart[at::runs], "") for at in range(runs)]
    return [(bound, found.theme), *parts] if bound else parts


def _taken_in(text: str, pages: Path) -> Iterable[bytes]:
    """Return what a page takes in from other files: charts, tables, structured data."""
    names = [*named_files(text, pages), *(pages / name for name in _JSON_LD.findall(text))]
    return (path.read_bytes() if path.is_file() else b"" for path in names)


def _build(shard: Shard) -> list[str]:
    docs, made = shard.work / "docs", shard.work / "made"
    for name in (*shard.keys, *shard.files):
        link(shard.pages / name, docs / name)
    for name in shard.stubs:
        _stub(docs / name)
    build_pages(shard.project, docs, shard.pages, shard.work, made)
    frame, entries = _sitemap((made / SITEMAP).read_text("utf-8"))
    cache, faults = Cache(shard.cache), []
    for name, key in shard.keys.items():
        html, wrong = hardened(made / _address(name) / "index.html", shard.pages, made)
        faults += wrong
        if not wrong:
            cache.put(key, f"{_entry(entries, _address(name))}\n{html}".encode())
    if shard.theme:
        faults += _keep_theme(shard, made, frame, cache)
    shutil.rmtree(shard.work)
    return faults


def _stub(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\ntitle: Elsewhere\n---\n", encoding="utf-8")


def _keep_theme(shard: Shard, made: Path, frame: tuple[str, str], cache: Cache) -> list[str]:
    html, faults = hardened(made / NOT_FOUND, shard.pages, made)
    names = (path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file())
    files = {
        name: base64.b64encode((made / name).read_bytes()).decode()
        for name in sorted(names)
        if not name.endswith(".html") and name not in shard.files and name != SITEMAP
    }
    if not faults:
        kept = {"files": files, "not_found": html, "sitemap": frame}
        cache.put(shard.theme, json.dumps(kept).encode())
    return faults


def _sitemap(text: str) -> tuple[tuple[str, str], dict[str, str]]:
    """Return what stands around the entries of a sitemap, and each entry by its address."""
    found = list(_ENTRY.finditer(text))
    if not found:
        return (text, ""), {}
    return (text[: found[0].start()], text[found[-1].end() :]), {one[1]: one[0] for one in found}


def _entry(entries: Mapping[str, str], address: str) -> str:
    ending = "/" + escape(quote(address + "/" if address else ""))
    alike = [entry for url, entry in entries.items() if url.endswith(ending)]
    return min(alike, key=len, default="") if address else next(iter(entries.values()), "")


def _address(name: str) -> str:
    """Return the folder that a page's HTML is in."""
    path = PurePosixPath(name)
    folder = path.parent if path.stem == "index" else path.with_suffix("")
    return "" if folder == PurePosixPath() else folder.as_posix()
