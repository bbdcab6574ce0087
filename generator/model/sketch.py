"""An incident before it is a record: what somebody told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from generator.model.resources import Asn, CountryCode, RegionCode
from generator.model.trackers import Tracker
from generator.model.values import Moment
from generator.model.vocabulary import Category, Extent, Layer


@dataclass(frozen=True)
class Sketch:
    """A record in the making: its fields as text, not held against the schema yet.

    ``name`` is what the id is made of beside the day it began, mostly a place. ``fields`` are
    those of ``incident.yaml``, in its order: text, lists and mappings.
    """

    name: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Listing:
    """A list that a tracker publishes: where it can be read, and what it is called."""

    tracker: Tracker
    publisher: str
    title: str
    url: str


@dataclass(frozen=True)
class Ground:
    """Where a tracker saw an outage. ``networks`` are AS numbers and names."""

    countries: tuple[CountryCode, ...] = ()
    regions: tuple[RegionCode, ...] = ()
    networks: tuple[tuple[Asn, str], ...] = ()
    scope: str = ""


@dataclass(frozen=True)
class Notice:
    """One outage as a tracker lists it.

    ``key`` is how the list tells it from others; ``own_id`` is what a record keeps under
    ``elsewhere``. ``cause`` is the tracker's word, ``categories`` what that may mean here.
    ``links`` are pages it names, which nobody has read; ``undecided`` says in sentences what a
    person must decide.
    """

    listing: Listing
    key: str
    own_id: str
    ground: Ground
    start: Moment
    end: Moment | Literal["unknown", "ongoing"]
    layer: Layer
    extent: Extent
    cause: str = ""
    categories: tuple[Category, ...] = ()
    links: tuple[str, ...] = ()
    undecided: tuple[str, ...] = field(default=())
