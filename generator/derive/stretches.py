"""What an incident's episodes are after its beginning, so that incidents can be held side by side.

Offsets are seconds after the beginning of its main episode, negative before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from generator.derive import timing
from generator.derive.measurement import Measurement
from generator.model.claims import Episode
from generator.model.incident import Incident


@dataclass(frozen=True)
class Stretch:
    """A reported stretch; ``end_s`` None where no end and no length is known."""

    name: str
    start_s: int
    end_s: int | None
    extent: str


def stretches(incident: Incident) -> tuple[Stretch, ...]:
    """Return the episodes of an incident."""
    zero = _zero(incident)
    return tuple(_stretch(episode, zero) for episode in incident.episodes)


def dark_s(incident: Incident, found: Measurement | None) -> tuple[tuple[int, int], ...]:
    """Return the measured stretches in which any prefix was lost: none where nothing was."""
    zero = _zero(incident)
    dark = found.stretches if found else []
    return tuple((_after(start, zero), _after(end, zero)) for start, end in dark)


def visible(incident: Incident, found: Measurement | None) -> tuple[tuple[int, float], ...]:
    """Return the share of visible prefixes where it changes by a hundredth or more."""
    zero, steps = _zero(incident), list[tuple[int, float]]()
    for at, number in found.steps if found else ():
        prefixes = found.figures.prefixes if found else 0
        share = round(number / prefixes, 2) if prefixes else 1.0
        if not steps or share != steps[-1][1]:
            steps.append((_after(at, zero), share))
    return tuple(steps)


def _zero(incident: Incident) -> datetime:
    return timing.lead_start(timing.main_episode(incident)).at.earliest


def _stretch(episode: Episode, zero: datetime) -> Stretch:
    start = timing.lead_start(episode).at.earliest
    end, lasted = timing.lead_end(episode), timing.span(episode)
    start_s = _after(start, zero)
    end_s = _after(end.at.earliest, zero) if end else None
    if end_s is None and lasted:
        end_s = start_s + lasted.shortest_s
    return Stretch(episode.name, start_s, end_s, episode.extent.value)


def _after(at: datetime, zero: datetime) -> int:
    return int((at - zero).total_seconds())
