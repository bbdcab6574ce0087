"""Outages of networks: of all the prefixes that one origin announces."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from generator.derive.steps import NEVER, firsts, seconds, texts, times, total

_Stretch = tuple[int, int]  # Unix seconds, the second NEVER where it is open


def origins_of(messages: DataFrame) -> dict[str, str]:
    """Return the network that each prefix comes from, such as "AS64500", by prefix as text.

    The origin that most announcements and states name, the smaller ASN of two named as often;
    a prefix that is only ever told with a set of origins, or withdrawn, has none.
    """
    origin = texts(messages["origin"])
    told = origin != ""  # those of all announcements and states, and of nothing else
    origin, origins = pd.factorize(origin[told])
    prefix, prefixes = pd.factorize(texts(messages["prefix"])[told])
    pairs, counts = np.unique(prefix * len(origins) + origin, return_counts=True)
    named = [
        (-n, int(origins[pair % len(origins)]), prefixes[pair // len(origins)])
        for pair, n in zip(pairs.tolist(), counts.tolist(), strict=True)
        if origins[pair % len(origins)].isdigit()
    ]
    found: dict[str, str] = {}
    for _, asn, text in sorted(named):
        found.setdefault(text, f"AS{asn}")
    return dict(sorted(found.items()))


def network_outages(
    out: DataFrame, origins: Mapping[str, str], known: DataFrame, until: datetime
) -> DataFrame:
    """Return the outages of each network, by network as text and time.

    ``out`` are the outages of prefixes, ``known`` the rows in which enough is known: a network is
    all of its prefixes that are in there. Columns ``network, start, end, length_s, extent,
    total_from, total_until``. An outage is a time in which some prefix is in one; ``extent`` is
    total when at some second all of them are, else partial, and the last two columns are the
    longest time in which they are (NaT in a partial one). ``end`` is NaT where the outage is open,
    and ``total_until`` too; ``length_s`` then runs up to the window's end.
    """
    names = texts(known["prefix"])
    sizes = Counter(origins.get(prefix) for prefix in names[firsts(names)].tolist())
    network = np.array([origins.get(prefix, "") for prefix in out["prefix"].tolist()], dtype=object)
    last_s = int(until.timestamp())
    rows = []
    for name in sorted({*network} - {""}):
        some = out[network == name]
        whole = _together(some, sizes[name])
        rows += [(name, *one, *_total(whole, one, last_s)) for one in _together(some, 1)]
    called, *columns = zip(*rows, strict=True) if rows else [()] * 5
    start, end, total_from, total_until = (np.array(one, dtype="int64") for one in columns)
    return DataFrame(
        {
            "network": Series(called, dtype=str),
            "start": times(start),
            "end": times(end),
            "length_s": np.where(end == NEVER, last_s, end) - start,
            "extent": Series(np.where(total_from == NEVER, "partial", "total"), dtype=str),
            "total_from": times(total_from),
            "total_until": times(total_until),
        }
    )


def together(out: DataFrame, at_least: int) -> list[tuple[Any, Any]]:
    """Return the stretches in which at least so many prefixes are in an outage; NaT where open."""
    found = np.array(_together(out, at_least), dtype="int64").reshape(-1, 2)
    return list(zip(times(found[:, 0]), times(found[:, 1]), strict=True))


def _together(out: DataFrame, at_least: int) -> list[_Stretch]:
    start_s, end_s = seconds(out["start"]), seconds(out["end"])
    end_s = end_s[end_s != NEVER]
    turns_s = np.concatenate([start_s, end_s])
    deltas = np.repeat([1, -1], [len(start_s), len(end_s)])
    at_s, down = total(turns_s, deltas)
    enough = down >= at_least
    turned_s = at_s[enough != np.append(False, enough[:-1])[: len(enough)]].tolist()
    return list(zip(turned_s[::2], [*turned_s, NEVER][1::2], strict=False))


def _total(whole: list[_Stretch], outage: _Stretch, last_s: int) -> _Stretch:
    """Return the longest of the total stretches within an outage; NEVER without one."""
    start_s, end_s = outage
    begins = bisect_left(whole, start_s, key=itemgetter(0))
    ends = len(whole) if end_s == NEVER else bisect_left(whole, end_s, key=itemgetter(0))
    return max(
        whole[begins:ends],
        key=lambda one: (last_s if one[1] == NEVER else one[1]) - one[0],
        default=(NEVER, NEVER),
    )
