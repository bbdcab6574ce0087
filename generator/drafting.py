"""Sketches turned into records: checked as any record is, held against the archive, written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from generator import build as building
from generator.check.beside import beside, elsewhere
from generator.check.related import Begun
from generator.check.rules import check_record
from generator.model.incident import Incident
from generator.model.problem import BrokenInputError, Problem
from generator.model.sketch import Sketch
from generator.read.archive import Record
from generator.read.folders import RECORD_FILE
from generator.read.record import load
from generator.render.sketch import identifier, record_text
from generator.writing import write_apart

_MEND = "Add to that record what this one says more: a claim, an episode, a source."


@dataclass(frozen=True)
class Drafted:
    """The text of a record, what was read back from it, and the errors that check finds in it."""

    id: str
    text: bytes
    record: Record | None
    problems: tuple[Problem, ...]


def drafted(sketch: Sketch, *, documentation_space: bool = False) -> Drafted:
    """Return what a sketch becomes. Advice is left out: a new record earns it at every turn."""
    record_id = _id(sketch)
    text = record_text(sketch, record_id).encode("utf-8", "surrogatepass")
    try:
        incident, document = load(Incident, text, RECORD_FILE)
    except BrokenInputError as broken:
        return Drafted(record_id, text, None, broken.problems)
    record = Record(record_id, Path(), RECORD_FILE, incident, document)
    found = check_record(record, documentation_space=documentation_space)
    errors = tuple(problem for problem in found if problem.severity == "error")
    return Drafted(record_id, text, record, errors)


def _id(sketch: Sketch) -> str:
    """The id; empty, as for a draft outside the archive, where the start is no time."""
    try:
        return identifier(sketch)
    except ValueError:
        return ""


class Shelf:
    """The archive and what was drafted beside it, to find out whether a draft is of something new.

    ``holders`` says of each id where it is from.
    """

    def __init__(self, project: Path, *, documentation_space: bool) -> None:
        self.documentation_space = documentation_space
        checked = building.check(project, documentation_space=documentation_space)
        records = [one.beside for one in checked.studies if one.beside]
        self.begun = Begun(records)
        self.holders = dict.fromkeys(
            sorted({record.id for record in records} | checked.broken), "of the archive"
        )
        self.elsewhere = {said: record.id for record in records for said in record.elsewhere}

    def doubled(self, draft: Drafted) -> list[tuple[str, str]]:
        """Return what is wrong and the cure, for each incident that a draft may be again."""
        record = draft.record
        if record is None:
            return []
        linked = (self.elsewhere.get(said) for said in elsewhere(record.incident))
        if same := next(filter(None, linked), None):
            return [(f"{same} names the same entry under `elsewhere`", _MEND)]
        if holder := self.holders.get(draft.id):
            return [(f"the id {draft.id} is taken, by one {holder}", _MEND)]
        named = {other.id for other in record.incident.related}
        return [
            (
                f"{other}, {self.holders[other]}, began within 48 hours of it, also in {shared}",
                _MEND,
            )
            for other, shared in self.near(draft).items()
            if other not in named
        ]

    def near(self, draft: Drafted) -> dict[str, str]:
        """Return the ids of incidents that began close by, and a place that each shares."""
        return self.begun.near(beside(draft.record)) if draft.record else {}

    def add(self, draft: Drafted, holder: str) -> None:
        """Know of one more draft, and where it is from."""
        if draft.record:
            self.begun.add(beside(draft.record))
            self.holders[draft.id] = holder
            self.elsewhere |= dict.fromkeys(elsewhere(draft.record.incident), draft.id)


def place(draft: Drafted, root: Path) -> Path:
    """Write a draft into ``root/<year>/<id>/`` and return its file.

    Raises BrokenInputError where that folder is there, or cannot be written.
    """
    folder = root / draft.id[:4] / draft.id
    try:
        write_apart(folder, RECORD_FILE, draft.text)
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        cure = "Make room, or give leave to write there; then run the same command again."
        if folder.exists():
            what = "is there already, and nothing is overwritten"
            cure = "Move or delete it, or call this one otherwise with --name."
        raise BrokenInputError(Problem(folder.as_posix(), 0, "", what, cure)) from None
    return folder / RECORD_FILE


def moved(problem: Problem, file: str, line: int, field: str | None = None) -> Problem:
    """Return a problem of a draft as one of the place where what it says was read."""
    return replace(problem, file=file, line=line, field=problem.field if field is None else field)
