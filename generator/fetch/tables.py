"""Tables: what each peer of a collector held at one moment, here the last before the window.

Without one, a peer is unknown until its first message, and of a network that was quiet until it
failed, the first message is the withdrawal: what it was withdrawn from, nobody could tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.fetch import ris, routeviews
from generator.fetch.body import MissingError, WebError
from generator.fetch.gaps import last_hole_end
from generator.fetch.http import Web
from generator.fetch.listing import Archive, newest
from generator.fetch.reach import RefusedError
from generator.fetch.state import State
from generator.fetch.task import TABLE, Outcome, Scope, Task
from generator.fetch.times import stamp

ARCHIVES: Mapping[str, Callable[[str], Archive]] = {
    ris.NAME: ris.tables,
    routeviews.NAME: routeviews.tables,
}

UNREAD = "No table was read: a peer is unknown until its first message in the window."
READ = (
    "The state at the start is that of each collector's table before it, with the messages since. "
    "Where a peer with a full feed had no route then to a prefix of the record, or to one that "
    "another such peer had, this is written as a withdrawal."
)


@dataclass(frozen=True)
class Opening:
    """What a collector's peers held is told by ``table``; ``absent`` are those it does not have."""

    collector: str
    table: Task | None
    absent: tuple[str, ...] = ()


def openings(name: str, scope: Scope, web: Web, state: State) -> list[Opening]:
    """Return the table of each collector: the newest at or before the start, else the one before.

    Asks the archive of the source ``name`` whether it has them, but for those kept. Where it does
    not answer, it counts as having them. Raises what ``web.get`` raises when a list of files cannot
    be had.
    """
    return [_opening(one, ARCHIVES[name](one), scope, web, state) for one in scope.collectors]


def _opening(collector: str, archive: Archive, scope: Scope, web: Web, state: State) -> Opening:
    absent: list[str] = []
    for at_s in newest(archive, collector, scope.since_s, web):
        url = archive.address(collector, at_s)
        task = Task(TABLE, url, at_s, at_s, collector, scope.prefixes)
        if state.kept(task) or _may_be_had(task, web):
            return Opening(collector, task, tuple(absent))
        absent.append(task.name)
    return Opening(collector, None, tuple(absent))


def _may_be_had(task: Task, web: Web) -> bool:
    try:
        web.size_bytes(task.url)
    except MissingError:
        return False
    except (WebError, RefusedError):
        return True  # if not, asking for all of it will tell
    return True


def table_of(
    fetched: Iterable[tuple[Task, Outcome]], collector: str
) -> tuple[Task, Outcome] | None:
    """Return the table of a collector and what came of it; None where none came."""
    found = (
        (task, outcome)
        for task, outcome in fetched
        if task.kind == TABLE and task.collector == collector and outcome.is_whole
    )
    return next(found, None)


def remarks(
    opened: Sequence[Opening], fetched: Sequence[tuple[Task, Outcome]], scope: Scope
) -> str:
    """Return what a reader should know of the tables, as text."""
    if not any(table_of(fetched, one.collector) for one in opened):
        said = [UNREAD, *_absent(opened, fetched)]
    else:
        said = [READ, *_absent(opened, fetched), *_unsound(opened, fetched, scope)]
    return " ".join(said)


def _absent(opened: Sequence[Opening], fetched: Sequence[tuple[Task, Outcome]]) -> Iterator[str]:
    came = [one.collector for one in opened if table_of(fetched, one.collector)]
    older = [name for one in opened if one.collector in came for name in one.absent]
    if older:
        yield f"The archive has no {_and(older)}: the table before was read."
    lacking = [one for one in opened if one.collector not in came]
    if lacking:
        names = [name for one in lacking for name in _names(one)]
        yield (
            f"No table of {_and([one.collector for one in lacking])} could be had "
            f"({', '.join(names) or 'none is listed'}): a peer there is unknown until its first "
            "message."
        )


def _names(opening: Opening) -> tuple[str, ...]:
    return (*opening.absent, *((opening.table.name,) if opening.table else ()))


def _unsound(
    opened: Sequence[Opening], fetched: Sequence[tuple[Task, Outcome]], scope: Scope
) -> Iterator[str]:
    for one in opened:
        came = table_of(fetched, one.collector)
        if not came:
            continue
        table, outcome = came
        if outcome.found.broken:
            why = " ".join(outcome.found.broken.split())[:160]
            yield (
                f"The table {table.name} is damaged ({why}): the routes that could be read of it "
                "count, and who has none is unknown."
            )
        lost_s = last_hole_end(fetched, one.collector, table.since_s, scope.since_s)
        if lost_s is not None:
            yield (
                f"Files of {one.collector} between its table and the start are missing or damaged, "
                f"so that the table counts for nothing, and only messages from {stamp(lost_s)} on "
                "do."
            )


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
