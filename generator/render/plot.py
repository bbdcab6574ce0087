"""What charts of incidents by date and length show, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

# Marks of the axis, from a minute to a year.
LENGTHS_S = (60, 600, 3600, 21_600, 86_400, 604_800, 2_592_000, 31_536_000)


@dataclass(frozen=True)
class Point:
    """An incident among all: when, how long, and how far its cause is known; ``label`` is short."""

    id: str
    title: str
    label: str
    at: datetime
    length_s: int
    standing: str

    @property
    def faded(self) -> Faded:
        """The same as one of many in the background."""
        return Faded(self.at, self.length_s)


@dataclass(frozen=True)
class Faded:
    """An incident in the background: when, and how long."""

    at: datetime
    length_s: int


@dataclass(frozen=True)
class Frame:
    """What the axes of an overview span: years, and seconds on a logarithmic scale."""

    first: int
    last: int
    foot_s: int
    top_s: int

    @classmethod
    def of(cls, points: Sequence[Point]) -> Frame:
        """Return the frame that has room for the incidents; there must be at least one."""
        years = [one.at.year for one in points]
        lengths = [one.length_s for one in points]
        top_s = next((s for s in LENGTHS_S if s >= max(lengths) * 1.6), max(LENGTHS_S))
        foot_s = max(s for s in (1, *LENGTHS_S) if s < top_s and s <= min(lengths))
        return cls(min(years), max(years), foot_s, top_s)


@dataclass(frozen=True)
class Ground:
    """The axes of an overview, and pale dots."""

    frame: Frame
    dots: tuple[Faded, ...]


@dataclass(frozen=True)
class Overview:
    """Incidents of known length as marks, without the axes, to be laid over a ground."""

    points: tuple[Point, ...]
    frame: Frame
