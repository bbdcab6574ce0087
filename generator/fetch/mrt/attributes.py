"""Path attributes (RFC 4271 section 4.3): the AS path, and routes of other families (RFC 4760)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TypeAlias

from generator.fetch.mrt.element import MalformedError
from generator.fetch.mrt.memo import Memo
from generator.fetch.mrt.paths import merged_text, path_text
from generator.fetch.mrt.prefixes import Prefixes

Said: TypeAlias = tuple[str, Sequence[str], Sequence[str]]
"""The path, and the routes announced and withdrawn among the attributes."""

_AS_PATH = 2
_AGGREGATOR = 7
_MP_REACH = 14
_MP_UNREACH = 15
_AS4_PATH = 17
_AS4_AGGREGATOR = 18
_OTHERS = frozenset({_AGGREGATOR, _MP_REACH, _MP_UNREACH, _AS4_PATH, _AS4_AGGREGATOR})
_LONG = 0x10  # the flag of a length in two bytes
_UNICAST = 1
_VERSIONS = {1: 4, 2: 6}  # address family number to IP version
_AS_TRANS = 23456

# Longer ones are rare, and would let a hostile file fill the memory.
_LONGEST_PATH = 96
_LONGEST_BLOCK = 192


class AttributeReader:
    """Reads attributes whose ASNs have 2 or 4 bytes."""

    def __init__(self, asn_bytes: int) -> None:
        self._asn_bytes = asn_bytes
        self.texts = Memo(partial(path_text, asn_bytes), _LONGEST_PATH)
        self._paths = Memo(self._path, _LONGEST_BLOCK)

    def path(self, block: bytes) -> str:
        """Return the path alone: in a table, MP_REACH is cut short and names no prefix.

        A peer has many routes with the same attributes, which in a table are two of three.
        """
        return self._paths[block]

    def merged(self, old: bytes, others: Mapping[int, bytes]) -> str:
        """Return the path, of two halves where an older router could not pass it on whole."""
        if self._asn_bytes == 2 and _AS4_PATH in others and _transitional(others):
            return merged_text(old, others[_AS4_PATH])
        return self.texts[old]

    def _path(self, block: bytes) -> str:
        return self.merged(*split(block))


class MessageAttributes(AttributeReader):
    """Reads those of messages, with prefixes of either IP version as those given read them."""

    def __init__(self, asn_bytes: int, prefixes: Mapping[int, Prefixes]) -> None:
        super().__init__(asn_bytes)
        self._prefixes = prefixes

    def read(self, block: bytes) -> Said:
        """Return all that is said."""
        old, others = split(block)
        if not others:
            return self.texts[old], (), ()
        return (
            self.merged(old, others),
            self._announced(others[_MP_REACH]) if _MP_REACH in others else (),
            self._routes(others[_MP_UNREACH], 3) if _MP_UNREACH in others else (),
        )

    def _announced(self, value: bytes) -> list[str]:
        # Address family, its kind, the next hop after its length, a reserved byte, then prefixes.
        start = 5 + value[3]
        if start > len(value):
            raise MalformedError("MP_REACH_NLRI is shorter than it says")
        return self._routes(value, start)

    def _routes(self, value: bytes, start: int) -> list[str]:
        version = _VERSIONS.get(value[0] << 8 | value[1])
        if version is None or value[2] != _UNICAST:
            return []
        return self._prefixes[version].read(value[start:])


def split(block: bytes) -> tuple[bytes, dict[int, bytes]]:
    """Return the AS_PATH, and of the others those that are read, by type.

    Of two of a type the first counts (RFC 7606 section 3). This runs once per message.
    """
    path = None
    others: dict[int, bytes] = {}
    at, end = 0, len(block)
    while at < end:
        kind = block[at + 1]
        if block[at] & _LONG:
            start = at + 4
            at = start + (block[at + 2] << 8 | block[at + 3])
        else:
            start = at + 3
            at = start + block[at + 2]
        if kind == _AS_PATH and path is None:
            path = block[start:at]
        elif kind in _OTHERS and kind not in others:
            others[kind] = block[start:at]
    if at != end:
        raise MalformedError("a path attribute runs past the end")
    return path or b"", others


def _transitional(values: Mapping[int, bytes]) -> bool:
    # RFC 6793 section 4.2.3: an AGGREGATOR that is no AS_TRANS shows that an older router on the
    # way replaced it, and then the 4-octet attributes are stale.
    if _AGGREGATOR not in values or _AS4_AGGREGATOR not in values:
        return True
    return int.from_bytes(values[_AGGREGATOR][:2], "big") == _AS_TRANS
