"""Which peers told their whole table: only those say something when they are silent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.fetch import ripestat
from generator.fetch.task import Feed, Scope, Task
from generator.fetch.times import stamp

KIND = "ris-peers"
TYPICAL_BYTES = 40_000  # estimated
# A peer with three quarters of the longest table of that moment, which tells full tables (within
# a few per cent of each other) from customers' and exchange members' routes (below a half).
FULL_SHARE = 0.75
STEP_S = 8 * 3600  # RIS writes its tables at 0, 8 and 16 hours
SINCE_S = 1_072_944_000  # 2004-01-01T08:00, the earliest that ris-peers answers for


@dataclass(frozen=True)
class Standing:
    """Whether a peer gave a full feed, and how that is known."""

    is_full: bool
    basis: str


def task(scope: Scope) -> Task:
    """Return the question which peers RIS had at the last table before the window."""
    at_s = max(scope.since_s - scope.since_s % STEP_S, SINCE_S)
    return Task(
        "ris-peers", ripestat.address("ris-peers", query_time=ripestat.at(at_s)), at_s, at_s
    )


def standings(
    feeds: Iterable[Feed], prefixes: Iterable[str], at_s: int
) -> Mapping[tuple[str, str, int], Standing]:
    """Return the standing of each listed peer by collector, address and ASN.

    A peer is full when it told at least three quarters of the longest table of IPv4, or of IPv6,
    whichever the prefixes are of; where they are of both, it must not be partial in either.
    """
    told = tuple(feeds)
    versions = sorted({6 if ":" in prefix else 4 for prefix in prefixes})
    most = {version: max((_count(one, version) for one in told), default=0) for version in versions}
    return {(one.collector, one.ip, one.asn): _standing(one, most, at_s) for one in told}


def _count(feed: Feed, version: int) -> int:
    return feed.v6 if version == 6 else feed.v4


def _standing(feed: Feed, most: Mapping[int, int], at_s: int) -> Standing:
    counts = {version: _count(feed, version) for version in most}
    said = [version for version in most if counts[version]]
    is_full = bool(said) and all(counts[version] >= FULL_SHARE * most[version] for version in said)
    table = " and ".join(
        f"{counts[version]:,} IPv{version} prefixes of at most {most[version]:,}"
        for version in most
    )
    return Standing(
        is_full,
        f"RIPEstat ris-peers at {stamp(at_s)}: {table}; three quarters or more is full.",
    )


def unlisted(at_s: int) -> Standing:
    """Return the standing of a peer that the list does not have."""
    return Standing(False, f"Not in RIPEstat ris-peers at {stamp(at_s)}.")
