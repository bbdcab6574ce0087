"""What the preview follows: the files that changed, each with the page it is shown at."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path, PurePosixPath

from generator.build import Checked, settings_of
from generator.check.beside import Together, beside
from generator.check.rules import check_together
from generator.derive.catalogue import Catalogue
from generator.derive.entry import entry_of
from generator.engine import PublishError, build_here
from generator.hardening import hardened
from generator.linking import bound_pages, links_of, nav_pages
from generator.model.problem import Problem
from generator.pages import Task, make
from generator.read.archive import Record
from generator.read.folders import Place, find_one
from generator.render.among import Among, among_the_others
from generator.render.archive import site_of
from generator.render.problems import as_text, urgent_first
from generator.studies import Whole, questions, recalled
from generator.writing import link, write_atomically, write_if_changed

_RECORDS = (
    "incidents/*/*/incident.yaml",
    "incidents/*/*/links.yaml",
    "incidents/*/*/routing",
    "incidents/*/*/routing/*",
)
_OTHERS = ("docs/**/*", "generator/**/*.*", "mkdocs.yml")
_PROBLEMS = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>To be mended: {name}</title>
<body>
<h1>{name} is to be mended</h1>
<pre style="white-space: pre-wrap; overflow-wrap: anywhere">{told}</pre>
<p>The page is back as soon as a mended file is saved.</p>
</body>
</html>
"""


class Maker:
    """Makes one page anew, among the others as they are known."""

    def __init__(self, project: Path, checked: Checked, *, documentation_space: bool) -> None:
        self._project, self._space = project, documentation_space
        self._build = project / "build"
        self._site = site_of(settings_of(project))
        self._beside = {one.beside.id: one.beside for one in checked.studies if one.beside}
        self._entries = {one.entry.id: one.entry for one in checked.studies if one.entry}

    def record(self, folder: Path) -> tuple[bytes | None, list[Problem]]:
        """Return the page of the record in a folder, None where it is broken, and its problems."""
        place, problems = find_one(folder, self._project)
        page, found = None, list(problems)
        if place is not None:
            (asked,) = questions(
                [place], self._project, measure=True, documentation_space=self._space
            )
            study = recalled(asked)
            found += [*study.problems, *self._beside_others(place, study)]
            if study.record and not any(one.severity == "error" for one in found):
                page = self._incident(
                    Task(asked, self._among(study.record, study), self._site, self._build, "")
                )
        return page, urgent_first(found)

    def _beside_others(self, place: Place, study: Whole) -> Iterable[Problem]:
        if study.record is None:
            return []
        self._beside[place.id] = beside(study.record)
        records = tuple(self._beside[key] for key in sorted(self._beside))
        return [one for one in check_together(Together(records)) if one.file == place.shown]

    def _among(self, record: Record, study: Whole) -> Among:
        entry = entry_of(record, study.measurement)
        self._entries[entry.id] = entry
        return among_the_others(entry, Catalogue([self._entries[k] for k in sorted(self._entries)]))

    def _incident(self, task: Task) -> bytes:
        make(task)
        name = f"incidents/{task.question.place.id}/index.md"
        return self._html(name, nav_pages(self._project), ())

    def handwritten(self, name: str) -> bytes:
        """Return the page of a file of ``docs``, with its links to others as they are."""
        pages, text = self._build / "pages", (self._project / "docs" / name).read_bytes()
        write_atomically(pages / name, text)
        links = {path.relative_to(pages).as_posix(): list[str]() for path in pages.rglob("*.md")}
        links[name] = links_of(name, text.decode("utf-8", "replace"))
        bound, files = bound_pages(links, pages, nav_pages(self._project))
        return self._html(name, bound - {name}, files)

    def _html(self, name: str, others: Iterable[str], files: Iterable[str]) -> bytes:
        """Build one page, with stand-ins for the pages that it leads to."""
        pages, work = self._build / "pages", self._build / "preview"
        shutil.rmtree(work, ignore_errors=True)
        for one in others:
            write_if_changed(work / "docs" / one, "---\ntitle: Elsewhere\n---\n")
        for one in (name, *files):
            (work / "docs" / one).unlink(missing_ok=True)
            link(pages / one, work / "docs" / one)
        build_here(self._project, work / "docs", pages, work, work / "made")
        path = PurePosixPath(_address(name).lstrip("/"), "index.html")
        html, _ = hardened(work / "made" / path, pages, work)
        return html.encode()


class Watcher:
    """Looks which files changed, and has shown what they are about."""

    def __init__(self, project: Path, maker: Maker, show: Callable[[str, bytes], None]) -> None:
        self._project, self._maker, self._show = project, maker, show
        self._seen = self._state()

    def _state(self) -> Mapping[Path, float]:
        wanted = (path for one in (*_RECORDS, *_OTHERS) for path in self._project.glob(one))
        return {path: _changed(path) for path in wanted if "__pycache__" not in path.parts}

    def look(self) -> None:
        """Show anew what changed since the last look, or what is wrong with it."""
        now = self._state()
        names = {
            path.relative_to(self._project)
            for path in now.keys() | self._seen.keys()
            if self._seen.get(path) != now.get(path)
        }
        self._seen = now
        for folder in sorted(
            {Path(*one.parts[:3]) for one in names if one.parts[0] == "incidents"}
        ):
            self._follow(f"/incidents/{folder.name}/", folder.as_posix(), self._record)
        for one in sorted(one for one in names if one.parts[0] == "docs" and one.suffix == ".md"):
            name = one.relative_to("docs").as_posix()
            self._follow(_address(name), one.as_posix(), self._handwritten)
        for one in sorted(one for one in names if one.parts[0] in ("generator", "mkdocs.yml")):
            say(f"{one.as_posix()} changed: end this with Ctrl+C and start it again to see that.")

    def _follow(
        self, address: str, shown: str, made: Callable[[str], tuple[bytes | None, list[str]]]
    ) -> None:
        try:
            page, told = made(shown)
        except (PublishError, OSError, ValueError) as refused:
            page, told = None, [str(refused)]
        for one in told:
            say(one)
        self._show(address, page or _of_problems(shown, told))
        say(f"{shown} is shown anew." if page else f"{shown} is to be mended; its page says so.")

    def _record(self, shown: str) -> tuple[bytes | None, list[str]]:
        page, problems = self._maker.record(self._project / shown)
        return page, [as_text(one) for one in problems]

    def _handwritten(self, shown: str) -> tuple[bytes | None, list[str]]:
        return self._maker.handwritten(shown.removeprefix("docs/")), []


def say(text: str) -> None:
    """Tell whoever started the preview."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _address(name: str) -> str:
    """Return where the page of a Markdown file is shown: ``/about/`` for ``about.md``."""
    stem = name.removesuffix(".md")
    return f"/{stem}/".removesuffix("index/") if stem.split("/")[-1] == "index" else f"/{stem}/"


def _of_problems(shown: str, told: Iterable[str]) -> bytes:
    return _PROBLEMS.format(name=escape(shown), told=escape("\n".join(told))).encode()


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # an editor's temporary file, gone again
        return 0.0
