"""Freezing routing evidence beside a record, and the ``fetch`` command that does it."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import sys
import tempfile
import tomllib
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from pandas import DataFrame

from generator.derive.visibility import visibility
from generator.fetch.flags import ABOUT, EXAMPLES, add_flags, missing
from generator.fetch.gather import DeclinedError, gather
from generator.fetch.local import facts_of, messages_of
from generator.fetch.orders import said_otherwise, surroundings, wish
from generator.model.evidence import (
    FORMS,
    PROVENANCE_FILE,
    TIME_FORMAT,
    Facts,
    Grade,
    Provenance,
    Table,
    Window,
)
from generator.model.problem import BrokenInputError, Problem
from generator.read.archive import read_one
from generator.read.record import load_model
from generator.read.rows import read_rows
from generator.read.text import SIDECAR
from generator.sidecar import as_yaml

HEAD = "# Written by `python -m generator fetch`. Freeze again rather than edit.\n"
INTERRUPTED = 130  # as a shell says it
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # no time, no name, no system


def freeze(incident_folder: Path, messages: DataFrame, facts: Facts) -> Provenance:
    """Write ``routing/`` of a record: the table of its grade, and ``provenance.yaml``.

    ``messages`` has the columns of the messages form; rows of one second and peer must stand in
    the order they happened, otherwise their order does not matter. For the grade visibility it may
    also have the columns of that form. Equal input gives equal bytes. Raises BrokenInputError when
    ``read_evidence`` would refuse the result; then nothing is written.
    """
    _check_window(messages, facts.window, incident_folder.as_posix())
    rows = _rows(messages, facts)
    content = _csv(rows[list(facts.form.columns)])
    packed = _gzip(content)
    provenance = _with_table(facts, len(rows), packed, content)
    folder = incident_folder / "routing"
    read_rows(content, provenance, (folder / facts.form.file).as_posix())
    told = as_yaml(provenance, HEAD)
    load_model(Provenance, told, (folder / PROVENANCE_FILE).as_posix(), SIDECAR)
    _write(folder, {facts.form.file: packed, PROVENANCE_FILE: told})
    for form in FORMS.values():
        if form.file != facts.form.file:
            (folder / form.file).unlink(missing_ok=True)
    return provenance


def _rows(table: DataFrame, facts: Facts) -> DataFrame:
    given = Grade.VISIBILITY if "seeing" in table else Grade.MESSAGES
    ordered = table.sort_values(list(FORMS[given].sorted_by), kind="stable")
    if facts.grade == given:
        return ordered
    return visibility(ordered, facts.peers, facts.gaps)


def _check_window(messages: DataFrame, window: Window, name: str) -> None:
    since, until = pd.Timestamp(window.since.earliest), pd.Timestamp(window.until.earliest)
    if messages.empty:
        raise BrokenInputError(Problem(name, 0, "", "no messages to freeze", "Give some."))
    if not messages["time"].between(since, until).all():
        first, last = (at.strftime(TIME_FORMAT) for at in messages["time"].agg(["min", "max"]))
        what = f"messages from {first} to {last} in a window from {window.since} to {window.until}"
        cure = "Widen --since and --until, or leave them out."
        raise BrokenInputError(Problem(name, 0, "", what, cure))


def _csv(rows: DataFrame) -> bytes:
    text = rows.to_csv(index=False, date_format=TIME_FORMAT, lineterminator="\n")
    return text.encode("ascii")


def _gzip(content: bytes) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = deflate.compress(content) + deflate.flush()
    ends = (zlib.crc32(content), len(content) % 2**32)
    return GZIP_HEAD + body + b"".join(number.to_bytes(4, "little") for number in ends)


def _with_table(facts: Facts, rows: int, packed: bytes, content: bytes) -> Provenance:
    table = Table.model_validate(
        {
            "file": facts.form.file,
            "rows": str(rows),
            "sha256": hashlib.sha256(packed).hexdigest(),
            "unpacked_sha256": hashlib.sha256(content).hexdigest(),
        }
    )
    return Provenance(**{name: getattr(facts, name) for name in Facts.model_fields}, table=table)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files beside their places first, then move each into place."""
    folder.mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        written = {name: _aside(folder, content, stack) for name, content in files.items()}
        for name, path in written.items():
            path.replace(folder / name)


def _aside(folder: Path, content: bytes, stack: contextlib.ExitStack) -> Path:
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    stack.callback(Path(name).unlink, missing_ok=True)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(handle)
    Path(name).chmod(0o644)
    return Path(name)


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ``fetch`` command; its ``run`` takes the parsed arguments, returns the exit code."""
    command = subparsers.add_parser(
        "fetch",
        help="freeze routing evidence beside a record",
        description=ABOUT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run, refuse=command.error)
    add_flags(command)


def run(arguments: argparse.Namespace) -> int:
    """Freeze what the arguments ask for and say what was written.

    Returns 0; 1 when somebody did not agree to the cost; 130 when somebody interrupted it. Raises
    BrokenInputError with every problem of the input.
    """
    given = vars(arguments)
    if lacking := missing(given):
        needed = ", ".join(lacking)
        given["refuse"](f"the following arguments are required: {needed} (--help has examples)")
    incident = given["incident"]
    folder = given["project"] / "incidents" / incident[:4] / incident
    if not folder.is_dir():
        cure = "Write the record first: incidents/<year>/<id>/incident.yaml"
        raise BrokenInputError(Problem(folder.as_posix(), 0, "", "there is no such record", cure))
    try:
        frozen = _frozen(folder, *_evidence(given, folder))
    except DeclinedError:
        cheaper = "Fewer --collectors, a shorter window or --no-tables cost less."
        sys.stdout.write(f"Nothing was fetched. {cheaper}\n")
        return 1
    except KeyboardInterrupt:
        sys.stdout.write("\nStopped. What came is kept; the same command goes on from there.\n")
        return INTERRUPTED
    path = folder / "routing" / frozen.table.file
    size = path.stat().st_size
    sys.stdout.write(f"{path.as_posix()}: {frozen.table.rows} rows, {size} bytes\n")
    return 0


def _frozen(folder: Path, table: DataFrame, facts: Facts) -> Provenance:
    try:
        return freeze(folder, table, facts)
    except OSError as error:
        what = f"the evidence cannot be written: {error.strerror or error}"
        cure = "Make room, or give leave to write there; then run the same command again."
        raise BrokenInputError(Problem(folder.as_posix(), 0, "", what, cure)) from None


def _evidence(given: Mapping[str, Any], folder: Path) -> tuple[DataFrame, Facts]:
    if given["from"]:
        messages = messages_of(given, folder)
        return messages, facts_of(given, messages, _version())
    record, problems = read_one(folder)
    if record is None:
        raise BrokenInputError(*problems)
    retrieved = given["retrieved"] or datetime.now(UTC).date()  # the one use of the clock
    table, facts = gather(
        record, wish(given, _version(), str(retrieved)), surroundings(given, str(retrieved))
    )
    return table, facts.model_copy(update=said_otherwise(given))


def _version() -> str:
    project = Path(__file__).parent.parent / "pyproject.toml"
    about = tomllib.loads(project.read_text("utf-8"))["project"]
    return f"{about['name']} {about['version']}"
