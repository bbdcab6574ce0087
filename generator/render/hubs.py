"""Pages by country, region, network, cause, year and measurer: a list of each, a page per value.

They are what browsing is made of where no script runs, and each says something of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, TypeAlias

from generator.derive import facets
from generator.derive.catalogue import newest_first
from generator.derive.compare import MOST, alike
from generator.derive.entry import Entry
from generator.derive.facets import YEAR, Value, grouped
from generator.render import sentences, words
from generator.render.backdrop import Backdrop, counted, longest, most_shown
from generator.render.chart import NARROW, WIDE, Calendar, Chart, Drawn, World, linked
from generator.render.compare import Prepared, compare_page, together
from generator.render.data.feeds import FOLDERS
from generator.render.indexes import Rows, lastmod, paged
from generator.render.plot import Point
from generator.render.points import point
from generator.render.section import Section
from generator.render.templating import fill, html
from generator.render.ways import HUBS, Hub

Draw = Callable[[Chart], Drawn]


@dataclass(frozen=True)
class _Every:
    """What pages say of all incidents: how many there are of each year, and what lies behind the
    marks of a chart; and how lists show each, made once: an incident is in a dozen lists.
    """

    years: Mapping[str, int]
    rows: Rows
    backdrop: Backdrop | None
    draw: Draw

    def told(self, hub: Hub) -> str:
        """Return all of it that the pages of a way to browse may say."""
        return self._behind + (repr(sorted(self.years.items())) if hub.facet is YEAR else "")

    @cached_property
    def _behind(self) -> str:
        return repr(self.backdrop and (self.backdrop.frame, self.backdrop.dots))


_Groups: TypeAlias = Mapping[str, dict[Value, list[Entry]]]
_COMPARED = (facets.COUNTRY, facets.NETWORK, facets.CAUSE_PUT_FORWARD)
_ONE_PLACE = (facets.COUNTRY, facets.NETWORK)
_NAMED = 5
_PICTURES = {"countries": "map", "years": "calendar"}


def hub_pages(entries: Sequence[Entry], rows: Rows, draw: Draw) -> Iterator[Section]:
    """Yield every hub page and its charts, the pages that lead to them among them."""
    groups = {hub.folder: grouped(hub.facet, newest_first(entries)) for hub in HUBS}
    points = tuple(filter(None, map(point, entries)))
    backdrop = Backdrop(points, draw) if points else None
    every = _Every(Counter(one.id[:4] for one in entries), rows, backdrop, draw)
    yield Section(partial(_above, groups, entries, points, draw))
    for hub in HUBS:
        told_of_all = every.told(hub)
        for value, found in groups[hub.folder].items():
            told = f"{hub.folder} {value.key} {value.label} {told_of_all}"
            yield Section(partial(_of_value, hub, value, found, every), found, told)


def _above(
    groups: _Groups, entries: Sequence[Entry], points: tuple[Point, ...], draw: Draw
) -> Iterator[tuple[str, str]]:
    """Yield the pages that lead to those of values."""
    for hub in HUBS:
        yield (
            f"{hub.folder}/index.md",
            _index(hub, groups[hub.folder], entries, most_shown(len(points))),
        )
    yield "compare/index.md", compare_page(entries, _prepared(groups))
    yield from _pictures(groups["countries"], points, draw)
    yield "explore/index.md", _explore(groups, entries)


def _of_value(
    hub: Hub, value: Value, found: Sequence[Entry], every: _Every
) -> Iterator[tuple[str, str]]:
    """Yield the pages of a value and their charts."""
    if every.backdrop:
        yield from _value_charts(hub, value, found, every.backdrop)
    yield from _value_pages(hub, value, found, every)
    if _is_compared(hub, found):
        yield from _aligned(hub, value, alike(found), every.draw)


def _explore(groups: _Groups, entries: Sequence[Entry]) -> str:
    counted = [
        {"folder": html(hub.folder), "title": hub.title, "lead": hub.lead,
         "count": words.count(len(groups[hub.folder]), "page"), "most": _most(groups[hub.folder])}
        for hub in HUBS
    ]  # fmt: skip
    return fill("explore.md.jinja", hubs=counted, lastmod=lastmod(entries))


def _most(groups: Mapping[Value, Sequence[Entry]]) -> list[dict[str, Any]]:
    """Return the values with most incidents, equals in the order given."""
    most = sorted(groups.items(), key=lambda group: -len(group[1]))[:_NAMED]
    return [
        {"key": html(value.key), "label": value.label, "count": len(found)} for value, found in most
    ]


def _pictures(
    countries: dict[Value, list[Entry]], points: tuple[Point, ...], draw: Draw
) -> Iterator[tuple[str, str]]:
    """Yield the map of the countries and the calendar of the years."""
    counts = tuple((v.key.upper(), len(found), v.label) for v, found in countries.items())
    if counts:
        told = f"Incidents by country, in {words.count(len(counts), 'country', 'countries')}."
        chart = Chart(World(counts), WIDE, "world", "Incidents by country", told)
        yield "countries/map.svg", linked(draw(chart).svg, "../")
    for width, name in ((WIDE, "calendar.svg"), (NARROW, "calendar-narrow.svg")) if points else ():
        told = "A row per year, a bar for each incident from the day it began."
        chart = Chart(
            Calendar(longest(points)), width, f"calendar-{width}", "Incidents by day", told
        )
        yield f"years/{name}", linked(draw(chart).svg, "../")


def _index(hub: Hub, groups: dict[Value, list[Entry]], entries: Sequence[Entry], most: int) -> str:
    newest = list(reversed(groups.items())) if hub.facet is YEAR else groups.items()
    rows = [_row(value, found) for value, found in newest]
    return fill(
        "hub_index.md.jinja",
        title=hub.title,
        lead=hub.lead,
        rows=rows,
        picture=_PICTURES.get(hub.folder, "") if rows else "",
        head=hub.facet.label,
        most=most,
        lastmod=lastmod(entries),
    )


def _row(value: Value, found: Sequence[Entry]) -> dict[str, Any]:
    longest = sentences.longest(found)
    return {
        "key": html(value.key),
        "label": value.label,
        "count": len(found),
        "years": sentences.years(found),
        "longest": words.span(longest.lasted) if longest else "unknown",
        "title": longest.title if longest else "",
        "id": html(longest.id) if longest else "",
    }


def _is_compared(hub: Hub, found: Sequence[Entry]) -> bool:
    return hub.facet in _COMPARED and len(found) > 1


def _prepared(groups: _Groups) -> list[Prepared]:
    return [
        Prepared(hub.title, hub.folder,
                 {v: len(found) for v, found in groups[hub.folder].items()
                  if _is_compared(hub, found)})
        for hub in HUBS if hub.facet in _COMPARED
    ]  # fmt: skip


def _aligned(
    hub: Hub, value: Value, found: Sequence[Entry], draw: Draw
) -> Iterator[tuple[str, str]]:
    """Yield a few on one axis, in both widths."""
    title = f"{hub.of_value.format(value.label)}, on one axis"
    told = "Each incident from its beginning; dark bars as reported, amber ones as measured here."
    charts = ((WIDE, "aligned.svg"), (NARROW, "aligned-narrow.svg"))
    folder = f"{hub.folder}/{value.key}"
    for width, name in charts:
        called = f"on-{hub.folder}-{value.key}-{width}"
        chart = Chart(together(found), width, called, title, told)
        yield f"{folder}/{name}", linked(draw(chart).svg, "../../")


def _value_charts(
    hub: Hub, value: Value, found: Sequence[Entry], backdrop: Backdrop
) -> Iterator[tuple[str, str]]:
    """Yield a value's incidents among all, in both widths; nothing where none has a length."""
    points = _points(hub, found)
    title = hub.of_value.format(value.label)
    told = f"{counted(len(points))} among all on record."
    folder = f"{hub.folder}/{value.key}"
    for width, name in ((WIDE, "chart.svg"), (NARROW, "chart-narrow.svg")) if points else ():
        called = f"{hub.folder}-{value.key}-{width}"
        yield (
            f"{folder}/{name}",
            linked(backdrop.picture(longest(points), width, called, title, told), "../../"),
        )


