"""Where in a stretch of bytes a prefix, or one inside it, may stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from heapq import merge
from typing import TypeAlias

from generator.fetch.mrt.prefixes import Network

Find: TypeAlias = Callable[[bytes], Iterator[int]]
"""From bytes to the places where something may stand, in order."""

_START = re.Match[bytes].start
_START_BYTES = 2
_MOST_PATTERNS = 8  # beyond, decoding everything is about as fast as searching so often


def find_any(networks: Collection[Network]) -> Find | None:
    """Return what finds every place where one of these prefixes can be; None where none is apt.

    A prefix is written in MRT with as many whole bytes of its address as its length fills, and one
    inside it has the same bytes in front, whatever its own length, and whichever the kind of
    record. So no place is missed. Some found are none: whoever asked must decode and compare.
    """
    if any(network.prefixlen < 8 * _START_BYTES for network in networks):
        return None  # its one byte would be found everywhere
    thirds: dict[bytes, set[bytes]] = defaultdict(set)
    for network in networks:
        whole = network.network_address.packed[: network.prefixlen // 8]
        thirds[whole[:_START_BYTES]].add(whole[_START_BYTES : _START_BYTES + 1])
    if len(thirds) > _MOST_PATTERNS:
        return None
    searches = [re.compile(_pattern(start, third)).finditer for start, third in thirds.items()]

    def find(block: bytes) -> Iterator[int]:
        return merge(*(map(_START, search(block)) for search in searches))

    return find


def _pattern(start: bytes, thirds: set[bytes]) -> bytes:
    # Two fixed bytes in front let the search run at the speed of memory.
    if b"" in thirds:
        return re.escape(start)
    return re.escape(start) + b"(?=[" + b"".join(map(re.escape, sorted(thirds))) + b"])"
