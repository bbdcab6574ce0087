"""Rules about incidents side by side: what they say of each other, and doubles."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from generator.check.finding import Case, Finding
from generator.read.archive import Archive, Record
from generator.read.wording import did_you_mean

# Two outages of one country that begin within two days are mostly one outage reported twice;
# relapses belong in one record as its episodes.
_NEAR = timedelta(hours=48)


def related_incidents_are_described(case: Case) -> Iterator[Finding]:
    """An incident under `related` has its `id`; or, if the archive does not hold it, `at`, `what`
    and `sources`. One with an id has no `at`, for its own record says when it was.
    """
    for place, other in enumerate(case.incident.related):
        path = ("related", place)
        if other.id and other.at:
            what = "has an id and a time"
            yield Finding((*path, "at"), what, "Leave `at` out; the record of that id says when.")
        given = {"at": other.at, "what": other.what, "sources": other.sources}
        missing = [name for name, value in given.items() if not value]
        if not other.id and missing:
            cure = "Name the id of a record, or give `at`, `what` and `sources`."
            yield Finding(path, f"has no id, and no {' and no '.join(missing)}", cure)


def no_incident_is_related_to_itself(case: Case) -> Iterator[Finding]:
    """No incident is related to itself, and none is named twice."""
    seen: set[str] = set()
    for place, other in enumerate(case.incident.related):
        path = ("related", place, "id")
        if other.id and other.id == case.id:
            yield Finding(path, f"{other.id} is this record", "Take it out.")
        elif other.id and other.id in seen:
            yield Finding(path, f"{other.id} is named twice", "Keep one of the two.")
        seen.add(other.id or "")


def related_incidents_exist(archive: Archive) -> Iterator[tuple[Record, Finding]]:
    """Every `id` under `related` is that of a record of the archive."""
    known = {record.id for record in archive.records} | archive.broken
    for record in archive.records:
        for place, other in enumerate(record.incident.related):
            if other.id and other.id not in known:
                hint = did_you_mean(other.id, _alike(other.id, known)).strip()
                cure = hint or "Describe it without an id: `at`, `what` and `sources`."
                path = ("related", place, "id")
                yield record, Finding(path, f"the archive holds no {other.id}", cure)


def no_incident_is_recorded_twice(archive: Archive) -> Iterator[tuple[Record, Finding]]:
    """Two records that share a country or a network and begin within 48 hours are one incident,
    unless one of them names the other under `related`. Withdrawn records do not count.
    """
    for one, other, shared in _neighbours(archive):
        if _names(one, other) or _names(other, one):
            continue
        for record, double in ((one, other), (other, one)):
            what = f"{double.id} began within 48 hours of it, also in {shared}"
            cure = "Merge the two, or name one under `related` of the other."
            yield record, Finding(("episodes",), what, cure)


class Begun:
    """Incidents by place and by when they began, to find those that another may be a double of.

    What is a double is as for ``no_incident_is_recorded_twice``; that one names the other under
    `related` is not looked at.
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._by_place: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        for record in records:
            self.add(record)

    def add(self, record: Record) -> None:
        """Know of one more incident."""
        start = _earliest(record)
        if start and not record.incident.withdrawn:
            for place in _places(record):
                insort(self._by_place[place], (start, record.id))

    def near(self, record: Record) -> dict[str, str]:
        """Return the ids of possible doubles, the nearest in time first, and a place they share."""
        start = _earliest(record)
        if start is None:
            return {}
        found: list[tuple[timedelta, str, str]] = []
        for place in sorted(_places(record)):
            begun = self._by_place.get(place, [])
            for index in range(bisect_left(begun, (start - _NEAR, "")), len(begun)):
                other_start, other = begun[index]
                if other_start - start > _NEAR:
                    break
                found.append((abs(other_start - start), other, place))
        nearest: dict[str, str] = {}
        for _, other, place in sorted(found):
            nearest.setdefault(other, place)
        return nearest


def _alike(identifier: str, known: set[str]) -> list[str]:
    """The ids with the same date or the same name: few enough to be compared letter by letter."""
    date, name = identifier[:10], identifier[10:]
    return sorted(one for one in known if one[:10] == date or one[10:] == name)


def _neighbours(archive: Archive) -> Iterator[tuple[Record, Record, str]]:
    """Pairs that share a place and begin close together, each once, with a place they share."""
    by_place: dict[str, list[tuple[datetime, Record]]] = defaultdict(list)
    for record in archive.records:
        start = _earliest(record)
        if start and not record.incident.withdrawn:
            for place in _places(record):
                by_place[place].append((start, record))
    pairs: dict[tuple[str, str], tuple[Record, Record, str]] = {}
    for place, begun in sorted(by_place.items()):
        for earlier, later in _close(begun):
            pairs.setdefault((earlier.id, later.id), (earlier, later, place))
    yield from pairs.values()


def _close(begun: list[tuple[datetime, Record]]) -> Iterator[tuple[Record, Record]]:
    ordered = sorted(begun, key=lambda entry: (entry[0], entry[1].id))
    for index, (start, record) in enumerate(ordered):
        for other_start, other in ordered[index + 1 :]:
            if other_start - start > _NEAR:
                break
            yield record, other


def _earliest(record: Record) -> datetime | None:
    times = [
        claim.at.earliest
        for episode in record.incident.real_episodes
        for claim in episode.start
        if not claim.doubt
    ]
    return min(times, default=None)


def _places(record: Record) -> set[str]:
    where = record.incident.where
    return {str(country) for country in where.countries} | {
        str(network.asn) for network in where.networks if network.asn
    }


def _names(one: Record, other: Record) -> bool:
    return other.id in (related.id for related in one.incident.related)
