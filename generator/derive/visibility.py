"""What the peers see of each prefix, second by second.

A peer's state for a prefix is a path, none, or unknown: before its first message, after its
session drops, and in a gap of its collector. The state at a second is that after all of its
messages. Only peers with a full feed count, and each network (ASN) once, however many peers it has:
it sees a prefix when any of its peers holds a path, and is known when any is not unknown.

Visibility V is seeing / known. A prefix is up at V >= 0.5 and dark at V <= 0.05.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from generator.model.evidence import FORMS, Event, Gap, Grade, Peer
from generator.read.evidence import Evidence

UP, DARK, FULL = 0.5, 0.05, 0.95
BANDS = ("dark", "low", "most", "full", "unknown")

_PEER = ["collector", "peer_ip"]
_PAIR = [*_PEER, "asn", "prefix"]


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
    told = _told(messages, peers, gaps)
    counts = _counted(_changes(told))
    columns = list(FORMS[Grade.VISIBILITY].columns)
    rows = DataFrame(list(_spelled(counts)), columns=columns)
    rows["time"] = pd.to_datetime(rows["time"], utc=True).dt.as_unit("s")
    return rows.astype({"prefix": str, "seeing": "int64", "known": "int64", "upstreams": str})


def upstream(path: str) -> str:
    """Return the last ASN before the origin, prepending removed; empty where there is none.

    Around a set of ASNs there is none, as a set has no order.
    """
    hops = path.split()
    before = [hop for hop in hops if hop != hops[-1]]
    if not before or "{" in hops[-1] + before[-1]:
        return ""
    return before[-1]


def _told(messages: DataFrame, peers: Iterable[Peer], gaps: Iterable[Gap]) -> DataFrame:
    """Return the last event of each full-feed peer, prefix and second, with the peer's network."""
    feeds = DataFrame(
        [
            (peer.collector, str(peer.ip), peer.asn.number)
            for peer in peers
            if peer.full_feed == "yes"
        ],
        columns=[*_PEER, "asn"],
    )
    numbered = messages.assign(order=np.arange(len(messages)))
    heard = numbered.merge(feeds, on=_PEER, how="inner")
    said = heard[heard["event"].isin([Event.STATE, Event.ANNOUNCE, Event.WITHDRAW])]
    lost = heard.loc[heard["event"] == Event.SESSION_DOWN, [*_PEER, "time", "order"]]
    silent = pd.concat([lost, _gap_starts(feeds, gaps, len(messages))])
    # A session carries every prefix, so its loss is an event of each prefix it ever told of.
    dropped = silent.merge(said[_PAIR].drop_duplicates(), on=_PEER)
    events = pd.concat([said, dropped.assign(event=Event.SESSION_DOWN.value, path="")])
    ordered = events.sort_values([*_PAIR, "time", "order"], ignore_index=True)
    return ordered.drop_duplicates([*_PAIR, "time"], keep="last")


def _gap_starts(feeds: DataFrame, gaps: Iterable[Gap], order: int) -> DataFrame:
    starts = [(gap.collector, pd.Timestamp(gap.since.earliest), order) for gap in gaps]
    table = DataFrame(starts, columns=["collector", "time", "order"])
    table["time"] = pd.to_datetime(table["time"], utc=True).dt.as_unit("s")
    return table.merge(feeds[_PEER], on="collector")


def _changes(told: DataFrame) -> DataFrame:
    """Return when each peer gained (+1) or lost (-1) each feature of a prefix.

    The features are ``known``, ``seeing``, and the ASN of each upstream.
    """
    paths = {path: upstream(path) for path in told["path"].unique()}
    now = told.assign(
        known=np.where(told["event"] == Event.SESSION_DOWN, "", "known"),
        seeing=np.where(told["event"].isin([Event.STATE, Event.ANNOUNCE]), "seeing", ""),
        upstream=told["path"].map(paths),
    )
    parts = []
    for column in ("known", "seeing", "upstream"):
        before = now.groupby(_PAIR, sort=False)[column].shift(fill_value="")
        changed = now[now[column] != before]
        parts.append(changed.assign(feature=before, delta=-1))
        parts.append(changed.assign(feature=changed[column], delta=1))
    changes = pd.concat(parts)[["prefix", "asn", "feature", "time", "delta"]]
    return changes[changes["feature"] != ""]


