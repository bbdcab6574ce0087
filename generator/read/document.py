"""A file that was read: its tree, and the line of everything in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.model.problem import Problem, Severity
from generator.read.place import Path, spelled


@dataclass(frozen=True, eq=False)
class Document:
    """A file as a tree of dict, list and str, and the line of everything in it."""

    file: str
    tree: dict[str, Any]
    lines: dict[Path, int]
    key_lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """Return the line of a value, or of the nearest thing around it; counts from 1.

        A mapping or list is where its key is; a text where it begins.
        """
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def key_line(self, path: Path) -> int:
        """Return the line of the key that ends the path, or of the nearest thing around it."""
        return self.key_lines.get(path) or self.line(path)

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
