"""The chart of what routing saw, with the words that stand beside it."""

from __future__ import annotations

from collections.abc import Iterable

from generator.derive import timing
from generator.derive.measurement import Measurement
from generator.model.incident import Incident
from generator.render import series, words
from generator.render.chart import NARROW, WIDE, Raster, Rule, Seen, Strips
from generator.render.definitions import attribution, clock, closed
from generator.render.pictures import Picture
from generator.render.sight import routing_episodes, sight, silent_until


def picture(one: Measurement, incident: Incident) -> Picture:
    """Return the chart of what routing saw, with the reported times across it."""
    wide, narrow = (sight(one, incident, width) for width in (WIDE, NARROW))
    lead = _summary(one) + _part_only(one, incident)
    return Picture(
        heading="What routing saw",
        anchor="routing",
        lead=lead,
        label="Chart of what routing saw",
        title=f"What routing saw: {incident.title}",
        description=f"{lead} {_peers(one)} {_reported(wide.rules)}".rstrip(),
        caption=" ".join(_caption(one, wide)),
        wide=wide,
        narrow=narrow,
        table=series.table(one),
        downloads=series.downloads(one),
    )


def _peers(one: Measurement) -> str:
    few = ": few vantage points" if one.figures.few_vantage_points else ""
    return f"Seen by {words.count(one.peers, 'peer')}{few}."


def _caption(one: Measurement, seen: Seen) -> Iterable[str]:
    """Yield a sentence for each panel and each kind of mark that is there."""
    yield f"Top: how many of the {words.count(seen.prefixes, 'prefix', 'prefixes')} were visible."
    yield from _of_panels(one, seen)
    if seen.flaps:
        number = words.count(one.figures.flaps, "flap")
        yield f"Strokes above: {number}, each a loss of 30 s to 30 min."
    if seen.events:
        yield "Wedges: one peer lost what the others still had, which is not counted as an outage."
    if seen.gaps:
        why = ["a collector recorded nothing"] if one.provenance.gaps else []
        why += ["no peer had spoken yet"] if silent_until(one) else []
        yield f"Hatched: {' or '.join(why)}, so that less is known."
    if seen.rules:
        yield "Dashed lines: the reported start and end."
    yield f"{_peers(one).removesuffix('.')}; times in UTC. {attribution(one)}"


def _of_panels(one: Measurement, seen: Seen) -> Iterable[str]:
    if isinstance(seen.below, Raster):
        yield (
            f"Below: one line for each of the {one.figures.prefixes_down:,} prefixes that went "
            "down, dark while it was."
        )
    elif isinstance(seen.below, Strips) and seen.below.labels == "scale":
        yield (
            f"Below: all outages of the {one.figures.prefixes_down:,} prefixes that went down, "
            "sorted by how long they lasted; dark while at least one of that length was under way."
        )
    elif isinstance(seen.below, Strips):
        yield "Below: every moment at its darkest, so that even a loss of seconds shows."
    came_and_went = any(seen.flickering) or (
        isinstance(seen.below, Strips)
        and any(level == "flicker" for strip in seen.below.strips for *_, level in strip.runs)
    )
    if came_and_went:
        yield "Where red-brown: losses and returns too close together to be drawn one by one."
    if seen.upstreams:
        names = words.listed([share.label for share in seen.upstreams])
        yield f"Bottom: the upstreams through which the paths led, from below {names}."


def _summary(one: Measurement) -> str:
    """Return what the picture shows: a sentence for everybody, then the terms."""
    figures = one.figures
    whole = figures.prefixes
    if not one.main:
        return _never_down(one)
    start, end = one.main
    down = len({row for row, since, until in one.dark if since < end and until > start})
    who = f"{down:,} of {words.count(whole, 'block', 'blocks')} of addresses"
    if down == whole:
        who = (
            f"{'all' if whole > 1 else 'the'} {words.count(whole, 'block', 'blocks')} of addresses"
        )
    back = closed(one, end)
    until = "not all were back when the data end"
    if back:
        later = words.duration(int((back - start).total_seconds()))
        until = f"the last came back at {clock(one, back)}, {later} later"
    return (
        f"From {clock(one, start)} on, routers elsewhere no longer knew a way to {who} "
        f"(prefixes); {until}.{_more(one)}"
    )


def _never_down(one: Measurement) -> str:
    blocks = f"{words.count(one.figures.prefixes, 'block', 'blocks')} of addresses (prefixes)"
    if not one.figures.brief_losses:
        return f"The routes to all {blocks} stayed up: none of them went down."
    losses = words.count(one.figures.brief_losses, "time", "times")
    return (
        f"None of {blocks} was gone for a minute or more, but they were lost {losses} for less."
        if one.figures.prefixes > 1
        else f"The block of addresses was never gone for a minute, but {losses} for less."
    )


def _part_only(one: Measurement, incident: Incident) -> str:
    """Return a sentence where the data do not reach back to the beginning that is reported."""
    began = timing.lead_start(routing_episodes(incident)[0]).at
    since, until = one.figures.since, one.figures.until
    if since <= began.latest and began.earliest <= until:
        return ""
    day = f"{words.short_day(since)}, " if since.date() == until.date() else ""
    return (
        f" The data are of {day}{clock(one, since)} to {clock(one, until)} only, and not of the "
        "time when the outage began."
    )


def _more(one: Measurement) -> str:
    figures, others = one.figures, len(one.stretches) - 1
    more = ""
    longest_s = max((int((end - start).total_seconds()) for start, end in one.totals), default=0)
    if longest_s and figures.prefixes > 1:
        more = f" All of them were gone at once for {words.duration(longest_s)}."
    elif not others and figures.prefixes_down > 1:
        more = f" Half of those were gone by {clock(one, figures.median_start)}."
    if others:
        more += f" {words.spelled(others, 'shorter outage').capitalize()} came {_when(one)}."
    return more


def _when(one: Measurement) -> str:
    if not one.main:
        return ""
    before = one.stretches[0] < one.main
    after = one.stretches[-1] > one.main
    return "before and after" if before and after else "before" if before else "after"


def _reported(rules: tuple[Rule, ...]) -> str:
    return f"Across it: {'; '.join(rule.label for rule in rules)}." if rules else ""
