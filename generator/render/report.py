"""The change report as Markdown for a comment on a pull request.

Whatever comes from a record stands in code spans that nothing in it can end: GitHub reads no
Markdown there, makes no link, and calls nobody by a name. There are no tables, in which a | would
end a span, and no HTML: whoever posts the report may take all of it away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.model.problem import Problem
from generator.render import words
from generator.render.change import IncidentChange, Row
from generator.render.escape import code_span

# GitHub takes 65,536 characters; some are left for whoever posts the report.
MOST_BYTES = 56_000
_MOST_ROWS, _MOST_PROBLEMS, _MOST_NAMED = 40, 12, 60


@dataclass(frozen=True)
class Report:
    """What a change does to the public record.

    ``base`` and ``head`` name what was compared. ``added`` and ``removed`` are addresses of pages;
    ``outside`` are changed files that are no part of a record; ``elsewhere`` are problems in
    ``incidents/`` outside the records that changed.
    """

    base: str
    head: str
    incidents: tuple[IncidentChange, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    outside: tuple[str, ...]

    @property
    def visible(self) -> list[IncidentChange]:
        """The incidents of which the change can be seen: removed ones first, then by id."""
        order = {"removed": 0, "added": 1, "changed": 2}
        seen = [one for one in self.incidents if one.kind in order]
        return sorted(seen, key=lambda one: (order[one.kind], one.id))


def lead(report: Report) -> str:
    """Return in a sentence what the change comes to."""
    kinds = [one.kind for one in report.visible]
    counted = [
        f"{words.count(kinds.count(kind), 'incident')} {kind}"
        for kind in ("added", "changed", "removed")
        if kind in kinds
    ]
    if not counted:
        return "Nothing of the public record changes."
    errors = _errors(report.visible)
    wrong = f" {words.count(errors, 'problem')} introduced." if errors else ""
    return f"{words.listed(counted)}.{wrong}"


def _errors(visible: Iterable[IncidentChange]) -> int:
    return sum(p.severity == "error" for one in visible for p in one.introduced)


def markdown(report: Report) -> str:
    """Return the report, no longer than a comment may be; what is left out is named."""
    parts = ["## What this changes in the public record\n", f"{lead(report)}\n"]
    parts += [*_pages(report), *_outside(report.outside)]
    end = f"Compared: `{report.base[:12]}` with {report.head}.\n"
    room = MOST_BYTES - sum(len(part.encode()) + 1 for part in parts) - len(end) - 6_000
    left_out = []
    for one in report.visible:
        section = "\n".join(_section(one))
        room -= len(section.encode()) + 1
        if room >= 0:
            parts.append(section)
        else:
            left_out.append(one.id)
    return "\n".join([*parts, *_left_out(left_out), end])


def _left_out(ids: Sequence[str]) -> Iterator[str]:
    if ids:
        why = "Left out, as a comment holds no more"
        yield f"**{why}:** {_named(ids)}. The page of this report has them all.\n"


def _pages(report: Report) -> Iterator[str]:
    for verb, pages in (("added", report.added), ("removed", report.removed)):
        if pages:
            yield f"**Pages {verb}:** {_named(pages)}\n"
    if any(page.startswith("incidents/") for page in report.removed):
        yield (
            "**A page of an incident goes away.** Others may have cited it: a wrong record is "
            "withdrawn with a reason, never deleted.\n"
        )


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(code_span(name[:200]) for name in names[:_MOST_NAMED])
    return f"{shown} and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else shown


def _outside(paths: Sequence[str]) -> Iterator[str]:
    if paths:
        tops = list(dict.fromkeys(path.partition("/")[0] for path in paths))
        files = words.count(len(paths), "file")
        yield f"Beside records, {files} changed, not followed here: in {_named(tops)}.\n"


def _section(one: IncidentChange) -> Iterator[str]:
    yield f"### {code_span(one.title)}\n"
    yield f"{code_span(one.id)} · page {one.kind}\n"
    if one.before.broken:
        yield "At the base it cannot be read under today's schema: nothing to compare with.\n"
    if one.after.broken:
        yield "**It cannot be read as it is now:** see the problems.\n"
    yield from _rows("Facts of the record", one.facts)
    yield from _rows("Derived by the archive", one.figures, own=True)
    if one.before.entry and one.after.entry:
        yield f"**Chart changes:** {'yes' if one.chart else 'no'}\n"
    if one.files:
        yield f"**Files of the machine that change:** {_named(one.files)}\n"
    yield from _problems("Problems and advice introduced", one.introduced)
    yield from _problems("Solved", one.solved)


def _rows(title: str, rows: Sequence[Row], *, own: bool = False) -> Iterator[str]:
    """Yield a list of what differs; ``own`` when the names are ours, not made of a record's."""
    if not rows:
        return
    yield f"**{title}**\n"
    for row in rows[:_MOST_ROWS]:
        said = f", said by {code_span(row.said_by)}" if row.said_by else ""
        before, after = (code_span(side) or "—" for side in (row.before, row.after))
        name = row.what if own else code_span(row.what)
        yield f"- {name}: {before} → {after}{said}"
    if len(rows) > _MOST_ROWS:
        yield f"- and {len(rows) - _MOST_ROWS:,} more"
    yield ""


def _problems(title: str, found: Sequence[Problem]) -> Iterator[str]:
    if not found:
        return
    yield f"**{title}**\n"
    for one in found[:_MOST_PROBLEMS]:
        kind = "**problem**" if one.severity == "error" else "advice"
        yield f"- {kind} {code_span(_place(one))}"
    if len(found) > _MOST_PROBLEMS:
        yield f"- and {len(found) - _MOST_PROBLEMS:,} more"
    yield ""


def _place(one: Problem) -> str:
    name = one.file.rpartition("/")[2]
    rule = f" [{one.rule}]" if one.rule else ""
    return f"{name}:{one.line} {one.field}: {one.what}{rule}"[:400]
