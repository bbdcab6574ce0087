"""The lines of a record's fields, looked up only when there is something to say of one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.read.document import Document, Lines
from generator.read.place import Path as FieldPath
from generator.read.text import RECORD
from generator.read.yaml import draft


@dataclass(frozen=True, eq=False)
class LaterDocument(Document):
    """A document that reads its file again when asked for a line, and holds nothing till then.

    Ten thousand records with all their lines are gigabytes, and hardly any line is asked for.
    """

    path: Path

    def line(self, path: FieldPath) -> int:
        """Return the line of a value, or of the nearest thing around it; counts from 1."""
        return self._read().line(path)

    def key_line(self, path: FieldPath) -> int:
        """Return the line of the key that ends the path, or of the nearest thing around it."""
        return self._read().key_line(path)

    def _read(self) -> Document:
        return draft(self.path.read_bytes(), self.file, RECORD).document


def later(path: Path, file: str) -> LaterDocument:
    """Return the document of a sound record's file, not read yet."""
    return LaterDocument(file, {}, Lines(1), path)
