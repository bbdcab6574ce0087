"""Path attributes (RFC 4271 section 4.3): the AS path, and routes of other families (RFC 4760)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TypeAlias

from generator.fetch.mrt.element import MalformedError
from generator.fetch.mrt.memo import Memo
from generator.fetch.mrt.paths import merged_text, path_text
from generator.fetch.mrt.prefixes import EveryIPv4, Prefixes, Wanted

Said: TypeAlias = tuple[str, list[str], list[str]]
"""The path, and the routes announced and withdrawn among the attributes."""

Parts: TypeAlias = tuple[bytes, Mapping[int, bytes]]
"""The AS_PATH, and of the other attributes those that are read, by type."""

_AS_PATH = 2
_AGGREGATOR = 7
_MP_REACH = 14
_MP_UNREACH = 15
_AS4_PATH = 17
_AS4_AGGREGATOR = 18
_OTHERS = frozenset({_AGGREGATOR, _MP_REACH, _MP_UNREACH, _AS4_PATH, _AS4_AGGREGATOR})
_LONG = 0x10  # the flag of a length in two bytes
# Where AS_PATH's value stands right behind ORIGIN, whose own value is 0 to 2.
_PATH_STARTS = {
    b"\x40\x01\x01%c%b" % (origin, head): start
    for origin in range(3)
    for head, start in ((b"\x40\x02", 7), (b"\x50\x02", 8))
}
_UNICAST = 1
_VERSIONS = {1: 4, 2: 6}  # address family number to IP version
_AS_TRANS = 23456

# Longer ones are rare, and would let a hostile file fill the memory.
_LONGEST_PATH = 96
_LONGEST_BLOCK = 192


class TableAttributes:
    """Reads the path alone: in a table, MP_REACH is cut short and names no prefix."""

    def __init__(self, asn_bytes: int) -> None:
        self._asn_bytes = asn_bytes
        self._split = Split()
        # A peer has many routes with the same attributes, in real tables two of three.
        self.paths = Memo(self._path, _LONGEST_BLOCK)
        """The path by its block of attributes."""

    def _path(self, block: bytes) -> str:
        old, others = self._split.parts(block)
        if self._asn_bytes == 2 and _is_halved(others):
            return merged_text(old, others[_AS4_PATH])
        return path_text(self._asn_bytes, old)


class MessageAttributes:
    """Reads the path, and the routes of either IP version that stand among the attributes."""

    def __init__(self, asn_bytes: int, wanted: Wanted | None, *, add_path: bool = False) -> None:
        self.asn_bytes = asn_bytes
        self.add_path = add_path
        self._prefixes = {v: Prefixes(v, wanted, add_path=add_path) for v in (4, 6)}
        self._texts = Memo(partial(path_text, asn_bytes), _LONGEST_PATH)
        self._parts = Split().parts
        everything = wanted is None and not add_path
        self.ipv4_routes = EveryIPv4().read if everything else self._prefixes[4].read
        """What reads the IPv4 routes that stand beside the attributes."""

    def read(self, block: bytes) -> Said:
        """Return all that is said."""
        old, others = self._parts(block)
        if not others:
            return self._texts[old], [], []
        if self.asn_bytes == 2 and _is_halved(others):
            path = merged_text(old, others[_AS4_PATH])
        else:
            path = self._texts[old]
        announced = self._announced(others[_MP_REACH]) if _MP_REACH in others else []
        return (
            path,
            announced,
            self._routes(others[_MP_UNREACH], 3) if _MP_UNREACH in others else [],
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


class Split:
    """Takes blocks of attributes apart, most of them without a look at each attribute."""

    def __init__(self) -> None:
        self._others = Memo(_others, _LONGEST_BLOCK)

    def parts(self, block: bytes) -> Parts:
        """Return the parts of a block. Of two of a type the first counts (RFC 7606 section 3)."""
        # Nearly every block begins like this, and four in five go on like one of those before.
        start = _PATH_STARTS.get(block[:6])
        if start:
            after = start + (block[6] if start == 7 else block[6] << 8 | block[7])
            if after <= len(block):
                return block[start:after], self._others[block[after:]]
        return _parts(block)


def _parts(block: bytes) -> Parts:
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


def _others(block: bytes) -> Mapping[int, bytes]:
    return _parts(block)[1]


def _is_halved(others: Mapping[int, bytes]) -> bool:
    """Return whether the path stands in two halves, as an older router on the way passes it on.

    RFC 6793 section 4.2.3: where such a router made an AGGREGATOR anew, its ASN is no AS_TRANS, and
    the half of 4-octet ASNs is of an older path.
    """
    if _AS4_PATH not in others:
        return False
    both = _AGGREGATOR in others and _AS4_AGGREGATOR in others
    return not both or int.from_bytes(others[_AGGREGATOR][:2], "big") == _AS_TRANS
