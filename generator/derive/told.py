"""What each peer said of each prefix, as numbers: the ground of all that is derived from messages.

A peer's state for a prefix is a path, none, or unknown: before its first message, after its session
drops, and from the start of a gap of its collector, until its next message. The state at a second
is that after all of its messages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from generator.derive.steps import Ints, firsts, lasts, seconds
from generator.model.evidence import Event, Gap, Peer

NONE, UNKNOWN = -1, -2


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
    columns = DataFrame(
        {
            "peer": _places(messages, listed),
            "at_s": seconds(messages["time"]),
            "order": np.arange(len(messages)),
        }
    )
    event = messages["event"].to_numpy()
    heard = columns["peer"].to_numpy() >= 0
    spoke = np.isin(event, [Event.STATE, Event.ANNOUNCE, Event.WITHDRAW]) & heard
    prefix, prefixes = pd.factorize(messages["prefix"].to_numpy()[spoke], sort=True)
    word, vias = _words(messages["path"].to_numpy()[spoke], event[spoke] == Event.WITHDRAW)
    said = columns[spoke].assign(prefix=prefix, word=word)
    silent = pd.concat(
        [columns[(event == Event.SESSION_DOWN) & heard], _gap_starts(listed, gaps, len(messages))]
    )
    lost = silent.merge(said[["peer", "prefix"]].drop_duplicates(), on="peer")
    table = pd.concat([said, lost.assign(word=UNKNOWN)]).astype("int64")
    peer, prefix, at_s, word = _last_of_each_second(table)
    first_s, last_s = _ends(columns["at_s"])
    return Told(listed, list(prefixes), vias, peer, prefix, at_s, word, first_s, last_s)


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
    collector, collectors = pd.factorize(messages["collector"].to_numpy())
    ip, ips = pd.factorize(messages["peer_ip"].to_numpy())
    row = {name: place for place, name in enumerate(collectors)}
    column = {name: place for place, name in enumerate(ips)}
    place = np.full((len(row) + 1, len(column) + 1), -1)
    for number, peer in enumerate(listed):
        place[row.get(peer.collector, -1), column.get(str(peer.ip), -1)] = number
    place[-1, :] = place[:, -1] = -1
    return place[collector, ip].astype("int64")


def _words(paths: np.typing.NDArray[np.object_], withdrawn: Ints) -> tuple[Ints, list[str]]:
    path, texts = pd.factorize(paths)
    via, vias = pd.factorize(np.array([upstream(text) for text in texts], dtype=object))
    return np.where(withdrawn, NONE, via[path]), list(vias)


def _gap_starts(listed: tuple[Peer, ...], gaps: Iterable[Gap], order: int) -> DataFrame:
    starts = [
        (number, int(gap.since.earliest.timestamp()), order)
        for gap in gaps
        for number, peer in enumerate(listed)
        if peer.collector == gap.collector
    ]
    return DataFrame(starts, columns=["peer", "at_s", "order"], dtype="int64")


def _last_of_each_second(table: DataFrame) -> tuple[Ints, Ints, Ints, Ints]:
    names = ("peer", "prefix", "at_s", "word")
    peer, prefix, at_s, word = (table[name].to_numpy() for name in names)
    order = np.lexsort((table["order"].to_numpy(), at_s, prefix, peer))
    kept = order[lasts(peer[order], prefix[order], at_s[order])]
    return peer[kept], prefix[kept], at_s[kept], word[kept]


def _ends(at_s: Series[int]) -> tuple[int, int]:
    return (int(at_s.min()), int(at_s.max())) if len(at_s) else (0, 0)
