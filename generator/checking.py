"""The ``check`` command: every problem of all records, or of some, for people and for programs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator import build as building
from generator.flags import allow_documentation_space
from generator.model.problem import Problem
from generator.read.folders import EVIDENCE_FOLDER, LINKS_FILE, find_one
from generator.render.problems import as_annotation, as_json, as_text, urgent_first
from generator.revisions import changed_paths, commit_at
from generator.studies import questions, study

_EXAMPLES = """examples:
  python -m generator check
  python -m generator check incidents/2014/2014-12-22-north-korea/incident.yaml
  python -m generator check --format json > problems.json
  python -m generator check --format github --since origin/main"""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ``check`` command; its ``run`` takes the parsed arguments, returns the exit code."""
    command = commands.add_parser(
        "check",
        help="find every problem in the records and their evidence",
        description="Find every problem in the records and their evidence, all in one run. "
        "Advice is told apart from problems and stops nothing.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("records", nargs="*", type=Path, help="single records (default: all)")
    command.add_argument(
        "--format", choices=("text", "github", "json"), default="text",
        help="as text, as annotations in a workflow of GitHub, or as JSON (default: text)",
    )  # fmt: skip
    command.add_argument(
        "--since", metavar="REVISION", help="give advice only on records changed since then"
    )
    allow_documentation_space(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what was found in the format asked for; return 1 where anything must be mended."""
    space, some = options.documentation_space, options.records
    if some:
        records, problems = _some(some, options.project, documentation_space=space)
    else:
        checked = building.check(options.project, documentation_space=space)
        records, problems = checked.readable, checked.problems
    if options.since:
        problems = _advice_on_changed(problems, options.project, options.since)
    _tell(urgent_first(problems), records, options.format, "" if some else "sound ")
    return 1 if any(one.severity == "error" for one in problems) else 0


def _some(
    paths: Sequence[Path], project: Path, *, documentation_space: bool
) -> tuple[int, Sequence[Problem]]:
    """Return how many records the paths belong to, and the problems of each with all beside it."""
    found = [find_one(path) for path in dict.fromkeys(map(_record_of, paths))]
    problems = [problem for _, more in found for problem in more]
    places = [place for place, _ in found if place]
    asked = questions(places, project, measure=False, documentation_space=documentation_space)
    for one in asked:
        problems += study(one).problems
    return len(found), problems


def _record_of(path: Path) -> Path:
    """Return the folder of the record that a machine's file is of; any other path as it is."""
    if path.name == LINKS_FILE:
        return path.parent
    return path.parent.parent if path.parent.name == EVIDENCE_FOLDER else path


def _advice_on_changed(
    problems: Iterable[Problem], project: Path, revision: str
) -> Sequence[Problem]:
    changed = _folders(changed_paths(project, commit_at(project, revision), None))
    return [
        one
        for one in problems
        if one.severity == "error" or not changed.isdisjoint(_folders([one.file]))
    ]


def _folders(paths: Iterable[str]) -> frozenset[str]:
    return frozenset("/".join(path.split("/")[:3]) for path in paths)


def _tell(problems: Sequence[Problem], records: int, form: str, what: str) -> None:
    out = sys.stdout.write
    if form == "json":
        out(as_json(problems, records) + "\n")
        return
    for problem in problems:
        if form == "github":
            out(as_annotation(problem) + "\n")
        else:
            sys.stderr.write(as_text(problem) + "\n")
    errors = sum(one.severity == "error" for one in problems)
    advice = len(problems) - errors
    out(f"{records} {what}records read, {errors} problems, {advice} pieces of advice\n")
