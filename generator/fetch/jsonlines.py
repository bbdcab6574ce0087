"""Announcements and withdrawals that somebody kept as JSON lines on this disk.

A line is an object: ``peer_ip``, ``pfx``, ``path`` (a list of ASNs), ``idx`` (0 for the state at
the start, then counting up per peer and prefix), ``ts`` (Unix seconds, absent in the state at the
start), ``W`` (true in a withdrawal, whose path is empty). ``comm`` and ``agg`` are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from pandas import DataFrame

from generator.fetch.jsonline import Told, parse_line
from generator.model.evidence import FORMS, TIME_FORMAT, Event, Grade
from generator.model.problem import BrokenInputError, Problem
from generator.read.rows import typed

MAX_LINES = 5_000_000
MAX_LINE_CHARACTERS = 65_536
MAX_PROBLEMS = 50  # enough to see a pattern


@dataclass(frozen=True)
class Known:
    """What is known of a peer beside the file: who heard it, and its ASN."""

    collector: str
    asn: int


def read_json_lines(
    file: Path,
    peers: Mapping[str, Known],
    collector: str | None = None,
    since: datetime | None = None,
) -> DataFrame:
    """Return the messages of a file in the messages form, in one order whatever that of the lines.

    ``peers`` says who the peers are, by address. One that it leaves out is put down to
    ``collector`` with the first ASN of its paths, or is a problem where no collector is given.
    The state at the start is dated ``since``, or the second before the first message. Rows of one
    second and peer are sorted by prefix as text, then ``idx``.

    Raises BrokenInputError with the first problems found, each with its line.
    """
    name = file.as_posix()
    lines = _parsed(file, name)
    lines.sort(key=lambda line: (line.peer_ip, line.prefix, line.place))
    _check_sequences(lines, name)
    known = {**_found_peers(lines, collector, peers, name), **peers}
    start_s = _start_s(lines, since, name)
    ordered = sorted(
        lines,
        key=lambda line: (
            start_s if line.at_s is None else line.at_s,
            known[line.peer_ip].collector,
            *line[1:4],
        ),
    )
    rows = [_row(line, known[line.peer_ip], start_s) for line in ordered]
    columns = list(FORMS[Grade.MESSAGES].columns)
    return typed(DataFrame(rows, columns=columns, dtype=str))


def _parsed(file: Path, name: str) -> list[Told]:
    lines, problems = [], []
    for number, text in _numbered(file, name):
        try:
            lines.append(parse_line(number, text))
        except ValueError as error:
            problems.append(Problem(name, number, "", str(error), "Correct or remove the line."))
            if len(problems) == MAX_PROBLEMS:
                break
    if problems:
        raise BrokenInputError(*problems)
    if not lines:
        raise _broken(name, 0, "the file has no lines", "Give a file of JSON lines.")
    return lines


def _numbered(file: Path, name: str) -> Iterator[tuple[int, bytes]]:
    try:
        with file.open("rb") as stream:
            number = 0
            while text := stream.readline(MAX_LINE_CHARACTERS + 1):
                number += 1
                if len(text) > MAX_LINE_CHARACTERS or number > MAX_LINES:
                    what = f"more than {MAX_LINES} lines, or {MAX_LINE_CHARACTERS} bytes in one"
                    raise _broken(name, number, what, "Give a smaller file of JSON lines.")
                yield number, text
    except OSError as error:
        raise _broken(
            name, 0, error.strerror or "cannot be read", "Give a readable file."
        ) from None


def _check_sequences(lines: list[Told], name: str) -> None:
    problems = []
    for earlier, later in pairwise(lines):
        if earlier[1:3] != later[1:3]:
            continue
        if earlier.place == later.place:
            what = f"idx {later.place} of this peer and prefix stands in line {earlier.line} too"
            problems.append(Problem(name, later.line, "", what, "Keep one of them."))
        elif earlier.at_s is not None and later.at_s is not None and later.at_s < earlier.at_s:
            what = f"a higher idx than line {earlier.line}, but an earlier ts"
            problems.append(Problem(name, later.line, "", what, "Correct idx or ts."))
    if problems:
        raise BrokenInputError(*sorted(problems)[:MAX_PROBLEMS])


def _found_peers(
    lines: list[Told], collector: str | None, listed: Mapping[str, Known], name: str
) -> dict[str, Known]:
    firsts: dict[str, set[str]] = {}
    for line in lines:
        if line.peer_ip not in listed:
            firsts.setdefault(line.peer_ip, set()).update(line.hops[:1])
    what, cure = "is a peer that nobody has named", "Say who it is with --peer."
    strangers = [
        Problem(name, 0, ip, what, cure)
        for ip, asns in firsts.items()
        if not collector or not _one_asn(asns)
    ]
    if strangers:
        raise BrokenInputError(*strangers)
    return {ip: Known(collector or "", int(asns.pop())) for ip, asns in firsts.items()}


def _one_asn(asns: set[str]) -> bool:
    return len(asns) == 1 and all(asn.isdigit() for asn in asns)


def _start_s(lines: list[Told], since: datetime | None, name: str) -> int:
    times = [line.at_s for line in lines if line.at_s is not None]
    if since is None and not times:
        raise _broken(name, 0, "no line has a ts, so the start is unknown", "Say it with --since.")
    return int(since.timestamp()) if since else min(times) - 1


def _row(line: Told, peer: Known, start_s: int) -> tuple[str, ...]:
    event = Event.STATE if line.at_s is None else Event.ANNOUNCE if line.hops else Event.WITHDRAW
    at = datetime.fromtimestamp(start_s if line.at_s is None else line.at_s, UTC)
    return (
        at.strftime(TIME_FORMAT),
        peer.collector,
        line.peer_ip,
        str(peer.asn),
        event.value,
        line.prefix,
        line.hops[-1] if line.hops else "",
        " ".join(line.hops),
    )


def _broken(name: str, line: int, what: str, cure: str) -> BrokenInputError:
    return BrokenInputError(Problem(name, line, "", what, cure))
