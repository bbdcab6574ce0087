"""The ``diff`` command: what a change does to the public record, for whoever must judge it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import build as building
from generator.check.beside import Together, beside
from generator.check.rules import check_together
from generator.derive.changes import changes
from generator.derive.entry import Entry, entry_of
from generator.drawings import Drawings
from generator.flags import allow_documentation_space
from generator.model.problem import Problem
from generator.read.archive import read_place
from generator.read.folders import RECORD_FILE, find_one
from generator.render.archive import dossier
from generator.render.change import IncidentChange, Row, Version, fact_rows, figure_rows
from generator.render.report import Report, lead, markdown
from generator.render.report_page import report_page
from generator.render.terminal import plain
from generator.render.ways import HUBS
from generator.revisions import changed_paths, commit_at, extract, folders_at
from generator.studies import Whole, questions, study

_EXAMPLES = """examples:
  python -m generator diff main
  python -m generator diff origin/main --format markdown > report.md
  python -m generator diff v1.0 --head v1.1 --format html > report.html

A pull request is compared with where it began: diff $(git merge-base origin/main HEAD)"""
# Records that may be one incident twice begin within two days; ids may be a day off either way.
_NEAR = timedelta(days=4)


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ``diff`` command; its ``run`` takes the parsed arguments, returns the exit code."""
    command = commands.add_parser(
        "diff",
        help="tell what a change does to the public record",
        description="Tell what a change does to the public record: facts, derived figures, pages, "
        "charts, problems. Compares a revision with the files as they are, or with another one.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("base", metavar="BASE", help="the revision to compare with")
    command.add_argument("--head", metavar="REVISION", help="compare this, not the files here")
    command.add_argument(
        "--format", choices=("text", "markdown", "html"), default="text",
        help="for the terminal, for a comment, or a page by itself (default: text)",
    )  # fmt: skip
    allow_documentation_space(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the report in the format asked for; 0 whatever it says, as it judges nothing."""
    with TemporaryDirectory(prefix="gone-dark-") as aside:
        report = compared(options, Path(aside))
        sys.stdout.write(_shown(report, options))
    return 0


def _shown(report: Report, options: argparse.Namespace) -> str:
    if options.format == "markdown":
        return markdown(report)
    if options.format == "text":
        return plain(report)
    draw = Drawings(options.project / "build" / "cache" / "charts").draw
    assets = building.ASSETS
    tokens = (assets / "chrome.css").read_text("utf-8").partition("/* The theme's own")[0]
    return report_page(report, lead(report), tokens, draw)


@dataclass(frozen=True)
class _Side:
    """One of the two: the commit, None for the files as they are; where its files that matter are
    or will be; the ids of all its records.
    """

    project: Path
    commit: str | None
    root: Path
    ids: frozenset[str]
    space: bool

    def version(self, identifier: str, together: Iterable[Problem], found: Whole) -> Version:
        """Return an incident as this side has it, its problems among others' included."""
        mine = f"incidents/{identifier[:4]}/{identifier}/"
        problems = [*found.problems, *(one for one in together if one.file.startswith(mine))]
        if found.record is None:
            return Version(problems=tuple(problems), broken=identifier in self.ids)
        one = dossier(found.record, found.measurement)
        return Version(one.entry, one.incident, found.measurement, one.picture, tuple(problems))

    def studies(self, identifiers: Collection[str], *, measure: bool) -> dict[str, Whole]:
        """Read those of these records that are here, with their evidence and problems."""
        mine = sorted(self.ids.intersection(identifiers))
        return {one: self._study(one, measure=measure) for one in mine}

    def _study(self, identifier: str, *, measure: bool) -> Whole:
        place, problems = find_one(self.root / _folder(identifier), self.root)
        if place is None:
            return Whole(None, problems)
        asked = questions([place], self.root, measure=measure, documentation_space=self.space)
        found = study(asked[0])
        return replace(found, problems=(*problems, *found.problems))


def compared(options: argparse.Namespace, aside: Path) -> Report:
    """Return what differs; ``aside`` is an empty folder for the files of revisions.

    Raises BrokenInputError for a revision that is none.
    """
    project, space = options.project, options.documentation_space
    base = commit_at(project, options.base)
    head = commit_at(project, options.head) if options.head else None
    paths = changed_paths(project, base, head)
    changed = {_id_of(path) for path in paths} - {""}
    sides = [_side(project, commit, aside, space=space) for commit in (base, head)]
    near = _near(changed, sides[0].ids | sides[1].ids)
    for side in sides:
        if side.commit:
            folders = [_folder(one) for one in sorted(changed | near)]
            extract(project, side.commit, folders, side.root)
    incidents = _incidents(sides, changed, near, paths)
    added, removed = _pages(incidents, sides[1])
    outside = tuple(path for path in paths if not _id_of(path))
    shown = f"`{head[:12]}`" if head else "the files as they are"
    return Report(base, shown, incidents, added, removed, outside)


def _side(project: Path, commit: str | None, aside: Path, *, space: bool) -> _Side:
    if commit is None:
        return _Side(project, None, project, _ids_here(project), space)
    return _Side(project, commit, aside / commit, _ids_at(project, commit), space)


def _incidents(
    sides: Sequence[_Side], changed: Collection[str], near: Collection[str], paths: Sequence[str]
) -> tuple[IncidentChange, ...]:
    versions = [_versions(side, changed, near) for side in sides]
    return tuple(
        _change(one, versions[0].get(one, Version()), versions[1].get(one, Version()), paths)
        for one in sorted(changed)
    )


def _versions(
    side: _Side, changed: Collection[str], near: Collection[str]
) -> Mapping[str, Version]:
    found = side.studies(changed, measure=True)
    around = side.studies(near, measure=False)
    read = (one.record for one in (*found.values(), *around.values()))
    records = tuple(beside(one) for one in read if one)
    others = side.ids - {one.id for one in records}
    together = check_together(Together(records, frozenset(others)))
    return {key: side.version(key, together, one) for key, one in found.items()}


def _change(
    identifier: str, before: Version, after: Version, paths: Sequence[str]
) -> IncidentChange:
    facts: tuple[Row, ...] = ()
    drawn = False
    if before.incident and after.incident:
        facts = tuple(fact_rows(changes(before.incident, after.incident)))
    if before.picture and after.picture:
        drawn = before.picture.wide != after.picture.wide
    mine = [path for path in paths if _id_of(path) == identifier]
    files = tuple(p.split("/", 3)[3] for p in mine if not p.endswith(f"/{RECORD_FILE}"))
    figures = () if before.broken or after.broken else tuple(figure_rows(before, after))
    return IncidentChange(identifier, before, after, facts, figures, drawn, files)


def _pages(
    incidents: Sequence[IncidentChange], head: _Side
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses of pages that are there only after, and only before."""
    known = [one for one in incidents if not (one.before.broken or one.after.broken)]
    before = {page for one in known for page in _addresses(one.id, one.before.entry)}
    after = {page for one in known for page in _addresses(one.id, one.after.entry)}
    moved = before ^ after
    if any(not page.startswith("incidents/") for page in moved):
        moved -= _pages_of_others(head, {one.id for one in known})
    return tuple(sorted(moved & after)), tuple(sorted(moved & before))


def _pages_of_others(head: _Side, changed: Collection[str]) -> set[str]:
    """Return the pages that records lead to which did not change: read only where it matters."""
    root = head.root
    if head.commit:
        root = root.with_name("all")
        extract(head.project, head.commit, ["incidents"], root)
    checked = building.check(root, documentation_space=head.space)
    others = (read_place(one.place)[0] for one in checked.asked if one.place.id not in changed)
    return {page for one in others if one for page in _addresses(one.id, entry_of(one, None))}


def _addresses(identifier: str, entry: Entry | None) -> set[str]:
    if entry is None:
        return set()
    hubs = {f"{hub.folder}/{value.key}/" for hub in HUBS for value in hub.facet.of(entry)}
    return {f"incidents/{identifier}/", *hubs}


def _id_of(path: str) -> str:
    """Return the id of the record that a file belongs to; nothing for any other file."""
    parts = path.split("/")
    is_record = len(parts) > 3 and parts[0] == "incidents" and parts[2][:4] == parts[1]
    return parts[2] if is_record else ""


def _folder(identifier: str) -> str:
    return f"incidents/{identifier[:4]}/{identifier}"


def _ids_at(project: Path, commit: str) -> frozenset[str]:
    return frozenset(
        filter(None, (_id_of(f"{one}/x") for one in folders_at(project, commit, "incidents")))
    )


def _ids_here(project: Path) -> frozenset[str]:
    folders = (project / "incidents").glob("[0-9][0-9][0-9][0-9]/*/")
    return frozenset(one.name for one in folders if one.name.startswith(one.parent.name))


def _near(changed: Collection[str], known: Collection[str]) -> set[str]:
    """Return the records that began within some days of a changed one, by their ids."""
    days = {one: day for one in {*changed, *known} if (day := _day(one))}
    mine = sorted({days[one] for one in changed if one in days})
    near = {day + timedelta(days=off) for day in mine for off in range(-_NEAR.days, _NEAR.days + 1)}
    return {one for one in known if days.get(one) in near} - set(changed)


def _day(identifier: str) -> date | None:
    try:
        return date.fromisoformat(identifier[:10])
    except ValueError:
        return None
