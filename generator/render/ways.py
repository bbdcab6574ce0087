"""The ways to browse: by country, region, network, cause, year and measurer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generator.derive import facets
from generator.derive.entry import Entry
from generator.derive.facets import Facet, Value
from generator.render import sentences

Say = Callable[[Value, Sequence[Entry], Mapping[str, int]], list[str]]


@dataclass(frozen=True)
class Hub:
    """One way to browse: its facet, its folder of pages, and what it says of a value.

    ``say`` takes a value, its incidents, and how many there are of each year.
    """

    facet: Facet
    folder: str
    title: str
    lead: str
    of_value: str
    say: Say


HUBS = (
    Hub(facets.COUNTRY, "countries", "Countries", "Every country hit by an incident on record.",
        "Internet outages in {}", sentences.of_place),
    Hub(facets.REGION, "regions", "Regions of the world",
        "Continents and their parts, after the United Nations.",
        "Internet outages in {}", sentences.of_place),
    Hub(facets.NETWORK, "networks", "Networks", "Every network that was hit, by name.",
        "Outages of {}", sentences.of_network),
    Hub(facets.CAUSE_PUT_FORWARD, "causes", "Causes", "The kinds of cause that were put "
        "forward, whether they held or not.", "Outages put down to: {}", sentences.of_cause),
    Hub(facets.YEAR, "years", "Years", "By the day an incident began.",
        "Internet outages of {}", sentences.of_year),
    Hub(facets.MEASURER, "measured-by", "Measured by", "Whose measurements of times and lengths "
        "the archive follows.", "Outages measured by {}", sentences.of_measurer),
)  # fmt: skip
