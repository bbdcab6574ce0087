"""All that is measured of one incident: the figures, the series and each prefix's dark times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pandas import DataFrame

from generator.derive.outages import Measured, measure, outages, stretches_of
from generator.derive.visibility import visibility_of, visible_prefixes
from generator.model.evidence import Provenance
from generator.read.evidence import Evidence


@dataclass(frozen=True)
class Measurement:
    """What an incident's frozen evidence shows.

    ``stretches`` are the times in which at least one prefix was in an outage, without a break;
    ``steps`` are (time, prefixes visible from then on); ``dark`` are (row, start, end) with one
    row per prefix that had an outage, rows by first start, then end.
    """

    figures: Measured
    provenance: Provenance
    rows: DataFrame
    steps: list[tuple[datetime, int]]
    dark: list[tuple[int, datetime, datetime]]
    stretches: list[tuple[datetime, datetime]]

    @property
    def main(self) -> tuple[datetime, datetime] | None:
        """The longest stretch: what reports of the outage are held against; None without one."""
        return max(self.stretches, key=lambda one: one[1] - one[0], default=None)

    @property
    def peers(self) -> int:
        """How many networks with a full feed were asked."""
        return self.figures.vantage_points


def measurement(evidence: Evidence) -> Measurement:
    """Return everything that pages and exports show of ``evidence``."""
    rows = visibility_of(evidence)
    window = evidence.provenance.window
    figures = measure(rows, window, evidence.provenance.vantage_points)
    series = visible_prefixes(rows)
    times = [at.to_pydatetime() for at in series["time"]]
    steps = list(zip(times, map(int, series["visible"]), strict=True))
    dark = _dark(outages(stretches_of(rows, window)), figures.until)
    stretches = merged((start, end) for _, start, end in dark)
    return Measurement(figures, evidence.provenance, rows, steps, dark, stretches)


def merged(intervals: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Return the intervals that the given ones cover together, in order of time."""
    whole: list[tuple[datetime, datetime]] = []
    for start, end in sorted(intervals):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole


def _dark(out: DataFrame, until: datetime) -> list[tuple[int, datetime, datetime]]:
    ends = out["end"].dt.to_pydatetime() if len(out) else []
    starts = out["start"].dt.to_pydatetime() if len(out) else []
    known = [until if end is None or end != end else end for end in ends]  # noqa: PLR0124  (NaT)
    intervals = list(zip(out["prefix"], starts, known, strict=True))
    firsts: dict[str, tuple[datetime, datetime]] = {}
    for prefix, start, end in intervals:
        firsts.setdefault(prefix, (start, end))
    order = {
        prefix: row for row, prefix in enumerate(sorted(firsts, key=lambda p: (*firsts[p], p)))
    }
    return sorted((order[prefix], start, end) for prefix, start, end in intervals)
