"""Questions that the list of incidents answers, with how many answers each has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from generator.derive.catalogue import newest_first
from generator.derive.entry import Entry
from generator.derive.facets import (
    CAUSE,
    EVIDENCE,
    EXTENT,
    LENGTH,
    NETWORK,
    REGION,
    STANDING,
    Facet,
    grouped,
)
from generator.render.templating import html

_OVER_A_DAY = ("1-to-7-days", "1-to-4-weeks", "over-4-weeks")


@dataclass(frozen=True)
class Question:
    """A question in words, and what to choose in the list: values by facet, from which year on."""

    words: str
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    since: str = ""

    @property
    def query(self) -> str:
        """Return the choice as the list's address has it."""
        pairs = [(facet.key, key) for facet, keys in self.chosen.items() for key in keys]
        return urlencode([*pairs, *([("from", self.since)] if self.since else [])])

    def answers(self, one: Entry) -> bool:
        """Say whether an incident is among those that the list shows."""
        if one.id[:4] < self.since:
            return False
        values = ((keys, facet.of(one)) for facet, keys in self.chosen.items())
        return all(any(value.key in keys for value in found) for keys, found in values)


_ALWAYS = (
    Question(
        "Government shutdowns in Africa longer than a day since 2019",
        {REGION: ("africa",), CAUSE: ("government-order",), LENGTH: _OVER_A_DAY},
        "2019",
    ),
    Question("Contested cable cuts", {CAUSE: ("cable",), STANDING: ("contested",)}),
    Question(
        "Power failures that left nothing connected",
        {CAUSE: ("power",), EXTENT: ("total",)},
    ),
    Question("Outages of more than four weeks", {LENGTH: ("over-4-weeks",)}),
    Question("Incidents whose routing this archive measured", {EVIDENCE: ("measured-here",)}),
)


def questions(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return the questions that have an answer: words, the list's query, how many answers."""
    asked = [*_ALWAYS[:2], *_of_network(entries), *_ALWAYS[2:]]
    counted = [(one, sum(map(one.answers, entries))) for one in asked]
    return [
        {"words": one.words, "query": html(one.query.replace("&", "&amp;")), "count": f"{many:,}"}
        for one, many in counted
        if many
    ]


def _of_network(entries: Sequence[Entry]) -> Iterator[Question]:
    """Yield a question about the network that was hit most often, if any was more than once."""
    groups = grouped(NETWORK, newest_first(entries))
    numbered = {value: len(found) for value, found in groups.items() if value.key.startswith("as")}
    most = max(numbered, key=lambda value: numbered[value], default=None)
    if most and numbered[most] > 1:
        yield Question(f"What happened to {most.label}", {NETWORK: (most.key,)})
