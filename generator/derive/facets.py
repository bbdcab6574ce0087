"""What incidents can be found and grouped by: each facet of an incident, and its values in words.

A facet's values are text that is fit for an address; ``label`` says what people call them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from generator.derive.entry import Entry, Hit
from generator.derive.places import country_name
from generator.derive.world import regions_of
from generator.model.resources import Asn, CountryCode
from generator.model.slugs import slug
from generator.model.vocabulary import Standing
from generator.model.where import Network

HOUR_S, DAY_S = 3600, 86_400
# Each band's lower bound in seconds. A length counts by the shortest it can have been.
BANDS = {
    "under-1-hour": (0, "under an hour"),
    "1-to-6-hours": (HOUR_S, "1 to 6 hours"),
    "6-to-24-hours": (6 * HOUR_S, "6 to 24 hours"),
    "1-to-7-days": (DAY_S, "1 to 7 days"),
    "1-to-4-weeks": (7 * DAY_S, "1 to 4 weeks"),
    "over-4-weeks": (28 * DAY_S, "over 4 weeks"),
}
_ONGOING, _UNKNOWN = "ongoing", "unknown"


@dataclass(frozen=True)
class Value:
    """One value of a facet: for addresses, and as people say it."""

    key: str
    label: str


@dataclass(frozen=True)
class Facet:
    """One way to find incidents: ``of`` gives the values of an incident, none twice."""

    key: str
    label: str
    of: Callable[[Entry], tuple[Value, ...]]


@cache
def named(label: str) -> Value:
    """Return a value that is called by its own words."""
    return Value(slug(label), label)


def network_value(network: Network | Hit) -> Value:
    """Return a network as a value: by its AS number, by its name where it has none on record."""
    return named(network.name) if network.asn is None else _numbered(network.asn, network.name)


@cache
def _numbered(asn: Asn, name: str) -> Value:
    return Value(slug(str(asn)), f"{name} ({asn})")


@cache
def country_value(country: CountryCode) -> Value:
    """Return a country as a value."""
    return Value(country.code.lower(), country_name(country))


def _unique(values: Iterable[Value]) -> tuple[Value, ...]:
    found = tuple(values)
    return found if len(found) < 2 else tuple({value.key: value for value in found}.values())


@cache
def _word(value: str) -> Value:
    return Value(str(value), value.replace("-", " "))


def _words(values: Iterable[str]) -> tuple[Value, ...]:
    return _unique(map(_word, values))


def _regions(one: Entry) -> tuple[Value, ...]:
    return _unique(named(region) for country in one.countries for region in regions_of(country))


def _countries(one: Entry) -> tuple[Value, ...]:
    return _unique(map(country_value, one.countries))


def _networks(one: Entry) -> tuple[Value, ...]:
    return _unique(map(network_value, one.networks))


def _causes(one: Entry) -> tuple[Value, ...]:
    open_ones = (cause for cause in one.causes if cause.standing is not Standing.REFUTED)
    return _words(cause.category for cause in open_ones)


def _causes_put_forward(one: Entry) -> tuple[Value, ...]:
    return _words(cause.category for cause in one.causes)


def _standing(one: Entry) -> tuple[Value, ...]:
    return _words([one.standing])


def _layers(one: Entry) -> tuple[Value, ...]:
    return _words(one.layers)


def _extents(one: Entry) -> tuple[Value, ...]:
    return _words([one.extent])


def band_of(one: Entry) -> Value:
    """Return the band of an incident's length, by the shortest its main episode can have been."""
    if one.is_ongoing:
        return Value(_ONGOING, _ONGOING)
    length_s = one.length_s
    if length_s is None:
        return Value(_UNKNOWN, _UNKNOWN)
    key = [key for key, (least_s, _) in BANDS.items() if length_s >= least_s][-1]
    return Value(key, BANDS[key][1])


def _lengths(one: Entry) -> tuple[Value, ...]:
    return (band_of(one),)


def _years(one: Entry) -> tuple[Value, ...]:
    return (named(one.id[:4]),)


def _evidence(one: Entry) -> tuple[Value, ...]:
    return (named("measured here" if one.has_evidence else "reported only"),)


def _measurers(one: Entry) -> tuple[Value, ...]:
    return _unique(map(named, one.measurers))


REGION = Facet("region", "Region of the world", _regions)
COUNTRY = Facet("country", "Country", _countries)
NETWORK = Facet("network", "Network", _networks)
CAUSE = Facet("cause", "Possible cause", _causes)
# Also those refuted: for pages that tell what became of each, not for finding incidents.
CAUSE_PUT_FORWARD = Facet("cause", "Cause put forward", _causes_put_forward)
STANDING = Facet("standing", "How far the cause is known", _standing)
LAYER = Facet("layer", "What stopped", _layers)
EXTENT = Facet("extent", "How much", _extents)
LENGTH = Facet("length", "How long", _lengths)
YEAR = Facet("year", "Year", _years)
EVIDENCE = Facet("evidence", "Routing evidence", _evidence)
MEASURER = Facet("measured-by", "Measured by", _measurers)
FACETS = (
    REGION,
    COUNTRY,
    NETWORK,
    CAUSE,
    STANDING,
    LAYER,
    EXTENT,
    LENGTH,
    YEAR,
    EVIDENCE,
    MEASURER,
)


def grouped(facet: Facet, entries: Iterable[Entry]) -> dict[Value, list[Entry]]:
    """Return the incidents of each value of a facet, by label; each list as the entries came."""
    groups: dict[str, list[Entry]] = {}
    labels: dict[str, str] = {}
    for one in entries:
        for value in facet.of(one):
            # The first name on record stands for all, as two records may name one network apart.
            labels.setdefault(value.key, value.label)
            groups.setdefault(value.key, []).append(one)
    by_label = sorted(groups, key=lambda key: (labels[key].casefold(), key))
    return {Value(key, labels[key]): groups[key] for key in by_label}
