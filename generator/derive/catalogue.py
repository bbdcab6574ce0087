"""The archive as a whole: one row per incident, and how unusual each is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.check.standing import incident_standing
from generator.derive import places, timing
from generator.model.incident import Incident

# Below this many known lengths a rank says more about the sample than about the outage.
LEAST_SAMPLE = 5


@dataclass(frozen=True)
class Entry:
    """One incident as lists and comparisons need it."""

    id: str
    incident: Incident
    places: tuple[str, ...]
    lasted: timing.Span | None
    standing: str
    has_evidence: bool

    @property
    def length_s(self) -> int | None:
        """The length to rank by: the shortest it can have been, in seconds."""
        return self.lasted.shortest_s if self.lasted else None


@dataclass(frozen=True)
class Rank:
    """Where an incident's length lies: ``place`` 1 is the longest of ``known`` lengths."""

    place: int
    known: int

    @property
    def tells(self) -> bool:
        """True when the sample is large enough to say anything."""
        return self.known >= LEAST_SAMPLE


def entry(identifier: str, incident: Incident, *, has_evidence: bool) -> Entry:
    """Return an incident's row of the catalogue."""
    return Entry(
        identifier,
        incident,
        tuple(places.place_names(incident.where)),
        timing.span(timing.main_episode(incident)),
        str(incident_standing(incident)),
        has_evidence,
    )


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Return the catalogue by date, newest first."""
    return sorted(entries, key=lambda one: one.id, reverse=True)


def rank(one: Entry, among: Sequence[Entry]) -> Rank | None:
    """Return the rank of an incident's length among others; None when its own is unknown."""
    if one.length_s is None:
        return None
    lengths = [other.length_s for other in among if other.length_s is not None]
    return Rank(1 + sum(length > one.length_s for length in lengths), len(lengths))


def same_network(one: Entry, among: Iterable[Entry]) -> list[Entry]:
    """Return the incidents that hit one of the same networks (upstreams do not count)."""
    hit = _networks(one)
    return [other for other in among if _networks(other) & hit]


def _networks(one: Entry) -> set[str]:
    networks = one.incident.where.networks
    return {str(network.asn) for network in networks if network.asn and network.role in _HIT}


_HIT = ("origin", "affected")
