"""A tracker's export as drafts: each row is drafted, or there is a reason why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.drafting import Shelf, drafted, moved, place
from generator.model.problem import BrokenInputError, Problem
from generator.model.sketch import Notice
from generator.model.trackers import Tracker
from generator.model.values import Moment
from generator.read.tracker import cloudflare_radar, ioda, keepiton
from generator.read.tracker.rows import EXPORT, Row
from generator.render.notice import sketch_of

# A new tracker is a module and a line here.
_READERS: dict[Tracker, tuple[Callable[[bytes, str], list[Row]], Callable[[Row], Notice]]] = {
    Tracker.IODA: (ioda.rows, ioda.notice),
    Tracker.CLOUDFLARE_RADAR: (cloudflare_radar.rows, cloudflare_radar.notice),
    Tracker.KEEPITON: (keepiton.rows, keepiton.notice),
}


@dataclass
class Harvest:
    """What came of an export: files written, rows that contradict themselves or cannot be used,
    and rows that are left out because the incident is there already.
    """

    rows: int
    refused_rows: int = 0
    written: list[Path] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    doubles: list[Problem] = field(default_factory=list)

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Take note of a row that cannot be used."""
        self.refused_rows += 1
        self.refused += problems


def harvest(tracker: Tracker, file: Path, to: Path, on: Moment, shelf: Shelf) -> Harvest:
    """Return what came of an export; each draft is ``to/<year>/<id>/incident.yaml``.

    Raises BrokenInputError where the file as a whole cannot be read, or a draft not be written.
    """
    rows_of, notice_of = _READERS[tracker]
    rows = rows_of(contents(file, EXPORT.size_bytes), file.as_posix())
    found = Harvest(len(rows))
    for row in rows:
        try:
            notice = notice_of(row)
        except BrokenInputError as broken:
            found.refuse(broken.problems)
            continue
        draft = drafted(sketch_of(notice, on), documentation_space=shelf.documentation_space)
        if draft.problems:
            found.refuse([_at(row, problem) for problem in draft.problems])
        elif again := shelf.doubled(draft):
            found.doubles.append(row.problem("", *again[0]))
        elif (to / draft.id[:4] / draft.id).exists():
            what = f"{(to / draft.id[:4] / draft.id).as_posix()} is there already"
            cure = "Move it into incidents/, or delete it to have it drafted again."
            found.doubles.append(row.problem("", what, cure))
            shelf.add(draft, "drafted before")
        else:
            found.written.append(place(draft, to))
            shelf.add(draft, f"drafted from {_shown(row)}")
    return found


def contents(file: Path, most_bytes: int) -> bytes:
    """Return what a file holds, one byte more than it may at most; or say why it cannot be read."""
    try:
        with file.open("rb") as stream:
            return stream.read(most_bytes + 1)
    except OSError as error:
        what = f"cannot be read: {error.strerror or error}"
        cure = "Name a file that you may read."
        raise BrokenInputError(Problem(file.as_posix(), 0, "", what, cure)) from None


def _at(row: Row, problem: Problem) -> Problem:
    field_of_draft = f"{row.path}: {problem.field}" if row.path else problem.field
    return moved(problem, row.file, row.line, field_of_draft)


def _shown(row: Row) -> str:
    return f"line {row.line}" if row.line else row.path
