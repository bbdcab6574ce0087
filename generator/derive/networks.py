"""Outages of networks: of all the prefixes that one origin announces."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any

import pandas as pd
from pandas import DataFrame, Series

from generator.model.evidence import Event

Stretch = tuple[Any, Any]  # of pandas.Timestamp, the second NaT where it is open
COLUMNS = ["network", "start", "end", "length_s", "extent", "total_from", "total_until"]


def origins_of(messages: DataFrame) -> dict[str, str]:
    """Return the network that each prefix comes from, such as "AS64500", by prefix as text.

    The origin that most announcements and states name, the smaller ASN of two named as often;
    a prefix that is only ever told with a set of origins, or withdrawn, has none.
    """
    told = messages[messages["event"].isin([Event.STATE, Event.ANNOUNCE])]
    counts = Counter(zip(told["prefix"], told["origin"], strict=True))
    named = [
        (-n, int(origin), prefix) for (prefix, origin), n in counts.items() if origin.isdigit()
    ]
    found: dict[str, str] = {}
    for _, origin, prefix in sorted(named):
        found.setdefault(prefix, f"AS{origin}")
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
    sizes = Series(known["prefix"].unique()).map(origins).value_counts()
    rows = []
    by_network = out.groupby(out["prefix"].map(origins), sort=True)
    for network, some in by_network:
        whole = together(some, int(sizes[network]))
        for start, end in together(some, 1):
            rows.append([network, start, end, *_total(whole, (start, end), until)])
    table = DataFrame(rows, columns=["network", "start", "end", "total_from", "total_until"])
    last = pd.Timestamp(until)
    for name in ("start", "end", "total_from", "total_until"):
        table[name] = pd.to_datetime(table[name], utc=True).dt.as_unit("s")
    length = table["end"].fillna(last) - table["start"]
    extent = table["total_from"].notna().map({True: "total", False: "partial"})
    return table.assign(length_s=length.dt.total_seconds().astype("int64"), extent=extent)[COLUMNS]


def together(out: DataFrame, at_least: int) -> list[Stretch]:
    """Return the stretches in which at least so many prefixes are in an outage; NaT where open."""
    ends = out["end"].dropna()
    steps = pd.concat([Series(1, index=out["start"]), Series(-1, index=ends)])
    down = steps.groupby(level=0).sum().cumsum() >= at_least
    turns = down[down != down.shift(fill_value=False)]
    times = [*turns.index, pd.NaT]
    return list(zip(times[::2], times[1::2], strict=False))


def _total(whole: list[Stretch], outage: Stretch, until: datetime) -> Stretch:
    """Return the longest of the total stretches within an outage; NaT without one."""
    start, end = outage
    last = pd.Timestamp(until)
    begins = bisect_left(whole, start, key=itemgetter(0))
    ends = len(whole) if end is pd.NaT else bisect_left(whole, end, key=itemgetter(0))
    return max(
        whole[begins:ends],
        key=lambda one: (last if pd.isna(one[1]) else one[1]) - one[0],
        default=(pd.NaT, pd.NaT),
    )
