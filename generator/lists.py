"""Writes what is about several incidents: lists, hubs, the site's own card. A worker does it all.

Its texts are hundreds of megabytes where there are thousands of incidents: each is written as soon
as it is made, and only names come back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path
from typing import Any

from generator.cache import code, key_of
from generator.cards import Cards
from generator.crew import Crew
from generator.derive.entry import Entry
from generator.drawings import Drawings
from generator.ledger import Written, read_ledger, untouched, write_ledger, written
from generator.packing import pack, unpack_each
from generator.render.archive import CARD, OVERVIEW, sections, site_card
from generator.render.chart import Chart, Drawn
from generator.render.incident import Site
from generator.render.section import Section
from generator.writing import write_if_changed

_UNDRAWN = Drawn("", "")
_FEW = 24  # charts that are sooner drawn at once than by the crew and all lists made again


@dataclass(frozen=True)
class Lists:
    """The incidents that lists are to be made of, and where; ``drawing`` all that never was drawn.

    ``keys`` stand each for all that an incident's row of the catalogue was worked out from. It
    goes to a worker as packed bytes.
    """

    build: Path
    entries: tuple[Entry, ...]
    keys: tuple[str, ...]
    site: Site
    drawing: bool = False

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpacked, (pack(vars(self)),)


def _unpacked(raw: bytes) -> Lists:
    (fields,) = unpack_each([raw], dict)
    return Lists(**fields)


@dataclass(frozen=True)
class Listed:
    """The names of the files below ``pages``; or the charts that are to be drawn before."""

    names: Collection[str]
    missing: tuple[Chart, ...] = ()


@dataclass
class _Noting:
    """Draws from the cache, and a few charts that are not in it; notes others, to be drawn by all.

    ``few`` is how many it may draw yet.
    """

    drawings: Drawings
    few: float
    missing: list[Chart] = field(default_factory=list)

    def draw(self, chart: Chart) -> Drawn:
        if known := self.drawings.known(chart):
            return known
        if self.few < 1:
            self.missing.append(chart)
            return _UNDRAWN
        self.few -= 1
        return self.drawings.draw(chart)


def make_lists(work: Lists) -> Listed:
    """Write every list but those that are there already; or say which charts were never drawn
    before, where they are too many to be drawn now.
    """
    drawings = _Noting(_drawings(work.build), inf if work.drawing else _FEW)
    names, overview = {CARD}, ""
    before, after = read_ledger(_ledger(work.build)), dict[str, Written]()
    for section, stamp in _stamped(sections(work.entries, drawings.draw), work):
        files = before.get(stamp, {})
        if not (files and untouched(work.build / "pages", files)):
            made = dict(section.files())
            overview = made.get(OVERVIEW, overview)
            files = {} if drawings.missing else written(work.build / "pages", made.items())
        after[stamp] = files
        names.update(files)
    if drawings.missing:
        return Listed((), tuple(drawings.missing))
    write_ledger(_ledger(work.build), {stamp: files for stamp, files in after.items() if stamp})
    card = site_card(overview, len(work.entries), work.site)
    painted = Cards(work.build / "cache" / "cards").paint(card)
    write_if_changed(work.build / "pages" / CARD, painted)
    return Listed(names)


def _stamped(found: Iterable[Section], work: Lists) -> Iterator[tuple[Section, str]]:
    """Yield each section with what stands for all that its files say; nothing where that is all
    there is.
    """
    keys = {one.id: key for one, key in zip(work.entries, work.keys, strict=True)}
    for one in found:
        about = None if one.about is None else [keys[entry.id] for entry in one.about]
        yield one, "" if about is None else key_of(code(), one.told, *about)


def _ledger(build: Path) -> Path:
    return build / "cache" / "lists.json"


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
