"""The archive on disk: ``incidents/<year>/<id>/incident.yaml``, and nothing that is not of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.model.incident import Incident
from generator.model.links import Links
from generator.model.problem import BrokenInputError, Problem
from generator.read.document import Document
from generator.read.folders import Place, find_one, find_records, unreadable
from generator.read.links import read_links
from generator.read.record import load
from generator.read.text import RECORD


@dataclass(frozen=True)
class Record:
    """One incident, where it was read, and the lines of its fields."""

    id: str
    folder: Path
    file: str
    incident: Incident
    document: Document
    evidence_folder: Path | None = None
    links: Links | None = None


@dataclass(frozen=True)
class Archive:
    """Every record that could be read, in order of its id, and the ids of those that could not."""

    records: tuple[Record, ...] = ()
    broken: frozenset[str] = frozenset()


def read_archive(root: Path) -> tuple[Archive, list[Problem]]:
    """Return the archive below ``root/incidents``, and every problem of every file.

    A broken record hides no other.
    """
    found = find_records(root)
    read = [(place.id, *read_place(place)) for place in found.places]
    records = tuple(record for _, record, _ in read if record)
    broken = found.broken | {identifier for identifier, record, _ in read if not record}
    problems = {*found.problems, *(one for _, _, problems in read for one in problems)}
    return Archive(records, frozenset(broken)), sorted(problems)


def read_place(place: Place) -> tuple[Record | None, tuple[Problem, ...]]:
    """Return the record that lies there, None where it is broken, and its problems.

    What is wrong with the file of links beside it is among them, and does not break the record.
    """
    try:
        with place.path.open("rb") as stream:
            raw = stream.read(RECORD.size_bytes + 1)
        incident, document = load(Incident, raw, place.shown)
    except OSError as error:
        return None, (unreadable(place.shown, error),)
    except BrokenInputError as error:
        return None, error.problems
    folder, evidence = place.path.parent, place.evidence_folder
    links, problems = read_links(place)
    return Record(place.id, folder, place.shown, incident, document, evidence, links), problems


def read_one(path: Path, root: Path | None = None) -> tuple[Record | None, list[Problem]]:
    """Return the record in a file or folder, None where it is broken, and its problems.

    What may be named, and how problems name it, is as for ``find_one``.
    """
    place, problems = find_one(path, root)
    record, more = read_place(place) if place else (None, ())
    return record, sorted({*problems, *more})
