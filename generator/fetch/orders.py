"""From the flags to what is asked of the archives."""

from __future__ import annotations

import ssl
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from generator.fetch.estimate import Estimate
from generator.fetch.executor import Cluster, Executor, Local
from generator.fetch.gather import Surroundings
from generator.fetch.http import Web
from generator.fetch.plan import Wish
from generator.fetch.reach import Reach
from generator.fetch.state import State
from generator.model.problem import BrokenInputError, Problem

STATE = ("build", "cache", "fetch")


def wish(given: Mapping[str, Any], version: str, retrieved: str) -> Wish:
    """Return what the flags ask for; raises BrokenInputError when they do not go together."""
    if given["peer"] and not given["full-feed-basis"]:
        what = "nobody says how the feeds of those named with --peer are known to be full"
        cure = 'Say it, as in --full-feed-basis "RIPEstat ris-peers of that day".'
        raise BrokenInputError(Problem("--full-feed-basis", 0, "", what, cure))
    return Wish(
        version=version,
        retrieved=retrieved,
        source=given["source"],
        collectors=given["collectors"],
        since=given["since"],
        until=given["until"],
        tables=not given["no_tables"],
        failed_as_gaps=given["failed_as_gaps"],
        named={(collector, str(ip)): name or "" for collector, ip, _, name in given["peer"]},
        vouched=str(given["full-feed-basis"] or ""),
        note=str(given["note"] or ""),
    )


def surroundings(given: Mapping[str, Any], retrieved: str) -> Surroundings:
    """Return the outside world as the flags want it: the web, the executor, the kept results."""
    refuse_unreadable(given["ca_file"])
    reach = Reach(frozenset(given["allow_host"]), tuple(given["connect_to"]), given["ca_file"])
    web = Web(reach)
    make: Callable[[], Executor] = partial(Local, web, retrieved)
    if given["cluster"]:
        make = partial(Cluster, given["cluster"], web, retrieved)
    return Surroundings(
        web,
        make,
        State(given["project"].joinpath(*STATE)),
        sys.stdout,
        partial(_agrees, is_agreed=given["yes"]),
    )


def refuse_unreadable(ca_file: str | None) -> None:
    """Raise BrokenInputError where a file of certificates cannot be read."""
    try:
        ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        what = f"no certificate authorities can be read: {error.strerror or error}"
        cure = "Give a file of certificates in PEM form, or leave the flag out."
        raise BrokenInputError(Problem("--ca-file", 0, str(ca_file), what, cure)) from None


def said_otherwise(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that flags say differently from the source."""
    names = ("grade", "because", "attribution", "terms")
    return {name: given[name] for name in names if given[name]}


def _agrees(expected: Estimate, *, is_agreed: bool) -> bool:
    sys.stdout.write(f"To fetch: {expected}.\n")
    if is_agreed:
        return True
    if not sys.stdin.isatty():
        what, cure = "nobody is here to agree to what this costs", "Add --yes."
        raise BrokenInputError(Problem("fetch", 0, "", what, cure))
    sys.stdout.write("Fetch them? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