def _counted(changes: DataFrame) -> DataFrame:
    """Return how many networks have each feature of a prefix, at each change of that number."""
    peers = _levels(changes, ["prefix", "asn", "feature"])
    has = (peers["level"] > 0).astype("int64")
    before = has.groupby([peers["prefix"], peers["asn"], peers["feature"]], sort=False).shift()
    networks = peers.assign(delta=has - before.fillna(0).astype("int64"))
    counts = _levels(networks, ["prefix", "feature"])
    return counts.sort_values(["prefix", "time"], kind="stable", ignore_index=True)


def _levels(changes: DataFrame, keys: list[str]) -> DataFrame:
    """Return the running sum of ``delta`` per key as ``level``, where it changes."""
    summed = changes.groupby([*keys, "time"], as_index=False)["delta"].sum()
    moved: DataFrame = summed[summed["delta"] != 0]
    return moved.assign(level=moved.groupby(keys, sort=False)["delta"].cumsum())


def _spelled(counts: DataFrame) -> Iterator[tuple[pd.Timestamp, str, int, int, str]]:
    columns = (counts[name] for name in ("prefix", "time", "feature", "level"))
    rows = zip(*columns, strict=True)
    for prefix, of_prefix in groupby(rows, key=itemgetter(0)):
        level: dict[str, int] = {}
        for time, of_second in groupby(of_prefix, key=itemgetter(1)):
            level.update((feature, count) for _, _, feature, count in of_second)
            via = sorted(
                f"{asn}:{count}" for asn, count in level.items() if asn.isdigit() and count
            )
            yield time, prefix, level.get("seeing", 0), level["known"], " ".join(via)


def prefixes_by_band(rows: DataFrame) -> DataFrame:
    """Return how many prefixes are in each band of V, as a step function of time.

    Columns ``time`` and, as int64, ``dark`` (V <= 0.05), ``low`` (below 0.5), ``most`` (below
    0.95), ``full``, and ``unknown`` (no peer known). One row per second with a change. A prefix
    counts from its first row on.
    """
    now = _band(rows)
    before = now.groupby(rows["prefix"], sort=False).shift()
    moved = now != before
    steps = pd.concat(
        [
            DataFrame({"time": rows["time"][moved], "band": now[moved], "delta": 1}),
            DataFrame({"time": rows["time"][moved], "band": before[moved], "delta": -1}),
        ]
    ).dropna()
    table = steps.pivot_table(
        index="time", columns="band", values="delta", aggfunc="sum", fill_value=0
    )
    totals = table.reindex(columns=list(BANDS), fill_value=0).cumsum().astype("int64")
    return totals.rename_axis(columns=None).reset_index()


def _band(rows: DataFrame) -> Series[str]:
    share = rows["seeing"] / rows["known"].where(rows["known"] > 0)
    bands = np.select(
        [share <= DARK, share < UP, share < FULL, share >= FULL], BANDS[:4], default=BANDS[4]
    )
    return Series(bands, index=rows.index, dtype=str)


def visible_prefixes(rows: DataFrame) -> DataFrame:
    """Return how many prefixes are up (``visible``) and not up (``down``), as a step function.

    Columns ``time, visible, down``; one row per second with a change of either. Prefixes that no
    peer is known of are in neither.
    """
    bands = prefixes_by_band(rows)
    series = DataFrame(
        {
            "time": bands["time"],
            "visible": bands["most"] + bands["full"],
            "down": bands["dark"] + bands["low"],
        }
    )
    numbers = series[["visible", "down"]]
    return series[(numbers != numbers.shift()).any(axis=1)].reset_index(drop=True)
