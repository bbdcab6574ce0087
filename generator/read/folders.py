"""Where the records of an archive lie: the folders, and what in them does not belong there."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from generator.model.problem import Problem
from generator.read.place import shortened
from generator.read.text import hidden_characters

RECORD_FILE = "incident.yaml"
EVIDENCE_FOLDER = "routing"
LINKS_FILE = "links.yaml"
_BESIDE = frozenset((RECORD_FILE, LINKS_FILE, EVIDENCE_FOLDER))
_EVIDENCE = frozenset(("messages.csv.gz", "visibility.csv.gz", "provenance.yaml"))

_YEAR = re.compile(r"[0-9]{4}")
_ID = re.compile(r"(?=.{1,80}\Z)([0-9]{4})-[0-9]{2}-[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+)*")

_LAYOUT = "A record is incidents/<year>/<id>/incident.yaml."
_NAME = "Name it like 2014-12-22-north-korea: the UTC date it began, then a-z, 0-9 and hyphens."


@dataclass(frozen=True)
class Place:
    """Where one record lies.

    ``shown`` is the file's name relative to the project, with forward slashes; ``id`` is empty
    for a draft outside the archive; ``evidence_folder`` is None where nothing is frozen.
    """

    id: str
    path: Path
    shown: str
    evidence_folder: Path | None = None


@dataclass(frozen=True)
class Found:
    """The records of an archive in order of their ids, none of them read yet.

    ``broken`` are the ids of folders without a record, ``problems`` what is wrong with folders.
    """

    places: tuple[Place, ...]
    broken: frozenset[str]
    problems: tuple[Problem, ...]


def find_records(root: Path) -> Found:
    """Return where the records of the archive below ``root/incidents`` lie.

    Symbolic links are reported and never followed.
    """
    walk = _Walk(root)
    walk.archive(root / "incidents")
    places = tuple(sorted(walk.places, key=lambda place: place.id))
    return Found(places, frozenset(walk.broken), tuple(sorted(set(walk.problems))))


def find_one(path: Path, root: Path | None = None) -> tuple[Place | None, tuple[Problem, ...]]:
    """Return where the record of a file or folder lies, None where there is none, and problems.

    A file called ``incident.yaml`` must lie in a folder named by its id, in its year's folder
    when that lies in the archive. A file of any other name is a draft. Problems name paths
    relative to ``root``, or to the project that holds the archive, or as given.
    """
    is_folder = path.is_dir() and not path.is_symlink()
    walk = _Walk(root or _project_of(path))
    if is_folder or path.name == RECORD_FILE:
        walk.record_folder(path if is_folder else path.parent)
    elif path.is_symlink() or not path.is_file():
        walk.note(path, "no such file", "Name a record's folder, or a file of YAML.")
    else:
        walk.take(path, "")
    return (walk.places[0] if walk.places else None), tuple(walk.problems)


def _project_of(path: Path) -> Path:
    for folder in path.absolute().parents:
        if folder.name == "incidents":
            return folder.parent
    return path.parent


def unreadable(shown: str, error: OSError) -> Problem:
    """Return the problem of a file or folder that the system does not let us read."""
    why = (error.strerror or type(error).__name__).lower()
    cure = "Let everybody read it: chmod -R a+rX incidents"
    return Problem(shown, 0, "", f"cannot be read: {why}", cure)


@dataclass
class _Walk:
    """One walk over the archive: where records are, and what was wrong with folders."""

    root: Path
    places: list[Place] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def note(self, path: Path, what: str, cure: str) -> None:
        """Add a problem with a file or folder as a whole."""
        self.problems.append(Problem(self._name(path), 0, "", what, cure))

    def archive(self, incidents: Path) -> None:
        """Find every record of every year."""
        if incidents.is_symlink() or not incidents.is_dir():
            self.note(incidents, "there is no such folder", _LAYOUT)
            return
        seen: dict[str, list[Path]] = defaultdict(list)
        for year in self._folders(incidents):
            if not _YEAR.fullmatch(year.name):
                self.note(year, "expected a year as the folder's name", _LAYOUT)
                continue
            for folder in self._folders(year):
                seen[folder.name].append(folder)
                self.record_folder(folder)
        for others in (folders[1:] for folders in seen.values()):
            for folder in others:
                self.note(folder, "the same id is in another year's folder", "Keep one of them.")

    def record_folder(self, folder: Path) -> None:
        """Find the one record of a folder, whose name must be its id."""
        whole = folder.absolute()
        name, year = whole.name, _year_of(whole.name)
        if year is None:
            self.note(folder, "expected the folder's name to be an id", _NAME)
            return
        if whole.parent.name != year and self._is_in_archive(whole):
            self.note(folder, f"expected it in the folder {year}", _LAYOUT)
        held = {entry.name: entry for entry in self._entries(folder)}
        evidence = held.get(EVIDENCE_FOLDER)
        frozen = Path(evidence.path) if evidence and evidence.is_dir() else None
        self._refuse_strays(held.values(), frozen)
        file = held.get(RECORD_FILE)
        if file is None or not file.is_file():
            if os.access(folder, os.R_OK):  # said already where it is not
                self.note(folder, f"{RECORD_FILE} is missing", _LAYOUT)
            self.broken.add(name)
            return
        self.take(Path(file.path), name, frozen)

    def take(self, file: Path, identifier: str, frozen: Path | None = None) -> None:
        """Add a record's file to what was found, and the folder with its evidence."""
        self.places.append(Place(identifier, file, self._name(file), frozen))

    def _refuse_strays(self, held: Iterable[os.DirEntry[str]], frozen: Path | None) -> None:
        for entry in held:
            if entry.name not in _BESIDE or entry.is_dir() != (entry.name == EVIDENCE_FOLDER):
                self._stray(Path(entry.path))
        for entry in self._entries(frozen) if frozen else ():
            if entry.name not in _EVIDENCE or not entry.is_file():
                self._stray(Path(entry.path))

    def _folders(self, parent: Path) -> Iterator[Path]:
        for entry in self._entries(parent):
            if entry.is_dir(follow_symlinks=False):
                yield Path(entry.path)
            else:
                self._stray(Path(entry.path))

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        """What lies in a folder, by name, without symbolic links; those and clashes are noted."""
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.problems.append(unreadable(self._name(folder), error))
            return []
        for path in _clashing(entries):
            self.note(path, "the same name but for upper and lower case", "Rename one of the two.")
        for entry in entries:
            if entry.is_symlink():
                self.note(Path(entry.path), "a symbolic link", "Put the file itself here.")
        return [entry for entry in entries if not entry.is_symlink()]

    def _stray(self, path: Path) -> None:
        beside = "incident.yaml, links.yaml and routing/"
        self.note(path, "does not belong here", f"Take it out. A record's folder holds {beside}.")

    def _is_in_archive(self, folder: Path) -> bool:
        return folder.parent.parent == self.root.absolute() / "incidents"

    def _name(self, path: Path) -> str:
        """A path as people are told it: relative to the project, on one line, nothing hidden."""
        name = path.absolute().as_posix().removeprefix(self._root)
        if name.startswith("/"):
            name = path.as_posix()
        for character in hidden_characters(name):
            name = name.replace(character, f"\\u{ord(character):04x}")
        return shortened(name.replace("\n", "\\n").replace("\t", "\\t"), 400)

    @cached_property
    def _root(self) -> str:
        return f"{self.root.absolute().as_posix().rstrip('/')}/"


def _year_of(name: str) -> str | None:
    found = _ID.fullmatch(name)
    return found[1] if found else None


def _clashing(entries: Sequence[os.DirEntry[str]]) -> Iterator[Path]:
    seen: set[str] = set()
    for entry in entries:
        if entry.name.casefold() in seen:
            yield Path(entry.path)
        seen.add(entry.name.casefold())
