"""Every record read, checked and measured, each in a worker and once for as long as it stays so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cache import Cache, code, keep_in, kept_in, key_of
from generator.check.beside import Beside, beside
from generator.check.rules import check_record
from generator.crew import Crew
from generator.model.problem import BrokenInputError, Problem
from generator.packing import pack, unpack, unpack_each
from generator.read.archive import Record, read_place
from generator.read.folders import LINKS_FILE, Place
from generator.read.later import later

if TYPE_CHECKING:
    from generator.derive.entry import Entry
    from generator.derive.measurement import Measurement


# Two parts of the cache: what every build reads of every record, and is in one file, as ten
# thousand are slow to open; and the rest, a file for each.
_LIGHT, _WHOLE = "light.pickle", "whole"


@dataclass(frozen=True)
class Study:
    """What all records side by side need of one: every problem, and little more.

    ``beside`` is None where the record is broken; ``entry``, its row of the catalogue, also where
    only problems were asked for.
    """

    problems: tuple[Problem, ...]
    beside: Beside | None
    entry: Entry | None = None


@dataclass(frozen=True)
class Whole:
    """What one record's folder holds: the record unless it is broken, and every problem.

    ``measurement`` is None where nothing is frozen, where it is broken, and where only problems
    were asked for.
    """

    record: Record | None
    problems: tuple[Problem, ...]
    measurement: Measurement | None = None


@dataclass(frozen=True)
class Question:
    """What to study and how; ``key`` stands for all of it, the bytes of the folder included."""

    place: Place
    project: Path
    cache: Path
    measure: bool
    documentation_space: bool
    key: str


def questions(
    places: Iterable[Place], project: Path, *, measure: bool, documentation_space: bool
) -> list[Question]:
    """Return what to study; reads every byte of every record and its evidence, and no more."""
    how = f"{code()} {measure} {documentation_space}"
    cache = _cache_of(project, measure=measure)
    return [
        Question(one, project, cache, measure, documentation_space, key_of(how, *_contents(one)))
        for one in places
    ]


def _cache_of(project: Path, *, measure: bool) -> Path:
    # Each kind of its own, as what is asked for no more is removed.
    return project / "build" / "cache" / "studies" / ("measured" if measure else "checked")


def is_first_check(project: Path) -> bool:
    """Return whether nothing is kept of a check, so that all will have to be worked out."""
    return not (_cache_of(project, measure=False) / _LIGHT).is_file()


def studied(asked: list[Question], crew: Crew) -> list[Study]:
    """Return what was found, in order; what is not in the cache is worked out by the crew.

    Whole records and measurements stay in the cache: of thousands they are gigabytes. What is
    there of other records, or of these as they were, is removed.
    """
    if not asked:
        return []
    cache = asked[0].cache
    before = _lights(cache / _LIGHT)
    missing = [one for one in asked if one.key not in before]
    made = zip((one.key for one in missing), crew.map(_keep, missing), strict=True)
    known = {**before, **dict(made)}
    if missing:
        keep_in(cache / _LIGHT, pack({one.key: known[one.key] for one in asked}))
        Cache(cache / _WHOLE).prune({one.key for one in asked})
    return unpack_each((known[one.key] for one in asked), Study)


def _lights(path: Path) -> dict[str, bytes]:
    """Every study that was kept, pickled, by its key."""
    raw = kept_in(path)
    return unpack(raw, dict) if raw else {}


def recalled(question: Question) -> Whole:
    """Return all that is in a record's folder, worked out again where the cache has it not."""
    return _kept(question) or study(question)


def _kept(question: Question) -> Whole | None:
    raw = Cache(question.cache / _WHOLE).get(question.key)
    return None if raw is None else unpack(raw, Whole)


def _contents(place: Place) -> Iterator[str | bytes]:
    yield place.shown
    files = [place.path, *_if_there(place.path.with_name(LINKS_FILE))]
    if place.evidence_folder:
        files += sorted(place.evidence_folder.iterdir())
    for file in files:
        yield file.name
        try:
            yield file.read_bytes()
        except OSError as error:
            yield repr(error)


def _if_there(path: Path) -> Iterator[Path]:
    if path.is_file() and not path.is_symlink():
        yield path


def _keep(question: Question) -> bytes:
    """Study a record, keep the whole where it is wanted again, and return the rest, pickled."""
    whole = (_kept(question) or _kept_anew(question)) if question.measure else study(question)
    record, entry = whole.record, None
    if record and question.measure:
        # Late: pandas is slow to load, and a check needs little of it.
        from generator.derive.entry import entry_of  # noqa: PLC0415

        entry = entry_of(record, whole.measurement)
    light = Study(whole.problems, beside(record) if record else None, entry)
    return pack(light)


def _kept_anew(question: Question) -> Whole:
    whole = study(question)
    Cache(question.cache / _WHOLE).put(question.key, pack(whole))
    return whole


def study(question: Question) -> Whole:
    """Return what is found in a record's folder, the cache left alone."""
    place = question.place
    record, problems = read_place(place)
    if record is None:
        return Whole(None, tuple(problems))
    rules = check_record(record, documentation_space=question.documentation_space)
    measurement, more = _evidence(question)
    light = replace(record, document=later(place.path, place.shown))
    return Whole(light, (*problems, *rules, *more), measurement)


def _evidence(question: Question) -> tuple[Measurement | None, tuple[Problem, ...]]:
    folder = question.place.evidence_folder
    if folder is None:
        return None, ()
    # Late: pandas is slow to load, and most records have no evidence.
    from generator.read.evidence import read_measurable  # noqa: PLC0415

    try:
        evidence = read_measurable(folder, question.project)
    except BrokenInputError as broken:
        return None, broken.problems
    if not question.measure:
        return None, ()
    from generator.derive.measurement import measurement  # noqa: PLC0415

    return measurement(evidence), ()
