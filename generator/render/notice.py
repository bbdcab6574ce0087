"""What a tracker lists, as a sketch: its facts in our words, and what a person must decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.derive.places import country_name, region_name
from generator.model.sketch import Ground, Notice, Sketch
from generator.model.trackers import Tracker
from generator.model.values import Moment
from generator.model.vocabulary import Category, SourceKind

_NAMES = {
    Tracker.IODA: "IODA",
    Tracker.CLOUDFLARE_RADAR: "Cloudflare Radar",
    Tracker.KEEPITON: "Access Now",
}
_KINDS = {
    Tracker.IODA: SourceKind.MEASUREMENT,
    Tracker.CLOUDFLARE_RADAR: SourceKind.MEASUREMENT,
    Tracker.KEEPITON: SourceKind.OTHER,
}
_MOST_LINKS = 20


def sketch_of(notice: Notice, on: Moment) -> Sketch:
    """Return the record that a notice is the beginning of, written and read on a day.

    Its one source is the list; pages that the list names stand under `lacking`, to be read.
    """
    place, key = _place(notice.ground), notice.listing.tracker.value
    fields = {
        "title": f"Outage in {place}"[:140].rstrip(),
        "summary": f"{_NAMES[notice.listing.tracker]} lists an outage in {place} "
        f"{_span(notice)} [@{key}].",
        "where": _where(notice.ground),
        "episodes": [_episode(notice, key)],
        "explanations": _explanations(notice, key),
        "elsewhere": {key: notice.own_id},
        "sources": {key: _source(notice, on)},
        "lacking": list(_lacking(notice)),
        "added": str(on),
    }
    return Sketch(place, fields)


def _place(ground: Ground) -> str:
    """The smallest place that has a name: networks, else regions, else countries."""
    networks = [name for _, name in ground.networks]
    regions = [region_name(region) for region in ground.regions]
    countries = [country_name(country) for country in ground.countries]
    names = networks or regions or countries
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if names[3:] else "")


def _span(notice: Notice) -> str:
    if isinstance(notice.end, Moment):
        return f"from {notice.start} to {notice.end}"
    return f"from {notice.start}, and gives no end"


def _where(ground: Ground) -> dict[str, Any]:
    networks = [
        {"asn": str(asn), "name": name, "role": "affected"} for asn, name in ground.networks
    ]
    said: dict[str, Any] = {
        "countries": [str(country) for country in ground.countries],
        "regions": [str(region) for region in ground.regions],
        "networks": networks,
        "scope": ground.scope,
    }
    return {name: value for name, value in said.items() if value}


def _episode(notice: Notice, key: str) -> dict[str, Any]:
    end = notice.end
    return {
        "name": "Outage",
        "layer": notice.layer.value,
        "extent": notice.extent.value,
        "start": [{"at": str(notice.start), "source": key}],
        "end": [{"at": str(end), "source": key}] if isinstance(end, Moment) else end,
    }


def _explanations(notice: Notice, key: str) -> list[dict[str, Any]]:
    """One as the list gives it; none where it gives none, or says that it is unknown."""
    if notice.categories in ((), (Category.UNKNOWN,)):
        return []
    category = notice.categories[0] if len(notice.categories) == 1 else Category.UNKNOWN
    who = _NAMES[notice.listing.tracker]
    return [
        {
            "id": "as-listed",
            "title": f"{who}: {notice.cause}",
            "category": category.value,
            "standing": "proposed",
            "proposed_by": [{"who": who, "source": key}],
        }
    ]


def _source(notice: Notice, on: Moment) -> dict[str, Any]:
    listing = notice.listing
    return {
        "kind": _KINDS[listing.tracker].value,
        "publisher": listing.publisher,
        "title": listing.title,
        "url": listing.url,
        "accessed": str(on),
        "note": f"Read in an export of the list: {notice.key}.",
    }


def _lacking(notice: Notice) -> Iterator[str]:
    who = _NAMES[notice.listing.tracker]
    yield (
        f"Drafted by a program from a list of {who}: a title and a summary by somebody who read "
        "the sources."
    )
    yield from notice.undecided
    if len(notice.categories) > 1:
        may_be = ", ".join(notice.categories)
        yield f"{who} gives the cause as {notice.cause}, which may be {may_be}: decide which."
    elif not notice.categories and notice.cause:
        yield f"{who} gives the cause as {notice.cause}, which is no category here: decide."
    for link in notice.links[:_MOST_LINKS]:
        yield f"To be read, and cited for what it says: {link}"
