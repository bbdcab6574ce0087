"""Comparing incidents: the page where a reader chooses, prepared sets, and the data for both."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.derive.compare import MOST, Company
from generator.derive.entry import Entry
from generator.derive.facets import Value
from generator.render import words
from generator.render.chart import Extent, Row, Together
from generator.render.facts import dates
from generator.render.indexes import lastmod
from generator.render.templating import fill, html


def together(chosen: Sequence[Entry]) -> Together:
    """Return incidents as the rows of a chart, in the order given."""
    return Together(tuple(_row(one) for one in chosen[:MOST]))


def _row(one: Entry) -> Row:
    bars = tuple(
        Extent(s.start_s, s.start_s if s.end_s is None else s.end_s, s.extent)
        for s in one.stretches
    )
    length = words.span(one.lasted)
    title = f"{one.id[:4]} · {length} · {one.title}"
    return Row(one.id, title, bars, one.dark_s)


def row_json(one: Entry, visible: Sequence[tuple[int, float]]) -> str:
    """Return an incident as the script of the page takes it; ``visible`` as measured here."""
    document = {
        "id": one.id,
        "title": one.title,
        "dates": dates(one),
        "length": words.span(one.lasted),
        "stretches": [[s.name, s.start_s, s.end_s, s.extent] for s in one.stretches],
        "measured": [list(dark) for dark in one.dark_s],
        "visible": [list(step) for step in visible],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


@dataclass(frozen=True)
class Prepared:
    """The values of one way to browse that have a comparison, and of how many incidents."""

    title: str
    folder: str
    values: Mapping[Value, int]


def compare_page(entries: Sequence[Entry], prepared: Sequence[Prepared]) -> str:
    """Return the page where two to six incidents are chosen, with the prepared sets as links."""
    groups = [
        {
            "title": one.title,
            "sets": [
                {"folder": html(f"{one.folder}/{value.key}"), "label": value.label,
                 "count": words.count(count, "incident")}
                for value, count in one.values.items()
            ],
        }
        for one in prepared if one.values
    ]  # fmt: skip
    return fill("compare.md.jinja", prepared=groups, lastmod=lastmod(entries))


class Suggestions:
    """What an incident's page suggests to compare it with; what it says of another is made once."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, Any]] = {}

    def of(self, found: Sequence[Company], identifier: str) -> list[dict[str, Any]]:
        """Return for each set worth comparing an incident with: why, whom, and the link."""
        return [
            {
                "why": each.why,
                "query": html(",".join([identifier, *(other.id for other in each.entries)])),
                "others": list(map(self._other, each.entries)),
            }
            for each in found
        ]

    def _other(self, one: Entry) -> dict[str, Any]:
        if one.id not in self._known:
            self._known[one.id] = {
                "id": html(one.id),
                "title": one.title,
                "year": html(one.id[:4]),
                "length": words.span(one.lasted),
            }
        return self._known[one.id]
