"""What the columns of an evidence table must obey, once each row has the right shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame

from generator.model.evidence import FORMS, Facts, Form, Grade, IpAddress
from generator.model.resources import Prefix

Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]


class Columns:
    """A table whose values are numbered: few differ, and numbers are compared far faster."""

    def __init__(self, rows: DataFrame) -> None:
        self.rows = rows
        self._numbered: dict[str, tuple[Ints, Sequence[Any]]] = {}

    def numbered(self, name: str) -> tuple[Ints, Sequence[Any]]:
        """Return a number for each row, and what is in rows of each number, in order."""
        if name not in self._numbered:
            column = self.rows[name]
            # Without the dress of pandas, texts are told apart in half the time.
            values: Any = column.to_numpy() if column.dtype == "str" else column
            self._numbered[name] = pd.factorize(values, sort=True)
        return self._numbered[name]


@dataclass(frozen=True)
class Rule:
    """What rows of the right shape must still obey; ``breaks`` marks those that do not."""

    breaks: Callable[[Columns, Facts], Flags]
    what: str
    cure: str


def _no_such_time(columns: Columns, _: Facts) -> Flags:
    return columns.rows["time"].isna().to_numpy(dtype=bool)


def _outside_window(columns: Columns, facts: Facts) -> Flags:
    since, until = (pd.Timestamp(at.earliest) for at in (facts.window.since, facts.window.until))
    inside = columns.rows["time"].between(since, until)
    return ~inside.to_numpy(dtype=bool)


def _no(kind: type[Prefix | IpAddress], name: str) -> Callable[[Columns, Facts], Flags]:
    """Marks what is written in a column and is not of the kind."""

    def breaks(columns: Columns, _: Facts) -> Flags:
        numbers, texts = columns.numbered(name)
        odd = [bool(text) and not _parses(kind, text) for text in texts]
        return np.array(odd, dtype=bool)[numbers]

    return breaks


def _parses(kind: type[Prefix | IpAddress], text: str) -> bool:
    try:
        kind.parse(text)
    except ValueError:
        return False
    return True


def _unlisted_peer(columns: Columns, facts: Facts) -> Flags:
    listed = {(peer.collector, str(peer.ip), peer.asn.number) for peer in facts.peers}
    names = ("collector", "peer_ip", "peer_asn")
    (of, ip, asn), (collectors, ips, asns) = zip(*map(columns.numbered, names), strict=True)
    shape = (len(collectors), len(ips), len(asns))
    # Rows are thousands, peers some dozen: each is looked up once.
    numbers, each = pd.factorize(np.ravel_multi_index((of, ip, asn), shape))
    peers = (
        (collectors[one], ips[two], asns[three])
        for one, two, three in zip(*np.unravel_index(each, shape), strict=True)
    )
    return np.array([peer not in listed for peer in peers], dtype=bool)[numbers]


def _impossible_count(columns: Columns, facts: Facts) -> Flags:
    seeing, known = (columns.rows[name].to_numpy() for name in ("seeing", "known"))
    return np.asarray((seeing > known) | (known > facts.vantage_points), dtype=bool)


def _out_of_order(grade: Grade) -> Callable[[Columns, Facts], Flags]:
    form = FORMS[grade]

    def breaks(columns: Columns, _: Facts) -> Flags:
        return _behind(columns, form, may_tie=grade == Grade.MESSAGES)

    return breaks


def _behind(columns: Columns, form: Form, *, may_tie: bool) -> Flags:
    behind = np.zeros(len(columns.rows), dtype=bool)
    later: Flags = np.full(max(len(behind) - 1, 0), may_tie)
    for name in reversed(form.sorted_by):
        numbers, _ = columns.numbered(name)
        before, after = numbers[:-1], numbers[1:]
        later = (before < after) | ((before == after) & later)
    behind[1:] = ~later
    return behind


_AGAIN = "Correct the row, or freeze the evidence again."
_SHARED = (
    Rule(_no_such_time, "a time that does not exist", _AGAIN),
    Rule(_outside_window, "a time outside the window of provenance.yaml", _AGAIN),
    Rule(_no(Prefix, "prefix"), "expected a prefix in its canonical form", _AGAIN),
)
RULES = {
    Grade.MESSAGES: (
        *_SHARED,
        Rule(_no(IpAddress, "peer_ip"), "expected a peer address in its canonical form", _AGAIN),
        Rule(_unlisted_peer, "a peer that provenance.yaml does not list", "List it there."),
        Rule(
            _out_of_order(Grade.MESSAGES),
            "expected rows in order of time, collector and peer_ip",
            "Sort the rows; those of one second and peer stay in the order they happened.",
        ),
    ),
    Grade.VISIBILITY: (
        *_SHARED,
        Rule(
            _impossible_count,
            "expected seeing <= known <= the number of networks with a full feed",
            _AGAIN,
        ),
        Rule(
            _out_of_order(Grade.VISIBILITY),
            "expected rows in order of prefix and time, one per prefix and second",
            "Sort the rows as text.",
        ),
    ),
}
