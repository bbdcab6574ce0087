"""What incidents can be found and grouped by: each facet of an incident, and its values in words.

A facet's values are text that is fit for an address; ``label`` says what people call them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.derive import timing
from generator.derive.catalogue import Entry
from generator.derive.measurers import names_of
from generator.derive.places import country_name
from generator.derive.world import regions_of
from generator.model.claims import Claim
from generator.model.incident import Incident
from generator.model.resources import CountryCode
from generator.model.vocabulary import Role, SourceKind, Standing
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
HIT = (Role.ORIGIN, Role.AFFECTED)


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


def slug(text: str) -> str:
    """Return a text as part of an address: lower-case ASCII letters and digits with hyphens.

    A text that has none of these gets a number of its own, so that no two names share a page.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
    return kept or f"named-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def named(label: str) -> Value:
    """Return a value that is called by its own words."""
    return Value(slug(label), label)


def network_value(network: Network) -> Value:
    """Return a network as a value: by its AS number, by its name where it has none on record."""
    if network.asn is None:
        return named(network.name)
    return Value(slug(str(network.asn)), f"{network.name} ({network.asn})")


def country_value(country: CountryCode) -> Value:
    """Return a country as a value."""
    return Value(country.code.lower(), country_name(country))


def measured_by(incident: Incident) -> tuple[str, ...]:
    """Return who measured the times and lengths that the archive follows, by name.

    Those are the publishers of measurements among the claims' origins, and whoever a claim names
    as having found it.
    """
    written = (_measurer(incident, claim) for claim in _claims(incident) if not claim.doubt)
    names = (name for each in written if each for name in names_of(each))
    return tuple(dict.fromkeys(names))


def _measurer(incident: Incident, claim: Claim) -> str | None:
    if claim.by:
        return claim.by
    source = incident.sources[claim.origin or claim.source]
    return source.publisher if source.kind is SourceKind.MEASUREMENT else None


def _claims(incident: Incident) -> Iterator[Claim]:
    for episode in incident.episodes:
        yield from (*episode.start, *episode.ends, *episode.duration)


def _unique(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple({value.key: value for value in values}.values())


def _words(values: Iterable[str]) -> tuple[Value, ...]:
    return _unique(Value(value, value.replace("-", " ")) for value in values)


def _regions(one: Entry) -> tuple[Value, ...]:
    countries = one.incident.where.countries
    return _unique(named(region) for country in countries for region in regions_of(country))


def _countries(one: Entry) -> tuple[Value, ...]:
    return _unique(map(country_value, one.incident.where.countries))


def _networks(one: Entry) -> tuple[Value, ...]:
    hit = (network for network in one.incident.where.networks if network.role in HIT)
    return _unique(map(network_value, hit))


def _causes(one: Entry) -> tuple[Value, ...]:
    open_ones = (e for e in one.incident.explanations if e.standing is not Standing.REFUTED)
    return _words(explanation.category.value for explanation in open_ones)


def _causes_put_forward(one: Entry) -> tuple[Value, ...]:
    return _words(explanation.category.value for explanation in one.incident.explanations)


def _standing(one: Entry) -> tuple[Value, ...]:
    return _words([one.standing])


def _layers(one: Entry) -> tuple[Value, ...]:
    return _words(episode.layer.value for episode in one.incident.real_episodes)


def _extents(one: Entry) -> tuple[Value, ...]:
    return _words([timing.main_episode(one.incident).extent.value])


def band_of(one: Entry) -> Value:
    """Return the band of an incident's length, by the shortest its main episode can have been."""
    if timing.main_episode(one.incident).end == _ONGOING:
        return Value(_ONGOING, _ONGOING)
    if one.length_s is None:
        return Value(_UNKNOWN, _UNKNOWN)
    key = [key for key, (least_s, _) in BANDS.items() if one.length_s >= least_s][-1]
    return Value(key, BANDS[key][1])


def _lengths(one: Entry) -> tuple[Value, ...]:
    return (band_of(one),)


def _years(one: Entry) -> tuple[Value, ...]:
    return (named(one.id[:4]),)


def _evidence(one: Entry) -> tuple[Value, ...]:
    return (named("measured here" if one.has_evidence else "reported only"),)


def _measurers(one: Entry) -> tuple[Value, ...]:
    return _unique(map(named, measured_by(one.incident)))


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
