"""The chart of an incident with everything that goes with it: words, table, downloads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from generator.derive import timing
from generator.model.claims import Episode, TimeClaim
from generator.model.incident import Incident
from generator.render import words
from generator.render.chart import Bar, Mark, Seen, Timeline
from generator.render.templating import Cited

_LABEL_CHARS = 46
_GLANCE_ROWS = 5


CHART_FILES = (
    {"href": "embed.svg", "name": "chart (SVG)"},
    {"href": "chart.png", "name": "as a picture (PNG)"},
    {"href": "chart.vl.json", "name": "its specification (Vega-Lite)"},
)


@dataclass(frozen=True)
class Table:
    """The data of a chart for those who read rather than look."""

    caption: str
    heads: list[str]
    rows: list[list[object]]


@dataclass(frozen=True)
class Picture:
    """A chart in both widths, with the words and the table that stand for it."""

    heading: str
    anchor: str
    lead: object
    label: str
    title: str
    description: str
    caption: object
    wide: Timeline | Seen
    narrow: Timeline | Seen
    table: Table
    downloads: list[dict[str, str]] = field(default_factory=list)


def reported(incident: Incident, publishers: dict[str, Cited]) -> Picture:
    """Return the timeline of what was reported, episode by episode."""
    shown = Timeline(
        bars=tuple(_bar(episode) for episode in incident.episodes),
        marks=tuple(mark for row, e in enumerate(incident.episodes) for mark in _marks(row, e)),
    )
    main = timing.main_episode(incident)
    summary = _sentence(main, publishers)
    return Picture(
        heading="What was reported",
        anchor="reported",
        lead=f"Reported, not measured here. {summary}",
        label="Timeline of what was reported",
        title=f"Reported timeline: {incident.title}",
        description=" ".join(_sentence(one, publishers) for one in incident.episodes),
        caption="Each bar is an episode by the claim the archive leads with, in UTC; ticks below "
        "it are the other claims, red ones not followed. A dotted end is an end nobody gave. "
        "Dark bars: everything named was gone; grey: part of it or unknown; amber: it came "
        "and went.",
        wide=shown,
        narrow=shown,
        table=_table(incident),
        downloads=[
            *CHART_FILES,
            {"href": "claims.csv", "name": "all claims (CSV)"},
        ],
    )


def at_a_glance(shown: Timeline | Seen) -> Timeline | Seen:
    """Return the part of a chart that can be read on a card: few rows, or the top panel."""
    if isinstance(shown, Seen):
        return replace(shown, below=None, upstreams=(), flaps=(), events=())
    if len(shown.bars) <= _GLANCE_ROWS:
        return shown
    by_length = sorted(range(len(shown.bars)), key=lambda row: _lasted(shown.bars[row]))
    kept = sorted(by_length[-_GLANCE_ROWS + 1 :])
    marks = (replace(mark, row=kept.index(mark.row)) for mark in shown.marks if mark.row in kept)
    return Timeline(tuple(shown.bars[row] for row in kept), tuple(marks))


def _lasted(bar: Bar) -> timedelta:
    return (bar.end or bar.start) - bar.start


def _bar(episode: Episode) -> Bar:
    start = timing.lead_start(episode).at.earliest
    lasted = timing.span(episode)
    name = episode.name
    if len(name) > _LABEL_CHARS - 16:
        name = name[: _LABEL_CHARS - 18].rstrip() + "…"
    return Bar(f"{name} · {_length(episode)}", start, _end(episode, start, lasted), episode.extent)


def _length(episode: Episode) -> str:
    return "ongoing" if episode.end == "ongoing" else words.span(timing.span(episode))


def _end(episode: Episode, start: datetime, lasted: timing.Span | None) -> datetime | None:
    end = timing.lead_end(episode)
    if end:
        return end.at.earliest
    return start + timedelta(seconds=lasted.shortest_s) if lasted else None


def _marks(row: int, episode: Episode) -> list[Mark]:
    leads = [timing.lead_start(episode), timing.lead_end(episode)]
    others: Sequence[TimeClaim] = [c for c in (*episode.start, *episode.ends) if c not in leads]
    shown = {(c.at.earliest, bool(c.doubt)) for c in others}
    drawn = {lead.at.earliest for lead in leads if lead}
    return [Mark(row, at, doubted) for at, doubted in sorted(shown) if at not in drawn]


def _sentence(episode: Episode, publishers: dict[str, Cited]) -> str:
    start = timing.lead_start(episode)
    by = start.by or publishers[start.first_said_by].publisher
    end = timing.lead_end(episode)
    until = f" to {words.time(end.at)}" if end else f", its end {_end_word(episode)}"
    return f"{episode.name}: {words.time(start.at)}{until} ({_length(episode)}), by {by}."


def _end_word(episode: Episode) -> str:
    return "not yet come" if episode.end == "ongoing" else "not reported"


def _table(incident: Incident) -> Table:
    rows: list[list[object]] = []
    for episode in incident.episodes:
        end = timing.lead_end(episode)
        start = words.time(timing.lead_start(episode).at)
        until = words.time(end.at) if end else _end_word(episode)
        rows.append([episode.name, start, until, _length(episode), episode.extent.value])
    heads = ["Episode", "Start", "End", "Length", "Extent"]
    return Table("Episodes by their leading claims", heads, rows)
