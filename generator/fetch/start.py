"""What each peer held when the window began: its collector's table, and all that was said since.

- A route in the table, or announced since, is a row ``S`` at the window's first second.
- No route is a row ``W`` at that second, as the messages form has no other word for it. It is
  known of a peer that withdrew the prefix, and of one with a full feed that the table lists without
  it, if it told others of that IP version: silence of a peer that tells only some of its routes
  means nothing. It is written only for prefixes that the record names, or that some peer with a
  full feed did hold: one that appears only later is not to be called down before it did.
- Unknown has no row: what a peer never spoke of, all of a peer whose session was lost or came up
  anew and that has not spoken since, and all of a collector from a gap in its files on.

A table takes up to some minutes to write. Where it ends after the window begins, what a peer said
of a prefix in between is in it already: there the messages stand alone, and the start is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.fetch.fullfeed import Peer
from generator.fetch.gaps import last_hole_end
from generator.fetch.tables import table_of
from generator.fetch.task import TABLE, Found, Outcome, Row, Scope, Task, ordered
from generator.model.evidence import Event

_SESSION = frozenset({Event.SESSION_DOWN.value, Event.SESSION_UP.value})
_NO_ROUTE = ""


@dataclass
class _Held:
    """The path to each prefix, ``_NO_ROUTE``, or None for unknown.

    Of the IP versions in ``whole`` every route is here, so that of other prefixes there is none.
    """

    routes: dict[str, str | None] = field(default_factory=dict)
    whole: frozenset[int] = frozenset()

    def path(self, prefix: str) -> str | None:
        version = 6 if ":" in prefix else 4
        return self.routes.get(prefix, _NO_ROUTE if version in self.whole else None)


def rows_at_start(
    fetched: Sequence[tuple[Task, Outcome]], scope: Scope, is_full: Callable[[Peer], bool]
) -> list[Row]:
    """Return the rows of the window's first second that stand for all before it.

    They are in order of collector, peer and prefix, whatever the order of what was fetched.
    """
    held: dict[Peer, _Held] = {}
    for collector in sorted({task.collector for task, _ in fetched if task.collector}):
        told = [one for one in fetched if one[0].collector == collector]
        held |= _held(told, collector, scope, is_full)
    common = set(scope.prefixes)
    for peer, one in held.items():
        if is_full(peer):
            common |= {prefix for prefix, path in one.routes.items() if path}
    return [row for peer in sorted(held) for row in _rows(peer, held[peer], common, scope.since_s)]


def _rows(peer: Peer, held: _Held, common: set[str], at_s: int) -> Iterator[Row]:
    for prefix in sorted(common | held.routes.keys()):
        path = held.path(prefix)
        if path:
            yield Row(at_s, *peer, Event.STATE.value, prefix, path)
        elif path == _NO_ROUTE and prefix in common:
            yield Row(at_s, *peer, Event.WITHDRAW.value, prefix, "")


def _held(
    fetched: Sequence[tuple[Task, Outcome]],
    collector: str,
    scope: Scope,
    is_full: Callable[[Peer], bool],
) -> dict[Peer, _Held]:
    table = table_of(fetched, collector)
    since_s = table[0].since_s if table else 0
    messages = ordered(
        [row for task, outcome in fetched if task.kind != TABLE for row in outcome.found.rows]
    )
    held: dict[Peer, _Held] = {}
    lost_s = last_hole_end(fetched, collector, since_s, scope.since_s)
    if lost_s is not None:
        since_s = lost_s
    elif table:
        held = _in_table(table[1].found, is_full)
        _forget_late(held, table[1].found, messages, scope.since_s)
    for row in messages:
        if since_s <= row.at_s < scope.since_s:
            _apply(row, held)
    return held


def _in_table(table: Found, is_full: Callable[[Peer], bool]) -> dict[Peer, _Held]:
    held: dict[Peer, _Held] = {}
    for feed in table.feeds:
        peer = (feed.collector, feed.ip, feed.asn)
        if is_full(peer):
            told = ((4, feed.v4), (6, feed.v6))
            held[peer] = _Held(whole=frozenset(version for version, count in told if count))
    for row in table.rows:
        held.setdefault(_peer(row), _Held()).routes.setdefault(row.prefix, row.path)
    return held


def _forget_late(
    held: dict[Peer, _Held], table: Found, messages: Sequence[Row], since_s: int
) -> None:
    end_s = table.sound_s or 0
    if end_s < since_s:
        return
    written_s = {row.prefix: row.at_s for row in table.rows}
    for row in messages:
        if not since_s <= row.at_s <= end_s:
            continue
        if row.event in _SESSION:
            held.pop(_peer(row), None)
        elif _peer(row) in held and row.at_s <= written_s.get(row.prefix, end_s):
            held[_peer(row)].routes[row.prefix] = None


def _apply(row: Row, held: dict[Peer, _Held]) -> None:
    if row.event in _SESSION:
        held.pop(_peer(row), None)
    else:
        held.setdefault(_peer(row), _Held()).routes[row.prefix] = row.path


def _peer(row: Row) -> Peer:
    return row.collector, row.peer_ip, row.peer_asn
