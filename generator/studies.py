"""Every record read, checked and measured, each in a worker and once for as long as it stays so."""

from __future__ import annotations

import gc
import io
import pickle  # nosec B403  (reads only what this program put into its own cache)
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cache import Cache, code, key_of
from generator.check.rules import check_record
from generator.crew import Crew
from generator.model.problem import BrokenInputError, Problem
from generator.read.archive import Record, read_place
from generator.read.folders import LINKS_FILE, Place
from generator.read.later import later

if TYPE_CHECKING:
    from generator.derive.measurement import Measurement


@dataclass(frozen=True)
class Study:
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
    cache = project / "build" / "cache" / "studies"
    return [
        Question(one, project, cache, measure, documentation_space, key_of(how, *_contents(one)))
        for one in places
    ]


def studied(asked: list[Question], crew: Crew) -> list[Study]:
    """Return what was found, in order; what is not in the cache is worked out by the crew.

    Measurements come without their rows, by far the most of them: of thousands that is gigabytes,
    and nothing that is about several incidents looks at them.
    """
    if not asked:
        return []
    cache = Cache(asked[0].cache)
    missing = [one for one in asked if cache.get(one.key) is None]
    for _ in crew.map(_keep, missing):
        pass
    with _no_collection():
        return [_load(cache.get(one.key) or _work_out(one)) for one in asked]


def recalled(question: Question) -> Study:
    """Return a study, rows and all, worked out again where it is not in the cache any more."""
    return _load(Cache(question.cache).get(question.key) or _work_out(question), rows=True)


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


def _keep(question: Question) -> None:
    _work_out(question)


def _work_out(question: Question) -> bytes:
    """Return a study without its rows, and after it the rows if there are any."""
    found, raw = study(question), b""
    if found.measurement:
        rows = found.measurement.rows
        found = replace(found, measurement=replace(found.measurement, rows=rows.iloc[:0]))
        raw = pickle.dumps(rows, protocol=5)
    raw = pickle.dumps(found, protocol=5) + raw
    Cache(question.cache).put(question.key, raw)
    return raw


def study(question: Question) -> Study:
    """Return what is found in a record's folder, the cache left alone."""
    place = question.place
    record, problems = read_place(place)
    if record is None:
        return Study(None, tuple(problems))
    rules = check_record(record, documentation_space=question.documentation_space)
    measurement, more = _evidence(question)
    light = replace(record, document=later(place.path, place.shown))
    return Study(light, (*problems, *rules, *more), measurement)


def _evidence(question: Question) -> tuple[Measurement | None, tuple[Problem, ...]]:
    folder = question.place.evidence_folder
    if folder is None:
        return None, ()
    # Late: pandas is slow to load, and most records have no evidence.
    from generator.derive.measurement import measurement  # noqa: PLC0415
    from generator.read.evidence import read_evidence  # noqa: PLC0415

    try:
        evidence = read_evidence(folder, question.project)
    except BrokenInputError as broken:
        return None, broken.problems
    return (measurement(evidence) if question.measure else None), ()


def _load(raw: bytes, *, rows: bool = False) -> Study:
    # Our own, and its sum was right.
    stream = io.BytesIO(raw)
    found: Study = pickle.load(stream)  # noqa: S301  # nosec B301
    if rows and found.measurement:
        whole = replace(found.measurement, rows=pickle.load(stream))  # noqa: S301  # nosec B301
        found = replace(found, measurement=whole)
    return found


@contextmanager
def _no_collection() -> Iterator[None]:
    """Make many objects without looking for garbage among them: a third of the time.

    What was made is then left out of every later look.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
