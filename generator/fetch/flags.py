"""The flags of the ``fetch`` command."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from generator.fetch.choice import SOURCES
from generator.model.evidence import (
    CollectorName,
    Commit,
    Day,
    Gap,
    Grade,
    IpAddress,
    Second,
)
from generator.model.resources import Asn, Url
from generator.model.vocabulary import IncidentId, Line, Prose

ABOUT = """Freeze routing evidence beside a record.

Without --from, messages are fetched from public archives for the window and the prefixes that the
record gives (`routing`, else `where.prefixes`). Each collector's newest table at or before the
start tells what its peers held before their first message; what was said between the two is fetched
too. What all that costs is estimated first, and you are asked. Each file is filtered while it comes
in, and what was found in it is kept under build/cache/fetch: after Ctrl-C or a broken line, the
same command goes on where it stopped. A file that the archive does not have becomes a recorded gap.
Nothing is written beside the record before all is there.
"""

EXAMPLES = """
sources (--source):
  ris              files of the RIPE NCC's route collectors, any year since 1999: all messages
  bgplay           RIPEstat, since January 2024: all messages about whole prefixes, in few requests
  routeviews       files of RouteViews' collectors: all messages, heard elsewhere
  routing-history  RIPEstat, since 2000: a coarse state every eight hours, labelled so
  Left out: bgplay for a window that begins in 2024 or later, else ris.

collectors (--collectors): for ris, by default those of rrc00, rrc01, rrc03, rrc11 and rrc12 that
  existed; `all` for every one known to have existed; or names: rrc00,rrc15. For routeviews, by
  default route-views2. Only peers with a full feed count in figures: those with three quarters of
  the longest table of that moment, as counted in the tables, or told by RIPEstat's ris-peers where
  none was read. --peer adds those that you vouch for.

tables: estimated at 60 MB for each collector of RIS around 2014, 150 MB today. --no-tables leaves
  them out.

