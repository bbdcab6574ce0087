"""The change report as Markdown for a comment on a pull request.

Whatever comes from a record stands in ``code`` elements inside blocks of plain HTML, every sign of
it a numeric reference: GitHub reads no Markdown there, makes no link, and calls nobody by a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.model.problem import Problem
from generator.render import words
from generator.render.change import IncidentChange, Row
from generator.render.escape import inert

# GitHub takes 65,536 characters; some are left for whoever posts the report.
MOST_BYTES = 60_000
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
    parts += [text for text in (_pages(report), _outside(report.outside)) if text]
    end = f"Compared: `{report.base[:12]}` with {report.head}.\n"
    room = MOST_BYTES - sum(len(part.encode()) + 1 for part in parts) - len(end) - 8_000
    left_out = []
    for one in report.visible:
        section = _section(one)
        room -= len(section.encode()) + 1
        if room >= 0:
            parts.append(section)
        else:
            left_out.append(one.id)
    return "\n".join([*parts, *_left_out(left_out), end])


def _left_out(ids: Sequence[str]) -> Iterator[str]:
    if ids:
        more = f" and {len(ids) - _MOST_NAMED:,} more" if len(ids) > _MOST_NAMED else ""
        named = ", ".join(map(_code, ids[:_MOST_NAMED]))
        why = "Left out, as a comment holds no more"
        yield f"<p><b>{why}:</b> {named}{more}. The page of this report has them all.</p>\n"


def _pages(report: Report) -> str:
    lines = [
        f"<p><b>Pages {verb}:</b> {_addresses(pages)}</p>\n"
        for verb, pages in (("added", report.added), ("removed", report.removed))
        if pages
    ]
    if any(page.startswith("incidents/") for page in report.removed):
        lines.append(
            "**A page of an incident goes away.** Others may have cited it: a wrong record is "
            "withdrawn with a reason, never deleted.\n"
        )
    return "\n".join(lines)


def _addresses(pages: Sequence[str]) -> str:
    more = f" and {len(pages) - _MOST_NAMED:,} more" if len(pages) > _MOST_NAMED else ""
    return ", ".join(map(_code, pages[:_MOST_NAMED])) + more


def _outside(paths: Sequence[str]) -> str:
    if not paths:
        return ""
    tops = dict.fromkeys(path.partition("/")[0] for path in paths)
    files = words.count(len(paths), "file")
    where = _addresses(list(tops))
    return f"<p>Beside records, {files} changed, not followed here: in {where}.</p>\n"


def _section(one: IncidentChange) -> str:
    parts = [f"<h3>{_code(one.title)}</h3>\n", f"<p>{_code(one.id)} · page {one.kind}</p>\n"]
    parts += _unreadable(one)
    if one.facts:
        parts.append(_table("Fact", one.facts, said=True))
    if one.figures:
        parts.append(_table("Derived by the archive", one.figures, said=False))
    if one.before.entry and one.after.entry:
        parts.append(f"Chart changes: {'**yes**' if one.chart else 'no'}\n")
    if one.files:
        parts.append(f"<p>Files of the machine that change: {_addresses(one.files)}</p>\n")
    parts += _problems("Problems and advice introduced", one.introduced)
    parts += _problems("Solved", one.solved)
    return "\n".join(parts)


def _unreadable(one: IncidentChange) -> Iterator[str]:
    if one.before.broken:
        yield "At the base it cannot be read under today's schema: nothing to compare with.\n"
    if one.after.broken:
        yield "**It cannot be read as it is now:** see the problems.\n"


def _table(head: str, rows: Sequence[Row], *, said: bool) -> str:
    last = "<th>Who says so</th>" if said else ""
    lines = [
        _line(
            _code(row.what) if said else inert(row.what),
            *(_code(side) or "—" for side in (row.before, row.after)),
            *([_code(row.said_by)] if said else []),
        )
        for row in rows[:_MOST_ROWS]
    ]
    if len(rows) > _MOST_ROWS:
        lines.append(f"<tr><td>and {len(rows) - _MOST_ROWS:,} more</td></tr>")
    heads = f"<tr><th>{head}</th><th>Before</th><th>After</th>{last}</tr>"
    return "\n".join(["<table>", heads, *lines, "</table>", ""])


def _line(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _problems(title: str, found: Sequence[Problem]) -> Iterator[str]:
    if not found:
        return
    lines = [f"<li>{_kind(one)} {_code(_place(one))}</li>" for one in found[:_MOST_PROBLEMS]]
    if len(found) > _MOST_PROBLEMS:
        lines.append(f"<li>and {len(found) - _MOST_PROBLEMS:,} more</li>")
    yield "\n".join([f"<p>{title}:</p>", "<ul>", *lines, "</ul>", ""])


def _kind(one: Problem) -> str:
    return "<b>problem</b>" if one.severity == "error" else "advice"


def _place(one: Problem) -> str:
    name = one.file.rpartition("/")[2]
    rule = f" [{one.rule}]" if one.rule else ""
    return f"{name}:{one.line} {one.field}: {one.what}{rule}"[:400]


def _code(text: str) -> str:
    return f"<code>{inert(text)}</code>" if text else ""
