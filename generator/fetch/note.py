"""What a reader of the figures should know, beside what the form of a provenance has fields for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.fetch import fullfeed, tables
from generator.fetch.plan import Plan
from generator.fetch.task import Outcome, Scope, Source, Task
from generator.model.problem import BrokenInputError, Problem

_MOST_CHARACTERS = 2_000  # that a provenance's note can have
_MOST_OWN_WORDS = 600


def refuse_long(own: str) -> None:
    """Raise BrokenInputError where somebody's own note leaves no room for the archives' remarks."""
    if len(own) > _MOST_OWN_WORDS:
        what = f"{len(own):,} characters, beside what the archives remark {_MOST_OWN_WORDS} fit"
        raise BrokenInputError(Problem("--note", 0, "", what, "Shorten it."))


def note_of(
    source: Source, plan: Plan, fetched: Sequence[tuple[Task, Outcome]], scope: Scope, own: str
) -> str:
    """Return the source's own caveat, what is to be said of tables, remarks, and ``own`` words.

    What is longer than a note can be ends in an ellipsis, but for ``own``.
    """
    parts = [source.NOTE]
    if source.NAME in tables.ARCHIVES:
        parts.append(tables.remarks(plan.openings, fetched, scope))
    told = " ".join(filter(None, [*parts, *_remarks(fetched)]))
    room = _MOST_CHARACTERS - len(own) - 1
    cut = told if len(told) <= room else told[: room - 2] + " …"
    return " ".join(filter(None, [cut, own]))


def _remarks(fetched: Sequence[tuple[Task, Outcome]]) -> Iterator[str]:
    remarks = {
        remark: None
        for task, outcome in fetched
        if not task.collector and task.kind != fullfeed.KIND
        for remark in outcome.found.remarks
    }
    yield from (f"RIPEstat remarks: {remark}" for remark in remarks)
