"""On this day: every incident by the day of the year it began."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from generator.derive.entry import Entry
from generator.render.indexes import lastmod
from generator.render.templating import fill, html

MONTHS = 12


def by_day(entries: Sequence[Entry]) -> list[Entry]:
    """Return incidents by day of the year, then by year."""
    return sorted(entries, key=lambda one: (one.id[5:10], one.id))


def day_pages(entries: Sequence[Entry]) -> dict[str, str]:
    """Return the page, and for each month the little table that a script picks today's from."""
    ordered = by_day(entries)
    days = [
        {
            "key": html(day),
            "name": _name(day),
            "entries": [
                {"id": html(one.id), "year": html(one.id[:4]), "title": one.title} for one in found
            ],
        }
        for day, found in groupby(ordered, key=lambda one: one.id[5:10])
    ]
    pages = {"on-this-day/index.md": fill("days.md.jinja", days=days, lastmod=lastmod(entries))}
    for month in range(1, MONTHS + 1):
        of_month = [one for one in ordered if one.id[5:7] == f"{month:02}"]
        rows = [[one.id, one.title] for one in of_month]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n"
        pages[f"data/days/{month:02}.json"] = text
    return pages


def _name(day: str) -> str:
    # 2000 was a leap year, so that 29 February has a name as well.
    on = date.fromisoformat(f"2000-{day}")
    return f"{on.day} {on:%B}"
