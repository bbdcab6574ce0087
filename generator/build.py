"""The one order of work: read, check, derive, render, write. Stops whole at the first problem."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from generator.check.rules import check_archive
from generator.model.problem import BrokenInputError, Problem
from generator.read.archive import Archive, Record, read_archive
from generator.render.chart import Chart, Drawn, named
from generator.site import PublishError, commit_of, publish
from generator.swap import one_at_a_time

__all__ = ["PublishError", "build", "check", "write_pages"]

if TYPE_CHECKING:
    from generator.read.evidence import Evidence

Files = Mapping[str, str | bytes]


@dataclass(frozen=True)
class Checked:
    """What was read and found sound or not: records, evidence by incident, every problem."""

    archive: Archive
    evidence: Mapping[str, Evidence]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(one for one in self.problems if one.severity == "error")


def check(project: Path, *, documentation_space: bool = False) -> Checked:
    """Return the archive of ``project`` with every problem of records and evidence, in order."""
    archive, problems = read_archive(project)
    problems = [*problems, *check_archive(archive, documentation_space=documentation_space)]
    evidence: dict[str, Evidence] = {}
    for record in archive.records:
        if record.evidence_folder:
            problems += _read_evidence(project, record, evidence)
    return Checked(archive, evidence, tuple(sorted(set(problems))))


def _read_evidence(project: Path, record: Record, into: dict[str, Evidence]) -> tuple[Problem, ...]:
    from generator.read.evidence import read_evidence  # noqa: PLC0415  (pandas is slow to load)

    if record.evidence_folder is None:
        return ()
    try:
        into[record.id] = read_evidence(record.evidence_folder, project)
    except BrokenInputError as broken:
        return broken.problems
    return ()


def write_pages(project: Path, *, documentation_space: bool = False) -> Checked:
    """Bring ``build/pages`` and ``build/extracts`` up to date, touching only what changed.

    Raises BrokenInputError, with nothing written, when a record or its evidence is broken.
    """
    from generator.render.archive import archive_files  # noqa: PLC0415  (pandas is slow to load)

    checked = check(project, documentation_space=documentation_space)
    if checked.errors:
        raise BrokenInputError(*checked.problems)
    cache = Cache(project / "build" / "cache" / "charts")
    files = archive_files(checked.archive, checked.evidence, _settings(project), cache.draw)
    pages = {**_handwritten(project), **files.pages, **_frozen(checked.archive)}
    write_tree(project / "build" / "pages", pages)
    write_tree(project / "build" / "extracts", files.extracts)
    return checked


def build(project: Path, *, documentation_space: bool = False) -> Path:
    """Build the whole site and return its folder; the previous site stays until it is done.

    Raises BrokenInputError for a broken record, PublishError for pages that must not go out.
    """
    folder = (project / "build").resolve()
    with one_at_a_time(folder):
        write_pages(project, documentation_space=documentation_space)
        publish(project, folder / "pages", folder / "extracts", folder / "site")
    return folder / "site"


def _settings(project: Path) -> dict[str, str]:
    """Return the site's address and repository from ``mkdocs.yml``, and the commit built."""
    wanted = ("site_url", "repo_url")
    lines = (project / "mkdocs.yml").read_text("utf-8").splitlines()
    pairs = (line.split(":", 1) for line in lines if line.split(":", 1)[0] in wanted)
    found = {key: value.split(" #")[0].strip().strip("\"'") for key, value in pairs}
    return {**{key: found.get(key, "") for key in wanted}, "commit": commit_of(project)}


def _handwritten(project: Path) -> Files:
    """Return what people write for the site: the pages of ``docs/`` and the theme's assets."""
    files: dict[str, str | bytes] = {}
    for folder, below in ((project / "docs", ""), (ASSETS, "assets/")):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                files[below + path.relative_to(folder).as_posix()] = path.read_bytes()
    return files


def _frozen(archive: Archive) -> Files:
    """Return the evidence as it lies beside the records, for readers to recompute from."""
    return {
        f"incidents/{record.id}/{record.evidence_folder.name}/{path.name}": path.read_bytes()
        for record in archive.records
        if record.evidence_folder
        for path in sorted(record.evidence_folder.iterdir())
    }


ASSETS = Path(__file__).parent / "render" / "assets"


class Cache:
    """Drawn charts by the hash of what they show and of the code that drew them.

    Deleting the folder is always safe.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._drawn_by = _drawing_code()

    def draw(self, chart: Chart) -> Drawn:
        """Return the chart drawn and named, from the cache when it was drawn before."""
        drawn = self._drawn(replace(chart, title="", description=""))
        return replace(drawn, svg=named(drawn.svg, chart))

    def _drawn(self, chart: Chart) -> Drawn:
        key = hashlib.sha256(f"{self._drawn_by} {chart!r}".encode()).hexdigest()
        svg, spec = self.folder / f"{key}.svg", self.folder / f"{key}.json"
        if svg.is_file() and spec.is_file():
            return Drawn(svg.read_text("utf-8"), spec.read_text("utf-8"))
        from generator.render.draw import draw  # noqa: PLC0415  (altair is slow to load)

        drawn = draw(chart)
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomically(spec, drawn.spec.encode())
        write_atomically(svg, drawn.svg.encode())
        return drawn


def _drawing_code() -> str:
    """Return a hash of whatever decides how a chart looks, beside its data."""
    render = Path(__file__).parent / "render"
    kinds = ("aligned", "calendar", "labels", "overview", "seen", "timeline", "worldmap")
    parts = ("legend", "panels", "strips", "vias")
    files = [render / f"{name}.py" for name in ("chart", "charts", "draw", "svg", *kinds, *parts)]
    files += sorted((render / "geography").glob("*.json"))
    code = b"".join(file.read_bytes() for file in files)
    versions = ", ".join(version(name) for name in ("altair", "vl-convert-python"))
    return hashlib.sha256(code + versions.encode()).hexdigest()


def write_tree(folder: Path, files: Files) -> None:
    """Make ``folder`` hold exactly ``files``; a file whose bytes are right is not touched."""
    wanted = {folder / name: _bytes(content) for name, content in files.items()}
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif not path.is_dir() and path not in wanted:
            path.unlink()
    for path, content in wanted.items():
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, content)


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a kill, never meets half of it."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
