"""Outages of prefixes and of the whole they make up, from what the peers saw.

A prefix is up while V >= 0.5. An outage starts at the first second of a stretch below 0.5 that
lasts 60 s or more, and ends at the first second of a stretch back at 0.5 or above that lasts 60 s
or more. Shorter stretches, on either side, change nothing:

- down for less than 60 s while up: no outage, whatever follows; counted as ``brief_losses``.
  Down 2 s, up 11 s, down for an hour is one outage, which starts with the hour.
- up for less than 60 s during an outage: the outage goes on, and its length includes them.
- a stretch cut off by either edge of what was observed counts as lasting, as nothing shows that it
  was short: a prefix that is down in the last second is in an open outage even if it went down
  13 s before, and one that is down in its first row has been so since before.

While too few networks are known (see ``visibility``), the last known state stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Literal

import pandas as pd
from pandas import DataFrame, Series

from generator.derive.networks import together
from generator.derive.visibility import counted, enough, visible_prefixes
from generator.model.evidence import Window

LASTING_S = 60
FLAP_S = (30, 30 * 60)
FEW_VANTAGE_POINTS = 10  # RIPEstat calls a prefix seen by fewer than ten peers of low visibility

MeasuredExtent = Literal["total", "partial", "none"]


@dataclass(frozen=True)
class Measured:
    """What the routing table saw of an incident. Times are None where there was no outage.

    ``prefixes`` are those known to be up at some time, so that there is something to lose; of
    ``little_known`` too little was ever known, ``never_up`` were down from first to last.
    ``prefixes_down`` had at least one outage;
    ``restored`` of them were up again at the end of the window, ``still_down`` were not, the first
    of these from ``still_down_since`` on. ``down_before`` were down from their first row on.
    ``brief_losses`` are the stretches down that were too short for an outage and outside of one.
    Medians are over prefixes, of their first start, last end and longest outage, rounded down to
    the second; an open outage has neither end nor length.
    ``fewest_visible`` are all prefixes but the most that were down at once, for however short.
    ``pairs`` are withdrawals of single peers with the announcement that followed, ``pair_period_s``
    the median from one of them to the next and ``pair_down_s`` until the announcement (see
    ``pairs``); None where the messages are not there to count them.
    """

    since: datetime
    until: datetime
    vantage_points: int
    prefixes: int
    prefixes_down: int
    still_down: int
    still_down_since: datetime | None
    down_before: int
    fewest_visible: int
    fewest_visible_at: datetime
    extent: MeasuredExtent
    first_start: datetime | None
    median_start: datetime | None
    first_restored: datetime | None
    median_last_restored: datetime | None
    last_restored: datetime | None
    median_longest_s: int | None
    down_twice_or_more: int
    brief_losses: int
    flaps: int
    little_known: int
    never_up: int
    pairs: int | None = None
    pair_period_s: int | None = None
    pair_down_s: int | None = None

    @property
    def restored(self) -> int:
        """Prefixes that went down and were up again at the window's end."""
        return self.prefixes_down - self.still_down

    @property
    def few_vantage_points(self) -> bool:
        """True below ten networks with a full feed: to be marked wherever figures are shown."""
        return self.vantage_points < FEW_VANTAGE_POINTS

    @property
    def start(self) -> datetime | None:
        """When the whole began to fail: the first start; None where that was before the window."""
        return None if self.down_before else self.first_start

    @property
    def end(self) -> datetime | None:
        """When the whole was back: the last restoration.

        None when a prefix that was down by then is down to the window's end. Outages that began
        after it and are still open are another matter, told by ``still_down``.
        """
        last, open_since = self.last_restored, self.still_down_since
        return None if last and open_since and open_since <= last else last


def measure(rows: DataFrame, window: Window, vantage_points: int) -> Measured:
    """Return the figures of an incident from its visibility rows, without those of single peers.

    ``vantage_points`` is the number of networks with a full feed. Raises ValueError when there is
    no row.
    """
    return figures_of(rows, stretches_of(rows, window, vantage_points), window, vantage_points)


def figures_of(
    rows: DataFrame, stretches: DataFrame, window: Window, vantage_points: int
) -> Measured:
    """Return the same where ``stretches``, as ``stretches_of`` gives them, are at hand."""
    out = outages(stretches)
    prefixes = int(stretches["prefix"].nunique())
    known = int(rows.loc[enough(rows, vantage_points), "prefix"].nunique())
    series = visible_prefixes(rows, vantage_points)
    lowest = series.iloc[int(series["down"].to_numpy().argmax())]
    last, ended = out.drop_duplicates("prefix", keep="last"), out[out["end"].notna()]
    return Measured(
        since=window.since.earliest,
        until=window.until.earliest,
        vantage_points=vantage_points,
        prefixes=prefixes,
        prefixes_down=len(last),
        still_down=int(last["end"].isna().sum()),
        still_down_since=_first(out.loc[out["end"].isna(), "start"]),
        down_before=int(out["before"].sum()),
        fewest_visible=prefixes - int(lowest["down"]),
        fewest_visible_at=lowest["time"].to_pydatetime(),
        extent=_extent(out, prefixes),
        first_start=_first(out["start"]),
        median_start=_middle(out.drop_duplicates("prefix")["start"]),
        first_restored=_first(out["end"]),
        median_last_restored=_middle(last["end"]),
        last_restored=_last(out["end"]),
        median_longest_s=_middle_length(ended.groupby("prefix")["length_s"].max()),
        down_twice_or_more=int((out["prefix"].value_counts() > 1).sum()),
        brief_losses=len(brief_losses(stretches)),
        flaps=len(flaps(stretches)),
        little_known=int(rows["prefix"].nunique()) - known,
        never_up=known - prefixes,
    )


