"""The ``new`` command: a record from answers, from an issue's form, or from a tracker's export."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator.asking import interview
from generator.drafting import Drafted, Shelf, drafted, moved, place
from generator.flags import allow_documentation_space
from generator.importing import contents, harvest
from generator.model.problem import BrokenInputError, Problem
from generator.model.questions import BY_ID, PLACES, QUESTIONS, question_of
from generator.model.sketch import Sketch
from generator.model.trackers import Tracker
from generator.model.values import Moment
from generator.model.vocabulary import Relation
from generator.read.answers import fields_of
from generator.read.form import ISSUE, Answer, answers_of
from generator.render.sketch import place_of

INTERRUPTED = 130  # as a shell says it
DRAFTS = Path("build/drafts")

_ABOUT = """Begin a record.

Asks for what a record needs, unless flags say it; looks whether the archive holds the outage
already; and writes incidents/<year>/<id>/incident.yaml, with comments that say what each field is
for. In a terminal each answer is checked at once. Nothing is opened and nothing overwritten.
"""

_EXAMPLES = """
examples:
  python -m generator new
  python -m generator new --country HM --start 2032-02-29 --layer reachability --extent unknown \\
    --title "Heard Island falls silent" --summary "The island's network went off the air." \\
    --source "https://gazette.example.org/heard | Southern Gazette | No word from Heard Island"
  python -m generator new --from-form issue.md
  python -m generator new --from ioda events.json
  python -m generator new --from cloudflare-radar outages.json
  python -m generator new --from keepiton stop.csv --to build/drafts

--from and --from-form write into build/drafts, where no build looks: read a draft, mend what it
  lists under `lacking`, and move its folder into incidents/<year>/. Rows that contradict themselves
  are refused, and those of outages that the archive or another draft has are left out; each is
  listed with the reason.

exports that --from reads:
  ioda              answers of /v2/outages/events as JSON, format=ioda or codf; the curated list of
                    "Destination Unreachable" as CSV
  cloudflare-radar  answers of /radar/annotations/outages as JSON
  keepiton          a sheet of Access Now's STOP list as CSV
"""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ``new`` command; its ``run`` takes the parsed arguments, returns the exit code."""
    command = subparsers.add_parser(
        "new",
        help="begin a record, or drafts from a tracker's export or an issue",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run, refuse=command.error)
    answers = command.add_argument_group("answers")
    for question in QUESTIONS:
        again = " Give it again for another." if question.many or question.id in PLACES else ""
        what = (question.ask + again).replace("%", "%%")
        answers.add_argument(f"--{question.id}", action="append", metavar="TEXT", help=what)
    related = f"another incident and how it relates: {', '.join(Relation)}, as in sequel:<id>"
    answers.add_argument("--related", action="append", metavar="HOW:ID", help=related)
    answers.add_argument(
        "--name", help="what the id is made of beside the day (default: the place)"
    )
    _add_ways(command)


def _add_ways(command: argparse.ArgumentParser) -> None:
    ways = command.add_argument_group("from elsewhere").add_mutually_exclusive_group()
    trackers = "|".join(Tracker)
    ways.add_argument("--from", nargs=2, metavar=(trackers, "FILE"), help="a tracker's export")
    ways.add_argument(
        "--from-form", type=Path, metavar="FILE", help="text of an issue that the form made"
    )
    command.add_argument(
        "--to", type=Path, help="folder for drafts of --from and --from-form (build/drafts)"
    )
    command.add_argument(
        "--on", metavar="DAY", help="the day to write as that of reading and adding (today)"
    )
    allow_documentation_space(command)


def run(arguments: argparse.Namespace) -> int:
    """Write what the arguments ask for and say what was written.

    Returns 0; 1 where somebody leaves it because the archive holds it; 130 where somebody breaks it
    off. Raises BrokenInputError with every problem of the input.
    """
    given = vars(arguments)
    try:
        on = Moment.parse(given["on"] or f"{datetime.now(UTC):%Y-%m-%d}")  # the clock's one use
    except ValueError as error:
        given["refuse"](f"--on: {error}, got {given['on']!r}")
    way = _from_tracker if given["from"] else _from_form if given["from_form"] else _from_answers
    try:
        return way(given, on)
    except (KeyboardInterrupt, EOFError):
        sys.stdout.write("\nStopped. Nothing was written that is not whole.\n")
        return INTERRUPTED


def _drafts(given: Mapping[str, Any]) -> Path:
    folder: Path = given["to"] or given["project"] / DRAFTS
    return folder


