"""What a change does to one incident, in words: facts, derived figures, problems, the chart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel

from generator.derive import timing
from generator.derive.changes import Change, Named
from generator.derive.entry import Entry
from generator.derive.measurement import Measurement
from generator.model.claims import LengthClaim, TimeClaim
from generator.model.incident import Incident
from generator.model.problem import Problem
from generator.model.values import Length, Moment, Quantity
from generator.render import words
from generator.render.pictures import Picture

MOST_CHARACTERS = 300  # of a value that is shown; more is told, not shown
_CONTEXT_WORDS = 8
_MOST_VOICES = 5
# What a step of a path is called; a field that its entry makes plain is called nothing.
_FIELDS = {
    "episodes": "", "explanations": "explanation", "evidence": "finding",
    "statements": "statement", "figures": "number", "context": "around it",
    "sources": "source", "changes": "correction", "lacking": "still missing", "at": "",
    "value": "", "proposed_by": "put forward by", "bears_on": "bears on",
}  # fmt: skip
# Fields that say who says something: told apart from what is said.
_VOICES = frozenset(("source", "sources", "origin"))


@dataclass(frozen=True)
class Row:
    """One fact or figure: its name, what it was and is (empty: not there), and who says so."""

    what: str
    before: str
    after: str
    said_by: str = ""


@dataclass(frozen=True)
class Version:
    """An incident as it was, or as it is; ``broken`` where it cannot be read."""

    entry: Entry | None = None
    incident: Incident | None = None
    measurement: Measurement | None = None
    picture: Picture | None = None
    problems: tuple[Problem, ...] = ()
    broken: bool = False


@dataclass(frozen=True)
class IncidentChange:
    """All that a change does to one incident; ``chart`` when its chart looks different."""

    id: str
    before: Version
    after: Version
    facts: tuple[Row, ...]
    figures: tuple[Row, ...]
    chart: bool
    files: tuple[str, ...]

    @property
    def title(self) -> str:
        """The incident's title, after the change where it is still there."""
        entry = self.after.entry or self.before.entry
        return entry.title if entry else self.id

    @property
    def kind(self) -> str:
        """What happens to its page: added, removed, changed, or nothing (the word unchanged)."""
        if self.before.entry is None and not self.before.broken:
            return "added"
        if self.after.entry is None and not self.after.broken:
            return "removed"
        is_same = not (self.facts or self.figures or self.chart or self._is_mended)
        return "unchanged" if is_same else "changed"

    @property
    def _is_mended(self) -> bool:
        return self.before.broken or self.after.broken or bool(self.introduced or self.solved)

    @property
    def introduced(self) -> list[Problem]:
        """Problems and advice that were not there before, errors first."""
        return _news(self.before.problems, self.after.problems)

    @property
    def solved(self) -> list[Problem]:
        """Problems and advice that are not there any more."""
        return _news(self.after.problems, self.before.problems)


def _news(old: Iterable[Problem], new: Iterable[Problem]) -> list[Problem]:
    known = {_apart_from_lines(one) for one in old}
    found = [one for one in set(new) if _apart_from_lines(one) not in known]
    return sorted(found, key=lambda one: (one.severity != "error", one))


def _apart_from_lines(one: Problem) -> tuple[str, ...]:
    return (one.file, one.field, one.what, one.rule, one.severity)


def fact_rows(found: Sequence[Change]) -> Iterator[Row]:
    """Yield the differences between two versions of a record as people read them."""
    for one in found:
        before, after = excerpts(told(one.before), told(one.after))
        yield Row(_subject(one.path), before, after, _voices(one.said_by))


def _voices(said_by: Sequence[str]) -> str:
    more = [f"{len(said_by) - _MOST_VOICES} more"] if len(said_by) > _MOST_VOICES else []
    return words.listed([*said_by[:_MOST_VOICES], *more])


def figure_rows(before: Version, after: Version) -> Iterator[Row]:
    """Yield what the archive derives of an incident and what moved of it."""
    old, new = _figures(before), _figures(after)
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield Row(name, old.get(name, ""), new.get(name, ""))


