"""How many prefixes each peer has in a table, counted while some of them are selected.

A table of today holds 100 million entries, so that a count must not decode them: an entry says who
has it and how long it is, and the next one begins there. 14 million entries a second were walked so
on one slow core, which is more than is inflated in that time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from struct import Struct
from typing import NamedTuple, TypeAlias

from typing_extensions import override

from generator.fetch.mrt.element import Decode, Element, MalformedError
from generator.fetch.mrt.kinds import Decoders
from generator.fetch.mrt.prefixes import ADDRESS_BYTES, Network, Wanted, address_text
from generator.fetch.mrt.stream import MrtStream
from generator.fetch.mrt.table_dump import TableV2

_ENTRY = Struct(">H4xH").unpack_from
_ADD_PATH_ENTRY = Struct(">H8xH").unpack_from
_COUNT = Struct(">H").unpack_from
_TABLE, _TABLE_V2 = 12 << 16, 13 << 16

_Count: TypeAlias = tuple[tuple[str, int], int, int]
"""A peer's address and ASN, an IP version, and how many prefixes of it the peer has."""


class Counted(NamedTuple):
    """A peer of a table and how many prefixes of each IP version it has there, which may be 0."""

    ip: str
    asn: int
    v4: int
    v6: int


class Census:
    """Reads one table: what it holds of some prefixes and within them, and who has how many."""

    def __init__(self, networks: Iterable[Network]) -> None:
        wanted = Wanted(networks)
        self._table = _CountedTable(wanted)
        self._singles = {version: Counter[bytes]() for version in ADDRESS_BYTES}
        self._decoders = Decoders(wanted)
        self._replace()

    def select(self, stream: MrtStream) -> Iterator[Element]:
        """Yield what ``select`` of this package does, in the same order.

        Every record of a table is looked at, so that ``stream.problem`` afterwards tells of damage
        in any of them.
        """
        yield from stream.told(self._decoders)

    def peers(self) -> list[Counted]:
        """Return every peer that the table lists, or has an entry of, in order of address and ASN.

        Of a peer that is listed twice, the longer of its tables counts.
        """
        most: dict[tuple[str, int], list[int]] = {}
        for (ip, asn), version, count in (*self._table.counted(), *self._counted_singles()):
            counts = most.setdefault((ip, asn), [0, 0])
            counts[version == 6] = max(counts[version == 6], count)
        return [Counted(ip, asn, *counts) for (ip, asn), counts in sorted(most.items())]

    def _replace(self) -> None:
        decoders, table = self._decoders, self._table
        counted: dict[int, Decode] = {
            _TABLE_V2 | 2: table.entries(4),
            _TABLE_V2 | 4: table.entries(6),
            _TABLE_V2 | 8: table.entries(4, add_path=True),
            _TABLE_V2 | 10: table.entries(6, add_path=True),
        }
        for version, subtype in ((4, 1), (6, 2)):
            inner = decoders[_TABLE | subtype]
            if inner:
                counted[_TABLE | subtype] = self._single(version, inner)
        decoders.update(counted)
        decoders[_TABLE_V2 | 1] = table.peers

    def _single(self, version: int, inner: Decode) -> Decode:
        # A record of the older form has one entry; its peer's address and ASN stand behind the
        # prefix, its length, a status and a time.
        width, counts = ADDRESS_BYTES[version], self._singles[version]
        start = 4 + width + 6
        end = start + width + 2

        def counted(at_s: int, body: bytes) -> Iterable[Element]:
            told = inner(at_s, body)
            counts[body[start:end]] += 1
            return told

        return counted

    def _counted_singles(self) -> Iterator[_Count]:
        for version, counts in self._singles.items():
            for key, count in counts.items():
                peer = address_text(key[:-2]), int.from_bytes(key[-2:], "big")
                yield peer, version, count


class _CountedTable(TableV2):
    """TABLE_DUMP_V2 with a count for each place in its list of peers."""

    def __init__(self, wanted: Wanted) -> None:
        super().__init__(wanted)
        self._counts: dict[int, list[int]] = {4: [], 6: []}
        self._before: list[_Count] = []

    @override
    def peers(self, at_s: int, body: bytes) -> Iterable[Element]:
        self._before = list(self.counted())  # a file may consist of several tables
        self._counts = {4: [], 6: []}
        told = super().peers(at_s, body)
        self._counts = {version: [0] * len(self._peers or ()) for version in self._counts}
        return told

    @override
    def entries(self, version: int, *, add_path: bool = False) -> Decode:
        inner = super().entries(version, add_path=add_path)
        walk = _walk_paths if add_path else _walk

        def entries(at_s: int, body: bytes) -> Iterable[Element]:
            told = inner(at_s, body)
            walk(body, 5 + (body[4] + 7) // 8, self._counts[version])
            return told

        return entries

    def counted(self) -> Iterator[_Count]:
        """Yield each listed peer with an IP version and its number of prefixes."""
        yield from self._before
        for version, counts in self._counts.items():
            for peer, count in zip(self._peers or (), counts, strict=False):
                yield peer, version, count


def _walk(body: bytes, at: int, counts: list[int]) -> None:
    """Count the entries of a record once each; this loop runs for each entry of a table."""
    (number,) = _COUNT(body, at)
    at += 2
    for _ in range(number):
        index, length = _ENTRY(body, at)
        counts[index] += 1
        at += 8 + length
    _check_end(at, body)


def _walk_paths(body: bytes, at: int, counts: list[int]) -> None:
    """Count the peers of a record once each, however many paths they have."""
    (number,) = _COUNT(body, at)
    at += 2
    seen = set()
    for _ in range(number):
        index, length = _ADD_PATH_ENTRY(body, at)
        seen.add(index)
        at += 12 + length
    for index in seen:
        counts[index] += 1
    _check_end(at, body)


def _check_end(at: int, body: bytes) -> None:
    if at != len(body):
        raise MalformedError("the entries of a table are not as long as their record")
