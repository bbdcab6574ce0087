"""RIPEstat ``bgplay``: every message about a prefix at every RIS peer, since January 2024.

Asked for prefixes only, never for an AS: that answer holds no withdrawal, as a withdrawal has no
path. A prefix is matched exactly, what lies within it is not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from generator.fetch import ripestat
from generator.fetch.body import Body, WebError
from generator.fetch.http import Web
from generator.fetch.ripestat import answer, asn_path
from generator.fetch.task import Found, Row, Scope, Task, ordered
from generator.fetch.times import DAY_S, seconds
from generator.model.addresses import address_of, prefix_of

NAME = "bgplay"
TERMS = ripestat.TERMS
NOTE = "RIPEstat tells only of the prefixes themselves, not of smaller ones within them."
SINCE_S = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())
_TYPICAL_BYTES = 150_000  # estimated: nobody has published sizes


def tasks(scope: Scope, web: Web) -> list[Task]:  # noqa: ARG001  (the seam)
    """Return one question for each prefix and day; a window before 2024 gets none."""
    return [
        Task(
            NAME,
            ripestat.address(
                "bgplay",
                resource=prefix,
                starttime=ripestat.at(since_s),
                endtime=ripestat.at(until_s - 1),
                **({"rrcs": _numbers(scope.collectors)} if scope.collectors else {}),
            ),
            since_s,
            until_s,
            prefixes=(prefix,),
        )
        for since_s, until_s in _days(scope)
        for prefix in scope.prefixes
    ]


def _days(scope: Scope) -> Iterator[tuple[int, int]]:
    if scope.since_s < SINCE_S:
        return
    start = scope.since_s
    while start < scope.until_s:
        end = min(start - start % DAY_S + DAY_S, scope.until_s)
        yield start, end
        start = end


def _numbers(collectors: tuple[str, ...]) -> str:
    return ",".join(str(int(name.removeprefix("rrc"))) for name in collectors)


def typical_bytes(task: Task) -> int:  # noqa: ARG001  (the seam)
    """Return an estimate; sizes depend on how restless the prefix was."""
    return _TYPICAL_BYTES


def read(task: Task, body: Body) -> Found:
    """Return the state at the start and every message of one answer."""
    answered = answer(body)
    data = answered.data
    try:
        _refuse_cut_off(task, data)
        peers = {peer["id"]: peer for peer in data["sources"]}
        rows = [*_state(task, data, peers), *_events(data, peers)]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WebError(f"not an answer of bgplay: {error!r}") from None
    inside = [row for row in rows if task.since_s <= row.at_s < task.until_s]
    return Found(rows=ordered(inside), remarks=answered.remarks)


def _refuse_cut_off(task: Task, data: dict[str, Any]) -> None:
    start, end = seconds(data["query_starttime"]), seconds(data["query_endtime"])
    if start > task.since_s or end < task.until_s - 1:
        raise WebError(
            f"RIPEstat answers only for {data['query_starttime']} to {data['query_endtime']}"
        )


def _state(task: Task, data: dict[str, Any], peers: dict[str, Any]) -> Iterator[Row]:
    for route in data["initial_state"]:
        yield _row(task.since_s, "S", route, peers, asn_path(route["path"]))


def _events(data: dict[str, Any], peers: dict[str, Any]) -> Iterator[Row]:
    for event in sorted(data["events"], key=lambda one: (seconds(one["timestamp"]), one["seq"])):
        told, kind = event["attrs"], event["type"]
        if kind not in ("A", "W"):
            raise ValueError(f"an event of the type {kind!r}")
        path = asn_path(told["path"]) if kind == "A" else ""
        yield _row(seconds(event["timestamp"]), kind, told, peers, path)


def _row(at_s: int, event: str, told: Any, peers: dict[str, Any], path: str) -> Row:  # noqa: ANN401
    peer = peers[told["source_id"]]
    collector = f"rrc{int(peer['rrc']):02}"
    ip, asn = address_of(peer["ip"]), ripestat.asn_of(peer["as_number"])
    return Row(at_s, collector, ip, asn, event, prefix_of(told["target_prefix"]), path)
