"""What an incident's page says of the other incidents: all that it needs to know of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.derive.catalogue import Catalogue
from generator.derive.compare import company
from generator.derive.entry import Entry
from generator.derive.neighbours import Neighbours
from generator.render.compare import Suggestions
from generator.render.unusual import unusual


@dataclass(frozen=True)
class Among:
    """Words about the others: how unusual this one is, whom to compare with, related titles.

    Plain text and nothing else, so that a page can be made apart from all others, and is made
    again only when what it says of them has changed.
    """

    unusual: str
    company: list[dict[str, Any]]
    titles: Mapping[str, str]


def among_others(catalogue: Catalogue) -> Iterator[tuple[Entry, Among]]:
    """Yield each incident with what its page says of the others."""
    by_length, suggestions = Neighbours(catalogue), Suggestions()
    for one in catalogue:
        yield one, _among(one, catalogue, by_length, suggestions)


def among_the_others(one: Entry, catalogue: Catalogue) -> Among:
    """Return what the page of one incident of the catalogue says of the others."""
    return _among(one, catalogue, Neighbours(catalogue), Suggestions())


def _among(
    one: Entry, catalogue: Catalogue, by_length: Neighbours, suggestions: Suggestions
) -> Among:
    related = [other for other in one.related if other in catalogue.titles]
    suggested = suggestions.of(company(one, catalogue, by_length), one.id)
    titles = {key: catalogue.titles[key] for key in related}
    return Among(unusual(one, catalogue), suggested, titles)
