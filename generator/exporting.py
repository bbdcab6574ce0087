"""The archive as data, made by the crew: a piece of each incident, then merged into files.

What one process holds grows with the incidents only by their short parts: a piece is made, kept
and read alone. What did not change since the last build is left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

from generator.crew import Crew
from generator.derive.entry import Entry
from generator.ledger import read_ledger, untouched, write_ledger
from generator.merging import Made, Merge, merge
from generator.pieces import PieceError, Pieces, Wish, mend_piece
from generator.render.data.api import groups_of
from generator.render.data.edition import Edition, edition
from generator.render.data.files import Merged, files_about
from generator.render.data.package import Sum
from generator.render.data.streams import path_of
from generator.render.data.tables import TABLES
from generator.render.indexes import lastmod
from generator.studies import Question
from generator.writing import write_if_changed

_WHOLE = ("database", "streams", "lists")
_PART = 256  # incidents that are sooner exported here than by workers
_FEW_MISSING = 12
_MOST_PARTS = 24  # so that the crew takes each merge as a task of its own


@dataclass(frozen=True)
class Export:
    """What is to be exported, and of which edition of the site: incidents by date, and the row of
    the catalogue of each.
    """

    build: Path
    asked: Sequence[Question]
    entries: Sequence[Entry]
    url: str
    commit: str

    @cached_property
    def wishes(self) -> Sequence[Wish]:
        """The piece of each incident, the newest first."""
        return [Wish(self.build, one, self.url) for one in reversed(self.asked)]


def export(wanted: Export, crew: Crew) -> set[str]:
    """Bring the archive as data up to date below ``build/pages``; return its files' names.

    Raises WorkerLostError when a worker was killed, PublishError when somebody empties the cache
    meanwhile.
    """
    newest = wanted.entries[::-1]
    list(crew.map(mend_piece, _missing(wanted)))
    told = edition(wanted.url, wanted.commit, {one.attribution for one in newest})
    merges = list(_merges(wanted.build, tuple(one.key for one in wanted.wishes), told))
    made = _up_to_date(wanted, merges, crew)
    about = files_about(_merged(made), newest, told, lastmod(newest))
    for name, text in about.items():
        write_if_changed(wanted.build / "pages" / name, text)
    return {*about, *(name for one in made for name in one.files)}


def is_at_hand(wanted: Export) -> bool:
    """Say whether the pieces of all incidents but a few are there, so that exports can begin."""
    return len(_missing(wanted)) <= _FEW_MISSING


def settle(wanted: Export) -> None:
    """Remove the pieces of incidents as they were; when no piece is being made any more."""
    Pieces(wanted.build).prune({one.key for one in wanted.wishes})


def _missing(wanted: Export) -> list[Wish]:
    pieces = Pieces(wanted.build)
    return [one for one in wanted.wishes if not pieces.has(one.key)]


def _parts(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    size = max(_PART, -(-len(keys) // _MOST_PARTS))
    return (keys[at : at + size] for at in range(0, len(keys), size))


def _merges(build: Path, keys: tuple[str, ...], told: Edition) -> Iterator[Merge]:
    """Yield every merge, the longest first, so that the others are done beside it."""
    for kind in _WHOLE:
        yield Merge(kind, keys, build, told)
    for part in _parts(keys):
        yield Merge("records", part, build, told)


def _up_to_date(wanted: Export, merges: Sequence[Merge], crew: Crew) -> list[Made]:
    """Do the merges whose pieces or files are not those of the last build; return what all made."""
    ledger = wanted.build / "cache" / "exports.json"
    before = _before(ledger)
    stamps = [one.stamp for one in merges]
    stale = {
        stamp: one
        for stamp, one in zip(stamps, merges, strict=True)
        if stamp not in before or not untouched(one.pages, before[stamp].files)
    }
    if stale:
        groups = groups_of(wanted.entries[::-1])
        tasks = [
            replace(one, groups=groups) if one.kind == "lists" else one for one in stale.values()
        ]
        few = 2 if len(wanted.asked) > _PART else len(tasks) + 1
        before |= zip(stale, _done(tasks, wanted.wishes, crew, few), strict=True)
        write_ledger(ledger, {stamp: asdict(before[stamp]) for stamp in stamps})
    return [before[stamp] for stamp in stamps]


def _done(tasks: Sequence[Merge], wishes: Sequence[Wish], crew: Crew, few: int) -> list[Made]:
    """Do merges; where a piece is missing or damaged, see that all are there and begin again.

    To look at ten thousand pieces before takes as long as to merge them.
    """
    try:
        return list(crew.map(merge, tasks, few))
    except PieceError:
        list(crew.map(mend_piece, wishes))
        return list(crew.map(merge, tasks, few))


def _before(ledger: Path) -> dict[str, Made]:
    try:
        return {stamp: Made(**made) for stamp, made in read_ledger(ledger).items()}
    except TypeError:
        return {}


def _merged(made: Sequence[Made]) -> Merged:
    sizes = {name: state[1] for one in made for name, state in one.files.items()}
    sums = {name: found for one in made for name, found in one.sums.items()}
    counts: Counter[str] = Counter()
    for one in made:
        counts.update(one.counts)
    paths = {table.name: path_of(table) for table in TABLES}
    tables = {name: Sum(sizes[path], sums[path]) for name, path in paths.items()}
    return Merged(sizes, tables, counts)
