"""Withdrawals of single peers that an announcement followed: reported, and never called flaps.

One loss of a prefix makes many of them, a pair per peer, and ordinary convergence makes them too.
A flap is counted on what all peers see (see ``outages.flaps``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generator.derive.steps import Flags, Ints, firsts
from generator.derive.told import NONE, Told


@dataclass(frozen=True)
class Pairs:
    """How many times a peer withdrew a prefix and announced it again.

    ``prefixes`` and ``peers`` are those with a pair. ``period_s`` is the median time from one
    withdrawal to the next of the same peer and prefix, ``down_s`` that from a withdrawal to the
    announcement; None where there is none.
    """

    count: int
    prefixes: int
    peers: int
    period_s: int | None
    down_s: int | None


def pairs(told: Told) -> Pairs:
    """Return the pairs of all peers, with a full feed or without.

    A withdrawal repeated without an announcement in between is one. Neither a pair nor a period
    runs across a time in which the peer is unknown. Medians are rounded down to the second.
    """
    kind = np.minimum(told.word, 0)
    turned = firsts(told.peer, told.prefix, kind)
    peer, prefix, at_s, kind = (x[turned] for x in (told.peer, told.prefix, told.at_s, kind))
    back = _next_is(peer, prefix, kind == NONE, kind > NONE, 1)
    again = _next_is(peer, prefix, back, kind == NONE, 2)
    number = np.flatnonzero(back)
    return Pairs(
        count=len(number),
        prefixes=len(np.unique(prefix[number])),
        peers=len(np.unique(peer[number])),
        period_s=_median(at_s[np.flatnonzero(again) + 2] - at_s[again]),
        down_s=_median(at_s[number + 1] - at_s[number]),
    )


def _next_is(peer: Ints, prefix: Ints, now: Flags, then: Flags, steps: int) -> Flags:
    """Mark the entries that are ``now``, and ``steps`` later, of the same pair, ``then``."""
    found = np.zeros(len(peer), dtype=np.bool_)
    same = (peer[steps:] == peer[:-steps]) & (prefix[steps:] == prefix[:-steps])
    found[:-steps] = now[:-steps] & then[steps:] & same
    return found


def _median(lengths_s: Ints) -> int | None:
    return int(np.median(lengths_s)) if len(lengths_s) else None
