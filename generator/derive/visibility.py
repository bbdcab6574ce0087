"""What the peers see of each prefix, second by second.

Only peers with a full feed count, and each network (ASN) once, however many peers it has: it sees a
prefix when any of its peers holds a path, and is known when any is not unknown. What a peer
withdraws in an event of its own (see ``peer_events``) tells nothing of the prefix: the peer is
unknown for it until it speaks of it again.

Visibility V is seeing / known. A prefix is up at V >= 0.5 and dark at V <= 0.05.

V says something only while enough is known: at least two networks, and at least half of the
vantage points (all networks with a full feed). One network's word is never an outage: Renesys
dropped outages that one or few peers saw (Underwood, NANOG 2005), and IODA's share is of all
full-feed networks, so that half of them must speak before half of them can see. Below that the
last known state stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from pandas import DataFrame, Series

from generator.derive.peer_events import PeerEvent, peer_events, without
from generator.derive.steps import Flags, Ints, firsts, lasts, levels, seconds, texts, times, total
from generator.derive.told import NONE, UNKNOWN, Told, told
from generator.model.evidence import Gap, Peer
from generator.read.evidence import Evidence

DARK, FULL = 0.05, 0.95
FEWEST_KNOWN = 2
_KNOWN, _SEEING, _VIA = 0, 1, 2


def visibility_of(evidence: Evidence) -> DataFrame:
    """Return the visibility rows of either grade: as frozen, or derived from the messages."""
    if evidence.visibility is not None:
        return evidence.visibility
    if evidence.messages is None:
        raise ValueError("evidence without a table")
    return visibility(evidence.messages, evidence.provenance.peers, evidence.provenance.gaps)


def visibility(messages: DataFrame, peers: Iterable[Peer], gaps: Iterable[Gap] = ()) -> DataFrame:
    """Return one row per change of what the full-feed peers see of a prefix.

    Columns ``time, prefix, seeing, known, upstreams`` as in the visibility form, by prefix and
    time. ``known`` is 0 while no peer is known. Raises nothing.
    """
    words = told(messages, peers, gaps)
    return seen(words, peer_events(words))


def seen(words: Told, events: Sequence[PeerEvent]) -> DataFrame:
    """Return the same from what the peers said and the events of single peers among that."""
    prefix, feature, at_s, level = _counted(without(words, events))
    order = np.lexsort((at_s, prefix))
    prefix, feature, at_s, level = (part[order] for part in (prefix, feature, at_s, level))
    last = np.flatnonzero(lasts(prefix, at_s))
    start = np.maximum.accumulate(np.where(firsts(prefix), np.arange(len(prefix)), 0))
    return DataFrame(
        {
            "time": times(at_s[last]),
            "prefix": Series(np.array(words.prefixes, dtype=object)[prefix[last]], dtype=str),
            "seeing": _standing(feature == _SEEING, level, start)[last],
            "known": _standing(feature == _KNOWN, level, start)[last],
            "upstreams": _spelled(prefix, feature, level, words.vias, last),
        }
    ).astype({"upstreams": str})


def _counted(words: Told) -> tuple[Ints, Ints, Ints, Ints]:
    """Return how many networks have each feature of a prefix: prefix, feature, second, count."""
    asns = np.array([peer.asn.number for peer in words.peers], dtype="int64")
    full = np.array([peer.full_feed == "yes" for peer in words.peers], dtype=np.bool_)
    networks, network = np.unique(asns, return_inverse=True)
    row, feature, delta = _changes(words)
    kept = full[words.peer[row]]
    row, feature, delta = row[kept], feature[kept], delta[kept]
    features = _VIA + len(words.vias)
    key = words.prefix[row] * features + feature
    keys, at_s, level = levels(
        key * len(networks) + network[words.peer[row]], words.at_s[row], delta
    )
    has = (level > 0).astype("int64")
    had = np.where(firsts(keys), 0, np.append(0, has[:-1])[: len(has)])
    keys, at_s, level = levels(keys // max(1, len(networks)), at_s, has - had)
    return keys // features, keys % features, at_s, level


def _changes(words: Told) -> tuple[Ints, Ints, Ints]:
    """Return where a peer gained (+1) or lost (-1) a feature of a prefix: row, feature, delta.

    The features are known, seeing, and each upstream.
    """
    now, before = words.word, words.before
    named = np.array([bool(via) for via in words.vias], dtype=np.bool_)
    rows, features, deltas = [], [], []
    for feature, floor in ((_KNOWN, UNKNOWN), (_SEEING, NONE)):
        delta = (now > floor).astype("int64") - (before > floor)
        moved = np.flatnonzero(delta)
        rows.append(moved)
        features.append(np.full(len(moved), feature))
        deltas.append(delta[moved])
    for word, delta_of_all in ((before, -1), (now, 1)):
        moved = np.flatnonzero((now != before) & (word >= 0))
        moved = moved[named[word[moved]]]
        rows.append(moved)
        features.append(_VIA + word[moved])
        deltas.append(np.full(len(moved), delta_of_all))
    return np.concatenate(rows), np.concatenate(features), np.concatenate(deltas)


def _standing(chosen: Ints, level: Ints, start: Ints) -> Ints:
    """Return at each entry the last chosen level since ``start``, 0 where there is none."""
    last = np.maximum.accumulate(np.where(chosen, np.arange(len(level)), -1))
    return np.where(last >= start, level[last], 0) if len(level) else level


def _spelled(
    prefix: Ints, feature: Ints, level: Ints, vias: Sequence[str], last: Ints
) -> list[str]:
    """Return the upstreams and their counts at the end of each second, as the form spells them."""
    told = np.flatnonzero(feature >= _VIA)
    names = [vias[number] for number in (feature[told] - _VIA).tolist()]
    text, spelled = "", [""]
    begins = firsts(prefix[told]).tolist()
    for begin, name, count in zip(begins, names, level[told].tolist(), strict=True):
        text = _with("" if begin else text, name, count)
        spelled.append(text)
    # The last that was told up to then, unless that was of another prefix.
    place = np.searchsorted(told, last, side="right")
    other = np.append(-1, prefix[told])[place] != prefix[last]
    return [spelled[one] for one in np.where(other, 0, place).tolist()]


@lru_cache(maxsize=1 << 16)
def _with(text: str, asn: str, count: int) -> str:
    others = [one for one in text.split() if one.partition(":")[0] != asn]
    return " ".join(sorted([*others, f"{asn}:{count}"] if count else others))


def enough(rows: DataFrame, vantage_points: int) -> Flags:
    """Mark the rows in which enough networks are known, by the rule above."""
    known = rows["known"].to_numpy()
    return np.asarray((known >= FEWEST_KNOWN) & (2 * known >= vantage_points))


def is_up(rows: DataFrame) -> Flags:
    """Mark the rows in which the prefix is up."""
    return np.asarray(2 * rows["seeing"].to_numpy() >= rows["known"].to_numpy())


def counted(rows: DataFrame, vantage_points: int) -> DataFrame:
    """Return the rows that figures rest on: enough known, of prefixes that are ever up.

    A prefix that is down from first to last was never seen to be lost: most often a record names
    a block that is announced in parts.
    """
    known = rows[enough(rows, vantage_points)]
    if known.empty:
        return known
    begins = np.flatnonzero(firsts(texts(known["prefix"])))
    ever = np.logical_or.reduceat(is_up(known), begins)
    return known[np.repeat(ever, np.diff(np.append(begins, len(known))))]


def visible_prefixes(rows: DataFrame, vantage_points: int) -> DataFrame:
    """Return how many prefixes are up (``visible``) and not up (``down``), as a step function.

    Columns ``time, visible, down``; the first row is at the first second of ``rows``, then one per
    second with a change. Both together are always all prefixes that are ever known to be up: while
    too little is known the last known state stands, and before the first a prefix counts as
    visible, since nobody saw it down. Other prefixes are in neither.
    """
    return visible_among(rows, counted(rows, vantage_points))


def visible_among(rows: DataFrame, known: DataFrame) -> DataFrame:
    """Return the same where the counted rows, ``known``, are at hand."""
    begins = firsts(texts(known["prefix"]))
    is_down = (~is_up(known)).astype("int64")
    was_down = np.where(begins, 0, np.append(0, is_down[:-1])[: len(known)])
    at_s, down = total(seconds(known["time"]), is_down - was_down)
    first_s = np.min(seconds(rows["time"]), initial=np.iinfo(np.int64).max)
    if len(rows) and not (at_s[:1] == first_s).any():
        at_s, down = np.append(first_s, at_s), np.append(0, down)
    visible = int(begins.sum()) - down
    return DataFrame({"time": times(at_s), "visible": visible, "down": down})
