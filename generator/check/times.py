"""Rules about time: what began before what, as far as the precision given can tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from generator.check.finding import Case, Finding
from generator.model.claims import LengthClaim, followed
from generator.model.incident import Incident
from generator.model.values import Moment

# A reported length is given in its largest units: `38d` may be 37 or 39, `10h` may be 9 h 31 min.
_UNITS_S = (86_400, 3_600, 60, 1)


def id_is_the_day_it_began(case: Case) -> Iterator[Finding]:
    """The id begins with the UTC date of the earliest start that is not doubted.

    Episodes that only came and went (`intermittent`) do not count, unless there are no others.
    """
    if not case.id:
        return
    starts = [
        claim.at for episode in case.incident.real_episodes for claim in followed(episode.start)
    ]
    if not starts:
        return
    first, last = min(at.earliest for at in starts), min(at.latest for at in starts)
    day = _day(case.id)
    if day is None:
        yield Finding(("episodes",), f"the id {case.id} names no date that exists", _RENAME)
    elif not (day < last and first < day + timedelta(days=1)):
        what = f"the earliest start is {first:%Y-%m-%d} UTC, but the id says {day:%Y-%m-%d}"
        yield Finding(("episodes",), what, _RENAME)


def every_start_has_a_claim_to_follow(case: Case) -> Iterator[Finding]:
    """Each episode has at least one claim of its start that is not doubted."""
    for place, episode in enumerate(case.incident.episodes):
        if not followed(episode.start):
            path = ("episodes", place, "start")
            yield Finding(path, "every claim is doubted", "Give one that the archive follows.")


def ends_come_after_starts(case: Case) -> Iterator[Finding]:
    """No episode ends before it starts: not by its leading claims, and no claim of its end lies
    before every claim of its start. Doubted claims do not count.
    """
    for place, episode in enumerate(case.incident.episodes):
        starts = [claim.at for claim in followed(episode.start)]
        ends = followed(episode.ends)
        for index, claim in enumerate(episode.ends):
            rivals = starts[:1] if ends and claim is ends[0] else starts
            if claim in ends and rivals and all(_is_before(claim.at, at) for at in rivals):
                what = f"ends at {claim.at}, before its start at {starts[0]}"
                cure = "Correct one of the two, or say in `doubt` why this claim is not followed."
                yield Finding(("episodes", place, "end", index, "at"), what, cure)


def episodes_are_in_order(case: Case) -> Iterator[Finding]:
    """Episodes stand in the order in which they began, by their leading claims."""
    begun = [followed(episode.start) for episode in case.incident.episodes]
    for place, (one, following) in enumerate(pairwise(begun), 1):
        if one and following and _is_before(following[0].at, one[0].at):
            what = f"begins at {following[0].at}, before the episode above it at {one[0].at}"
            yield Finding(("episodes", place), what, "Put the episodes in order of time.")


def routing_window_holds_the_start(case: Case) -> Iterator[Finding]:
    """`routing.from` lies before `routing.to`, and the first episode that did not merely come and
    go starts between them.
    """
    window = case.incident.routing
    if window is None:
        return
    if not window.since.earliest < window.until.earliest:
        what = f"`from` is {window.since}, which is not before `to`, {window.until}"
        yield Finding(("routing",), what, "Exchange the two, or widen the window.")
        return
    start = lead_start(case.incident)
    is_outside = start is not None and (
        start.latest <= window.since.earliest or window.until.latest <= start.earliest
    )
    if is_outside:
        what = f"{window.since} to {window.until} does not hold the start at {start}"
        yield Finding(("routing",), what, "Widen the window to some hours before the start.")


def sources_are_read_after_they_appear(case: Case) -> Iterator[Finding]:
    """No source was read for the record before it was published."""
    for key, source in case.incident.sources.items():
        if source.published and _is_before(source.accessed, source.published):
            what = f"published on {source.published}, but read on {source.accessed}"
            yield Finding(("sources", key, "published"), what, "Correct one of the two.")


def history_is_in_order(case: Case) -> Iterator[Finding]:
    """A record is added, then changed, newest last, then withdrawn, if ever."""
    incident = case.incident
    events: list[tuple[tuple[str | int, ...], Moment]] = [(("added",), incident.added)]
    events += [(("changes", i, "on"), change.on) for i, change in enumerate(incident.changes)]
    if incident.withdrawn:
        events.append((("withdrawn", "on"), incident.withdrawn.on))
    for (_, before), (path, after) in pairwise(events):
        if _is_before(after, before):
            what = f"{after} is before {before}, the step above it"
            yield Finding(path, what, "Put the history in order of time.")


def durations_agree_with_times(case: Case) -> Iterator[Finding]:
    """A reported duration agrees with the leading start and end of its episode. Where it does not,
    the page shows both; see that neither was copied wrongly.
    """
    for place, episode in enumerate(case.incident.episodes):
        ends = followed(episode.ends)
        starts = followed(episode.start)
        if not starts or not ends:
            continue
        shortest_s, longest_s = _lasted_s(starts[0].at, ends[0].at)
        for index, claim in enumerate(episode.duration):
            if not (claim.doubt or claim.each) and not _agrees(claim, shortest_s, longest_s):
                what = f"{claim.value}, but from {starts[0].at} to {ends[0].at} it is not"
                cure = "If the source says so, leave it: the page shows the disagreement."
                yield Finding(("episodes", place, "duration", index, "value"), what, cure)


def each_time_is_of_a_series(case: Case) -> Iterator[Finding]:
    """A length of each time stands in an episode that says under `recurs` how often it came."""
    for place, episode in enumerate(case.incident.episodes):
        for index, claim in enumerate(episode.duration):
            if claim.each and not episode.recurs:
                path = ("episodes", place, "duration", index, "each")
                cure = "Say under `recurs` how often it came again, or leave `each` out."
                yield Finding(path, "the length of each time, of something that came once", cure)


def lead_start(incident: Incident) -> Moment | None:
    """Return the start the archive leads with; None where every claim of it is doubted."""
    claims = followed(incident.real_episodes[0].start)
    return claims[0].at if claims else None


_RENAME = "Rename the folder, correct the time, or say in `doubt` why that claim is not followed."


def _day(identifier: str) -> datetime | None:
    try:
        day = date.fromisoformat(identifier[:10])
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _bounds(at: Moment) -> tuple[datetime, datetime]:
    """The first instant a time can mean, and the first that it cannot mean any more."""
    return at.earliest - at.margin, at.latest + at.margin


def _is_before(one: Moment, other: Moment) -> bool:
    """True when it certainly was, however imprecise the two are."""
    return _bounds(one)[1] <= _bounds(other)[0]


def _lasted_s(start: Moment, end: Moment) -> tuple[float, float]:
    first_start, last_start = _bounds(start)
    first_end, last_end = _bounds(end)
    return (first_end - last_start).total_seconds(), (last_end - first_start).total_seconds()


def _agrees(claim: LengthClaim, shortest_s: float, longest_s: float) -> bool:
    length = claim.value
    unit_s = next(unit for unit in _UNITS_S if length.seconds % unit == 0)
    margin_s = unit_s * (2 if length.approximate else 1)
    is_too_long = length.seconds - margin_s > longest_s
    is_too_short = length.seconds + margin_s < shortest_s
    if length.bound == ">":
        return not is_too_long
    return not is_too_short if length.bound == "<" else not (is_too_long or is_too_short)
