"""Trouble of one peer, which tells nothing of the prefixes that it withdraws.

The rule is that of the archive's method: within 60 s one peer withdraws at least 100 prefixes and
five times its own median minute, and at least 90 % of those that other peers are known to hold
stay held there. In detail:

- Prefixes are distinct, and a withdrawal is one that is the peer's last word of its second. The
  median is over all minutes from the first message of the evidence to the last, those without a
  withdrawal too: the median of a quiet peer is 0, so that 100 prefixes are enough; if only its
  busy minutes counted, a peer that fails once an hour would be its own measure.
- Each withdrawal is looked at from its second to 120 s later, the longest that a window of 60 s
  and 60 s more can reach, so that an outage that one peer sees first is none of its own. A prefix
  is *lost elsewhere* when at some second of this time fewer than half of the other known peers
  hold it; so it is too when nothing was known of it before, or when others had lost it first. It
  is *held elsewhere* when it is not lost and another peer is known at the end. Where no other is
  known, it counts for neither.
- Windows that overlap or touch are one event.
- Trouble of several networks is not that of one: a prefix that a peer of another network withdraws
  in such an event of its own, within 120 s of this one, is lost elsewhere too. Without this, a slow
  collapse, in which each prefix leaves one peer after another, would be many events and no outage.

Any peer can have an event, with a full feed or without.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from generator.derive.elsewhere import elsewhere
from generator.derive.steps import Flags, Ints, firsts, lasts, moment
from generator.derive.told import NONE, UNKNOWN, Told
from generator.model.evidence import Peer

WINDOW_S, AFTER_S = 60, 60
FEWEST_PREFIXES, TIMES_MEDIAN, HELD = 100, 5, 0.9
_MINUTE_S = 60


@dataclass(frozen=True)
class PeerEvent:
    """A time in which one peer withdrew much that others held.

    From the first of these withdrawals to the last; ``withdrawn`` prefixes in all;
    ``held_elsewhere`` is the share of those that others were known to hold or lose and held, None
    where nothing is known.
    """

    collector: str
    peer_ip: str
    asn: str
    start: datetime
    end: datetime
    withdrawn: int
    held_elsewhere: float | None


@dataclass(frozen=True)
class _Withdrawals:
    """Withdrawals of the peers that ever withdrew enough, sorted by peer, prefix and second."""

    peer: Ints
    prefix: Ints
    at_s: Ints
    held: Flags
    lost: Flags


@dataclass(frozen=True)
class _Time:
    """Overlapping windows of a peer that meet the conditions, and each prefix withdrawn in them."""

    peer: Peer
    start_s: int
    end_s: int
    prefix: Ints
    held: Flags
    lost: Flags


def peer_events(told: Told) -> list[PeerEvent]:
    """Return the events of all peers, by start, then by their place among the peers."""
    gone = _candidates(told)
    if not len(gone):
        return []
    held, lost = elsewhere(told, gone, WINDOW_S + AFTER_S)
    all_of_them = _Withdrawals(told.peer[gone], told.prefix[gone], told.at_s[gone], held, lost)
    spans = _spans(all_of_them, _medians(told, all_of_them))
    times = [_time(told, all_of_them, *span) for span in spans]
    return sorted(_events(times), key=lambda event: event.start)


def without(told: Told, events: Sequence[PeerEvent]) -> Told:
    """Return what was said, with the state unknown where a peer withdraws in its own event."""
    numbers = {(peer.collector, str(peer.ip)): place for place, peer in enumerate(told.peers)}
    word = told.word.copy()
    for event in events:
        first_s, last_s = event.start.timestamp(), event.end.timestamp()
        inside = (told.at_s >= first_s) & (told.at_s <= last_s) & (told.word == NONE)
        word[inside & (told.peer == numbers[event.collector, event.peer_ip])] = UNKNOWN
    return replace(told, word=word)


def _candidates(told: Told) -> Ints:
    """Return the rows with a withdrawal of a peer that withdrew enough prefixes at all."""
    gone = np.flatnonzero(told.word == NONE)
    distinct = gone[firsts(told.peer[gone], told.prefix[gone])]
    of_peer = np.bincount(told.peer[distinct], minlength=len(told.peers))
    return gone[of_peer[told.peer[gone]] >= FEWEST_PREFIXES]


def _medians(told: Told, gone: _Withdrawals) -> Ints:
    """Return how many prefixes each peer withdraws in its median minute."""
    first_minute = told.first_s // _MINUTE_S
    minutes = told.last_s // _MINUTE_S - first_minute + 1
    minute = gone.at_s // _MINUTE_S - first_minute
    kept = firsts(gone.peer, gone.prefix, minute)
    counts = np.zeros((len(told.peers), minutes), dtype="int64")
    np.add.at(counts, (gone.peer[kept], minute[kept]), 1)
    return np.median(counts, axis=1)


def _spans(gone: _Withdrawals, medians: Ints) -> Iterator[tuple[int, int, int]]:
    """Yield peer, start and end of the overlapping windows that meet every condition."""
    peer, start_s, distinct, held, lost = _windows(gone)
    fewest = np.maximum(FEWEST_PREFIXES, TIMES_MEDIAN * medians[peer])
    meets = ((distinct >= fewest) & (held >= HELD * (held + lost))).astype("int64")
    span: tuple[int, int, int] | None = None
    for place in np.flatnonzero(meets).tolist():
        number, since_s = int(peer[place]), int(start_s[place])
        until_s = int(start_s[place + 1]) - 1 + WINDOW_S  # some window begins up to then
        if span and span[0] == number and since_s <= span[2]:
            span = (number, span[1], until_s)
        else:
            if span:
                yield span
            span = (number, since_s, until_s)
    if span:
        yield span


def _windows(gone: _Withdrawals) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Return how many prefixes a peer withdraws in the 60 s from each second on.

    A withdrawal counts in the windows that begin after the same prefix was withdrawn last, so that
    each prefix counts once. In all, held elsewhere, and lost elsewhere; a row per change.
    """
    last_s = np.where(
        firsts(gone.peer, gone.prefix), np.iinfo(np.int64).min, np.append(0, gone.at_s[:-1])
    )
    since_s = np.maximum(last_s, gone.at_s - WINDOW_S) + 1
    peer = np.concatenate([gone.peer, gone.peer])
    start_s = np.concatenate([since_s, gone.at_s + 1])
    order = np.lexsort((start_s, peer))
    peer, start_s = peer[order], start_s[order]
    kept = lasts(peer, start_s)
    sums = []
    for counted in (np.ones(len(gone.at_s), dtype=np.bool_), gone.held, gone.lost):
        number = counted.astype("int64")
        sums.append(np.cumsum(np.concatenate([number, -number])[order])[kept])
    return peer[kept], start_s[kept], sums[0], sums[1], sums[2]


