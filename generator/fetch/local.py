"""Evidence from files on this disk: MRT, or JSON lines that somebody kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from pandas import DataFrame
from pydantic import ValidationError

from generator.fetch.assemble import rows_of, table_of
from generator.fetch.body import BLOCK_BYTES
from generator.fetch.jsonlines import Known, read_json_lines
from generator.fetch.task import Outcome, Scope, Task
from generator.fetch.times import window_s
from generator.fetch.updates import messages
from generator.model.evidence import Facts, Input, IpAddress, Peer, Second, Window
from generator.model.problem import BrokenInputError, Problem
from generator.model.resources import Asn, Prefix
from generator.read.archive import read_one

_SEE_HELP = "Correct the flags; the examples in --help show how they go together."
_ALL_TIME = Scope(-(1 << 40), 1 << 40, ())


def messages_of(given: Mapping[str, Any], folder: Path) -> DataFrame:
    """Return the messages of the files that ``--from`` names, of the record in ``folder``.

    Raises BrokenInputError with every problem of the files.
    """
    if given["format"] == "mrt":
        return _of_mrt(given, folder)
    if len(given["from"]) > 1:
        what, cure = "one file of JSON lines is read at a time", "Put the lines into one file."
        raise BrokenInputError(Problem("--from", 0, "", what, cure))
    listed = {str(ip): Known(collector, asn.number) for collector, ip, asn, _ in given["peer"]}
    since = given["since"].earliest if given["since"] else None
    return read_json_lines(given["from"][0], listed, given["collector"], since)


def _of_mrt(given: Mapping[str, Any], folder: Path) -> DataFrame:
    if not given["collector"]:
        what, cure = "MRT files do not say who recorded them", "Name the collector: --collector."
        raise BrokenInputError(Problem("--from", 0, "", what, cure))
    record, problems = read_one(folder)
    if record is None:
        raise BrokenInputError(*problems)
    routing = record.incident.routing
    prefixes = (routing and routing.prefixes) or record.incident.where.prefixes
    if not prefixes:
        cure = "List the networks' prefixes in `where.prefixes` or `routing.prefixes`."
        raise BrokenInputError(Problem(record.file, 0, "where.prefixes", "no prefix", cure))
    fetched = [
        (Task("mrt", path.as_posix(), 0, 0), _read(path, given["collector"], prefixes))
        for path in given["from"]
    ]
    window = window_s(routing.since, routing.until) if routing else None
    wide = Scope(*window, ()) if window else _ALL_TIME
    return table_of(rows_of(fetched, _narrowed(wide, given)))


def _narrowed(scope: Scope, given: Mapping[str, Any]) -> Scope:
    since, until = given["since"], given["until"]
    return Scope(
        int(since.earliest.timestamp()) if since else scope.since_s,
        int(until.earliest.timestamp()) + 1 if until else scope.until_s,
        scope.prefixes,
    )


def _read(path: Path, collector: str, prefixes: Sequence[Prefix]) -> Outcome:
    found = messages(_blocks(path), collector, map(str, prefixes), path.as_posix())
    if found.broken:
        cure = "Fetch the file again, or leave it out."
        raise BrokenInputError(Problem(path.as_posix(), 0, "", found.broken, cure))
    return Outcome(found)


def _blocks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            while block := stream.read(BLOCK_BYTES):
                yield block
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        problem = Problem(path.as_posix(), 0, "", what, "Give a readable file.")
        raise BrokenInputError(problem) from None


def facts_of(given: Mapping[str, Any], table: DataFrame, version: str) -> Facts:
    """Return what the flags and the messages say of the evidence.

    The window is that of the messages where no flag says it; peers without ``--peer`` count as
    without a full feed. Raises BrokenInputError with every problem.
    """
    if table.empty:
        what, cure = "no message about the prefixes", "Check the files, prefixes and window."
        raise BrokenInputError(Problem("--from", 0, "", what, cure))
    first, last = (pd.Timestamp(at).to_pydatetime() for at in table["time"].agg(["min", "max"]))
    since = given["since"] or Second(first, "second")
    until = given["until"] or Second(last, "second")
    try:
        return Facts(
            **{name: given[name] for name in ("grade", "because", "attribution", "terms", "note")},
            messages=given["messages-at"],
            generator=version,
            window=Window.model_validate({"from": since, "to": until}),
            inputs=tuple(_input(path, given) for path in given["from"]),
            peers=_peers(given, table),
            gaps=tuple(given["gap"]),
        )
    except ValidationError as error:
        raise BrokenInputError(
            *(Problem("fetch", 0, "", each["msg"], _SEE_HELP) for each in error.errors())
        ) from None


def _peers(given: Mapping[str, Any], table: DataFrame) -> tuple[Peer, ...]:
    heard = table[["collector", "peer_ip", "peer_asn"]].drop_duplicates()
    named = {str(ip): name for _, ip, _, name in given["peer"]}
    if silent := sorted(named.keys() - set(heard["peer_ip"])):
        what, cure = "no line is from this peer", "Correct its address, or leave it out."
        raise BrokenInputError(*(Problem("--peer", 0, ip, what, cure) for ip in silent))
    return tuple(
        Peer(
            collector=collector,
            ip=IpAddress.parse(ip),
            asn=Asn(asn),
            name=named.get(ip),
            full_feed="yes" if ip in named else "no",
            basis=given["full-feed-basis"] if ip in named else "Nobody says that it is full.",
        )
        for collector, ip, asn in sorted(heard.itertuples(index=False, name=None))
    )


def _input(path: Path, given: Mapping[str, Any]) -> Input:
    size_bytes, digest = 0, hashlib.sha256()
    for block in _blocks(path):
        size_bytes += len(block)
        digest.update(block)
    return Input.model_validate(
        {
            "name": path.name,
            "url": given["messages-at"],
            "bytes": str(size_bytes),
            "sha256": digest.hexdigest(),
            "commit": given["commit"],
            "retrieved": given["retrieved"],
        }
    )
