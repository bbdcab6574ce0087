"""Incidents held side by side: their stretches from a common beginning, and whom to compare with.

Offsets are seconds after the beginning of each incident's main episode, negative before it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median_low

from generator.derive import timing
from generator.derive.catalogue import Catalogue, Entry
from generator.derive.measurement import Measurement
from generator.derive.neighbours import Neighbours
from generator.model.claims import Episode

MOST = Neighbours.MOST + 1  # more rows than this cannot be told apart on a phone


@dataclass(frozen=True)
class Stretch:
    """A reported stretch; ``end_s`` None where no end and no length is known."""

    name: str
    start_s: int
    end_s: int | None
    extent: str


@dataclass(frozen=True)
class Aligned:
    """One incident on the common axis.

    ``dark_s`` are measured stretches in which any prefix was lost, ``visible`` the share of
    prefixes that was visible from an offset on; both are empty where nothing was measured.
    """

    entry: Entry
    stretches: tuple[Stretch, ...]
    dark_s: tuple[tuple[int, int], ...]
    visible: tuple[tuple[int, float], ...] = ()

    @property
    def last_s(self) -> int:
        """The last offset at which anything is known."""
        ends = [s.end_s if s.end_s is not None else s.start_s for s in self.stretches]
        return max([*ends, *(end for _, end in self.dark_s)])


@dataclass(frozen=True)
class Company:
    """Incidents worth comparing with one, and why."""

    why: str
    entries: tuple[Entry, ...]


def aligned(one: Entry, found: Measurement | None) -> Aligned:
    """Return an incident on the common axis."""
    zero = timing.lead_start(timing.main_episode(one.incident)).at.earliest
    stretches = tuple(_stretch(episode, zero) for episode in one.incident.episodes)
    dark = found.stretches if found else []
    dark_s = tuple((_after(start, zero), _after(end, zero)) for start, end in dark)
    return Aligned(one, stretches, dark_s, tuple(_visible(found, zero)) if found else ())


def _visible(found: Measurement, zero: datetime) -> Iterator[tuple[int, float]]:
    """Yield the share of visible prefixes where it changes by a hundredth or more."""
    last: float | None = None
    for at, number in found.steps:
        share = round(number / found.figures.prefixes, 2) if found.figures.prefixes else 1.0
        if share != last:
            yield _after(at, zero), share
        last = share


def _stretch(episode: Episode, zero: datetime) -> Stretch:
    start = timing.lead_start(episode).at.earliest
    end, lasted = timing.lead_end(episode), timing.span(episode)
    start_s = _after(start, zero)
    end_s = _after(end.at.earliest, zero) if end else None
    if end_s is None and lasted:
        end_s = start_s + lasted.shortest_s
    return Stretch(episode.name, start_s, end_s, episode.extent.value)


def _after(at: datetime, zero: datetime) -> int:
    return int((at - zero).total_seconds())


def company(one: Entry, catalogue: Catalogue, by_length: Neighbours) -> list[Company]:
    """Return with whom to compare an incident: its network, its cause, its length.

    Each list has at most five others: of the network the latest, of the rest the nearest in
    length.
    """
    network = [other for other in catalogue.same_network(one) if other.id != one.id]
    lists = (
        ("other outages of the same network", network[:-MOST:-1]),
        ("the same kind of cause", by_length.of_cause(one)),
        ("a similar length", by_length.similar(one)),
    )
    return [Company(why, tuple(found)) for why, found in lists if found]


def alike(found: Sequence[Entry]) -> list[Entry]:
    """Return the few whose lengths lie nearest to the median one, as they came.

    On a common axis an outage of a month leaves nothing to be seen of one of an hour.
    """
    known = [one for one in found if one.length_s]
    if not known:
        return list(found[:MOST])
    middle = median_low(one.length_s or 1 for one in known)
    nearest = sorted(known, key=lambda one: abs(math.log((one.length_s or 1) / middle)))[:MOST]
    chosen = {one.id for one in nearest}
    return [one for one in known if one.id in chosen]
