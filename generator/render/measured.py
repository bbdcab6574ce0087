"""Reported against measured: the table, the definitions beside it, and the chart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from generator.derive import timing
from generator.derive.measurement import Measurement
from generator.model.claims import TimeClaim
from generator.model.incident import Incident
from generator.render import words
from generator.render.chart import Rule, Seen
from generator.render.exports import table_csv
from generator.render.pictures import Picture, Table
from generator.render.templating import Citer

_TABLE_STEP = timedelta(minutes=5)
_MOST_TABLE_ROWS = 48


def versus(one: Measurement, incident: Incident, citer: Citer) -> dict[str, Any]:
    """Return the comparison for the template: rows, a note, and the definitions used."""
    main = timing.main_episode(incident)
    start, end = timing.lead_start(main), timing.lead_end(main)
    seen = one.main or (None, None)
    rows = [
        _time_row("Start", start, seen[0], "first prefix down", citer),
        _time_row("End", end, _closed(one, seen[1]), "last prefix restored", citer),
        _length_row(one, timing.span(main)),
    ]
    return {"rows": rows, "note": _note(one), "definitions": list(_definitions(one))}


def _closed(one: Measurement, end: datetime | None) -> datetime | None:
    """Return an end that was seen; None when the data end first."""
    return end if end and end < one.figures.until else None


def _time_row(
    what: str, claim: TimeClaim | None, seen: datetime | None, means: str, citer: Citer
) -> dict[str, Any]:
    gap = ""
    if claim and seen and claim.at.precision in ("minute", "second"):
        gap = words.difference(int((seen - claim.at.earliest).total_seconds()))
    return {
        "what": what,
        "reported": words.time(claim.at) if claim else "not reported",
        "sources": citer.cited([claim.source]) if claim else [],
        "measured": f"{words.short_day(seen)}, {seen:%H:%M:%S}{words.NBSP}UTC ({means})"
        if seen
        else "not within the data",
        "difference": gap,
    }


def _length_row(one: Measurement, said: timing.Span | None) -> dict[str, Any]:
    start, end = one.main or (None, None)
    end = _closed(one, end)
    measured_s = int((end - start).total_seconds()) if start and end else None
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
        "measured": words.duration(measured_s, 3) if measured_s is not None else "open",
        "difference": gap,
    }


def _note(one: Measurement) -> str:
    figures = one.figures
    few = " Few vantage points: fewer than ten." if figures.few_vantage_points else ""
    still = f"; {figures.still_down} had not when the data ends" if figures.still_down else ""
    others = len(one.stretches) - 1
    more = f" Longest of {words.count(others + 1, 'stretch', 'stretches')}." if others > 0 else ""
    return (
        f"Seen by {words.count(one.peers, 'peer')} with a full table.{few} "
        f"{figures.prefixes_down:,} of {words.count(figures.prefixes, 'prefix', 'prefixes')} went "
        f"down and {figures.restored:,} came back{still}.{more} {_attribution(one)}"
    )


def _attribution(one: Measurement) -> str:
    text = " ".join(str(one.provenance.attribution).split())
    return text if text.endswith(".") else f"{text}."


def _clock(one: Measurement, at: datetime | None) -> str:
    """Return an instant of the measurement; with its date where the data span several."""
    if at is None:
        return "not within the data"
    span_days = (one.figures.until.date() - one.figures.since.date()).days
    day = f"{words.short_day(at)}, " if span_days else ""
    return f"{day}{at:%H:%M:%S}{words.NBSP}UTC"


def _definitions(one: Measurement) -> Iterable[dict[str, str]]:
    """Yield every measured figure with the rule that makes it, for whoever recomputes it."""
    figures = one.figures
    peers, longest_s = one.peers, figures.median_longest_s or 0
    pairs = (
        ("Visible", f"A prefix is visible (up) while at least half of the {peers} peers with a "
         "full table, each network counted once, hold a route to it. The state is taken after all "
         "messages of a second."),
        ("Down", "An outage of a prefix starts at the first second of a stretch of 60 s or more "
         "in which it is not visible, and ends at the first second of a stretch of 60 s or more in "
         "which it is again. A stretch that the end of the data cuts off counts."),
        ("Start of outages", f"first {_clock(one, figures.first_start)}, median over prefixes "
         f"{_clock(one, figures.median_start)}"),
        ("Fewest visible", f"{figures.fewest_visible:,} of {figures.prefixes:,}, first at "
         f"{_clock(one, figures.fewest_visible_at)}"),
        ("Restored", f"first {_clock(one, figures.first_restored)}, median of each prefix's last "
         f"restoration {_clock(one, figures.median_last_restored)}, last "
         f"{_clock(one, figures.last_restored)}"),
        ("Longest outage of a prefix", "median over prefixes "
         f"{words.duration(longest_s, 3)} ({longest_s:,} s)"),
        ("Down again", f"{words.count(figures.down_twice_or_more, 'prefix', 'prefixes')} went down "
         f"twice or more; {words.count(figures.brief_losses, 'loss', 'losses')} of under 60 s not "
         f"counted; {words.count(figures.flaps, 'flap')} of 30 s to 30 min"),
        ("Covered", f"{_clock(one, figures.since)} to {_clock(one, figures.until)}"),
    )  # fmt: skip
    for name, value in pairs:
        yield {"name": name, "value": value}


def picture(one: Measurement, incident: Incident) -> Picture:
    """Return the chart of what routing saw, with the reported times across it."""
    figures = one.figures
    rules = _rules(incident)
    seen = Seen(
        steps=tuple(one.steps),
        dark=tuple(one.dark),
        prefixes=figures.prefixes,
        rows=figures.prefixes_down,
        first=figures.since,
        last=figures.until,
        rules=rules,
    )
    lead = _summary(one)
    return Picture(
        heading="What routing saw",
        anchor="routing",
        lead=lead,
        label="Chart of what routing saw",
        title=f"What routing saw: {incident.title}",
        description=f"{lead} {_reported(rules)}",
        caption=f"Above, how many of the {figures.prefixes:,} prefixes were visible (amber) and "
        f"were not (dark). Below, one line for each of the {figures.prefixes_down:,} prefixes that "
        "went down, dark while it was. Dashed lines: the reported start and end. "
        f"{words.count(one.peers, 'peer')}; times in UTC. {_attribution(one)}",
        wide=seen,
        narrow=replace(seen, rules=tuple(map(_short, rules))),
        table=_table(one),
        downloads=[
            {"href": "chart.svg", "name": "chart (SVG)"},
            {"href": "chart.vl.json", "name": "its specification (Vega-Lite)"},
            {"href": "visible.csv", "name": "prefixes visible over time (CSV)"},
            {"href": f"routing/{one.provenance.table.file}", "name": "frozen evidence (CSV, gzip)"},
            {"href": "routing/provenance.yaml", "name": "its provenance (YAML)"},
        ],
    )


def _summary(one: Measurement) -> str:
    figures = one.figures
    if not one.main:
        return f"None of the {figures.prefixes:,} prefixes went down: routes stayed up."
    start, end = one.main
    whole = figures.extent == "total"
    who = f"All {figures.prefixes:,} prefixes" if whole else (
        f"{figures.prefixes_down:,} of {figures.prefixes:,} prefixes"
    )  # fmt: skip
    half = "" if _flapped(one) else f", half of them by {_clock(one, figures.median_start)}"
    back = _closed(one, end)
    until = f"; the last came back at {_clock(one, back)}" if back else "; not all had come back"
    return f"{who} went dark from {_clock(one, start)}{half}{until}."


def _flapped(one: Measurement) -> bool:
    """True when the first outages were not part of the longest stretch."""
    return bool(one.main and one.figures.first_start and one.figures.first_start < one.main[0])


def _rules(incident: Incident) -> tuple[Rule, ...]:
    main = timing.main_episode(incident)
    start, end = timing.lead_start(main).at, timing.lead_end(main)
    rules = [Rule(start.earliest, f"reported start {words.clock(start)}", opens=True)]
    if end:
        rules.append(Rule(end.at.earliest, f"reported end {words.clock(end.at)}", opens=False))
    return tuple(rules)


def _short(rule: Rule) -> Rule:
    """Return a rule whose words fit a phone; the caption says that the rules are reports."""
    return replace(rule, label=rule.label.removeprefix("reported "))


def _reported(rules: tuple[Rule, ...]) -> str:
    return "; ".join(rule.label for rule in rules).capitalize() + "."


def _table(one: Measurement) -> Table:
    figures = one.figures
    step = max(_TABLE_STEP, (figures.until - figures.since) / _MOST_TABLE_ROWS)
    rows: list[list[object]] = []
    at = figures.since
    while at <= figures.until:
        visible = _visible_at(one, at)
        rows.append([f"{at:%H:%M:%S}", f"{visible:,}", f"{figures.prefixes - visible:,}"])
        at += step
    every = words.duration(int(step.total_seconds()))
    caption = f"Prefixes visible on {words.day(figures.since)}, every {every}"
    return Table(caption, ["Time (UTC)", "Visible", "Not visible"], rows)


def _visible_at(one: Measurement, at: datetime) -> int:
    past = [number for when, number in one.steps if when <= at]
    return past[-1] if past else one.steps[0][1]


def series_csv(one: Measurement) -> str:
    """Return the number of visible prefixes at each change, as CSV."""
    rows = [
        [f"{at:%Y-%m-%dT%H:%M:%SZ}", number, one.figures.prefixes - number]
        for at, number in one.steps
    ]
    return table_csv(["time", "visible", "not_visible"], rows)
