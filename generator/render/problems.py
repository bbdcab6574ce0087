"""Problems as those read them who must mend them: people, GitHub's annotations, other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from generator.model.problem import Problem

# What ends or divides a workflow command, as GitHub's own toolkit escapes it: in the message, and
# in a property besides. https://github.com/actions/toolkit, packages/core/src/command.ts
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def urgent_first(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in order, each once, errors before advice."""
    return sorted(set(problems), key=lambda one: (one.severity != "error", one))


def as_text(problem: Problem) -> str:
    """Return a problem for a terminal, advice marked as such."""
    return str(problem) if problem.severity == "error" else f"advice: {problem}"


def as_annotation(problem: Problem) -> str:
    """Return the workflow command that shows a problem at its line: one line, whatever it says.

    Advice is a notice. GitHub shows the first ten of a kind on the change, all in the log.
    """
    command = "error" if problem.severity == "error" else "notice"
    place = {"file": problem.file, "line": str(problem.line)} if problem.line else {}
    kind = "Problem" if problem.severity == "error" else "Advice"
    title = f"{kind} {problem.rule}".strip()
    properties = {**(place or {"file": problem.file}), "title": title}
    told = ",".join(f"{name}={_escaped(text, _PROPERTY)}" for name, text in properties.items())
    return f"::{command} {told}::{_escaped(str(problem), _DATA)}"


def as_json(problems: Sequence[Problem], records: int) -> str:
    """Return problems as one JSON object, with how many there are and how many records were read.

    Keys of a problem: file, line (0: the file as a whole), field, what, cure, rule, severity.
    """
    errors = sum(problem.severity == "error" for problem in problems)
    counts = {"records": records, "errors": errors, "advice": len(problems) - errors}
    listed = {**counts, "problems": [asdict(problem) for problem in problems]}
    return json.dumps(listed, ensure_ascii=False, indent=1)


def _escaped(text: str, what: dict[str, str]) -> str:
    return "".join(what.get(char, char) for char in text)
