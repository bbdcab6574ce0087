"""From a record to evidence out of the archives: plan, estimate, ask, fetch, put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain
from typing import TextIO

from pandas import DataFrame

from generator.fetch import coarse, fullfeed
from generator.fetch.assemble import About, facts_of, rows_of, table_of
from generator.fetch.choice import collectors_for, source_for
from generator.fetch.estimate import Estimate, estimate
from generator.fetch.executor import Executor, completed, running
from generator.fetch.http import Web
from generator.fetch.note import note_of, refuse_long
from generator.fetch.plan import Wish, planned, scope_of
from generator.fetch.progress import shown
from generator.fetch.start import rows_at_start
from generator.fetch.state import State
from generator.fetch.task import TABLE, Outcome, Source, Task
from generator.model.evidence import Event, Facts
from generator.model.problem import BrokenInputError, Problem
from generator.read.archive import Record

_MOST_SHOWN = 20
_MOST_FAILED = 24  # in a row: the line or the archive is down, and trying all would take hours
_AGAIN = "Run the same command again: what came is kept, and only the rest is asked for."


class DeclinedError(Exception):
    """Somebody saw the estimate and said no."""


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
    refuse_long(wish.note)
    scope = scope_of(record, wish)
    source = source_for(scope, wish.source)
    scope = replace(scope, collectors=collectors_for(scope, source, wish.collectors))
    try:
        plan = planned(scope, source, wish, around.web, around.state)
        fetched = _fetch(plan.tasks, source, wish, around)
    finally:
        around.web.close()
    note = note_of(source, plan, fetched, scope, wish.note)
    about = About(source.TERMS, note, wish.version, wish.named, wish.vouched)
    if source.NAME == coarse.NAME:
        return coarse.evidence(fetched, scope, about)
    found = fullfeed.standings(fullfeed.lists(fetched), scope.prefixes)
    start = rows_at_start(fetched, scope, lambda peer: about.is_full(peer, found))
    rows = rows_of(fetched, scope, start)
    if len(rows) <= len(start) and all(row.event == Event.WITHDRAW.value for row in start):
        raise BrokenInputError(_silence(source, record))
    return table_of(rows), facts_of(rows, fetched, scope, about, found)


def _silence(source: Source, record: Record) -> Problem:
    what = f"{source.NAME} tells of no message about these prefixes in the window, nor of a route"
    cure = "Check the prefixes and the window, or take other --collectors."
    return Problem(record.file, 0, "routing", what, cure)


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
        results |= _run(todo, expected, wish, around)
    fetched = [(task, results[task]) for task in tasks]
    _refuse_failed(fetched, wish)
    return fetched


def _run(
    todo: list[Task], expected: Estimate, wish: Wish, around: Surroundings
) -> dict[Task, Outcome]:
    results: dict[Task, Outcome] = {}
    failed: list[tuple[Task, Outcome]] = []
    with running(around.executor) as executor, shown(expected, around.out) as meter:
        feeds = [task for task in todo if task.kind == fullfeed.KIND]
        rest = _tables_first([task for task in todo if task not in feeds])
        for task, outcome in chain(completed(feeds, executor), completed(rest, executor)):
            _keep(task, outcome, around.state)
            results[task] = outcome
            meter.ended(task, outcome)
            if task in feeds:  # without them nothing can be frozen, whatever else comes
                _refuse_failed([(task, outcome)], wish)
            failed = [*failed, (task, outcome)] if outcome.failed else []
            if len(failed) == _MOST_FAILED and len(results) < len(todo):
                raise BrokenInputError(_no_use(*failed[-1], len(todo) - len(results)))
    return results


def _keep(task: Task, outcome: Outcome, state: State) -> None:
    try:
        state.keep(task, outcome)
    except OSError as error:
        what = f"what came cannot be kept: {error.strerror}"
        cure = f"Make room, or give leave to write there. {_AGAIN}"
        raise BrokenInputError(Problem(state.folder.as_posix(), 0, "", what, cure)) from None


def _tables_first(tasks: list[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: task.kind != TABLE)  # as they take the longest


def _no_use(task: Task, outcome: Outcome, left: int) -> Problem:
    what = (
        f"{_MOST_FAILED} files in a row could not be fetched, so {left:,} were not tried; the last:"
    )
    return Problem(task.url, 0, "", f"{what} {outcome.failed}", f"Check the connection. {_AGAIN}")


def _refuse_failed(fetched: list[tuple[Task, Outcome]], wish: Wish) -> None:
    failed = [
        (task, outcome)
        for task, outcome in fetched
        if (outcome.failed or (outcome.missing and not task.collector))
        and not (wish.failed_as_gaps and task.collector)
    ]
    if not failed:
        return
    cure = f"{_AGAIN} If it fails again, see whether the address opens in a browser."
    if any(task.collector for task, _ in failed):
        cure += " With --failed-as-gaps, the rest counts as missing."
    if any(task.kind == TABLE for task, _ in failed):
        cure += " With --no-tables, tables are left out."
    problems = [
        Problem(task.url, 0, "", outcome.failed or outcome.missing, cure)
        for task, outcome in failed[:_MOST_SHOWN]
    ]
    if len(failed) > _MOST_SHOWN:
        rest = f"and {len(failed) - _MOST_SHOWN:,} more that could not be fetched"
        problems.append(Problem("fetch", 0, "", rest, cure))
    raise BrokenInputError(*problems)
