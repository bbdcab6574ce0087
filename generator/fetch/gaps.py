"""What is missing, as stretches in which a collector's peers are unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.fetch.task import Outcome, Scope, Task
from generator.fetch.times import stamp
from generator.model.evidence import Gap


class _Hole(NamedTuple):
    collector: str
    since_s: int
    until_s: int
    why: str


def gaps(outcomes: Iterable[tuple[Task, Outcome]], scope: Scope) -> tuple[Gap, ...]:
    """Return the gaps by collector and time; those that touch and have one reason are one."""
    holes = sorted(_holes(outcomes, scope))
    merged: list[_Hole] = []
    for hole in holes:
        last = merged[-1] if merged else None
        if (
            last
            and (last.collector, last.why) == (hole.collector, hole.why)
            and (hole.since_s <= last.until_s)
        ):
            merged[-1] = last._replace(until_s=max(last.until_s, hole.until_s))
        else:
            merged.append(hole)
    return tuple(_gap(hole) for hole in merged)


def last_hole_end(
    outcomes: Iterable[tuple[Task, Outcome]], collector: str, since_s: int, until_s: int
) -> int | None:
    """Return when the last gap of a collector in a stretch of time ends; None without a gap."""
    holes = _holes(outcomes, Scope(since_s, until_s, ()))
    return max((hole.until_s for hole in holes if hole.collector == collector), default=None)


def _holes(outcomes: Iterable[tuple[Task, Outcome]], scope: Scope) -> Iterator[_Hole]:
    for task, outcome in outcomes:
        why, since_s = _reason(task, outcome)
        since_s, until_s = max(since_s, scope.since_s), min(task.until_s, scope.until_s)
        if why and task.collector and since_s < until_s:
            yield _Hole(task.collector, since_s, until_s, why)


def _reason(task: Task, outcome: Outcome) -> tuple[str, int]:
    if outcome.missing:
        return f"The archive has no file for this time ({outcome.missing}).", task.since_s
    if outcome.failed:
        return f"The file could not be fetched: {outcome.failed}", task.since_s
    found = outcome.found
    if found.broken:
        sound_s = task.since_s if found.sound_s is None else found.sound_s + 1
        return f"The archive's file is damaged: {found.broken}", max(sound_s, task.since_s)
    return "", task.since_s


def _gap(hole: _Hole) -> Gap:
    return Gap.model_validate(
        {
            "collector": hole.collector,
            "from": stamp(hole.since_s),
            "to": stamp(hole.until_s - 1),
            "why": " ".join(hole.why.split())[:300],
        }
    )