def stretches_of(rows: DataFrame, window: Window, vantage_points: int) -> DataFrame:
    """Return the stretches in which a prefix was up or not, by prefix and time.

    Only rows in which enough is known count; a prefix that is never up in one has no stretch.

    Columns ``prefix, start, end, length_s, up, first, last, outage``: ``end`` is NaT in a
    prefix's last stretch, which is as long as the window; ``outage`` is True where the stretch is
    part of an outage by the rules above, though it be up. Raises ValueError when there is no row.
    """
    if rows.empty:
        raise ValueError("no visibility rows")
    known = counted(rows, vantage_points)
    up = 2 * known["seeing"] >= known["known"]
    turned = up != up.groupby(known["prefix"], sort=False).shift()
    turns = known.loc[turned, ["prefix", "time"]].assign(up=up[turned])
    turns = turns.rename(columns={"time": "start"}).reset_index(drop=True)
    of_prefix = turns.groupby("prefix", sort=False)
    end = of_prefix["start"].shift(-1)
    until = pd.Timestamp(window.until.earliest)
    stretches = turns.assign(
        end=end,
        length_s=_seconds(end.fillna(until) - turns["start"]),
        first=of_prefix.cumcount() == 0,
        last=end.isna(),
    )
    return stretches.assign(outage=_settled_down(stretches))


def _settled_down(stretches: DataFrame) -> Series[bool]:
    """Mark the stretches whose last lasting state, theirs or an earlier one's, is down."""
    lasting = stretches["first"] | stretches["last"] | (stretches["length_s"] >= LASTING_S)
    down = (~stretches["up"]).astype("float64").where(lasting)
    return down.groupby(stretches["prefix"], sort=False).ffill() == 1


def outages(stretches: DataFrame) -> DataFrame:
    """Return the outages, by prefix and time.

    Columns ``prefix, start, end, length_s, before``: ``end`` is NaT and ``length_s`` runs up to
    the window's end where the outage is open; ``before`` is True where the prefix was down from
    its first row on, so that ``start`` is only when that was first seen.
    """
    settled, prefix = stretches["outage"], stretches["prefix"]
    turned = settled != settled.groupby(prefix, sort=False).shift()
    states = stretches[turned]
    end = states.groupby("prefix", sort=False)["start"].shift(-1)
    length_s = stretches.groupby([prefix, turned.cumsum()], sort=False)["length_s"].sum()
    whole = states.assign(end=end, length_s=length_s.to_numpy(), before=states["first"])
    columns = ["prefix", "start", "end", "length_s", "before"]
    return whole.loc[whole["outage"], columns].reset_index(drop=True)


def brief_losses(stretches: DataFrame) -> DataFrame:
    """Return the stretches below V = 0.5 that are too short for an outage and in none."""
    return stretches[~stretches["up"] & ~stretches["outage"]].reset_index(drop=True)


def flaps(stretches: DataFrame) -> DataFrame:
    """Return the flaps: stretches down for 30 s to 30 min with a stretch up before and after.

    A flap of 60 s or more is an outage too.
    """
    between = ~stretches["first"] & ~stretches["last"]
    short = stretches["length_s"].between(*FLAP_S)
    return stretches[~stretches["up"] & between & short].reset_index(drop=True)


def _extent(out: DataFrame, prefixes: int) -> MeasuredExtent:
    """Total when at some second every prefix is in an outage; partial when only some ever are."""
    if out.empty:
        return "none"
    return "total" if together(out, prefixes) else "partial"


def _seconds(lengths: Series[pd.Timedelta]) -> Series[int]:
    return lengths.dt.total_seconds().astype("int64")


def _first(times: Series[pd.Timestamp]) -> datetime | None:
    known = times.dropna()
    return None if known.empty else known.min().to_pydatetime()


def _last(times: Series[pd.Timestamp]) -> datetime | None:
    known = times.dropna()
    return None if known.empty else known.max().to_pydatetime()


def _middle(times: Series[pd.Timestamp]) -> datetime | None:
    known = times.dropna()
    if known.empty:
        return None
    return datetime.fromtimestamp(int(median(at.timestamp() for at in known)), UTC)


def _middle_length(lengths: Series[int]) -> int | None:
    return None if lengths.empty else int(median(lengths))
