"""A file of an archive: from its bytes to the rows that an incident needs.

The one place that knows the MRT reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from ipaddress import ip_network

from generator.fetch.body import Body, WebError
from generator.fetch.mrt import Element, MrtStream, select
from generator.fetch.mrt.census import Census
from generator.fetch.mrt.prefixes import Network
from generator.fetch.task import Feed, Found, Row, Task, ordered

_COMPRESSED = (b"\x1f\x8b", b"BZh")
_STRAY_S = 3600  # how far from its name's time a file's messages may lie


def read(task: Task, body: Body) -> Found:
    """Return the messages about the task's prefixes, and every session change, of a file.

    What was sound of a damaged file is kept, and ``broken`` says where it ends. Raises WebError
    for a body that is no such file at all.
    """
    found = messages(_checked(body), task.collector, task.prefixes, task.name)
    _refuse_strays(task, (row.at_s for row in found.rows))
    return found


def read_table(task: Task, body: Body) -> Found:
    """Return what a table holds of the task's prefixes, and how many prefixes each peer has.

    Of a damaged table the sound entries are kept, but nobody is counted, since nobody knows what
    else it held. Raises WebError for a body that is no such file at all.
    """
    stream = MrtStream(_checked(body), task.name)
    census = Census(_networks(task.prefixes))
    rows = tuple(_row(one, task.collector) for one in census.select(stream))
    _refuse_strays(task, [row.at_s for row in rows] + ([stream.last_s] if stream.last_s else []))
    broken = _broken(stream)
    feeds = () if broken else tuple(Feed(task.collector, *peer) for peer in census.peers())
    return Found(rows=rows, feeds=feeds, broken=broken, sound_s=stream.last_s)


def messages(blocks: Iterable[bytes], collector: str, prefixes: Iterable[str], name: str) -> Found:
    """Return the rows of an MRT file that is given in blocks, compressed or not.

    Errors of ``blocks`` pass through.
    """
    stream = MrtStream(blocks, name)
    rows = ordered([_row(one, collector) for one in select(stream, _networks(tuple(prefixes)))])
    return Found(rows=rows, broken=_broken(stream), sound_s=rows[-1].at_s if rows else None)


def _broken(stream: MrtStream) -> str:
    if stream.problem:
        return stream.problem.what
    return "" if stream.records else "the file holds no record"


def _refuse_strays(task: Task, times: Iterable[int]) -> None:
    first_s, end_s = task.since_s - _STRAY_S, task.until_s + _STRAY_S
    if not all(first_s <= at_s < end_s for at_s in times):
        raise WebError("the file holds messages of another time than its name says")


def _checked(body: Body) -> Iterator[bytes]:
    if "html" in body.header("Content-Type"):
        raise WebError("the server sent a web page in place of the file")
    blocks = iter(body)
    head = b""
    for block in blocks:
        head += block
        if len(head) > 3:
            break
    if not head.startswith(_COMPRESSED):
        raise WebError(f"the body is neither gzip nor bzip2: it begins with {head[:16]!r}")
    yield head
    yield from blocks


@lru_cache(maxsize=8)
def _networks(prefixes: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ip_network(prefix) for prefix in prefixes)


def _row(one: Element, collector: str) -> Row:
    path = _path(one) if one.event in ("A", "S") else ""
    return Row(one.at_s, collector, one.peer_ip, one.peer_asn, one.event, one.prefix, path)


def _path(one: Element) -> str:
    """Return the path without confederations, which are of no meaning outside of them.

    A route with no path left begins in the peer's own network.
    """
    hops = [hop for hop in one.path.split() if hop[0] not in "(["]
    return " ".join(hops) or str(one.peer_asn)
