"""All that is measured of one incident: the figures, the series and each prefix's dark times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd
from pandas import DataFrame

from generator.derive.convergence import Convergence, convergence
from generator.derive.figures import Measured, figures_of
from generator.derive.networks import network_outages, origins_of, together
from generator.derive.outages import course
from generator.derive.pairs import Pairs, pairs
from generator.derive.peer_events import PeerEvent, peer_events
from generator.derive.slash24s import slash24s
from generator.derive.told import told
from generator.derive.upstreams import UpstreamChange, Via, upstream_changes, upstreams
from generator.derive.visibility import seen
from generator.model.evidence import Provenance
from generator.read.evidence import Evidence

__all__ = [
    "Convergence",
    "Measurement",
    "PeerEvent",
    "UpstreamChange",
    "Via",
    "measurement",
    "merged",
]


@dataclass(frozen=True)
class Measurement:
    """What an incident's frozen evidence shows.

    ``stretches`` are the times in which at least one prefix was in an outage, without a break,
    ``totals`` those in which every prefix was of which enough is ever known; an open one ends with
    the window. ``steps`` are (time, prefixes visible from then on); ``dark`` are (row, start, end)
    with one row per prefix that had an outage, rows by first start, then end. ``flaps`` are
    (prefix, down from, up again). ``convergence`` has one entry per outage of a prefix.
    ``networks`` are the outages of each network, as ``networks.network_outages`` gives them;
    ``outages`` those of each prefix, as ``outages.outages`` does.

    Evidence of the grade visibility knows no single peers and no origins: ``peer_events``,
    ``origins`` and ``networks`` are empty then.
    """

    figures: Measured
    provenance: Provenance
    rows: DataFrame
    steps: list[tuple[datetime, int]]
    dark: list[tuple[int, datetime, datetime]]
    stretches: list[tuple[datetime, datetime]]
    totals: list[tuple[datetime, datetime]]
    flaps: list[tuple[str, datetime, datetime]]
    upstreams: list[Via]
    upstream_changes: list[UpstreamChange]
    peer_events: list[PeerEvent]
    slash24s: list[tuple[datetime, int]]
    convergence: list[Convergence]
    origins: dict[str, str]
    networks: DataFrame
    outages: DataFrame

    @property
    def main(self) -> tuple[datetime, datetime] | None:
        """The longest stretch: what reports of the outage are held against; None without one."""
        return max(self.stretches, key=lambda one: one[1] - one[0], default=None)

    @property
    def peers(self) -> int:
        """How many networks with a full feed were asked."""
        return self.figures.vantage_points


@dataclass(frozen=True)
class _Heard:
    """What only messages tell, and the visibility rows of either grade."""

    rows: DataFrame
    events: list[PeerEvent]
    pairs: Pairs | None
    origins: dict[str, str]


def measurement(evidence: Evidence) -> Measurement:
    """Return everything that pages and exports show of ``evidence``.

    Raises ValueError when it has no row.
    """
    heard = _heard(evidence)
    rows, window = heard.rows, evidence.provenance.window
    vantage_points = evidence.provenance.vantage_points
    passed = course(rows, window, vantage_points)
    figures = _with_pairs(figures_of(passed, window, vantage_points), heard.pairs)
    dark = _dark(passed.outages, figures.until)
    return Measurement(
        figures=figures,
        provenance=evidence.provenance,
        rows=rows,
        steps=_steps(passed.visible),
        dark=dark,
        stretches=merged((start, end) for _, start, end in dark),
        totals=_totals(passed.outages, figures),
        flaps=_flaps(passed.flaps),
        upstreams=upstreams(rows, window, vantage_points),
        upstream_changes=upstream_changes(rows, window, vantage_points),
        peer_events=heard.events,
        slash24s=slash24s(rows, window, vantage_points),
        convergence=convergence(rows, passed.outages, vantage_points),
        origins=heard.origins,
        networks=network_outages(passed.outages, heard.origins, passed.known, figures.until),
        outages=passed.outages,
    )


def _heard(evidence: Evidence) -> _Heard:
    if evidence.visibility is not None:
        return _Heard(evidence.visibility, [], None, {})
    if evidence.messages is None:
        raise ValueError("evidence without a table")
    words = told(evidence.messages, evidence.provenance.peers, evidence.provenance.gaps)
    events = peer_events(words)
    return _Heard(seen(words, events), events, pairs(words), origins_of(evidence.messages))


def _with_pairs(figures: Measured, told: Pairs | None) -> Measured:
    if told is None:
        return figures
    return replace(figures, pairs=told.count, pair_period_s=told.period_s, pair_down_s=told.down_s)


def _steps(series: DataFrame) -> list[tuple[datetime, int]]:
    times = [at.to_pydatetime() for at in series["time"]]
    return list(zip(times, map(int, series["visible"]), strict=True))


def _totals(out: DataFrame, figures: Measured) -> list[tuple[datetime, datetime]]:
    if out.empty:
        return []
    return [
        (start.to_pydatetime(), figures.until if pd.isna(end) else end.to_pydatetime())
        for start, end in together(out, figures.prefixes)
    ]


def _flaps(found: DataFrame) -> list[tuple[str, datetime, datetime]]:
    down, up = (found[name].dt.to_pydatetime() for name in ("start", "end"))
    return list(zip(found["prefix"], down, up, strict=True))


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
