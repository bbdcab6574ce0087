"""Questions asked in a terminal, each answer checked at once in the words of ``check``."""

from __future__ import annotations

import contextlib
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence

from generator.model.problem import Problem
from generator.model.questions import PLACES, QUESTIONS, Question
from generator.model.vocabulary import Relation

Answers = dict[str, str]
Faults = Callable[[Mapping[str, str]], Sequence[Problem]]
Doubles = Callable[[Mapping[str, str]], Mapping[str, str]]

_WIDTH = 88


def interview(given: Mapping[str, str], faults: Faults, doubles: Doubles) -> Answers | None:
    """Return the answers to all questions, those given among them; None where nobody goes on.

    ``faults`` says what is wrong with the answers so far, ``doubles`` under which ids the incident
    may be recorded already, with a place that each shares. Raises KeyboardInterrupt or EOFError
    where somebody breaks it off.
    """
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401, PLC0415  (lets arrow keys edit the line, where there is one)
    _say("Ctrl-C stops at any time; nothing is written before the end.")
    answers = dict(given)
    for question in QUESTIONS:
        if question.id not in answers or (question.needed and not answers[question.id]):
            answers[question.id] = _answer(question, answers, faults)
        if question.id == "start" and "related" not in answers:
            related = _related(doubles(answers))
            if related is None:
                return None
            answers["related"] = related
    return answers


def _answer(question: Question, answers: Mapping[str, str], faults: Faults) -> str:
    _say(f"\n{question.label}{'' if question.needed else ' (may be left out)'}")
    _explain(question.ask)
    if question.options:
        _explain(f"One of: {', '.join(question.options)}.")
    else:
        _explain(f"For example: {question.example}")
    while True:
        text = _lines() if question.many else _typed()
        wrong = [*_left_out(question, text, answers), *faults({**answers, question.id: text})]
        if not wrong:
            return text
        for problem in wrong:
            _complain(problem)


def _left_out(question: Question, text: str, answers: Mapping[str, str]) -> list[Problem]:
    if text:
        return []
    if question.needed:
        return [Problem("", 0, "", "an answer is needed", question.ask)]
    if question.id == PLACES[-1] and not any(answers.get(place) for place in PLACES):
        return [Problem("", 0, "", "no country and no network", "Name a network here.")]
    return []


def _typed() -> str:
    while True:
        try:
            return input("> ").strip()
        except UnicodeDecodeError:
            _say("  that was not UTF-8")
            _explain("Type it again, or set the terminal to UTF-8.", "    ")


def _lines() -> str:
    _explain("An empty line ends the answer.")
    lines: list[str] = []
    while line := _typed():
        lines.append(line)
    return "\n".join(lines)


def _related(doubles: Mapping[str, str]) -> str | None:
    """How the incident relates to those that look alike, as ``how:id`` a line."""
    said: list[str] = []
    for double, place in doubles.items():
        words = ", ".join(Relation)
        _say(f"\nThe archive may hold it already: {double}")
        _explain(f"It began within 48 hours of yours, also in {place}.")
        _explain(f"If it is the same, leave it: press Enter, and add to that record. If it is "
                 f"another, how does that one relate to it? One of: {words}.")  # fmt: skip
        while (how := _typed()) not in list(Relation):
            if not how:
                return None
            _say(f"  expected one of {words}, got {how!r}")
        said.append(f"{how}:{double}")
    return "\n".join(said)


def _complain(problem: Problem) -> None:
    _say(f"  {problem.what}")
    if problem.cure:
        _explain(problem.cure, "    ")


def _explain(text: str, indent: str = "  ") -> None:
    _say(
        "\n".join(
            textwrap.wrap(
                text,
                _WIDTH,
                initial_indent=indent,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
        )
    )


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
