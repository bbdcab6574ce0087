"""What the rules about records side by side look at: of each record a little, of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from generator.model.incident import Incident
from generator.read.archive import Record
from generator.read.document import Document


@dataclass(frozen=True)
class Beside:
    """A record as the others see it.

    ``begun`` is the earliest of its starts that are followed, None where there is none, and for a
    withdrawn record. ``places`` are countries and networks it names, ``related`` the ids under
    `related` (empty text where there is none), ``elsewhere`` how other archives call it.
    """

    id: str
    file: str
    document: Document
    begun: datetime | None
    places: frozenset[str]
    related: tuple[str, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True)
class Together:
    """Every record that could be read, in order of its id, and the ids of those that could not."""

    records: tuple[Beside, ...] = ()
    broken: frozenset[str] = frozenset()


def beside(record: Record) -> Beside:
    """Return a record as the others see it."""
    incident = record.incident
    return Beside(
        record.id,
        record.file,
        record.document,
        None if incident.withdrawn else _earliest(incident),
        _places(incident),
        tuple(other.id or "" for other in incident.related),
        tuple(elsewhere(incident)),
    )


def elsewhere(incident: Incident) -> Iterable[str]:
    """Return how other archives call the incident, each with the name of that archive."""
    named = incident.elsewhere.model_dump(mode="json", exclude_none=True)
    return [f"{name} {value}" for name, value in named.items()]


def _earliest(incident: Incident) -> datetime | None:
    times = [
        claim.at.earliest
        for episode in incident.real_episodes
        for claim in episode.start
        if not claim.doubt
    ]
    return min(times, default=None)


def _places(incident: Incident) -> frozenset[str]:
    where = incident.where
    networks = (str(network.asn) for network in where.networks if network.asn)
    return frozenset((*map(str, where.countries), *networks))
