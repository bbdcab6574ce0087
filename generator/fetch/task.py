"""One piece of fetching, what came of it, and what a source is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple, Protocol

from generator.fetch.body import Body
from generator.fetch.http import Web
from generator.fetch.times import stamp
from generator.model.evidence import Grade

FORMAT = 1  # rises when the same file would be read differently, so that kept results are not used
UPDATES, TABLE = "mrt", "table"  # kinds of task that several modules know


class Row(NamedTuple):
    """One message, its path written as in ``model.evidence``, empty where the event has none."""

    at_s: int
    collector: str
    peer_ip: str
    peer_asn: int
    event: str
    prefix: str
    path: str


class Feed(NamedTuple):
    """How many prefixes of each kind a peer told."""

    collector: str
    ip: str
    asn: int
    v4: int
    v6: int


class Share(NamedTuple):
    """How many full-feed peers saw a prefix, on average, from ``at_s`` up to ``until_s``."""

    at_s: int
    until_s: int
    prefix: str
    seeing: float


@dataclass(frozen=True)
class Task:
    """One file or answer to fetch and what to keep of it; it can be sent to another machine.

    It covers ``since_s`` up to but not including ``until_s``, in Unix seconds; a table is of one
    moment, which is both.
    """

    kind: str
    url: str
    since_s: int
    until_s: int
    collector: str = ""
    prefixes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name as people are told it."""
        if self.collector:
            return f"{self.collector}/{self.url.rpartition('/')[2]}"
        return " ".join((self.kind, *self.prefixes, stamp(self.since_s)))

    @property
    def key(self) -> str:
        """A name for what comes of it that no other task has: 64 hexadecimal digits."""
        text = json.dumps([FORMAT, asdict(self)], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Found:
    """What a reader kept of a body. ``broken`` says why it ends early, and ``sound_s`` where.

    Of a table, ``sound_s`` is when its last sound record was written.
    """

    rows: tuple[Row, ...] = ()
    feeds: tuple[Feed, ...] = ()
    shares: tuple[Share, ...] = ()
    remarks: tuple[str, ...] = ()
    broken: str = ""
    sound_s: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a task.

    ``missing`` says that the archive has no such file, ``failed`` why nothing could be had;
    both are empty when the body came whole.
    """

    found: Found = Found()
    size_bytes: int = 0
    sha256: str = ""
    retrieved: str = ""
    missing: str = ""
    failed: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the body came whole, so that it need not be fetched again."""
        return not self.missing and not self.failed


@dataclass(frozen=True)
class Scope:
    """What is wanted: a window (``until_s`` not included) and prefixes with what is within them."""

    since_s: int
    until_s: int
    prefixes: tuple[str, ...]
    collectors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What a source's terms allow, and so the grade of evidence made from it."""

    grade: Grade
    because: str
    attribution: str
    terms: str
    messages: str


class Source(Protocol):
    """Where messages come from. A new source is a new module with these, and one line in a list."""

    NAME: str
    TERMS: Terms
    NOTE: str

    def tasks(self, scope: Scope, web: Web) -> list[Task]:
        """Return what to fetch, in order; may ask ``web`` for lists of files."""

    def typical_bytes(self, task: Task) -> int:
        """Return the documented or measured usual size of such a file."""


Reader = Callable[[Task, Body], Found]
"""Makes findings of a body; raises WebError when it is not what was asked for."""


def ordered(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return rows by time, those of one second in the order given."""
    return tuple(sorted(rows, key=lambda row: row.at_s))
