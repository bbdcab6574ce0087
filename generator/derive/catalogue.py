"""The archive as a whole: one row per incident, and how unusual each is."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import overload

from generator.derive.entry import Entry

# Below this many known lengths a rank says more about the sample than about the outage.
LEAST_SAMPLE = 5


@dataclass(frozen=True)
class Rank:
    """Where an incident's length lies: ``place`` 1 is the longest of ``known`` lengths."""

    place: int
    known: int

    @property
    def tells(self) -> bool:
        """True when the sample is large enough to say anything."""
        return self.known >= LEAST_SAMPLE


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Return the catalogue by date, newest first."""
    return sorted(entries, key=lambda one: one.id, reverse=True)


def ranked(one: Entry, lengths: Sequence[int]) -> Rank | None:
    """Return the rank of an incident's length among lengths in order, the shortest first; None
    when its own is unknown.
    """
    if one.length_s is None:
        return None
    return Rank(1 + len(lengths) - bisect_right(lengths, one.length_s), len(lengths))


class Catalogue(Sequence[Entry]):
    """All incidents, and what finds the others of one without looking at each.

    What is asked for each incident must not cost more the more incidents there are.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self.titles = {one.id: one.title for one in self.entries}
        self.lengths = _lengths(self.entries)
        self._of_network: dict[str, list[Entry]] = defaultdict(list)
        for one in self.entries:
            for network in _networks(one):
                self._of_network[network].append(one)
        self._same: dict[frozenset[str], _Same] = {}

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        return self.entries[at]

    def __len__(self) -> int:
        return len(self.entries)

    def rank(self, one: Entry) -> Rank | None:
        """Return the rank of an incident's length in the archive; None when it is unknown."""
        return ranked(one, self.lengths)

    def same_network(self, one: Entry) -> Sequence[Entry]:
        """Return the incidents that hit one of the same networks, itself among them, by id.

        Networks that carried it do not count.
        """
        return self._same_as(one).entries

    def rank_of_network(self, one: Entry) -> Rank | None:
        """Return the rank of an incident's length among those of the same networks."""
        return ranked(one, self._same_as(one).lengths)

    def _same_as(self, one: Entry) -> _Same:
        networks = _networks(one)
        if networks not in self._same:
            found = {other.id: other for key in networks for other in self._of_network[key]}
            self._same[networks] = _Same(tuple(found[key] for key in sorted(found)))
        return self._same[networks]


class _Same:
    """Incidents that hit one of the same networks, by id, and their known lengths in order."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.lengths = _lengths(entries)


def _lengths(entries: Iterable[Entry]) -> list[int]:
    return sorted(one.length_s for one in entries if one.length_s is not None)


def _networks(one: Entry) -> frozenset[str]:
    return frozenset(str(network.asn) for network in one.networks if network.asn)
