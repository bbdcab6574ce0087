"""What each peer said of each prefix, as numbers: the ground of all that is derived from messages.

A peer's state for a prefix is a path, none, or unknown: before its first message, after its session
drops, and from the start of a gap of its collector, until its next message. The state at a second
is that after all of its messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas import DataFrame

from generator.derive.steps import Flags, Ints, firsts, lasts, ranges, seconds, texts
from generator.model.evidence import Event, Gap, Peer

NONE, UNKNOWN = -1, -2
_SPEAKING = [Event.STATE, Event.ANNOUNCE, Event.WITHDRAW]


@dataclass(frozen=True)
class Told:
    """The last word of each peer on each prefix in each second with a message.

    Arrays of one length, sorted by ``peer``, ``prefix`` and ``at_s``: places in ``peers`` and
    ``prefixes``, Unix seconds, and the ``word``: NONE, UNKNOWN, or for a path the place of its
    upstream in ``vias``. ``first_s`` and ``last_s`` are the seconds of the first and last message.
    """

    peers: tuple[Peer, ...]
    prefixes: list[str]
    vias: list[str]
    peer: Ints
    prefix: Ints
    at_s: Ints
    word: Ints
    first_s: int
    last_s: int

    @property
    def starts(self) -> np.typing.NDArray[np.bool_]:
        """Where a pair of a peer and a prefix begins."""
        return firsts(self.peer, self.prefix)

    @property
    def before(self) -> Ints:
        """The word before each: UNKNOWN where it is the first of a peer on a prefix."""
        shifted = np.append(UNKNOWN, self.word[:-1])[: len(self.word)]
        return np.where(self.starts, UNKNOWN, shifted)


def told(messages: DataFrame, peers: Iterable[Peer], gaps: Iterable[Gap] = ()) -> Told:
    """Return what the listed peers said. Prefixes are sorted as text. Raises nothing.

    A session carries every prefix, so its loss is unknown for each prefix that it ever told of.
    """
    listed = tuple(peers)
    peer, at_s = _places(messages, listed), seconds(messages["time"])
    event, events = pd.factorize(texts(messages["event"]))
    spoke = np.flatnonzero(np.isin(events, _SPEAKING)[event] & (peer >= 0))
    ended = np.flatnonzero((events == Event.SESSION_DOWN)[event] & (peer >= 0))
    prefix, prefixes = pd.factorize(texts(messages["prefix"])[spoke], sort=True)
    word, vias = _words(texts(messages["path"])[spoke], (events == Event.WITHDRAW)[event[spoke]])
    said = (peer[spoke], prefix, at_s[spoke], spoke, word)
    silent = _together((peer[ended], at_s[ended], ended), _gap_starts(listed, gaps, len(messages)))
    table = _together(said, _lost(silent, peer[spoke], prefix))
    return Told(listed, list(prefixes), vias, *_last_of_each_second(*table), *_ends(at_s))


def _together(one: Sequence[Ints], other: Sequence[Ints]) -> list[Ints]:
    """Return the rows of two tables, by column."""
    return [np.append(*columns) for columns in zip(one, other, strict=True)]


def _lost(silent: Sequence[Ints], peer: Ints, prefix: Ints) -> Sequence[Ints]:
    """Return silences of peers, each for all prefixes that the peer ever told of."""
    size = int(np.max(prefix, initial=0)) + 1
    pairs = np.unique(peer * size + prefix)
    begins, ends = (np.searchsorted(pairs, (silent[0] + one) * size) for one in (0, 1))
    row = np.repeat(np.arange(len(begins)), ends - begins)
    its = pairs[ranges(begins, ends - begins)] % size
    whose, at_s, order = (column[row] for column in silent)
    return whose, its, at_s, order, np.full(len(row), UNKNOWN)


def upstream(path: str) -> str:
    """Return the last ASN before the origin, prepending removed; empty where there is none.

    Around a set of ASNs there is none, as a set has no order; AS 0 is nobody (RFC 7607).
    """
    hops = path.split()
    before = [hop for hop in hops if hop != hops[-1]]
    if not before or before[-1] == "0" or "{" in hops[-1] + before[-1]:
        return ""
    return before[-1]


def _places(messages: DataFrame, listed: tuple[Peer, ...]) -> Ints:
    """Return the place of each row's peer among those listed; -1 where it is not."""
    collector, collectors = pd.factorize(texts(messages["collector"]))
    ip, ips = pd.factorize(texts(messages["peer_ip"]))
    row = {name: place for place, name in enumerate(collectors)}
    column = {name: place for place, name in enumerate(ips)}
    place = np.full((len(row) + 1, len(column) + 1), -1, dtype=np.int64)
    for number, peer in enumerate(listed):
        place[row.get(peer.collector, -1), column.get(str(peer.ip), -1)] = number
    place[-1, :] = place[:, -1] = -1
    return place[collector, ip]


def _words(paths: np.typing.NDArray[np.object_], withdrawn: Flags) -> tuple[Ints, list[str]]:
    path, unique = pd.factorize(paths)
    via, vias = pd.factorize(np.array([upstream(text) for text in unique], dtype=object))
    return np.where(withdrawn, NONE, via[path]), list(vias)


def _gap_starts(listed: tuple[Peer, ...], gaps: Iterable[Gap], order: int) -> Sequence[Ints]:
    starts = [
        (number, int(gap.since.earliest.timestamp()), order)
        for gap in gaps
        for number, peer in enumerate(listed)
        if peer.collector == gap.collector
    ]
    return list(np.array(starts, dtype="int64").reshape(-1, 3).T)


def _last_of_each_second(
    peer: Ints, prefix: Ints, at_s: Ints, order: Ints, word: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    sorted_by = np.lexsort((order, at_s, prefix, peer))
    kept = sorted_by[lasts(peer[sorted_by], prefix[sorted_by], at_s[sorted_by])]
    return peer[kept], prefix[kept], at_s[kept], word[kept]


def _ends(at_s: Ints) -> tuple[int, int]:
    return (int(np.min(at_s)), int(np.max(at_s))) if len(at_s) else (0, 0)
