"""Frozen routing evidence: from the files of a record's ``routing`` folder to tables."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path

from pandas import DataFrame

from generator.model.evidence import FORMS, PROVENANCE_FILE, Grade, Provenance, Sha256
from generator.model.problem import BrokenInputError, Problem
from generator.read.record import load_model
from generator.read.rows import read_rows
from generator.read.text import SIDECAR

MAX_PACKED_BYTES = 64 << 20  # a pull request of 64 MB is a mistake
MAX_UNPACKED_BYTES = 256 << 20
REFREEZE = "Restore the file from version control, or freeze the evidence again."


@dataclass(frozen=True)
class Evidence:
    """Provenance, and the one table that its grade has; the other is None.

    Columns are those of the form, ``time`` as UTC seconds, numbers as int64, the rest text.
    """

    provenance: Provenance
    messages: DataFrame | None = None
    visibility: DataFrame | None = None


_NOTHING = "Take the folder out, or freeze a window in which something was heard."


def read_evidence(folder: Path, project: Path = Path()) -> Evidence:
    """Return the evidence in a record's ``routing`` folder, every sum and every row verified.

    Raises BrokenInputError naming the file relative to ``project``, and the line at fault.
    """
    place = _Place(folder, _named(folder, project))
    place.refuse_strays()
    provenance = load_model(
        Provenance,
        place.read(PROVENANCE_FILE, SIDECAR.size_bytes),
        place.name(PROVENANCE_FILE),
        SIDECAR,
    )
    place.refuse_other_table(provenance)
    table = provenance.table
    packed = place.read(table.file, MAX_PACKED_BYTES)
    place.verify("the file", packed, table.sha256, table.file)
    content = _inflate(packed, place.name(table.file))
    place.verify("the CSV inside", content, table.unpacked_sha256, table.file)
    rows = read_rows(content, provenance, place.name(table.file))
    if provenance.grade == Grade.MESSAGES:
        return Evidence(provenance, messages=rows)
    return Evidence(provenance, visibility=rows)


def read_measurable(folder: Path, project: Path = Path()) -> Evidence:
    """Return the same of evidence that has a row; raises BrokenInputError where it has none."""
    evidence = read_evidence(folder, project)
    rows = evidence.messages if evidence.visibility is None else evidence.visibility
    if rows is None or rows.empty:
        what = "no row, so that there is nothing to measure"
        raise _broken(_named(folder, project), what, _NOTHING)
    return evidence


def _named(folder: Path, project: Path) -> str:
    inside = folder.absolute().is_relative_to(project.absolute())
    shown = folder.absolute().relative_to(project.absolute()) if inside else folder
    return shown.as_posix()


@dataclass(frozen=True)
class _Place:
    """The folder, and what people are told that it is called."""

    folder: Path
    shown: str

    def name(self, file: str) -> str:
        return f"{self.shown}/{file}"

    def refuse_strays(self) -> None:
        if self.folder.is_symlink() or not self.folder.is_dir():
            raise _broken(self.shown, "there is no such folder", "Freeze the evidence first.")
        known = {PROVENANCE_FILE, *(form.file for form in FORMS.values())}
        strays = [
            Problem(self.name(path.name), 0, "", "does not belong here", "Take it out.")
            for path in sorted(self.folder.iterdir())
            if path.name not in known or path.is_symlink() or not path.is_file()
        ]
        if strays:
            raise BrokenInputError(*strays)

    def refuse_other_table(self, provenance: Provenance) -> None:
        for form in FORMS.values():
            if form != provenance.form and (self.folder / form.file).exists():
                what = f"does not belong to evidence of the grade {provenance.grade}"
                raise _broken(self.name(form.file), what, "Take it out.")

    def read(self, file: str, most_bytes: int) -> bytes:
        try:
            with (self.folder / file).open("rb") as stream:
                content = stream.read(most_bytes + 1)
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            raise _broken(self.name(file), what, REFREEZE) from None
        if len(content) > most_bytes:
            raise _broken(self.name(file), f"holds more than {most_bytes:,} bytes", REFREEZE)
        return content

    def verify(self, what: str, content: bytes, expected: Sha256, file: str) -> None:
        found = hashlib.sha256(content).hexdigest()
        if found != expected.text:
            told = f"the SHA-256 of {what} is {found}, but {PROVENANCE_FILE} says {expected}"
            raise _broken(self.name(file), told, REFREEZE)


def _inflate(packed: bytes, file: str) -> bytes:
    stream = zlib.decompressobj(wbits=31)  # one gzip member, header and checksum included
    try:
        content = stream.decompress(packed, MAX_UNPACKED_BYTES + 1)
    except zlib.error as error:
        raise _broken(file, f"not a sound gzip file: {error}", REFREEZE) from None
    if len(content) > MAX_UNPACKED_BYTES:
        raise _broken(file, f"unpacks to more than {MAX_UNPACKED_BYTES:,} bytes", REFREEZE)
    if not stream.eof:
        raise _broken(file, "the gzip file ends too early", REFREEZE)
    if stream.unused_data:
        raise _broken(file, "the gzip file goes on after its end", REFREEZE)
    return content


def _broken(file: str, what: str, cure: str) -> BrokenInputError:
    return BrokenInputError(Problem(file, 0, "", what, cure))
