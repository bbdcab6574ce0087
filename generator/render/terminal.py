"""The change report for a terminal: one line for each fact, nothing that a terminal would obey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.render.change import IncidentChange, Row
from generator.render.problems import as_text
from generator.render.report import Report, lead


def plain(report: Report) -> str:
    """Return the report as plain text, whole."""
    lines = [lead(report), *_listed("Pages added", report.added)]
    lines += _listed("Pages removed", report.removed)
    lines += _listed("Beside records, not followed here", report.outside)
    for one in report.visible:
        lines += ["", *_incident(one)]
    return "".join(f"{printable(line)}\n" for line in lines)


def _listed(title: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"{title}: {', '.join(names)}"


def _incident(one: IncidentChange) -> Iterator[str]:
    yield f"{one.id}: {one.kind}"
    yield f"  {one.title}"
    if one.before.broken:
        yield "  At the base it cannot be read under today's schema."
    if one.after.broken:
        yield "  It cannot be read as it is now."
    yield from _rows(one.facts)
    yield from _rows(one.figures)
    if one.chart:
        yield "  The chart changes."
    yield from _listed("  Files of the machine that change", one.files)
    for title, problems in (("introduced", one.introduced), ("solved", one.solved)):
        yield from (f"  {title}: {line}" for p in problems for line in as_text(p).splitlines()[:1])


def _rows(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        said = f" ({row.said_by})" if row.said_by else ""
        yield f"  {row.what}: {row.before or '—'} → {row.after or '—'}{said}"


def printable(line: str) -> str:
    """Return a line without what a terminal would obey."""
    return "".join(char if char.isprintable() or char == "\u00a0" else "?" for char in line)
