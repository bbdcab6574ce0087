"""Rules about incidents side by side: what they say of each other, and doubles."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from generator.check.beside import Beside, Together
from generator.check.finding import Case, Finding
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


def related_incidents_exist(archive: Together) -> Iterator[tuple[Beside, Finding]]:
    """Every `id` under `related` is that of a record of the archive."""
    known = {record.id for record in archive.records} | archive.broken
    for record in archive.records:
        for place, other in enumerate(record.related):
            if other and other not in known:
                hint = did_you_mean(other, _alike(other, known)).strip()
                cure = hint or "Describe it without an id: `at`, `what` and `sources`."
                path = ("related", place, "id")
                yield record, Finding(path, f"the archive holds no {other}", cure)


def no_incident_is_recorded_twice(archive: Together) -> Iterator[tuple[Beside, Finding]]:
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

    def __init__(self, records: Iterable[Beside] = ()) -> None:
        self._by_place: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        for record in records:
            self.add(record)

    def add(self, record: Beside) -> None:
        """Know of one more incident."""
        if record.begun:
            for place in record.places:
                insort(self._by_place[place], (record.begun, record.id))

    def near(self, record: Beside) -> dict[str, str]:
        """Return the ids of possible doubles, the nearest in time first, and a place they share."""
        start = record.begun
        if start is None:
            return {}
        found: list[tuple[timedelta, str, str]] = []
        for place in sorted(record.places):
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


def _neighbours(archive: Together) -> Iterator[tuple[Beside, Beside, str]]:
    """Pairs that share a place and begin close together, each once, with a place they share."""
    by_place: dict[str, list[tuple[datetime, Beside]]] = defaultdict(list)
    for record in archive.records:
        if record.begun:
            for place in record.places:
                by_place[place].append((record.begun, record))
    pairs: dict[tuple[str, str], tuple[Beside, Beside, str]] = {}
    for place, begun in sorted(by_place.items()):
        for earlier, later in _close(begun):
            pairs.setdefault((earlier.id, later.id), (earlier, later, place))
    yield from pairs.values()


def _close(begun: list[tuple[datetime, Beside]]) -> Iterator[tuple[Beside, Beside]]:
    ordered = sorted(begun, key=lambda entry: (entry[0], entry[1].id))
    for index, (start, record) in enumerate(ordered):
        for other_start, other in ordered[index + 1 :]:
            if other_start - start > _NEAR:
                break
            yield record, other


def _names(one: Beside, other: Beside) -> bool:
    return other.id in one.related
