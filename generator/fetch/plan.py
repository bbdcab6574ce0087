"""What to fetch for a record: its window and prefixes, the peers' feeds, tables, and messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from generator.fetch import fullfeed, tables
from generator.fetch.body import WebError
from generator.fetch.http import Web
from generator.fetch.reach import RefusedError
from generator.fetch.state import State
from generator.fetch.tables import Opening
from generator.fetch.task import Scope, Source, Task
from generator.fetch.times import window_s
from generator.model.evidence import Second
from generator.model.problem import BrokenInputError, Problem
from generator.read.archive import Record
from generator.read.text import SIDECAR

_INPUT_BYTES = 256  # what provenance.yaml says of one file
MOST_FILES = SIDECAR.size_bytes // _INPUT_BYTES


@dataclass(frozen=True)
class Wish:
    """What is asked for beside the record. Empty means: choose.

    ``until`` is the last second of the window; ``retrieved`` the day, as an ISO date.
    """

    version: str
    retrieved: str
    source: str | None = None
    collectors: tuple[str, ...] = ()
    since: Second | None = None
    until: Second | None = None
    tables: bool = True
    failed_as_gaps: bool = False
    named: dict[tuple[str, str], str] = field(default_factory=dict)
    vouched: str = ""
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """All that has to be fetched, in one order, and the table of each collector that has tables.

    The peers' feeds come first, then collector by collector its table and its files.
    """

    tasks: list[Task]
    openings: list[Opening]


def scope_of(record: Record, wish: Wish) -> Scope:
    """Return the window and prefixes of a record, or raise BrokenInputError."""
    routing, where = record.incident.routing, record.incident.where
    prefixes = (routing and routing.prefixes) or where.prefixes
    problems, since_s, until_s = [], 0, 0
    if routing:
        since_s, until_s = window_s(routing.since, routing.until)
    elif not (wish.since and wish.until):
        cure = "Write `routing: {from: ..., to: ...}`, or give --since and --until."
        problems.append(Problem(record.file, 0, "routing", "no window to fetch", cure))
    since_s = _second(wish.since, since_s)
    until_s = _second(wish.until, until_s - 1) + 1
    if not prefixes:
        cure = "List the networks' prefixes in `where.prefixes` or `routing.prefixes`."
        problems.append(Problem(record.file, 0, "where.prefixes", "no prefix to fetch", cure))
    if not problems and since_s >= until_s:
        what, cure = "the window to fetch is empty", "Let it end after it begins."
        problems.append(Problem(record.file, 0, "routing", what, cure))
    if problems:
        raise BrokenInputError(*problems)
    return Scope(since_s, until_s, tuple(sorted({str(prefix) for prefix in prefixes})))


def _second(told: Second | None, otherwise: int) -> int:
    return int(told.earliest.timestamp()) if told else otherwise


def planned(scope: Scope, source: Source, wish: Wish, web: Web, state: State) -> Plan:
    """Return all that has to be fetched.

    Asks the archive which tables it has, but for those that ``state`` keeps. Raises
    BrokenInputError where no list of files can be had, or where there are too many.
    """
    feeds = fullfeed.task(scope)
    try:
        files = source.tasks(scope, web)
        _refuse_too_many(1 + len(files), source)
        opened: list[Opening] = []
        if wish.tables and source.NAME in tables.ARCHIVES:
            opened = tables.openings(source.NAME, scope, web, state)
            files = list(_opened(opened, scope, source, web))
    except (WebError, RefusedError) as error:
        what = f"no list of files: {error}"
        cure = "Run the same command again later; nothing was changed."
        raise BrokenInputError(Problem(source.NAME, 0, "", what, cure)) from None
    _refuse_too_many(1 + len(files), source)
    return Plan([feeds, *files], opened)


def _opened(opened: list[Opening], scope: Scope, source: Source, web: Web) -> Iterator[Task]:
    for one in opened:
        since_s = one.table.since_s if one.table else scope.since_s
        if one.table:
            yield one.table
        yield from source.tasks(replace(scope, since_s=since_s, collectors=(one.collector,)), web)


def _refuse_too_many(count: int, source: Source) -> None:
    if count > MOST_FILES:
        what = f"{count:,} files, and a provenance can tell of {MOST_FILES:,}"
        cure = "Name fewer --collectors, or shorten the window: --since, --until."
        raise BrokenInputError(Problem(source.NAME, 0, "", what, cure))
