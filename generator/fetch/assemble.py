"""From what was fetched to evidence: one table and what is known of it, the same in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pandas import DataFrame
from pydantic import ValidationError

from generator.fetch.fullfeed import Peer, Standing, Standings
from generator.fetch.gaps import gaps
from generator.fetch.task import TABLE, Outcome, Row, Scope, Task, Terms
from generator.fetch.times import stamp
from generator.model.evidence import FORMS, Event, Facts, Grade
from generator.model.problem import BrokenInputError, Problem
from generator.read.rows import typed

Fetched = Sequence[tuple[Task, Outcome]]
_SESSION = frozenset({Event.SESSION_DOWN.value, Event.SESSION_UP.value})


@dataclass(frozen=True)
class About:
    """What to say of evidence beside its table."""

    terms: Terms
    note: str
    version: str
    named: Mapping[tuple[str, str], str]  # peers that somebody vouches for, and their names
    vouched: str = ""

    def is_full(self, peer: Peer, found: Standings) -> bool:
        """Whether a peer gave a full feed, by its standing or because somebody vouches for it."""
        return peer[:2] in self.named or found.of(peer).is_full


def rows_of(fetched: Fetched, scope: Scope, start: Sequence[Row] = ()) -> list[Row]:
    """Return the rows that belong to the evidence, those of one second and peer in their order.

    ``start`` stands in front of all others of its second. Only messages of the window count, and no
    table; session changes of a peer that never told of the prefixes do not; and of several ASNs at
    one address of a collector, a known fault of RIS, only the most frequent.
    """
    inside = [
        row
        for task, outcome in fetched
        for row in outcome.found.rows
        if task.kind != TABLE and scope.since_s <= row.at_s < scope.until_s
    ]
    rows = [*start, *inside]
    told = Counter(row[1:4] for row in rows if row.event not in _SESSION)
    chosen: dict[tuple[str, str], int] = {}
    for (collector, ip, asn), _ in sorted(told.items(), key=lambda one: (one[1], one[0])):
        chosen[collector, ip] = asn
    kept = (row for row in rows if chosen.get((row.collector, row.peer_ip)) == row.peer_asn)
    return sorted(kept, key=lambda row: row[:3])


def table_of(rows: Iterable[Row]) -> DataFrame:
    """Return rows in the messages form."""
    columns = list(FORMS[Grade.MESSAGES].columns)
    return typed(DataFrame([_line(row) for row in rows], columns=columns, dtype=str))


def _line(row: Row) -> tuple[str, ...]:
    origin = row.path.rpartition(" ")[2]
    prefix = "" if row.event in _SESSION else row.prefix
    return (
        stamp(row.at_s), row.collector, row.peer_ip, str(row.peer_asn), row.event, prefix, origin,
        row.path,
    )  # fmt: skip


def facts_of(
    rows: Iterable[Row], fetched: Fetched, scope: Scope, about: About, found: Standings
) -> Facts:
    """Return what is known of the evidence; raises BrokenInputError when it cannot stand."""
    heard = sorted({(row.collector, row.peer_ip, row.peer_asn) for row in rows})
    peers = [_peer(peer, found.of(peer), about) for peer in heard]
    return checked(
        {
            "grade": about.terms.grade,
            "because": about.terms.because,
            "messages": about.terms.messages,
            "attribution": about.terms.attribution,
            "terms": about.terms.terms,
            "generator": about.version,
            "window": {"from": stamp(scope.since_s), "to": stamp(scope.until_s - 1)},
            "inputs": list(inputs(fetched)),
            "peers": peers,
            "gaps": gaps(fetched, scope),
            "note": about.note or None,
        }
    )


def checked(told: Mapping[str, object]) -> Facts:
    """Return the facts, or raise BrokenInputError with every problem of theirs."""
    try:
        return Facts.model_validate(told)
    except ValidationError as error:
        cure = (
            "Fetch from more --collectors, with their tables, or name peers that you know with "
            "--peer; see --help."
        )
        raise BrokenInputError(
            *(Problem("fetch", 0, "", _said(each["msg"]), cure) for each in error.errors())
        ) from None


def _said(text: str) -> str:
    return text.removeprefix("Value error, ")


def inputs(fetched: Fetched) -> Iterator[dict[str, str]]:
    """Yield what the provenance says of each file that came, by collector and time."""
    for task, outcome in fetched:
        if outcome.is_whole:
            yield {
                "name": task.name,
                "url": task.url,
                "bytes": str(outcome.size_bytes),
                "sha256": outcome.sha256,
                "retrieved": outcome.retrieved,
            }


def _peer(peer: Peer, standing: Standing, about: About) -> dict[str, object]:
    collector, ip, asn = peer
    is_named = (collector, ip) in about.named
    return {
        "collector": collector,
        "ip": ip,
        "asn": f"AS{asn}",
        "name": about.named.get((collector, ip)) or None,
        "full_feed": "yes" if is_named or standing.is_full else "no",
        "basis": about.vouched if is_named else standing.basis,
    }
