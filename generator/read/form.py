"""The text of an issue that the form "Report an outage" made: to its answers.

GitHub writes each label as a heading of the third level and the answer below it, word for word, so
an answer can hold what looks like a heading. Only the labels asked for count, and each only once.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.problem import BrokenInputError, Problem
from generator.model.questions import QUESTIONS
from generator.read.text import Limits, hidden_characters, named, unreadable

# GitHub holds 65,536 characters of an issue, which are at most four bytes each.
ISSUE = Limits(size_bytes=4 * 65_536)

# What GitHub writes where nothing was answered: in a field, in a list to choose from.
_NOTHING = ("_No response_", "None")
_HEADINGS = {f"### {question.label}": question for question in QUESTIONS}


@dataclass(frozen=True)
class Answer:
    """What stands below a heading, and the heading's line; empty where nothing was answered."""

    text: str
    line: int


def answers_of(raw: bytes, file: str) -> dict[str, Answer]:
    """Return the answers by the ids of their questions.

    Raises BrokenInputError with every heading that is missing or stands there twice, every answer
    that is needed and empty, and every hidden character.
    """
    if problem := unreadable(raw, file, ISSUE):
        raise BrokenInputError(problem)
    lines = raw.decode("utf-8").replace("\r\n", "\n").split("\n")
    places = _places(lines)
    answers = {key: _answer(lines, begin, places) for key, (begin, *_) in places.items()}
    problems = [*_hidden(lines, file), *_twice(places, file), *_missing(answers, file)]
    if problems:
        raise BrokenInputError(*sorted(problems))
    return answers


def _places(lines: list[str]) -> dict[str, list[int]]:
    """The lines, from 0, of each question's heading; a question without one is left out."""
    found: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if question := _HEADINGS.get(line.rstrip()):
            found.setdefault(question.id, []).append(index)
    return found


def _answer(lines: list[str], begin: int, places: dict[str, list[int]]) -> Answer:
    begins = [one for others in places.values() for one in others if one > begin]
    own = lines[begin + 1 : min((*begins, _after_all(lines, begin)))]
    text = "\n".join(own).strip()
    return Answer("" if text in _NOTHING else text, begin + 1)


def _after_all(lines: list[str], begin: int) -> int:
    """Where the boxes to tick begin, which come last; else the end."""
    boxes = f"### {BOXES}"
    return next((i for i, line in enumerate(lines) if i > begin and line.rstrip() == boxes),
                len(lines))  # fmt: skip


BOXES = "Before you send it"


def _hidden(lines: list[str], file: str) -> list[Problem]:
    cure = "Delete it; what nobody can see, nobody can review."
    return [
        Problem(file, number, "", f"the hidden character {named(character)}", cure)
        for number, line in enumerate(lines, 1)
        for character in hidden_characters(line)
    ]


def _twice(places: dict[str, list[int]], file: str) -> list[Problem]:
    headings = {question.id: heading for heading, question in _HEADINGS.items()}
    cure = "Keep the form's own; put a word before the other, so that it is no heading."
    return [
        Problem(file, again + 1, "", f"{headings[key]!r} again, first on line {one + 1}", cure)
        for key, (one, *others) in places.items()
        for again in others
    ]


def _missing(answers: dict[str, Answer], file: str) -> list[Problem]:
    problems = []
    for question in QUESTIONS:
        answer = answers.get(question.id)
        if answer is None:
            what = f"no heading '### {question.label}'"
            cure = "Give the text of an issue as the form Report an outage made it."
            problems.append(Problem(file, 0, question.label, what, cure))
        elif question.needed and not answer.text:
            problems.append(Problem(file, answer.line, question.label, "no answer", question.ask))
    return problems
