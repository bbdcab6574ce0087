"""Brings ``build/pages`` and ``build/extracts`` up to date; what did not change is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.cache import key_of
from generator.cards import Cards
from generator.crew import Crew
from generator.derive.catalogue import Catalogue
from generator.derive.entry import Entry
from generator.drawings import Drawings
from generator.exporting import Export, export, is_at_hand, settle
from generator.ledger import Written, read_ledger, untouched, write_ledger, written
from generator.lists import Lists, drawn_too, make_lists
from generator.pieces import Wish, keep_piece
from generator.render.among import Among, among_others
from generator.render.archive import dossier, incident_files
from generator.render.data import columns
from generator.render.incident import Site
from generator.searching import part_of, parts_of
from generator.studies import Question, recalled
from generator.writing import Files, write_tree


@dataclass(frozen=True)
class Task:
    """One incident whose files are to be made; its extract belongs to a part of the index."""

    question: Question
    among: Among
    site: Site
    build: Path
    part: str

    @cached_property
    def stamp(self) -> str:
        """What stands for all that the files are made from."""
        # As Python writes them: twice as fast as JSON, and plain values are all there are.
        among, site = repr(vars(self.among)), repr(vars(self.site))
        return key_of(self.question.key, among, site, self.part)


@dataclass(frozen=True)
class Wanted:
    """What the folders in ``build`` shall say: sound records, and what people wrote beside."""

    build: Path
    asked: Sequence[Question]
    entries: Sequence[Entry]
    site: Site
    commit: str
    handwritten: Files


def bring_up_to_date(
    wanted: Wanted, crew: Crew, extracted: Callable[[], None] | None = None
) -> None:
    """Make the folders of pages and extracts hold just what is wanted.

    ``extracted`` is called once the extracts are there and the crew has no more to do.

    The files of an incident are left as they are when neither the record nor what its page says
    of others nor the program has changed, and nobody has touched them since.
    """
    keys = tuple(one.key for one in wanted.asked)
    work = Lists(wanted.build, tuple(wanted.entries), keys, wanted.site)
    url, commit = wanted.site.url, wanted.commit
    data = Export(wanted.build, wanted.asked, wanted.entries, url, commit)
    lists = crew.start(make_lists, work, len(work.entries))
    with ThreadPoolExecutor(max_workers=1) as beside:
        early = beside.submit(export, data, crew) if is_at_hand(data) else None
        incidents = _incidents(wanted.build, _tasks(wanted), crew)
        exported = early or beside.submit(export, data, crew)
        names = _below(incidents.values())
        write_tree(wanted.build / "extracts", {}, names["extracts"])
        shared = drawn_too(work, lists(), crew)
        others = {*names["pages"], *shared, *exported.result()}
    if extracted:
        extracted()
    settle(data)
    write_tree(wanted.build / "pages", wanted.handwritten, others)


def _below(files: Iterable[Written]) -> dict[str, set[str]]:
    """Return the names of files below each of the two folders."""
    names: dict[str, set[str]] = {"pages": set(), "extracts": set()}
    for name in (name for some in files for name in some):
        folder, _, rest = name.partition("/")
        names[folder].add(rest)
    return names


def _tasks(wanted: Wanted) -> list[Task]:
    others = (among for _, among in among_others(Catalogue(wanted.entries)))
    parts = parts_of(len(wanted.entries))
    return [
        Task(asked, among, wanted.site, wanted.build, part_of(asked.place.id, parts))
        for asked, among in zip(wanted.asked, others, strict=True)
    ]


def _incidents(build: Path, tasks: Sequence[Task], crew: Crew) -> dict[str, Written]:
    """Make the files of each incident that changed; return those of all, by id."""
    ledger = build / "cache" / "pages.json"
    before: dict[str, Written] = read_ledger(ledger)
    stale = [one for one in tasks if not _stands(build, one.stamp, before)]
    made = dict(zip((one.stamp for one in stale), crew.map(make, stale), strict=True))
    after = {one.stamp: made.get(one.stamp) or before[one.stamp] for one in tasks}
    write_ledger(ledger, after)
    return after


def _stands(build: Path, stamp: str, ledger: Mapping[str, Written]) -> bool:
    files = ledger.get(stamp, {})
    return bool(files) and untouched(build, files)


def make(task: Task) -> Written:
    """Write the files of one incident; the record must be sound."""
    whole = recalled(task.question)
    if whole.record is None:
        raise AssertionError("a broken record is not published")
    one = dossier(whole.record, whole.measurement)
    wish = Wish(task.build, task.question, task.site.url)
    keep_piece(wish, columns.Dossier(one.entry, one.incident, one.measurement))
    drawings = Drawings(task.build / "cache" / "charts")
    found = incident_files(one, task.among, task.site, drawings.draw)
    cards = Cards(task.build / "cache" / "cards")
    painted = {name: cards.paint(card) for name, card in found.cards.items()}
    more = {**painted, **_frozen(task.question)}
    files = {f"pages/{name}": content for name, content in {**found.pages, **more}.items()}
    files |= {f"extracts/{task.part}/{name}": content for name, content in found.extracts.items()}
    return written(task.build, files.items())


def _frozen(question: Question) -> Files:
    """Return the evidence as it lies beside the record, for readers to recompute from."""
    folder = question.place.evidence_folder
    if folder is None:
        return {}
    home = f"incidents/{question.place.id}/{folder.name}"
    return {f"{home}/{path.name}": path.read_bytes() for path in sorted(folder.iterdir())}