def _time(told: Told, gone: _Withdrawals, number: int, since_s: int, until_s: int) -> _Time:
    inside = np.flatnonzero((gone.peer == number) & (gone.at_s >= since_s) & (gone.at_s < until_s))
    distinct = inside[firsts(gone.prefix[inside])]
    return _Time(
        peer=told.peers[number],
        start_s=int(np.min(gone.at_s[inside])),
        end_s=int(np.max(gone.at_s[inside])),
        prefix=gone.prefix[distinct],
        held=gone.held[distinct],
        lost=gone.lost[distinct],
    )


def _events(times: Sequence[_Time]) -> Iterator[PeerEvent]:
    """Yield the times that are of one network alone."""
    for one in times:
        shared = _shared(one, times)
        held, lost = int((one.held & ~shared).sum()), int((one.lost | shared).sum())
        if held >= HELD * (held + lost):
            yield PeerEvent(
                collector=one.peer.collector,
                peer_ip=str(one.peer.ip),
                asn=str(one.peer.asn),
                start=moment(one.start_s),
                end=moment(one.end_s),
                withdrawn=len(one.prefix),
                held_elsewhere=held / (held + lost) if held + lost else None,
            )


def _shared(one: _Time, times: Sequence[_Time]) -> Flags:
    """Mark the prefixes that another network withdraws within 120 s in such a time of its own."""
    others = [
        other.prefix
        for other in times
        if other.peer.asn != one.peer.asn
        and other.start_s <= one.end_s + WINDOW_S + AFTER_S
        and one.start_s <= other.end_s + WINDOW_S + AFTER_S
    ]
    return np.isin(one.prefix, np.concatenate(others)) if others else np.zeros_like(one.held)
