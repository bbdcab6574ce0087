"""Every measured figure with the rule that makes it, for whoever recomputes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median

from generator.derive.measurement import Measurement
from generator.render import words

_METHOD = "../../method/"
_MOST_NAMED = 4
_NAMED = 0.005  # what is not 0 % when rounded
_HOUR = timedelta(hours=1)


def attribution(one: Measurement) -> str:
    """Return the line that the data's terms ask for, as a sentence."""
    text = " ".join(str(one.provenance.attribution).split())
    return text if text.endswith(".") else f"{text}."


def closed(one: Measurement, end: datetime | None) -> datetime | None:
    """Return an end that was seen; None when the data end first."""
    return end if end and end < one.figures.until else None


def clock(one: Measurement, at: datetime | None) -> str:
    """Return an instant of the measurement; with its date where the data span several."""
    if at is None:
        return "not within the data"
    span_days = (one.figures.until.date() - one.figures.since.date()).days
    day = f"{words.short_day(at)}, " if span_days else ""
    return f"{day}{at:%H:%M:%S}{words.NBSP}UTC"


def definitions(one: Measurement) -> Iterable[dict[str, str]]:
    """Yield name, value and the place on the method page of each figure that there is."""
    parts = (_always(one), _losses(one), _coming_and_going(one), _paths(one), _data(one))
    for part in parts:
        for name, anchor, value in part:
            yield {"name": name, "href": f"{_METHOD}#{anchor}", "value": value}


_Figure = tuple[str, str, str]


def _always(one: Measurement) -> Iterable[_Figure]:
    yield ("Visible", "visibility",
        f"A prefix is visible (up) while at least half of the {one.peers} peers with a "
        "full table, each network counted once, hold a route to it. The state is taken after all "
        "messages of a second.")  # fmt: skip
    yield ("Down", "outage",
        "An outage of a prefix starts at the first second of a stretch of 60 s or more "
        "in which it is not visible, and ends at the first second of a stretch of 60 s or more in "
        "which it is again. A stretch that the end of the data cuts off counts.")  # fmt: skip


def _losses(one: Measurement) -> Iterable[_Figure]:
    figures = one.figures
    longest_s = figures.median_longest_s
    yield ("Fewest visible", "outage", f"{figures.fewest_visible:,} of {figures.prefixes:,}, first "
           f"at {clock(one, figures.fewest_visible_at)}")  # fmt: skip
    if not figures.prefixes_down:
        return
    yield ("Start of outages", "outage", f"first {clock(one, figures.first_start)}, median over "
           f"prefixes {clock(one, figures.median_start)}")  # fmt: skip
    yield ("Restored", "outage", f"first {clock(one, figures.first_restored)}, median of each "
           f"prefix's last restoration {clock(one, figures.median_last_restored)}, last "
           f"{clock(one, figures.last_restored)}")  # fmt: skip
    if longest_s is not None:
        yield ("Longest outage of a prefix", "outage", "median over prefixes "
               f"{words.duration(longest_s, 3)} ({longest_s:,} s)")  # fmt: skip
    yield from _convergence(one)


def _convergence(one: Measurement) -> Iterable[_Figure]:
    gone = [each.withdrawal_s for each in one.convergence if each.withdrawal_s is not None]
    back = [each.announcement_s for each in one.convergence if each.announcement_s is not None]
    parts = [
        f"from the first network that lost a prefix until it was dark, median {_median(gone)}"
        if gone else "",
        f"from the first that had it again until it was back to full, median {_median(back)}"
        if back else "",
    ]  # fmt: skip
    if any(parts):
        value = "; ".join(filter(None, parts))
        yield ("How fast it spread", "convergence", value)


def _median(lengths_s: list[int]) -> str:
    return words.duration(int(median(lengths_s)))


