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


def rank(one: Entry, among: Iterable[Entry]) -> Rank | None:
    """Return the rank of an incident's length among a few; None when its own is unknown."""
    return ranked(one, sorted(other.length_s for other in among if other.length_s is not None))


def ranked(one: Entry, lengths: Sequence[int]) -> Rank | None:
    """Return the rank of an incident's length among lengths in order, the shortest first."""
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
        self.lengths = sorted(one.length_s for one in self.entries if one.length_s is not None)
        self._of_network: dict[str, list[Entry]] = defaultdict(list)
        for one in self.entries:
            for network in _networks(one):
                self._of_network[network].append(one)

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

    def same_network(self, one: Entry) -> list[Entry]:
        """Return the incidents that hit one of the same networks, itself among them, by id.

        Networks that carried it do not count.
        """
        found = {other.id: other for key in _networks(one) for other in self._of_network[key]}
        return [found[key] for key in sorted(found)]


def _networks(one: Entry) -> set[str]:
    return {str(network.asn) for network in one.networks if network.asn}