def told(value: object) -> str:
    """Return a value of the schema in words; an entry as all that it says; None as nothing."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        separator = "; " if any(isinstance(one, BaseModel) for one in value) else ", "
        return separator.join(map(told, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {told(one)}" for key, one in value.items())
    return _entry(value) if isinstance(value, BaseModel) else _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, Moment):
        return words.time(value)
    if isinstance(value, Length):
        return words.length(value)
    if isinstance(value, Quantity):
        return words.quantity(value)
    return value.replace("-", " ") if isinstance(value, StrEnum) else " ".join(str(value).split())


def _entry(entry: BaseModel) -> str:
    lead = ""
    if isinstance(entry, TimeClaim | LengthClaim):
        lead = told(entry.at if isinstance(entry, TimeClaim) else entry.value)
    parts = [
        f"{_FIELDS.get(name) or name.replace('_', ' ')}: {told(value)}"
        for name, value in entry
        if name in entry.model_fields_set and name not in _VOICES and not (lead and name in _LEADS)
    ]
    return "; ".join([*([lead] if lead else []), *parts])


_LEADS = ("at", "value")


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Return two versions of a text, each no longer than is shown, at the place they differ."""
    if max(len(before), len(after)) <= MOST_CHARACTERS:
        return before, after
    if not before or not after:
        return _cut(before), _cut(after)
    old, new = before.split(), after.split()
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    first = max(0, head - _CONTEXT_WORDS)
    return _between(old, first, tail), _between(new, first, tail)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _between(words_of: Sequence[str], first: int, tail: int) -> str:
    last = min(len(words_of), len(words_of) - tail + _CONTEXT_WORDS)
    middle = " ".join(words_of[first:last])
    return f"{'… ' if first else ''}{_cut(middle)}{' …' if last < len(words_of) else ''}"


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    return f"{text[:MOST_CHARACTERS].rsplit(' ', 1)[0]} … ({len(text):,} characters)"


def _subject(path: Sequence[str]) -> str:
    steps = [
        _cut(step) if isinstance(step, Named) else _FIELDS.get(step, step.replace("_", " "))
        for step in path
    ]
    return " · ".join(filter(None, steps)) or path[-1]


def _figures(version: Version) -> dict[str, str]:
    one, incident = version.entry, version.incident
    if one is None or incident is None:
        return {}
    main = timing.main_episode(incident)
    start, end = timing.lead_start(main), timing.lead_end(main)
    items = one.complete
    found = {
        "Main episode": main.name,
        "Start the archive leads with": words.time(start.at),
        "Independent origins of that very time": str(timing.confirmations(main.start, start)),
        "Independent origins of its start": str(timing.spread(main.start).origins),
        "End the archive leads with": words.time(end.at) if end else str(main.end),
        "How long": "ongoing" if main.end == "ongoing" else words.span(one.lasted),
        "Standing of the cause": one.standing,
        "Sources": str(one.count.sources),
        "Sources with an archived copy": str(one.count.archived),
        "Completeness": f"{sum(not item.lacks for item in items)} of {len(items)}",
        "Withdrawn": "yes" if one.is_withdrawn else "no",
    }
    if end:
        found["Independent origins of that very end"] = str(timing.confirmations(main.ends, end))
    return found | _measured(version.measurement)


def _measured(one: Measurement | None) -> dict[str, str]:
    if one is None:
        return {"Evidence": "reported only"}
    found = {
        "Evidence": "routing measured here",
        "Measured: peers": str(one.peers),
        "Measured: prefixes": f"{one.figures.prefixes:,}",
        "Measured: stretches of outage": str(len(one.stretches)),
        "Measured: flaps": f"{one.figures.flaps:,}",
    }
    if one.main:
        start, end = one.main
        found["Measured: longest outage"] = f"{start:%Y-%m-%d %H:%M:%S} to {end:%Y-%m-%d %H:%M:%S}"
        found["Measured: its length"] = words.duration(int((end - start).total_seconds()), 3)
    return found
