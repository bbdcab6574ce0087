"""Reported against measured: each episode that routing saw, its start, end and length."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from generator.derive import timing
from generator.derive.measurement import Measurement
from generator.model.claims import Episode, TimeClaim
from generator.model.incident import Incident
from generator.render import words
from generator.render.definitions import attribution, closed, definitions
from generator.render.sight import routing_episodes
from generator.render.templating import Citer

NEAR = timedelta(hours=2)
Stretch = tuple[datetime, datetime]


def versus(one: Measurement, incident: Incident, citer: Citer) -> dict[str, Any]:
    """Return the comparison for the template: a group of rows per episode, notes, definitions."""
    episodes = routing_episodes(incident)
    found = counterparts(one, episodes)
    in_order = sorted(found, key=lambda pair: pair[1][0]) or [(episodes[0], [])]
    groups = [
        {"name": episode.name, "rows": _rows(one, episode, stretches, citer)}
        for episode, stretches in in_order
    ]
    paired = [episode for episode, _ in found]
    unseen = [e.name for e in episodes if e not in paired] if found else []
    return {
        "groups": groups,
        "note": _note(one, unseen),
        "definitions": list(definitions(one)),
    }


def counterparts(one: Measurement, episodes: list[Episode]) -> list[tuple[Episode, list[Stretch]]]:
    """Return the episodes that something measured goes with, each with its stretches of outage.

    Each measured stretch of outage goes with the episode whose reported time it overlaps longest,
    or, of those within two hours of it, with the nearest; the first episode of equals. Of several
    the longest alone is held against the reports, of an episode that came and went all of them.
    """
    mine: dict[int, list[Stretch]] = {}
    for stretch in one.stretches:
        scores = [(_nearness(stretch, _reported(episode)), n) for n, episode in enumerate(episodes)]
        (apart_s, _), number = min(scores)
        if apart_s <= NEAR.total_seconds():
            mine.setdefault(number, []).append(stretch)
    return [
        (episode, _kept(mine[number], episode))
        for number, episode in enumerate(episodes)
        if number in mine
    ]


def _kept(stretches: list[Stretch], episode: Episode) -> list[Stretch]:
    if episode.extent == "intermittent":
        return stretches
    return [max(stretches, key=lambda one: one[1] - one[0])]


def _reported(episode: Episode) -> Stretch:
    start, end, lasted = (
        timing.lead_start(episode).at,
        timing.lead_end(episode),
        timing.span(episode),
    )
    first = start.earliest
    if end:
        return first, max(first, end.at.earliest)
    return first, first + timedelta(seconds=lasted.shortest_s if lasted else 0)


def _nearness(stretch: Stretch, reported: Stretch) -> tuple[float, float]:
    """Return seconds apart (0 where they overlap) and seconds in common, these below zero."""
    shared = (min(stretch[1], reported[1]) - max(stretch[0], reported[0])).total_seconds()
    return max(0.0, -shared), min(0.0, -shared)


def _rows(
    one: Measurement, episode: Episode, stretches: list[Stretch], citer: Citer
) -> list[dict[str, Any]]:
    several = len(stretches) > 1
    whole = (stretches[0][0], stretches[-1][1]) if stretches else None
    down = f"first of {len(stretches)} outages" if several else "first prefix down"
    back = f"last of {len(stretches)} outages over" if several else "last prefix restored"
    start, end = whole or (None, None)
    rows = [
        _time_row(one, "Start", timing.lead_start(episode), (start, down), citer),
        _time_row(one, "End", timing.lead_end(episode), (closed(one, end), back), citer),
        _length_row(one, episode, whole),
    ]
    return rows + ([_total_row(one, whole)] if whole and _total(one, whole) else [])


def _time_row(
    one: Measurement,
    what: str,
    claim: TimeClaim | None,
    measured: tuple[datetime | None, str],
    citer: Citer,
) -> dict[str, Any]:
    gap = ""
    seen, means = measured
    if claim and seen and claim.at.precision in ("minute", "second"):
        gap = words.difference(int((seen - claim.at.earliest).total_seconds()))
    return {
        "what": what,
        "reported": words.time(claim.at) if claim else "not reported",
        "sources": citer.cited([claim.source]) if claim else [],
        "measured": f"{words.short_day(seen)}, {seen:%H:%M:%S}{words.NBSP}UTC ({means})"
        if seen
        else _unseen(one, claim),
        "difference": gap,
    }


def _unseen(one: Measurement, claim: TimeClaim | None) -> str:
    covered = claim and one.figures.since <= claim.at.earliest <= one.figures.until
    return "no outage" if covered and not one.stretches else "not within the data"


def _length_row(one: Measurement, episode: Episode, stretch: Stretch | None) -> dict[str, Any]:
    said = timing.span(episode)
    end = closed(one, stretch[1]) if stretch else None
    measured_s = int((end - stretch[0]).total_seconds()) if stretch and end else None
    gap = ""
    if measured_s is not None and said and said.exact and said.longest_s is not None:
        more = measured_s - said.longest_s
        gap = (
            f"{words.duration(abs(more))} {'longer' if more > 0 else 'shorter'}" if more else "same"
        )
    return {
        "what": "Length",
        "reported": words.span(said),
        "sources": [],
        "measured": words.duration(measured_s, 3)
        if measured_s is not None
        else ("open" if stretch else ""),
        "difference": gap,
    }


def _total(one: Measurement, stretch: Stretch) -> list[Stretch]:
    return [(a, b) for a, b in one.totals if a >= stretch[0] and b <= stretch[1]]


def _total_row(one: Measurement, stretch: Stretch) -> dict[str, Any]:
    """Return when every prefix was down, the longest time of it."""
    found = _total(one, stretch)
    start, end = max(found, key=lambda each: each[1] - each[0])
    until = closed(one, end)
    day = f"{words.short_day(end)}, " if start.date() != end.date() else ""
    more = f", the longest of {len(found)} times" if len(found) > 1 else ""
    return {
        "what": "All prefixes down",
        "reported": "",
        "sources": [],
        "measured": f"{words.short_day(start)}, {start:%H:%M:%S} to "
        + (f"{day}{end:%H:%M:%S}{words.NBSP}UTC" if until else "the end of the data")
        + more,
        "difference": "",
    }


def _note(one: Measurement, unseen: Iterable[str]) -> str:
    figures = one.figures
    few = " Few vantage points: fewer than ten." if figures.few_vantage_points else ""
    still = f"; {figures.still_down} had not when the data ends" if figures.still_down else ""
    others = len(one.stretches) - 1
    more = f" {words.count(others + 1, 'stretch', 'stretches')} of outage." if others > 0 else ""
    names = words.listed([f"“{name}”" for name in unseen])
    nothing = f" Nothing was measured that goes with {names}." if names else ""
    return (
        f"Seen by {words.count(one.peers, 'peer')} with a full table.{few} "
        f"{figures.prefixes_down:,} of {words.count(figures.prefixes, 'prefix', 'prefixes')} went "
        f"down and {figures.restored:,} came back{still}.{more}{nothing} {attribution(one)}"
    )
