"""The files of the exports put together from pieces: each merge a task for one worker.

Pieces are read one after the other and written straight into the files, so that no process holds
more than one of them, or than the short parts of all.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from generator.cache import code, key_of
from generator.ledger import Written, state_of, written
from generator.pieces import Pieces
from generator.render.data.api import Groups, api_files
from generator.render.data.documents import signed
from generator.render.data.edition import Edition
from generator.render.data.feeds import feed_files
from generator.render.data.files import DATABASE, own_path
from generator.render.data.sqlite import fill
from generator.render.data.streams import counting, flow, streams
from generator.writing import replaced_if_changed


@dataclass(frozen=True)
class Merge:
    """What is to be put together: which files, from the pieces with which keys, newest first."""

    kind: str
    keys: tuple[str, ...]
    build: Path
    edition: Edition
    groups: Groups = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """What stands for all that the files are made from; groups follow from the pieces."""
        return key_of(code(), self.kind, json.dumps(asdict(self.edition)), *self.keys)

    @property
    def pages(self) -> Path:
        """The folder that the files' paths begin in."""
        return self.build / "pages"


@dataclass(frozen=True)
class Made:
    """What a merge wrote: files by path; of some, their SHA-256; of each table, how many rows it
    has.
    """

    files: Written
    sums: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def merge(one: Merge) -> Made:
    """Put files together; raises PublishError when a piece is not there any more."""
    return _KINDS[one.kind](one)


def _database(one: Merge) -> Made:
    # A base without a name lies in a temporary file of the system's, not in memory.
    nameless = closing(sqlite3.connect("", isolation_level=None))
    with replaced_if_changed(one.pages / DATABASE) as fresh, nameless as base:
        base.execute("PRAGMA cache_size = -65536")  # kilobytes
        fill(base, Pieces(one.build).rows(one.keys), one.edition)
        base.execute("VACUUM INTO ?", (str(fresh),))
    return _made(one, [DATABASE])


def _streams(one: Merge) -> Made:
    files = streams(one.edition, len(one.keys))
    counts: Counter[str] = Counter()
    pieces = counting(Pieces(one.build).all(one.keys), counts)
    with ExitStack() as opened:
        into = {file.path: opened.enter_context(_growing(one.pages / file.path)) for file in files}
        for path, part in flow(files, pieces):
            into[path].write(part)
    sums = {path: grown.sha256 for path, grown in into.items()}
    return Made(_made(one, into).files, sums, dict(counts))


class _Growing:
    """A file that is written part by part."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._sum = file, hashlib.sha256()

    def write(self, text: str) -> None:
        """Add text to the file."""
        raw = text.encode()
        self._file.write(raw)
        self._sum.update(raw)

    @property
    def sha256(self) -> str:
        """The sum of what was written so far."""
        return self._sum.hexdigest()


@contextmanager
def _growing(path: Path) -> Iterator[_Growing]:
    with replaced_if_changed(path) as fresh, fresh.open("wb") as file:
        yield _Growing(file)


def _lists(one: Merge) -> Made:
    pieces = Pieces(one.build).all(one.keys)
    short = [(piece.id, piece.brief, piece.item) for piece in pieces]
    briefs = {name: brief for name, brief, _ in short}
    items = {name: item for name, _, item in short}
    api = api_files(briefs, one.groups, one.edition)
    feeds = feed_files(items, one.groups, one.edition)
    return Made(written(one.pages, chain(api, feeds)))


def _records(one: Merge) -> Made:
    pieces = Pieces(one.build).all(one.keys)
    own = ((own_path(piece.id), signed(piece.record, one.edition)) for piece in pieces)
    return Made(written(one.pages, own))


def _made(one: Merge, names: Iterable[str]) -> Made:
    return Made({name: state_of(one.pages / name) for name in names})


# The longest first, so that the others are done beside it.
_KINDS: Mapping[str, Callable[[Merge], Made]] = {
    "database": _database,
    "streams": _streams,
    "lists": _lists,
    "records": _records,
}
