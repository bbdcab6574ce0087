"""What a rule sees, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.check.beside import Beside, Together
from generator.check.citing import Written, written
from generator.model.incident import Incident
from generator.model.links import Links
from generator.model.problem import Severity
from generator.read.place import Path


@dataclass(frozen=True)
class Case:
    """One record as the rules see it.

    ``id`` is empty for a draft outside the archive. ``documentation_space`` admits the AS numbers
    and prefixes that are set aside for examples; ``frozen`` when routing evidence lies beside the
    record, ``links`` when its sources were ever asked for.
    """

    id: str
    incident: Incident
    documentation_space: bool = False
    frozen: bool = False
    links: Links | None = None

    @cached_property
    def written(self) -> Written:
        """Every text of the record, and every use of a source's key."""
        return written(self.incident)


@dataclass(frozen=True)
class Finding:
    """What a rule found: the path of the field at fault, what is wrong, and the cure."""

    path: Path
    what: str
    cure: str


@dataclass(frozen=True)
class Rule:
    """A rule about one record, under its number. Its function's docstring is its public text."""

    number: str
    find: Callable[[Case], Iterator[Finding]]
    severity: Severity = "error"


@dataclass(frozen=True)
class ArchiveRule:
    """A rule about records side by side, under its number."""

    number: str
    find: Callable[[Together], Iterator[tuple[Beside, Finding]]]
    severity: Severity = "error"


def text_of(rule: Rule | ArchiveRule) -> str:
    """Return the rule as a contributor should hear it, on one line."""
    return " ".join((rule.find.__doc__ or "").split())