def _coming_and_going(one: Measurement) -> Iterable[_Figure]:
    figures = one.figures
    if figures.prefixes_down or figures.brief_losses:
        yield ("Down again", "outage",
            f"{words.count(figures.down_twice_or_more, 'prefix', 'prefixes')} went down twice or "
            f"more; {words.count(figures.brief_losses, 'loss', 'losses')} of under 60 s not "
            "counted")  # fmt: skip
    if figures.flaps:
        yield ("Flaps", "flap", f"{figures.flaps:,}: a prefix gone for 30 s to 30 min, up before "
               "and after")  # fmt: skip
    if figures.pairs:
        period = figures.pair_period_s
        every = f", every {words.duration(period)} at the median" if period else ""
        yield ("Raw pairs", "flap", f"{figures.pairs:,} times a single peer withdrew a prefix and "
               f"announced it again{every}; this is ordinary and no outage follows")  # fmt: skip
    if one.peer_events:
        yield ("Peer events", "peer-event", _events(one))


def _events(one: Measurement) -> str:
    shown = [
        f"{event.asn} at {event.collector}, {clock(one, event.start)}, {event.withdrawn:,} prefixes"
        for event in one.peer_events[:_MOST_NAMED]
    ]
    more = len(one.peer_events) - len(shown)
    rest = f"; and {more:,} more" if more else ""
    return f"one peer lost what others still had, not counted: {'; '.join(shown)}{rest}"


def _paths(one: Measurement) -> Iterable[_Figure]:
    if not one.upstreams:
        return
    if one.main:
        start, end = one.main
        value = _shares(one, start - _HOUR, "before the longest outage", or_earlier=True)
        if closed(one, end):
            value += "; " + _shares(one, end + _HOUR, "after it")
        yield "Upstreams", "upstream", value
    changes = one.upstream_changes
    if changes:
        first = changes[0]
        yield ("Changes of upstream", "upstream",
            f"{len(changes):,}, the first of {first.prefix} from {first.before} to {first.after} "
            f"at {clock(one, first.at)}")  # fmt: skip


def _shares(one: Measurement, at: datetime, which: str, *, or_earlier: bool = False) -> str:
    """Return the shares, largest first, at an instant an hour off, or where the data end.

    With ``or_earlier``, an instant without paths, as within a flap, gives those before it too.
    """
    when = f"an hour {which}"
    if at < one.figures.since:
        at, when = one.figures.since, "at the beginning of the data"
    elif at > one.figures.until:
        at, when = one.figures.until, "at the end of the data"
    told = _named(one, at)
    if not told and or_earlier and (earlier := _last_held(one, at)):
        told = f"none just then, but {_named(one, earlier)} before"
    return f"{when}: {told or 'none'}"


def _named(one: Measurement, at: datetime) -> str:
    """Return the upstreams of an instant worth naming with their shares, largest first."""
    shares = [
        (next((share for since, share in reversed(via.steps) if since <= at), 0.0), via.asn)
        for via in one.upstreams
    ]
    return ", ".join(
        f"{asn} {share:.0%}" for share, asn in sorted(shares, reverse=True) if share >= _NAMED
    )


def _last_held(one: Measurement, before: datetime) -> datetime | None:
    """Return the last change before an instant after which there were paths: it may be a flap."""
    times = (
        at for via in one.upstreams for at, share in via.steps if at <= before and share >= _NAMED
    )
    return max(times, default=None)


def _data(one: Measurement) -> Iterable[_Figure]:
    figures = one.figures
    if any(one.slash24s and count for _, count in one.slash24s):
        counts = [count for _, count in one.slash24s]
        yield ("Blocks of 256 addresses", "slash24",
            f"from {min(counts):,} to {max(counts):,} visible, every five minutes")  # fmt: skip
    if one.provenance.gaps:
        yield ("Gaps", "gap", f"{words.count(len(one.provenance.gaps), 'stretch', 'stretches')} in "
               "which a collector recorded nothing; its peers are unknown there")  # fmt: skip
    if figures.little_known:
        yield ("Too little known", "visibility",
            f"{words.count(figures.little_known, 'prefix', 'prefixes')} of which never enough "
            "peers spoke: not counted")  # fmt: skip
    yield ("Covered", "evidence", f"{clock(one, figures.since)} to {clock(one, figures.until)}")
