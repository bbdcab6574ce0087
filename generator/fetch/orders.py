"""From the flags to what is asked of the archives."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from generator.fetch.estimate import Estimate
from generator.fetch.executor import Cluster, Executor, Local
from generator.fetch.gather import Surroundings, Wish
from generator.fetch.http import Web
from generator.fetch.reach import Reach
from generator.fetch.state import State
from generator.model.problem import BrokenInputError, Problem

STATE = ("build", "cache", "fetch")


def wish(given: Mapping[str, Any], version: str, retrieved: str) -> Wish:
    """Return what the flags ask for; raises BrokenInputError when they do not go together."""
    if given["peer"] and not given["full-feed-basis"]:
        what, cure = "nobody says how the peers' feeds are known to be full", "Add it."
        raise BrokenInputError(Problem("--full-feed-basis", 0, "", what, cure))
    return Wish(
        version=version,
        retrieved=retrieved,
        source=given["source"],
        collectors=given["collectors"],
        since=given["since"],
        until=given["until"],
        failed_as_gaps=given["failed_as_gaps"],
        named={(collector, str(ip)): name or "" for collector, ip, _, name in given["peer"]},
        vouched=str(given["full-feed-basis"] or ""),
    )


def surroundings(given: Mapping[str, Any], retrieved: str) -> Surroundings:
    """Return the outside world as the flags want it: the web, the executor, the kept results."""
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


def said_otherwise(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that flags say differently from the source."""
    names = ("grade", "because", "attribution", "terms", "note")
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