def _from_tracker(given: Mapping[str, Any], on: Moment) -> int:
    name, file = given["from"]
    if name not in list(Tracker):
        given["refuse"](f"--from: expected one of {', '.join(Tracker)}, got {name!r}")
    to = _drafts(given)
    found = harvest(Tracker(name), Path(file), to, on, _shelf(given))
    for problem in (*found.doubles, *found.refused):
        sys.stderr.write(f"{problem}\n")
    sys.stdout.write(
        f"{found.rows} rows: {len(found.written)} drafts in {to.as_posix()}, "
        f"{len(found.doubles)} left out because they are there already, "
        f"{found.refused_rows} refused\n"
    )
    return 0


def _from_form(given: Mapping[str, Any], on: Moment) -> int:
    file, shown = given["from_form"], given["from_form"].as_posix()
    answers = answers_of(contents(file, ISSUE.size_bytes), shown)
    said = {key: answer.text for key, answer in answers.items()}
    said["related"] = "\n".join(given["related"] or ())
    draft, problems = _drafted(said, given, on)
    if problems:
        raise BrokenInputError(*sorted(_at_heading(one, shown, answers) for one in problems))
    _refuse_doubles(draft, _shelf(given), shown)
    return _written(draft, _drafts(given))


def _at_heading(problem: Problem, shown: str, answers: Mapping[str, Answer]) -> Problem:
    if question := BY_ID.get(problem.field):
        return moved(problem, shown, answers[question.id].line, question.label)
    return moved(problem, shown, 0)


def _from_answers(given: Mapping[str, Any], on: Moment) -> int:
    said = {key: "\n".join(given[key]) for key in (*BY_ID, "related") if given[key]}
    missing = [f"--{one.id}" for one in QUESTIONS if one.needed and not said.get(one.id)]
    if not any(said.get(place) for place in PLACES):
        missing.insert(0, "--country or --network")
    if missing and not sys.stdin.isatty():
        needed = ", ".join(missing)
        given["refuse"](f"there is no terminal to ask in; please give {needed} (--help says how)")
    _refuse_flags(_faults(said, given, on))
    shelf = _shelf(given)
    if missing:
        answered = _asked(said, given, on, shelf)
        if answered is None:
            sys.stdout.write("Left as it is. Nothing was written.\n")
            return 1
        said = answered
    draft, problems = _drafted(said, given, on)
    _refuse_flags(problems)
    _refuse_doubles(draft, shelf, "new")
    return _written(draft, given["project"] / "incidents")


def _shelf(given: Mapping[str, Any]) -> Shelf:
    return Shelf(given["project"], documentation_space=given["documentation_space"])


def _refuse_flags(problems: Sequence[Problem]) -> None:
    """Raise BrokenInputError with what is wrong in the answers given as flags."""
    if problems:
        flags = {problem: f"--{problem.field}" for problem in problems if problem.field}
        raise BrokenInputError(*(moved(one, flags.get(one, "new"), 0, "") for one in problems))


def _asked(
    said: Mapping[str, str], given: Mapping[str, Any], on: Moment, shelf: Shelf
) -> dict[str, str] | None:
    return interview(
        said,
        lambda answers: _faults(answers, given, on),
        lambda answers: shelf.near(_drafted(_completed(answers), given, on)[0]),
    )


def _faults(answers: Mapping[str, str], given: Mapping[str, Any], on: Moment) -> list[Problem]:
    return _drafted(_completed(answers), given, on)[1]


def _completed(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers, with an example for each that is needed and not given yet: what is wrong with a
    record of these is wrong with an answer.
    """
    examples = {one.id: one.example for one in QUESTIONS if one.needed}
    if not any(answers.get(place) for place in PLACES):
        examples["country"] = BY_ID["country"].example
    return {**examples, **{key: text for key, text in answers.items() if text}}


def _drafted(
    said: Mapping[str, str], given: Mapping[str, Any], on: Moment
) -> tuple[Drafted, list[Problem]]:
    """What the answers become, and what is wrong; problems have the id of a question as field."""
    fields, told = fields_of(said, on)
    name = given["name"] or place_of(fields["where"])
    draft = drafted(Sketch(name, fields), documentation_space=given["documentation_space"])
    spoiled = {problem.field for problem in told} | ({""} if told else set())
    found = [replace(one, field=question_of(one.field)) for one in draft.problems]
    return draft, [*told, *(one for one in found if one.field not in spoiled)]


def _refuse_doubles(draft: Drafted, shelf: Shelf, file: str) -> None:
    """Raise BrokenInputError where the archive may hold the incident already."""
    if doubles := shelf.doubled(draft):
        relate = "Or, if it is another outage, say how that one relates: --related sequel:<id>"
        raise BrokenInputError(
            *(Problem(file, 0, "", what, f"{cure} {relate}") for what, cure in doubles)
        )


def _written(draft: Drafted, root: Path) -> int:
    path = place(draft, root).as_posix()
    sys.stdout.write(f"Written: {path}\nNext: python -m generator check {path}\n")
    return 0
