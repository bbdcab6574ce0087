"""Beginning, end and duration of an episode: what leads, how far claims part, who confirms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from generator.model.claims import Claim, Episode, LengthClaim, TimeClaim, followed
from generator.model.incident import Incident
from generator.model.values import Length, Moment


@dataclass(frozen=True)
class Span:
    """How long something lasted, in seconds, as a range; equal ends mean an exact length.

    ``longest_s`` is None when no end is known ("at least"). ``basis`` says whether the length is
    the difference of two times or a figure that a source gave; ``each`` that it is the length of
    each time in a series.
    """

    shortest_s: int
    longest_s: int | None
    basis: Literal["times", "stated"]
    rough: bool = False
    each: bool = False

    @property
    def exact(self) -> bool:
        """True when the length is one figure."""
        return self.shortest_s == self.longest_s and not self.rough


@dataclass(frozen=True)
class Spread:
    """How the claims of one time agree: the widest gap in seconds, and how many stand alone.

    ``origins`` counts distinct origins among claims that are followed, ``claims`` the claims.
    """

    widest_s: int
    origins: int
    claims: int
    doubted: int


def lead_start(episode: Episode) -> TimeClaim:
    """Return the claim of its start that the archive leads with."""
    return (followed(episode.start) or episode.start)[0]


def lead_end(episode: Episode) -> TimeClaim | None:
    """Return the claim of its end that the archive leads with; None when no end is known."""
    claims = followed(episode.ends)
    return claims[0] if claims else None


def bounds(moment: Moment) -> tuple[datetime, datetime]:
    """Return the first and last instant a time may mean (equal for an exact one).

    A clock time means its first instant; a date or an hour, all of it.
    """
    is_clock = moment.precision in ("minute", "second")
    last = moment.earliest if is_clock else moment.latest
    return moment.earliest - moment.margin, last + moment.margin


def between(start: Moment, end: Moment) -> Span:
    """Return the time from ``start`` to ``end``, as wide as their precision leaves it."""
    first_start, last_start = bounds(start)
    first_end, last_end = bounds(end)
    shortest = max(0, int((first_end - last_start).total_seconds()))
    longest = max(0, int((last_end - first_start).total_seconds()))
    return Span(shortest, longest, "times", start.approximate or end.approximate)


def span(episode: Episode) -> Span | None:
    """Return how long the episode lasted; None when neither an end nor a length is known.

    Of a series whose times have a length of their own, that is the length. Else exact leading
    times decide. Where they are not exact, a length that a source states is better than the
    difference of two dates.
    """
    each = followed(episode.each_time)
    if each:
        return replace(stated_span(each[0].value), each=True)
    start, end = lead_start(episode).at, lead_end(episode)
    stated = followed(episode.in_all)
    if end and ((start.exact and end.at.exact) or not stated):
        return between(start, end.at)
    return stated_span(stated[0].value) if stated else None


def stated_span(length: Length) -> Span:
    """Return a stated length as a range: ``>5h`` is at least five hours, ``<10h`` at most ten."""
    if length.bound == ">":
        return Span(length.seconds, None, "stated", length.approximate)
    shortest = 0 if length.bound == "<" else length.seconds
    return Span(shortest, length.seconds, "stated", length.approximate)


def spread(claims: tuple[TimeClaim, ...]) -> Spread:
    """Return how far the followed claims of one time lie apart, and how many confirm it.

    The gap is between the earliest instants claimed: what is written, not its precision.
    """
    kept = followed(claims)
    times = [claim.at.earliest for claim in kept]
    widest = int((max(times) - min(times)).total_seconds()) if times else 0
    origins = len({claim.first_said_by for claim in kept})
    return Spread(widest, origins, len(kept), len(claims) - len(kept))


def confirmations(claims: tuple[TimeClaim, ...] | tuple[LengthClaim, ...], lead: Claim) -> int:
    """Return how many distinct origins give the same figure as ``lead``, itself included."""
    same = {
        claim.first_said_by
        for claim in claims
        if not claim.doubt and _figure(claim) == _figure(lead)
    }
    return len(same)


def _figure(claim: Claim) -> Moment | Length | None:
    if isinstance(claim, TimeClaim):
        return claim.at
    return claim.value if isinstance(claim, LengthClaim) else None


def main_episode(incident: Incident) -> Episode:
    """Return the episode that the incident is known for: the longest that is no mere flicker."""

    def length_s(episode: Episode) -> int:
        lasted = span(episode)
        return (lasted.longest_s or lasted.shortest_s) if lasted else 0

    known = incident.real_episodes
    return known[0] if len(known) == 1 else max(known, key=length_s)
