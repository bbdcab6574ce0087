"""Prefixes as they stand in a message (RFC 4271 section 4.3), and which of them are wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network
from itertools import islice
from socket import AF_INET6, inet_ntoa, inet_ntop
from typing import TypeAlias

from generator.fetch.mrt.element import MalformedError
from generator.fetch.mrt.memo import Memo
from generator.model.addresses import written

Network: TypeAlias = IPv4Network | IPv6Network

ADDRESS_BYTES = {4: 4, 6: 16}
_PATH_ID_BYTES = 4


def address_text(packed: bytes) -> str:
    """Return the canonical text of an address of 4 or 16 bytes."""
    if len(packed) == ADDRESS_BYTES[4]:
        return inet_ntoa(packed)
    text = inet_ntop(AF_INET6, packed)
    return written(IPv6Address(packed)) if "." in text else text


class BrokenPrefixError(MalformedError):
    """Bytes that are no prefix; ``routes`` are those that stand before it."""

    def __init__(self, rest: bytes, routes: list[str] | None = None) -> None:
        super().__init__(f"what should be a prefix is none: {rest[:21].hex()}")
        self.routes = routes or []


class Wanted:
    """Prefixes to look for, with everything inside them."""

    def __init__(self, networks: Iterable[Network]) -> None:
        self.networks = tuple(networks)
        self._starts: dict[int, dict[int, set[int]]] = {4: defaultdict(set), 6: defaultdict(set)}
        for network in self.networks:
            start = int(network.network_address) >> (network.max_prefixlen - network.prefixlen)
            self._starts[network.version][network.prefixlen].add(start)

    def holds(self, version: int, address: int, bits: int) -> bool:
        """Return whether a prefix is one of those wanted or inside one."""
        width = ADDRESS_BYTES[version] * 8
        return any(
            length <= bits and address >> (width - length) in starts
            for length, starts in self._starts[version].items()
        )


class Prefixes:
    """Reads prefixes of one IP version; with ``add_path``, each after a path identifier.

    A route is the text of a prefix, with a path identifier after a space: ``192.0.2.0/24 7``.
    """

    def __init__(
        self,
        version: int,
        wanted: Wanted | None,
        *,
        add_path: bool = False,
    ) -> None:
        self._version = version
        self._wanted = wanted
        self._lead = _PATH_ID_BYTES if add_path else 0
        self._sizes, self._zeros, self._masks = _by_bits(ADDRESS_BYTES[version], self._lead)
        self.routes = Memo(self._route, longest=self._sizes[-1])

    def read(self, block: bytes) -> list[str]:
        """Return the wanted routes of a block that holds nothing but prefixes.

        Raises BrokenPrefixError with the routes before the first that is none.
        """
        sizes, routes, lead = self._sizes, self.routes, self._lead
        found: list[str] = []
        at, end = 0, len(block)
        try:
            while at < end:
                after = at + sizes[block[at + lead]]
                if route := routes[block[at:after]]:
                    found.append(route)
                at = after
        except (MalformedError, IndexError):
            raise BrokenPrefixError(block[at:], found) from None
        return found

    def first(self, block: bytes, at: int) -> tuple[str, int]:
        """Return the route at a place in a block, empty where not wanted, and where it ends."""
        after = at + self._sizes[block[at + self._lead]]
        return self._route(block[at:after]), after

    def _route(self, key: bytes) -> str:
        lead, bits = self._lead, key[self._lead]
        if len(key) != self._sizes[bits]:
            raise BrokenPrefixError(key)
        text = self.text(key[lead + 1 :] + self._zeros[bits], bits)
        return f"{text} {int.from_bytes(key[:lead], 'big')}" if lead and text else text

    def text(self, packed: bytes, bits: int) -> str:
        """Return a prefix given as a whole address and its length, empty where not wanted."""
        # The bits behind the prefix are of no meaning, and not always 0.
        address = int.from_bytes(packed, "big") & self._masks[bits]
        if self._wanted and not self._wanted.holds(self._version, address, bits):
            return ""
        return f"{address_text(address.to_bytes(len(packed), 'big'))}/{bits}"


@cache
def _by_bits(width: int, lead: int) -> tuple[tuple[int, ...], tuple[bytes, ...], tuple[int, ...]]:
    """Return, each by a prefix's length: its bytes as written, the zeros left out, and its mask."""
    every = range(8 * width + 1)
    return (
        tuple(lead + 1 + (bits + 7) // 8 for bits in every),
        tuple(bytes(width - (bits + 7) // 8) for bits in every),
        tuple((1 << 8 * width) - (1 << 8 * width - bits) for bits in every),
    )


class EveryIPv4:
    """Reads IPv4 prefixes without path identifiers and wants them all: the commonest case.

    Tables come with a million prefixes, each once, so that nothing is gained by keeping texts.
    Nearly all have 17 to 24 bits: those are put together from what is known of each byte.
    """

    def __init__(self) -> None:
        self._careful = Prefixes(4, None)

    def read(self, block: bytes) -> list[str]:
        """Return what ``Prefixes.read`` does. The bytes are taken one by one, which is fastest."""
        if len(block) == 4 and (tails := _TAILS[block[0]]):  # most often there is but one
            return [_HEADS[block[1]] + _HEADS[block[2]] + tails[block[3]]]
        found: list[str] = []
        others = self._careful.routes
        octets = iter(block)
        take = octets.__next__
        try:
            for bits in octets:
                if tails := _TAILS[bits]:
                    found.append(_HEADS[take()] + _HEADS[take()] + tails[take()])
                else:
                    size = (bits + 7) // 8
                    found.append(others[bytes((bits, *islice(octets, size)))])
        except (StopIteration, IndexError, MalformedError):
            return self._careful.read(block)  # which raises, and can tell where
        return found


def _tail_texts(bits: int) -> tuple[str, ...]:
    if not 16 < bits <= 24:
        return ()
    mask = 256 - (1 << 24 - bits)
    return tuple(f"{octet & mask}.0/{bits}" for octet in range(256))


_HEADS = tuple(f"{octet}." for octet in range(256))
_TAILS = tuple(map(_tail_texts, range(256)))