examples:
  python -m generator fetch 2014-12-22-north-korea
  python -m generator fetch 2014-12-22-north-korea --collectors rrc00,rrc06,rrc15 --yes
  python -m generator fetch 2014-12-22-north-korea --source routeviews --since 2014-12-22T14:00:00Z
  python -m generator fetch 2014-12-22-north-korea --no-tables
  python -m generator fetch 2014-12-22-north-korea --cluster tcp://192.0.2.10:8786
    (each worker started in a copy of this project: dask worker tcp://192.0.2.10:8786)

example, of MRT files on this disk:
  python -m generator fetch 2010-02-27-chile --from updates.*.gz --format mrt --collector rrc15 \\
    --grade messages --because "..." --attribution "..." --terms https://... \\
    --messages-at https://data.ris.ripe.net/ --full-feed-basis "..." --peer rrc15,192.0.2.1,AS64500

example, of messages that may not be passed on, so that only the figures are kept:
  python -m generator fetch 2022-06-21-cloudflare --from messages.jsonl --grade visibility \\
    --because "The repository that holds the messages carries no licence." \\
    --attribution "Computed from data of the RIPE NCC Routing Information Service (RIS)." \\
    --terms https://www.ripe.net/analyse/internet-measurements/routing-information-service-ris/ \\
    --messages-at https://github.com/emileaben/event-as13335-2022-06-21 \\
    --peer rrc01,195.66.224.138,AS2914,NTT --peer rrc25,130.117.255.1,AS174,Cogent \\
    --full-feed-basis "RIPEstat ris-peers of that day"

With --grade messages, the messages themselves are kept. Grade, reason, attribution and terms of
fetched messages are those of their source, unless these flags say otherwise.
"""


def add_flags(command: argparse.ArgumentParser) -> None:
    """Add the incident's id and every flag to the command."""
    command.add_argument("incident", type=argument(IncidentId), help="id of the record")
    _add_upstream(command.add_argument_group("from public archives"))
    local = command.add_argument_group("from files on this disk")
    local.add_argument("--from", nargs="+", type=Path, metavar="FILE", help="files of messages")
    local.add_argument(
        "--format", choices=["json-lines", "mrt"], default="json-lines", help="how they are written"
    )
    for flag, kind, shape, what in _LOCAL:
        local.add_argument(flag, type=kind, metavar=shape, help=what, dest=flag[2:])
    local.add_argument(
        "--gap",
        action="append",
        default=[],
        type=_gap,
        metavar="COLLECTOR,FROM,TO,WHY",
        help="a stretch of which there is no file; once for each",
    )
    shared = command.add_argument_group("about the evidence")
    for flag, kind, shape, what in _SHARED:
        shared.add_argument(flag, type=kind, metavar=shape, help=what, dest=flag[2:])
    shared.add_argument(
        "--peer",
        action="append",
        default=[],
        type=_peer,
        metavar="COLLECTOR,IP,ASN,NAME",
        help="a peer with a full feed; once for each. From files, peers left out do not count",
    )


def _add_upstream(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--source", choices=tuple(SOURCES), help="where from (default: see below)")
    group.add_argument(
        "--collectors",
        type=_names,
        default=(),
        metavar="NAME,...",
        help="route collectors, or the word all",
    )
    group.add_argument(
        "--no-tables",
        action="store_true",
        help="read no tables: much less to fetch, but a peer is unknown until its first message in "
        "the window, so that the start of an outage of a network that was quiet before cannot be "
        "measured; and RouteViews' peers count only with --peer",
    )
    group.add_argument("--yes", action="store_true", help="do not ask whether the cost is right")
    group.add_argument(
        "--cluster", metavar="ADDRESS", help="fetch on the workers of a Dask cluster"
    )
    group.add_argument(
        "--failed-as-gaps",
        action="store_true",
        help="count files that could not be fetched as missing in the archive",
    )
    add_mirrors(group)


def add_mirrors(group: argparse._ArgumentGroup) -> None:
    """Add the flags that say whom else to ask, and where a name is really asked."""
    group.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="HOST[:PORT]",
        help="for tests and mirrors: ask this host too, also over plain http and within a network",
    )
    group.add_argument(
        "--connect-to",
        action="append",
        default=[],
        type=_instead,
        metavar="HOST=ADDRESS:PORT",
        help="for tests and mirrors: where a known host is really asked",
    )
    group.add_argument("--ca-file", metavar="FILE", help="certificate authorities to trust instead")


def missing(given: dict[str, Any]) -> list[str]:
    """Return the flags that files on this disk need and nobody gave."""
    needed = [*_NEEDED_LOCALLY, "--peer"] if given["from"] else []
    return [flag for flag in needed if not given[flag[2:]]]


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


def _gap(text: str) -> Gap:
    parts = text.split(",", 3)
    if len(parts) < 4:
        raise argparse.ArgumentTypeError(f"expected COLLECTOR,FROM,TO,WHY, got {text!r}")
    collector, since, until, why = parts
    told = {"collector": collector, "from": since, "to": until, "why": why}
    try:
        return Gap.model_validate(told)
    except ValidationError as error:
        what = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise argparse.ArgumentTypeError(f"{what}, got {text!r}") from None


def _names(text: str) -> tuple[str, ...]:
    return tuple(argument(CollectorName)(name) for name in text.split(","))


def _instead(text: str) -> tuple[str, str]:
    host, _, place = text.partition("=")
    if not host or not place.rpartition(":")[2].isdigit():
        raise argparse.ArgumentTypeError(f"expected HOST=ADDRESS:PORT, got {text!r}")
    return host, place


_Flag = tuple[str, Callable[[str], Any], str, str]
_NEEDED_LOCALLY = (
    "--grade",
    "--because",
    "--attribution",
    "--terms",
    "--messages-at",
    "--full-feed-basis",
)
_LOCAL: tuple[_Flag, ...] = (
    ("--messages-at", argument(Url), "URL", "where the files are published"),
    ("--commit", argument(Commit), "SHA", "Git commit of the file, when it is in a repository"),
    ("--collector", argument(CollectorName), "NAME", "who heard the peers not named with --peer"),
)
_SHARED: tuple[_Flag, ...] = (
    (
        "--grade",
        argument(Grade),
        "GRADE",
        "messages, or visibility where those cannot be passed on",
    ),
    ("--because", argument(Prose), "TEXT", "why this grade"),
    ("--attribution", argument(Prose), "TEXT", "the line that the data's terms ask for"),
    ("--terms", argument(Url), "URL", "address of those terms"),
    (
        "--full-feed-basis",
        argument(Prose),
        "TEXT",
        "how the feeds of those named with --peer are known to be full",
    ),
    ("--retrieved", argument(Day), "DATE", "the day of retrieval (default, from archives: today)"),
    ("--note", argument(Prose), "TEXT", "what else a reader of the figures should know"),
    ("--since", argument(Second), "TIME", "first second covered, when not as in the record"),
    ("--until", argument(Second), "TIME", "last second covered, when not as in the record"),
)
