"""Which peers told their whole table: only those say something when they are silent.

One rule, wherever a peer was counted: in its collector's own table where one was read whole, else
in RIPEstat's list of RIS peers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from generator.fetch import ripestat
from generator.fetch.task import TABLE, Feed, Outcome, Scope, Task
from generator.fetch.times import DAY_S, stamp

Peer: TypeAlias = tuple[str, str, int]
"""A collector, and the address and the ASN of who tells it."""

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


@dataclass(frozen=True)
class Listed:
    """Peers that were counted in one place, which is a collector's or (empty) of all."""

    place: str
    at_s: int
    feeds: tuple[Feed, ...]
    collector: str = ""


@dataclass(frozen=True)
class Standings:
    """The standing of each peer that was counted, and where any other one was looked for."""

    counted: Mapping[Peer, Standing]
    lists: tuple[Listed, ...]

    def of(self, peer: Peer) -> Standing:
        """Return the standing of a peer; one that is in no list has no full feed."""
        if peer in self.counted:
            return self.counted[peer]
        places = [one.place for one in self.lists if one.collector in ("", peer[0])]
        return Standing(False, f"Not in {' nor in '.join(places) or 'any list of peers'}.")


def task(scope: Scope) -> Task:
    """Return the question which peers RIS had at the last table before the window."""
    at_s = max(scope.since_s - scope.since_s % STEP_S, SINCE_S)
    return Task(KIND, ripestat.address(KIND, query_time=ripestat.at(at_s)), at_s, at_s)


def lists(fetched: Iterable[tuple[Task, Outcome]]) -> tuple[Listed, ...]:
    """Return where peers were counted: in RIPEstat's list first, then in each table."""
    found = [
        Listed(_place(told), told.since_s, outcome.found.feeds, told.collector)
        for told, outcome in fetched
        if outcome.found.feeds
    ]
    return tuple(sorted(found, key=lambda one: (one.collector, one.place)))


def _place(told: Task) -> str:
    if told.kind == TABLE:
        return f"the table {told.name}"
    return f"RIPEstat ris-peers at {stamp(told.since_s)}"


def standings(places: Sequence[Listed], prefixes: Iterable[str]) -> Standings:
    """Return the standing of each peer by collector, address and ASN.

    A peer is full when it told at least three quarters of the longest table of IPv4, or of IPv6,
    whichever the prefixes are of; where they are of both, it must not be partial in either. The
    longest is that of any peer in any of the places within a day: a small collector may have none.
    Where a peer was counted in two places, the later one in the sequence stands.
    """
    versions = sorted({6 if ":" in prefix else 4 for prefix in prefixes})
    counted: dict[Peer, Standing] = {}
    for place in places:
        near = [one for one in places if abs(one.at_s - place.at_s) <= DAY_S]
        most = {version: _most(near, version) for version in versions}
        counted |= {
            (one.collector, one.ip, one.asn): _standing(one, most, place.place)
            for one in place.feeds
        }
    return Standings(counted, tuple(places))


def _most(places: Iterable[Listed], version: int) -> int:
    return max((_count(one, version) for place in places for one in place.feeds), default=0)


def _count(feed: Feed, version: int) -> int:
    return feed.v6 if version == 6 else feed.v4


def _standing(feed: Feed, most: Mapping[int, int], place: str) -> Standing:
    counts = {version: _count(feed, version) for version in most}
    said = [version for version in most if counts[version]]
    is_full = bool(said) and all(counts[version] >= FULL_SHARE * most[version] for version in said)
    table = " and ".join(
        f"{counts[version]:,} IPv{version} prefixes of at most {most[version]:,}"
        for version in most
    )
    basis = f"{place[:1].upper()}{place[1:]}: {table}; three quarters or more is full."
    return Standing(is_full, basis)
