"""RIPEstat ``routing-history``: how many full-feed peers saw a prefix, every eight hours.

Since 2000, and the fallback where nothing finer can be had. It is frozen as visibility, and says
that it is coarse: an outage shorter than eight hours may not be in it at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pandas import DataFrame

from generator.fetch import ripestat
from generator.fetch.assemble import About, Fetched, checked, inputs
from generator.fetch.fullfeed import Listed, Standing, lists, standings
from generator.fetch.http import Web
from generator.fetch.task import Feed, Scope, Share, Task, Terms
from generator.fetch.times import stamp
from generator.model.evidence import FORMS, Facts, Grade
from generator.model.problem import BrokenInputError, Problem
from generator.read.rows import typed

NAME = "routing-history"
TERMS = Terms(
    Grade.VISIBILITY,
    "Coarse: RIPEstat tells how many peers saw a prefix every eight hours, and no messages.",
    ripestat.TERMS.attribution,
    ripestat.TERMS.terms,
    "https://stat.ripe.net/docs/02.data-api/routing-history.html",
)
NOTE = (
    "Coarse: one state for every eight hours, as a mean over full-feed peers, scaled to networks. "
    "Starts and ends are those of such slots, not of the outage, and shorter outages are missing."
)
_TYPICAL_BYTES = 10_000


def tasks(scope: Scope, web: Web) -> list[Task]:  # noqa: ARG001  (the seam)
    """Return one question for each prefix."""
    return [
        Task(
            NAME,
            ripestat.address(
                "routing-history",
                resource=prefix,
                starttime=ripestat.at(scope.since_s),
                endtime=ripestat.at(scope.until_s),
                min_peers="0",
            ),
            scope.since_s,
            scope.until_s,
            prefixes=(prefix,),
        )
        for prefix in scope.prefixes
    ]


def typical_bytes(task: Task) -> int:  # noqa: ARG001  (the seam)
    """Return the usual size of an answer about one prefix and a few days."""
    return _TYPICAL_BYTES


def evidence(fetched: Fetched, scope: Scope, about: About) -> tuple[DataFrame, Facts]:
    """Return the table in the visibility form and what is known of it.

    Raises BrokenInputError when nobody knows which peers gave a full feed.
    """
    full = _full(lists(fetched), scope)
    if not full:
        cure = "Try again later; without it no share of peers can be told."
        raise BrokenInputError(Problem("ris-peers", 0, "", "no peer with a full feed", cure))
    known = len({feed.asn for feed, _ in full})
    shares = [share for _, outcome in fetched for share in outcome.found.shares]
    lines = list(_lines(shares, scope, known / len(full), known))
    rows = DataFrame(lines, columns=list(FORMS[Grade.VISIBILITY].columns), dtype=str)
    return typed(rows), checked(_told(full, fetched, scope, about))


def _full(listed: Sequence[Listed], scope: Scope) -> list[tuple[Feed, Standing]]:
    told = sorted({feed for one in listed for feed in one.feeds})
    found = standings(listed, scope.prefixes)
    pairs = ((feed, found.of((feed.collector, feed.ip, feed.asn))) for feed in told)
    return [(feed, standing) for feed, standing in pairs if standing.is_full]


def _lines(
    shares: Iterable[Share], scope: Scope, networks_per_peer: float, known: int
) -> Iterator[tuple[str, str, str, str, str]]:
    told = list(shares)
    for prefix in sorted(scope.prefixes):
        before = None
        for at_s, share in _steps([one for one in told if one.prefix == prefix], scope):
            seeing = min(known, round(share * networks_per_peer))
            if seeing != before:
                yield stamp(at_s), prefix, str(seeing), str(known), ""
            before = seeing


def _steps(shares: list[Share], scope: Scope) -> Iterator[tuple[int, float]]:
    """Yield when a prefix's number of peers changes within the window, and to what."""
    changes: dict[int, float] = {scope.since_s: 0.0}
    for share in sorted(shares):
        start_s = max(share.at_s, scope.since_s)
        # Slots are told up to 07:59:59; the last one of an answer up to 08:00:00.
        end_s = share.until_s + share.until_s % 2
        if start_s < min(end_s, scope.until_s):
            changes[start_s] = share.seeing
            if end_s < scope.until_s:
                changes[end_s] = 0.0
    yield from sorted(changes.items())


def _told(
    full: list[tuple[Feed, Standing]], fetched: Fetched, scope: Scope, about: About
) -> dict[str, Any]:
    return {
        "grade": Grade.VISIBILITY,
        "because": about.terms.because,
        "messages": about.terms.messages,
        "attribution": about.terms.attribution,
        "terms": about.terms.terms,
        "generator": about.version,
        "window": {"from": stamp(scope.since_s), "to": stamp(scope.until_s - 1)},
        "inputs": list(inputs(fetched)),
        "peers": [
            {
                "collector": feed.collector,
                "ip": feed.ip,
                "asn": f"AS{feed.asn}",
                "full_feed": "yes",
                "basis": standing.basis,
            }
            for feed, standing in full
        ],
        "note": about.note,
    }
