"""Writes what is about several incidents: lists, hubs, the site's own card. A worker does it all.

Its texts are hundreds of megabytes where there are thousands of incidents: each is written as soon
as it is made, and only names come back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.cards import Cards
from generator.crew import Crew
from generator.derive.entry import Entry
from generator.drawings import Drawings
from generator.render.archive import CARD, OVERVIEW, shared_files, site_card
from generator.render.chart import Chart, Drawn
from generator.render.incident import Site
from generator.writing import write_if_changed

_UNDRAWN = Drawn("", "")


@dataclass(frozen=True)
class Lists:
    """The incidents that lists are to be made of, and where; ``drawing`` what was never drawn."""

    build: Path
    entries: tuple[Entry, ...]
    site: Site
    drawing: bool = False


@dataclass(frozen=True)
class Listed:
    """The names of the files below ``pages``; or the charts that are to be drawn before."""

    names: Collection[str]
    missing: tuple[Chart, ...] = ()


@dataclass
class _Noting:
    """Draws from the cache, and notes what is not in it for others to draw."""

    drawings: Drawings
    drawing: bool
    missing: list[Chart] = field(default_factory=list)

    def draw(self, chart: Chart) -> Drawn:
        if self.drawing:
            return self.drawings.draw(chart)
        known = self.drawings.known(chart)
        if known is None:
            self.missing.append(chart)
        return known or _UNDRAWN


def make_lists(work: Lists) -> Listed:
    """Write every list; or say which charts were never drawn before, and are not to be now."""
    drawings = _Noting(_drawings(work.build), work.drawing)
    names, overview = {CARD}, ""
    for name, text in shared_files(work.entries, drawings.draw):
        names.add(name)
        if not drawings.missing:
            write_if_changed(work.build / "pages" / name, text)
        if name == OVERVIEW:
            overview = text
    if drawings.missing:
        return Listed((), tuple(drawings.missing))
    card = site_card(overview, len(work.entries), work.site)
    painted = Cards(work.build / "cache" / "cards").paint(card)
    write_if_changed(work.build / "pages" / CARD, painted)
    return Listed(names)


def drawn_too(work: Lists, found: Listed, crew: Crew) -> Collection[str]:
    """Return the names of the files; the crew draws what was missing, and they are made then."""
    if found.missing:
        list(crew.map(_draw, [(work.build, chart) for chart in found.missing]))
        found = crew.start(make_lists, replace(work, drawing=True), len(work.entries))()
    return found.names


def _draw(what: tuple[Path, Chart]) -> None:
    build, chart = what
    _drawings(build).draw(chart)


def _drawings(build: Path) -> Drawings:
    return Drawings(build / "cache" / "charts")
