"""A file that was read: its tree, and the line of everything in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from generator.model.problem import Problem, Severity
from generator.read.place import Path, spelled


@dataclass(slots=True, eq=False)
class Lines:
    """The lines of a mapping or list: its own, those of its keys, and those of its values.

    ``values`` has the lines of each mapping or list in it, and the line of each text, left out
    where its key is on the same.
    """

    own: int
    keys: dict[str | int, int] = field(default_factory=dict)
    values: dict[str | int, Lines | int] = field(default_factory=dict)

    def of(self, path: Path) -> int:
        """Return the line of what the path leads to, or of the nearest thing around it."""
        here = self
        for part in path:
            below = here.values.get(part)
            if not isinstance(below, Lines):
                return below or here.keys.get(part, here.own)
            here = below
        return here.own

    def of_key(self, path: Path) -> int:
        """Return the line of the key that ends the path, or of the nearest thing around it."""
        here = self
        for part in path[:-1]:
            below = here.values.get(part)
            if not isinstance(below, Lines):
                return self.of(path)
            here = below
        return (here.keys.get(path[-1]) if path else None) or self.of(path)

    def add(self, double: Lines) -> None:
        """Add the lines of a mapping or list written once more under the same key.

        What the first lacks is then said to be missing where the second has it.
        """
        for part, below in double.values.items():
            mine = self.values.get(part)
            if isinstance(mine, Lines) and isinstance(below, Lines):
                mine.add(below)
            elif mine is None and part not in self.keys:
                self.values[part] = below
        self.keys = {**double.keys, **self.keys}


@dataclass(frozen=True, eq=False)
class Document:
    """A file as a tree of dict, list and str, and the line of everything in it."""

    file: str
    tree: dict[str, Any]
    lines: Lines

    def line(self, path: Path) -> int:
        """Return the line of a value, or of the nearest thing around it; counts from 1.

        A mapping or list is where its key is; a text where it begins.
        """
        return self.lines.of(path)

    def key_line(self, path: Path) -> int:
        """Return the line of the key that ends the path, or of the nearest thing around it."""
        return self.lines.of_key(path)

    def problem(
        self, path: Path, what: str, cure: str, rule: str = "", severity: Severity = "error"
    ) -> Problem:
        """Return a problem with the value at this path."""
        return Problem(self.file, self.line(path), spelled(path), what, cure, rule, severity)


@dataclass(frozen=True)
class Draft:
    """A document that could be read, and what is wrong in it.

    ``spoiled`` holds the paths whose value is a stand-in, so that nobody complains twice.
    """

    document: Document
    problems: tuple[Problem, ...]
    spoiled: frozenset[Path]