def _points(hub: Hub, found: Sequence[Entry]) -> tuple[Point, ...]:
    dated = hub.facet in _ONE_PLACE
    return tuple(filter(None, (point(one, dated=dated) for one in found)))


def _value_pages(
    hub: Hub, value: Value, found: Sequence[Entry], every: _Every
) -> Iterator[tuple[str, str]]:
    """Yield a value's pages."""
    folder, said = f"{hub.folder}/{value.key}", hub.say(value, found, every.years)
    pages, known = paged(found), sum(bool(one.length_s) for one in found)
    for number, part in enumerate(pages, start=1):
        root = "../../" if number == 1 else "../../../"
        yield (
            f"{folder}/index.md" if number == 1 else f"{folder}/{number}/index.md",
            fill(
                "hub.md.jinja",
                title=hub.of_value.format(value.label),
                kicker=hub.title,
                folder=html(folder),
                feed=hub.folder in FOLDERS,
                sentences=said,
                plotted=number == 1 and known > 0,
                merged=bool(every.backdrop and every.backdrop.merged),
                most=most_shown(known),
                compared=_is_compared(hub, found) and number == 1,
                many=len(found) > MOST,
                chosen=html(",".join(one.id for one in alike(found))),
                rows=every.rows.of(part, f"{root}incidents/"),
                root=html(root),
                page=number,
                pages=len(pages),
                query=html(f"{hub.facet.key}={value.key}"),
                lastmod=lastmod(part),
            ),
        )
