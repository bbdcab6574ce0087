"""The one order of work: read, check, derive, render, write. Stops whole at the first problem."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.check.beside import Together
from generator.check.rules import check_together
from generator.crew import Crew, WorkerLostError, crew
from generator.engine import PublishError, commit_of
from generator.model.problem import BrokenInputError, Problem
from generator.read.folders import find_records
from generator.render.stylesheet import compact
from generator.site import publication
from generator.studies import Question, Study, is_first_check, questions, studied
from generator.writing import Files

__all__ = ["PublishError", "WorkerLostError", "build", "check", "write_pages"]

ASSETS = Path(__file__).parent / "render" / "assets"


@dataclass(frozen=True)
class Checked:
    """What was read and found sound or not: every problem, and of each record what was found.

    ``broken`` are the ids of records that could not be read.
    """

    problems: tuple[Problem, ...]
    asked: tuple[Question, ...]
    studies: tuple[Study, ...]
    broken: frozenset[str]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(one for one in self.problems if one.severity == "error")

    @property
    def readable(self) -> int:
        """How many records could be read."""
        return sum(one.beside is not None for one in self.studies)


def check(project: Path, *, documentation_space: bool = False) -> Checked:
    """Return every problem of the records and evidence of ``project``, in order."""
    with crew("generator.studies", "generator.read.evidence") as workers:
        return _checked(project, workers, measure=False, documentation_space=documentation_space)


def _checked(project: Path, workers: Crew, *, measure: bool, documentation_space: bool) -> Checked:
    found = find_records(project)
    if measure or is_first_check(project):
        workers.expect(len(found.places))
    asked = questions(
        found.places, project, measure=measure, documentation_space=documentation_space
    )
    studies = studied(asked, workers)
    records = tuple(one.beside for one in studies if one.beside)
    unread = {q.place.id for q, one in zip(asked, studies, strict=True) if not one.beside}
    broken = found.broken | unread
    problems = {*found.problems, *_all(studies), *check_together(Together(records, broken))}
    return Checked(tuple(sorted(problems)), tuple(asked), tuple(studies), broken)


def _all(studies: Iterable[Study]) -> Iterable[Problem]:
    return (problem for one in studies for problem in one.problems)


def write_pages(
    project: Path, extracted: Callable[[], None] | None = None, *, documentation_space: bool = False
) -> Checked:
    """Bring ``build/pages`` and ``build/extracts`` up to date, touching only what changed.

    ``extracted`` is called as soon as the extracts are, and most of the work is done.

    Raises BrokenInputError, with nothing written, when a record or its evidence is broken;
    WorkerLostError when a worker was killed: what was made by then is right, and stays.
    """
    with crew() as workers:
        checked = _checked(project, workers, measure=True, documentation_space=documentation_space)
        if checked.errors:
            raise BrokenInputError(*checked.problems)
        # Late: what draws and fills templates is slow to load, and a check needs none of it.
        from generator.pages import Wanted, bring_up_to_date  # noqa: PLC0415
        from generator.render.archive import site_of  # noqa: PLC0415

        settings, written = settings_of(project), _handwritten(project)
        site, commit = site_of(settings), settings["commit"]
        entries = tuple(one.entry for one in checked.studies if one.entry)
        wanted = Wanted(project / "build", checked.asked, entries, site, commit, written)
        bring_up_to_date(wanted, workers, extracted)
    return checked


def build(project: Path, *, documentation_space: bool = False) -> Path:
    """Build the whole site and return its folder; the previous site stays until it is done.

    Raises BrokenInputError for a broken record, PublishError for pages that must not go out,
    WorkerLostError when a worker was killed.
    """
    folder = (project / "build").resolve()
    site = folder / "site"
    with publication(project, folder / "pages", folder / "extracts", site) as made:
        made.begin_copy()
        write_pages(project, made.begin_index, documentation_space=documentation_space)
        # The index needs the room: records are gone, but 70 MB of ten thousand are not given back
        # while empty tuples that Python keeps for the next lie among them.
        gc.collect()
        made.finish()
    return site


def settings_of(project: Path) -> dict[str, str]:
    """Return the site's address and repository from ``mkdocs.yml``, and the commit built."""
    wanted = ("site_url", "repo_url")
    lines = (project / "mkdocs.yml").read_text("utf-8").splitlines()
    pairs = (line.split(":", 1) for line in lines if line.split(":", 1)[0] in wanted)
    found = {key: value.split(" #")[0].strip().strip("\"'") for key, value in pairs}
    return {**{key: found.get(key, "") for key in wanted}, "commit": commit_of(project)}


def _handwritten(project: Path) -> Files:
    """Return what people write for the site: the pages of ``docs/`` and the theme's assets.

    Style sheets are without their comments and blank space, a fifth of what a reader would load.
    """
    files: dict[str, str | bytes] = {}
    for folder, below in ((project / "docs", ""), (ASSETS, "assets/")):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                files[below + path.relative_to(folder).as_posix()] = _published(path)
    return files


def _published(path: Path) -> bytes:
    is_sheet = path.suffix == ".css"
    return compact(path.read_text("utf-8")).encode() if is_sheet else path.read_bytes()
