"""What a group of incidents has to say: sentences that can be checked against its list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from generator.derive.entry import Entry
from generator.derive.facets import Value
from generator.model.vocabulary import Standing
from generator.render import words

_STANDINGS = ("established", "likely", "contested", "unknown")


def began(one: Entry) -> datetime:
    """Return when an incident's main episode began, by the claim that leads."""
    return one.start.earliest


def longest(found: Sequence[Entry]) -> Entry | None:
    """Return the longest of the incidents whose length is known."""
    known = [one for one in found if one.length_s]
    return max(known, key=lambda one: one.length_s or 0, default=None)


def years(found: Sequence[Entry]) -> str:
    """Return ``2014`` or ``2013 to 2025``."""
    first, last = min(one.id[:4] for one in found), max(one.id[:4] for one in found)
    return first if first == last else f"{first} to {last}"


def of_place(_: Value, found: Sequence[Entry], __: Mapping[str, int]) -> list[str]:
    """Return what there is to say of a country or region."""
    return [_how_many(found), *_longest(found), _standings(found), *_causes(found)]


def of_network(_: Value, found: Sequence[Entry], __: Mapping[str, int]) -> list[str]:
    """Return what there is to say of a network that was hit."""
    return [_how_many(found), *_longest(found), _standings(found)]


def of_cause(value: Value, found: Sequence[Entry], _: Mapping[str, int]) -> list[str]:
    """Return how often a kind of cause was put forward, and how far it got."""
    reached = Counter(
        cause.standing for one in found for cause in one.causes if cause.category == value.key
    )
    parts = [f"{reached[standing]} {standing.value}" for standing in Standing if reached[standing]]
    times = words.count(reached.total(), "explanation")
    return [_how_many(found), f"It was put forward in {times}: {words.listed(parts)}.",
            *_longest(found)]  # fmt: skip


def of_year(value: Value, found: Sequence[Entry], years: Mapping[str, int]) -> list[str]:
    """Return how a year stands to the one before, and what was longest."""
    before = years.get(f"{int(value.key) - 1:04}", 0)
    last = words.count(before, "incident") if before else "none"
    return [f"{words.count(len(found), 'incident')} of this year on record; {last} of the year "
            "before.", *_longest(found), _standings(found), *_causes(found)]  # fmt: skip


def of_measurer(value: Value, found: Sequence[Entry], _: Mapping[str, int]) -> list[str]:
    """Return how often the archive follows somebody's measurements, and how often alone."""
    alone = sum(len(one.measurers) == 1 for one in found)
    many = words.count(len(found), "incident")
    only = f"in {alone:,} nobody else's" if alone else "each time beside somebody else's"
    return [f"The archive follows measurements by {value.label} in {many}: {only}.",
            *_longest(found)]  # fmt: skip


def _how_many(found: Sequence[Entry]) -> str:
    here = sum(one.has_evidence for one in found)
    measured = f"; routing was measured here for {here:,}" if here else ""
    return f"{words.count(len(found), 'incident')} on record, {years(found)}{measured}."


def _longest(found: Sequence[Entry]) -> list[str]:
    one = longest(found)
    if one is None or len(found) < 2:
        return []
    return [f"The longest of known length: {one.title} ({words.span(one.lasted)})."]


def _standings(found: Sequence[Entry]) -> str:
    reached = Counter(one.standing for one in found)
    parts = [f"{word} in {reached[word]:,}" for word in _STANDINGS if reached[word]]
    return f"The cause is {words.listed(parts)}."


def _causes(found: Sequence[Entry]) -> list[str]:
    """Say which kind of cause is most often open or established, where one stands out."""
    kinds = Counter(
        kind
        for one in found
        for kind in {
            cause.category.replace("-", " ")
            for cause in one.causes
            if cause.standing is not Standing.REFUTED
        }
    )
    (kind, number), *rest = kinds.most_common(2) or [("", 0)]
    if number < 2 or (rest and rest[0][1] == number):
        return []
    return [f"Most often put forward and not refuted: {kind}, in {number:,}."]
