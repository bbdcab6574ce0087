"""The flags of the ``fetch`` command, and what they say of the evidence."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pandas import DataFrame
from pydantic import TypeAdapter, ValidationError

from generator.fetch.jsonlines import Known, read_json_lines
from generator.model.evidence import (
    CollectorName,
    Commit,
    Day,
    Facts,
    Grade,
    Input,
    IpAddress,
    Peer,
    Second,
    Window,
)
from generator.model.problem import BrokenInputError, Problem
from generator.model.resources import Asn, Url
from generator.model.vocabulary import IncidentId, Line, Prose

EXAMPLES = """
sources: local files

example, of messages that may not be passed on, so that only the figures are kept:
  python -m generator fetch 2022-06-21-cloudflare --from messages.jsonl --grade visibility \\
    --because "The repository that holds the messages carries no licence." \\
    --attribution "Computed from data of the RIPE NCC Routing Information Service (RIS)." \\
    --terms https://www.ripe.net/analyse/internet-measurements/routing-information-service-ris/ \\
    --messages-at https://github.com/emileaben/event-as13335-2022-06-21 \\
    --peer rrc01,195.66.224.138,AS2914,NTT --peer rrc25,130.117.255.1,AS174,Cogent \\
    --full-feed-basis "RIPEstat ris-peers of that day"

With --grade messages, the messages themselves are kept.
"""


def add_flags(command: argparse.ArgumentParser) -> None:
    """Add the incident's id and every flag to the command."""
    command.add_argument("incident", type=argument(IncidentId), help="id of the record")
    for flag, kind, needed, shape, what in _FLAGS:
        command.add_argument(
            flag, type=kind, required=needed, metavar=shape, help=what, dest=flag[2:]
        )
    command.add_argument(
        "--format", choices=["json-lines"], default="json-lines", help="how FILE is written"
    )
    command.add_argument(
        "--peer",
        action="append",
        required=True,
        type=_peer,
        metavar="COLLECTOR,IP,ASN,NAME",
        help="a peer with a full feed; once for each. Peers left out do not count in figures",
    )


def messages_of(given: Mapping[str, Any]) -> DataFrame:
    """Return the messages of the file that ``--from`` names; raises BrokenInputError."""
    listed = {str(ip): Known(collector, asn.number) for collector, ip, asn, _ in given["peer"]}
    since = given["since"].earliest if given["since"] else None
    return read_json_lines(given["from"], listed, given["collector"], since)


def facts_of(given: Mapping[str, Any], messages: DataFrame, version: str) -> Facts:
    """Return what the flags and the messages say of the evidence.

    The window is that of the messages where no flag says it; peers without ``--peer`` count as
    without a full feed. Raises BrokenInputError with every problem.
    """
    until = given["until"] or Second(messages["time"].max().to_pydatetime(), "second")
    since = given["since"] or Second(messages["time"].min().to_pydatetime(), "second")
    try:
        return Facts(
            **{name: given[name] for name in ("grade", "because", "attribution", "terms", "note")},
            messages=given["messages-at"],
            generator=version,
            window=Window.model_validate({"from": since, "to": until}),
            inputs=(_input(given),),
            peers=_peers(given, messages),
        )
    except ValidationError as error:
        raise BrokenInputError(
            *(Problem("fetch", 0, "", each["msg"], "See --help.") for each in error.errors())
        ) from None


def _peers(given: Mapping[str, Any], messages: DataFrame) -> tuple[Peer, ...]:
    heard = messages[["collector", "peer_ip", "peer_asn"]].drop_duplicates()
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


def _input(given: Mapping[str, Any]) -> Input:
    content = given["from"].read_bytes()
    return Input.model_validate(
        {
            "name": given["from"].name,
            "url": given["messages-at"],
            "bytes": str(len(content)),
            "sha256": hashlib.sha256(content).hexdigest(),
            "commit": given["commit"],
            "retrieved": given["retrieved"],
        }
    )


def argument(kind: Any) -> Callable[[str], Any]:  # noqa: ANN401  (any type pydantic knows)
    """Return a converter for argparse that says what was expected."""
    adapter = TypeAdapter[Any](kind)

    def convert(text: str) -> Any:  # noqa: ANN401
        try:
            return adapter.validate_python(text)
        except ValidationError as error:
            what = error.errors()[0]["msg"].removeprefix("Value error, ")
            raise argparse.ArgumentTypeError(f"{what}, got {text!r}") from None

    return convert


def _peer(text: str) -> tuple[str, IpAddress, Asn, str | None]:
    parts = text.split(",", 3)
    if len(parts) < 3:
        raise argparse.ArgumentTypeError(f"expected COLLECTOR,IP,ASN,NAME, got {text!r}")
    kinds = (CollectorName, IpAddress, Asn, Line)
    collector, ip, asn, *name = (
        argument(kind)(part) for kind, part in zip(kinds, parts, strict=False)
    )
    return collector, ip, asn, name[0] if name else None


_FLAGS: tuple[tuple[str, Callable[[str], Any], bool, str, str], ...] = (
    ("--from", Path, True, "FILE", "a file of messages on this disk"),
    (
        "--grade",
        argument(Grade),
        True,
        "GRADE",
        "messages, or visibility where those cannot be passed on",
    ),
    ("--because", argument(Prose), True, "TEXT", "why this grade"),
    ("--attribution", argument(Prose), True, "TEXT", "the line that the data's terms ask for"),
    ("--terms", argument(Url), True, "URL", "address of those terms"),
    ("--messages-at", argument(Url), True, "URL", "where FILE is published"),
    (
        "--full-feed-basis",
        argument(Prose),
        True,
        "TEXT",
        "how the peers' feeds are known to be full",
    ),
    ("--commit", argument(Commit), False, "SHA", "Git commit of FILE, when it is in a repository"),
    ("--retrieved", argument(Day), False, "DATE", "the day FILE was retrieved"),
    (
        "--collector",
        argument(CollectorName),
        False,
        "NAME",
        "who heard the peers not named with --peer",
    ),
    ("--note", argument(Prose), False, "TEXT", "what else a reader of the figures should know"),
    (
        "--since",
        argument(Second),
        False,
        "TIME",
        "first second covered; the one before the first message when left out",
    ),
    (
        "--until",
        argument(Second),
        False,
        "TIME",
        "last second covered; the last message's when left out",
    ),
)
