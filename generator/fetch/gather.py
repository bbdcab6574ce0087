"""From a record to evidence out of the archives: plan, estimate, ask, fetch, put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TextIO

from pandas import DataFrame

from generator.fetch import coarse, fullfeed
from generator.fetch.assemble import About, facts_of, rows_of, table_of
from generator.fetch.body import WebError
from generator.fetch.choice import collectors_for, source_for
from generator.fetch.estimate import Estimate, estimate
from generator.fetch.executor import Executor, completed, running
from generator.fetch.http import Web
from generator.fetch.progress import shown
from generator.fetch.reach import RefusedError
from generator.fetch.state import State
from generator.fetch.task import Outcome, Scope, Source, Task
from generator.fetch.times import window_s
from generator.model.evidence import Facts, Second
from generator.model.problem import BrokenInputError, Problem
from generator.read.archive import Record
from generator.read.text import SIDECAR

_MOST_SHOWN = 20
_MOST_FAILED = 24  # in a row: the line or the archive is down, and trying all would take hours
_INPUT_BYTES = 256  # what provenance.yaml says of one file
_AGAIN = "Run the same command again: what came is kept, and only the rest is asked for."
MOST_FILES = SIDECAR.size_bytes // _INPUT_BYTES


class DeclinedError(Exception):
    """Somebody saw the estimate and said no."""


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
    failed_as_gaps: bool = False
    named: dict[tuple[str, str], str] = field(default_factory=dict)
    vouched: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What the outside world is: the web, where tasks run, what is kept, and whom to ask."""

    web: Web
    executor: Callable[[], Executor]
    state: State
    out: TextIO
    agrees: Callable[[Estimate], bool]


def gather(record: Record, wish: Wish, around: Surroundings) -> tuple[DataFrame, Facts]:
    """Return the table of evidence for a record, in either form, and what is known of it.

    Raises BrokenInputError with every problem, DeclinedError when the estimate was not agreed to,
    and KeyboardInterrupt as it comes; what was fetched until then is kept.
    """
    scope = scope_of(record, wish)
    source = source_for(scope, wish.source)
    scope = replace(scope, collectors=collectors_for(scope, source, wish.collectors))
    try:
        tasks = planned(scope, source, around.web)
        fetched = _fetch(tasks, source, wish, around)
    finally:
        around.web.close()
    about = About(source.TERMS, _note(source, fetched), wish.version, wish.named, wish.vouched)
    if source.NAME == coarse.NAME:
        return coarse.evidence(fetched, scope, about)
    rows = rows_of(fetched, scope)
    if not rows:
        what = f"{source.NAME} tells of no message about these prefixes in the window"
        cure = "Check the prefixes and the window, or take other --collectors."
        raise BrokenInputError(Problem(record.file, 0, "routing", what, cure))
    return table_of(rows), facts_of(rows, fetched, scope, about)


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


def planned(scope: Scope, source: Source, web: Web) -> list[Task]:
    """Return all that has to be fetched, in one order: the peers' feeds, then the messages.

    Raises BrokenInputError where no list of files can be had, or where there are too many.
    """
    try:
        tasks = [fullfeed.task(scope), *source.tasks(scope, web)]
    except (WebError, RefusedError) as error:
        what, cure = f"no list of files: {error}", "Try again later; nothing was changed."
        raise BrokenInputError(Problem(source.NAME, 0, "", what, cure)) from None
    if len(tasks) > MOST_FILES:
        what = f"{len(tasks):,} files, and a provenance can tell of {MOST_FILES:,}"
        cure = "Name fewer --collectors, or shorten the window: --since, --until."
        raise BrokenInputError(Problem(source.NAME, 0, "", what, cure))
    return tasks


def _fetch(
    tasks: list[Task], source: Source, wish: Wish, around: Surroundings
) -> list[tuple[Task, Outcome]]:
    results = {task: kept for task in tasks if (kept := around.state.kept(task))}
    todo = [task for task in tasks if task not in results]
    if todo:
        expected = estimate(todo, len(results), source, around.web)
        if not around.agrees(expected):
            raise DeclinedError
        around.web.close()
        results |= _run(todo, expected, around)
    fetched = [(task, results[task]) for task in tasks]
    _refuse_failed(fetched, wish)
    return fetched


def _run(todo: list[Task], expected: Estimate, around: Surroundings) -> dict[Task, Outcome]:
    results: dict[Task, Outcome] = {}
    failed: list[tuple[Task, Outcome]] = []
    with running(around.executor) as executor, shown(expected, around.out) as meter:
        for task, outcome in completed(todo, executor):
            around.state.keep(task, outcome)
            results[task] = outcome
            meter.ended(task, outcome)
            failed = [*failed, (task, outcome)] if outcome.failed else []
            if len(failed) == _MOST_FAILED and len(results) < len(todo):
                raise BrokenInputError(_no_use(*failed[-1], len(todo) - len(results)))
    return results


def _no_use(task: Task, outcome: Outcome, left: int) -> Problem:
    what = (
        f"{_MOST_FAILED} files in a row could not be fetched, so {left:,} were not tried; the last:"
    )
    return Problem(task.url, 0, "", f"{what} {outcome.failed}", f"See to the line. {_AGAIN}")


def _refuse_failed(fetched: list[tuple[Task, Outcome]], wish: Wish) -> None:
    failed = [
        (task, outcome)
        for task, outcome in fetched
        if (outcome.failed or (outcome.missing and not task.collector))
        and not (wish.failed_as_gaps and task.collector)
    ]
    if not failed:
        return
    cure = _AGAIN
    if any(task.collector for task, _ in failed):
        cure += " With --failed-as-gaps, the rest counts as missing."
    problems = [
        Problem(task.url, 0, "", outcome.failed or outcome.missing, cure)
        for task, outcome in failed[:_MOST_SHOWN]
    ]
    if len(failed) > _MOST_SHOWN:
        rest = f"and {len(failed) - _MOST_SHOWN:,} more that could not be fetched"
        problems.append(Problem("fetch", 0, "", rest, cure))
    raise BrokenInputError(*problems)


def _note(source: Source, fetched: list[tuple[Task, Outcome]]) -> str:
    remarks = {
        remark: None
        for task, outcome in fetched
        if not task.collector and task.kind != "ris-peers"
        for remark in outcome.found.remarks
    }
    told = (f"RIPEstat remarks: {remark}" for remark in remarks)
    return " ".join(part for part in (source.NOTE, *told) if part)
