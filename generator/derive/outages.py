"""Outages of prefixes, from what the peers saw.

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

import numpy as np
from pandas import DataFrame

from generator.derive.steps import NEVER, Flags, firsts, lasts, seconds, texts, times
from generator.derive.visibility import counted, is_up, visible_among
from generator.model.evidence import Window

LASTING_S = 60
FLAP_S = (30, 30 * 60)


@dataclass(frozen=True)
class Course:
    """What became of each prefix, from the rows that figures rest on; each worked out once.

    ``known`` are those rows, ``visible`` how many prefixes are up (see ``visibility``); the rest is
    as the functions of these names return it.
    """

    rows: DataFrame
    known: DataFrame
    visible: DataFrame
    stretches: DataFrame
    outages: DataFrame
    flaps: DataFrame


def course(rows: DataFrame, window: Window, vantage_points: int) -> Course:
    """Return what became of each prefix.

    ``vantage_points`` is the number of networks with a full feed. Raises ValueError when there is
    no row.
    """
    if rows.empty:
        raise ValueError("no visibility rows")
    known = counted(rows, vantage_points)
    found = _stretches(known, window)
    return Course(rows, known, visible_among(rows, known), found, outages(found), flaps(found))


def stretches_of(rows: DataFrame, window: Window, vantage_points: int) -> DataFrame:
    """Return the stretches in which a prefix was up or not, by prefix and time.

    Only rows in which enough is known count; a prefix that is never up in one has no stretch.

    Columns ``prefix, start, end, length_s, up, first, last, outage``: ``end`` is NaT in a
    prefix's last stretch, which is as long as the window; ``outage`` is True where the stretch is
    part of an outage by the rules above, though it be up. Raises ValueError when there is no row.
    """
    return course(rows, window, vantage_points).stretches


def _stretches(known: DataFrame, window: Window) -> DataFrame:
    names, up = texts(known["prefix"]), is_up(known)
    turned = firsts(names, up)
    names, up, start_s = names[turned], up[turned], seconds(known["time"])[turned]
    first, last = firsts(names), lasts(names)
    end_s = np.where(last, NEVER, np.append(start_s, NEVER)[1:])
    length_s = np.where(last, int(window.until.earliest.timestamp()), end_s) - start_s
    return DataFrame(
        {
            "prefix": known["prefix"].array[turned],
            "start": times(start_s),
            "end": times(end_s),
            "length_s": length_s,
            "up": up,
            "first": first,
            "last": last,
            "outage": _settled_down(up, first | last | (length_s >= LASTING_S)),
        }
    )


def _settled_down(up: Flags, lasting: Flags) -> Flags:
    """Mark the stretches whose last lasting state, theirs or an earlier one's, is down.

    The first stretch of a prefix is a lasting one.
    """
    return ~up[np.maximum.accumulate(np.where(lasting, np.arange(len(up)), 0))]


def outages(stretches: DataFrame) -> DataFrame:
    """Return the outages, by prefix and time.

    Columns ``prefix, start, end, length_s, before``: ``end`` is NaT and ``length_s`` runs up to
    the window's end where the outage is open; ``before`` is True where the prefix was down from
    its first row on, so that ``start`` is only when that was first seen.
    """
    names, settled = texts(stretches["prefix"]), stretches["outage"].to_numpy()
    turned = firsts(names, settled)
    begins, lengths_s = np.flatnonzero(turned), stretches["length_s"].to_numpy()
    lasted_s = np.add.reduceat(lengths_s, begins) if len(begins) else lengths_s
    start_s = seconds(stretches["start"])[turned]
    end_s = np.where(lasts(names[turned]), NEVER, np.append(start_s, NEVER)[1:])
    out = settled[turned]
    return DataFrame(
        {
            "prefix": stretches["prefix"].array[begins[out]],
            "start": times(start_s[out]),
            "end": times(end_s[out]),
            "length_s": lasted_s[out],
            "before": stretches["first"].to_numpy()[begins[out]],
        }
    )


def brief_losses(stretches: DataFrame) -> DataFrame:
    """Return the stretches below V = 0.5 that are too short for an outage and in none."""
    up, outage = (stretches[name].to_numpy() for name in ("up", "outage"))
    brief: Flags = ~(up | outage)
    return stretches[brief].reset_index(drop=True)


def flaps(stretches: DataFrame) -> DataFrame:
    """Return the flaps: stretches down for 30 s to 30 min with a stretch up before and after.

    A flap of 60 s or more is an outage too.
    """
    up, first, last = (stretches[name].to_numpy() for name in ("up", "first", "last"))
    short = stretches["length_s"].between(*FLAP_S).to_numpy()
    between: Flags = short & ~(up | first | last)
    return stretches[between].reset_index(drop=True)
