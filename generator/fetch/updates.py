"""An update file of an archive: from its bytes to the rows that an incident needs.

The one place that knows the MRT reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from ipaddress import ip_network

from generator.fetch.body import Body, WebError
from generator.fetch.mrt import Element, MrtStream, select
from generator.fetch.mrt.prefixes import Network
from generator.fetch.task import Found, Row, Task, ordered

_COMPRESSED = (b"\x1f\x8b", b"BZh")
_STRAY_S = 3600  # how far from its name's time a file's messages may lie


def read(task: Task, body: Body) -> Found:
    """Return the messages about the task's prefixes, and every session change, of a file.

    What was sound of a damaged file is kept, and ``broken`` says where it ends. Raises WebError
    for a body that is no such file at all.
    """
    if "html" in body.header("Content-Type"):
        raise WebError("the server sent a web page in place of the file")
    found = messages(_checked(body), task.collector, task.prefixes, task.name)
    strays = [
        row for row in found.rows
        if not task.since_s - _STRAY_S <= row.at_s < task.until_s + _STRAY_S
    ]  # fmt: skip
    if strays:
        raise WebError("the file holds messages of another time than its name says")
    return found


def messages(blocks: Iterable[bytes], collector: str, prefixes: Iterable[str], name: str) -> Found:
    """Return the rows of an MRT file that is given in blocks, compressed or not.

    Errors of ``blocks`` pass through.
    """
    stream = MrtStream(blocks, name)
    rows = ordered([_row(one, collector) for one in select(stream, _networks(tuple(prefixes)))])
    broken = ""
    if stream.problem:
        broken = stream.problem.what
    elif not stream.records:
        broken = "the file holds no record"
    return Found(rows=rows, broken=broken, sound_s=rows[-1].at_s if rows else None)


def _checked(body: Body) -> Iterator[bytes]:
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
