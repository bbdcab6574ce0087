"""What is kept of pages from one build to the next: their HTML, and what it was made from.

A file whose time, size and inode are as they were is taken to be as it was; any other is read. The
ledger has a line for each page, with a sum of its own: a line that was damaged, half written or
written by another program is no line. Lines are added as pages are made, so that a killed build
loses little.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator.cache import Cache, code, key_of, prune
from generator.crew import Crew
from generator.linking import links_of
from generator.markdown_svg import names_taken
from generator.states import state_of
from generator.writing import write_atomically

_JSON_LD = re.compile(r"\njson_ld: (\S+)$", re.MULTILINE)
_SUM_DIGITS = 32
_STALE = 0.1  # of a ledger's pages: to write all lines anew takes a third of a second for 13,500


@dataclass(frozen=True)
class Source:
    """What a page is made from: its files' state, the sum of what they hold, what it takes in
    (charts, tables, structured data), and what it leads to by links in Markdown.
    """

    state: str
    content: str
    takes: list[str]
    links: list[str]


@dataclass(frozen=True)
class Html:
    """A page's HTML under the key of all it depends on: its file's state and sum, the page's entry
    in the sitemap, and the classes of its elements.
    """

    key: str
    state: str
    content: str
    entry: str
    classes: str


@dataclass(frozen=True)
class Kept:
    """All that is known of a page."""

    source: Source
    html: Html


def sources_of(
    pages: Path, names: Sequence[str], known: Mapping[str, Kept], crew: Crew
) -> dict[str, Source]:
    """Return what each page is made from; what is not as it was known is read, by the crew."""
    found = {name: _as_known(pages, name, known.get(name)) for name in names}
    unknown = [name for name, source in found.items() if source is None]
    read = dict(zip(unknown, crew.map(partial(read_source, pages), unknown), strict=True))
    return {name: source or read[name] for name, source in found.items()}


def _as_known(pages: Path, name: str, known: Kept | None) -> Source | None:
    names = [name, *known.source.takes] if known else []
    same = known and known.source.state == _sum(*_states(names, pages))
    return known.source if known and same else None


def read_source(pages: Path, name: str) -> Source:
    """Return what a page is made from."""
    states = [*_states([name], pages)]  # first: what changes while it is read is not known
    raw = (pages / name).read_bytes()
    text = raw.decode("utf-8")
    takes = [*names_taken(text), *_JSON_LD.findall(text)]
    states += _states(takes, pages)
    taken = (_bytes_of(f"{pages}/{one}") for one in takes)
    return Source(_sum(*states), _sum(raw, *taken), takes, links_of(name, text))


def _states(names: Iterable[str], folder: Path) -> Iterator[str]:
    return (state_of(f"{folder}/{name}") for name in names)


def _bytes_of(path: str) -> bytes:
    try:
        with open(path, "rb") as file:  # noqa: PTH123  (as in ``state_of``)
            return file.read()
    except OSError:
        return b""


class HtmlFiles:
    """The HTML of pages in a folder, as plain files, each under its key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, key: str, html: str, entry: str, classes: Iterable[str]) -> Html:
        """Keep a page's HTML."""
        path, raw = self._path(key), html.encode()
        write_atomically(path, raw)
        return Html(key, state_of(path), _sum(raw), entry, " ".join(sorted(classes)))

    def sound(self, html: Html) -> Html | None:
        """Return what is known of a page's HTML as it is now; None where the file is not it."""
        path = self._path(html.key)
        state = state_of(path)
        if state == html.state:
            return html
        try:
            same = _sum(path.read_bytes()) == html.content
        except OSError:
            return None
        return replace(html, state=state) if same else None

    def prune(self, wanted: Iterable[Html]) -> None:
        """Remove all HTML but what is wanted."""
        prune(self.folder, {html.key for html in wanted})

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


@dataclass(frozen=True)
class Store:
    """Where HTML is kept from one build to the next, with what the theme brings beside it."""

    folder: Path

    @property
    def html(self) -> HtmlFiles:
        """The HTML of pages."""
        return HtmlFiles(self.folder / "html")

    @property
    def theme(self) -> Cache:
        """What the theme brings."""
        return Cache(self.folder / "theme")

    @property
    def ledger(self) -> Path:
        """The file that tells of pages."""
        return self.folder / "html.ledger"


class Ledger:
    """A file that tells what is known of each page."""

    def __init__(self, path: Path) -> None:
        self._path = path
        lines = list(_lines(path))
        self.pages = dict(lines)
        """What is known of each page, by its name."""
        self._stale = len(lines) - len(self.pages)

    def add(self, more: Mapping[str, Kept]) -> None:
        """Note what is known of pages that were just made."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab") as file:
            # A line break first: a killed build may have left half a line.
            file.write(b"\n" + b"".join(_line(name, kept) for name, kept in more.items()))
        self._stale += len(more.keys() & self.pages.keys())
        self.pages |= more

    def settle(self, pages: Mapping[str, Kept]) -> None:
        """Tell of just these pages from now on; a few lines that others have replaced may stay."""
        if pages != self.pages or self._stale > len(pages) * _STALE:
            write_atomically(self._path, b"".join(_line(*page) for page in pages.items()))


def _lines(path: Path) -> Iterator[tuple[str, Kept]]:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError:
        return
    for line in lines:
        told, _, body = line.partition(b" ")
        if told and told == _sum(code(), body).encode():
            name, source, html = json.loads(body)
            yield name, Kept(Source(*source), Html(*html))


def _line(name: str, kept: Kept) -> bytes:
    body = json.dumps([name, *(list(vars(part).values()) for part in (kept.source, kept.html))])
    return f"{_sum(code(), body)} {body}\n".encode()


def _sum(*parts: str | bytes) -> str:
    return key_of(*parts)[:_SUM_DIGITS]
