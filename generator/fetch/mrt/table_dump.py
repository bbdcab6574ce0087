"""Tables: TABLE_DUMP (one route a record) and TABLE_DUMP_V2 (one prefix a record)."""

from __future__ import annotations

from collections.abc import Iterable
from struct import Struct

from generator.fetch.mrt.attributes import TableAttributes
from generator.fetch.mrt.element import STATE, Decode, Element, MalformedError
from generator.fetch.mrt.memo import Memo
from generator.fetch.mrt.prefixes import ADDRESS_BYTES, Prefixes, Wanted, address_text

_ENTRY = Struct(">H4xH").unpack_from
_ADD_PATH_ENTRY = Struct(">H4xIH").unpack_from
_COUNT = Struct(">H").unpack_from

_IPV6_PEER = 1  # flags of an entry of the peer table
_AS4_PEER = 2

_new = tuple.__new__  # as in bgp4mp


class Table:
    """TABLE_DUMP of one IP version: 2-octet ASNs, the peer in every record."""

    def __init__(self, version: int, wanted: Wanted | None) -> None:
        width = ADDRESS_BYTES[version]
        # Behind the prefix, a status and the time it was heard; then peer and attributes' length.
        self._head = Struct(f">4x{width}sB5x{width}sHH")
        self._prefixes = Prefixes(version, wanted)
        self._addresses = Memo(address_text, longest=width)
        self._paths = TableAttributes(2).paths

    def entry(self, at_s: int, body: bytes) -> Iterable[Element]:
        """Return the table entry of a record."""
        packed, bits, peer, asn, length = self._head.unpack_from(body)
        prefix = self._prefixes.text(packed, bits)
        attributes = body[self._head.size :]
        if len(attributes) != length:
            raise MalformedError("the path attributes are not as long as the record")
        if not prefix:
            return ()
        path = self._paths[attributes]
        return (Element(at_s, 0, self._addresses[peer], asn, STATE, prefix, path, 0),)


class TableV2:
    """TABLE_DUMP_V2: the peers in a record of their own, 4-octet ASNs throughout."""

    def __init__(self, wanted: Wanted | None) -> None:
        self._wanted = wanted
        self._peers: list[tuple[str, int]] | None = None
        self._paths = TableAttributes(4).paths

    def peers(self, _: int, body: bytes) -> Iterable[Element]:
        """Take note of the peers that the entries after this record refer to."""
        (name_bytes,) = _COUNT(body, 4)
        (count,) = _COUNT(body, 6 + name_bytes)
        at = 8 + name_bytes
        peers = []
        for _index in range(count):
            address_at = at + 5
            asn_at = address_at + (16 if body[at] & _IPV6_PEER else 4)
            after = asn_at + (4 if body[at] & _AS4_PEER else 2)
            if after > len(body):
                raise MalformedError("the table of peers runs past its end")
            ip = address_text(body[address_at:asn_at])
            peers.append((ip, int.from_bytes(body[asn_at:after], "big")))
            at = after
        if at != len(body):
            raise MalformedError("the table of peers is shorter than its record")
        self._peers = peers
        return ()

    def entries(self, version: int, *, add_path: bool = False) -> Decode:
        """Return what reads the records of one IP version."""
        prefixes = Prefixes(version, self._wanted)
        read = self._routes if add_path else self._plain

        def entries(at_s: int, body: bytes) -> Iterable[Element]:
            route, at = prefixes.first(body, 4)
            if self._peers is None:
                raise MalformedError("a table entry before the table of peers")
            return read(at_s, body, at, route) if route else ()

        return entries

    def _plain(self, at_s: int, body: bytes, at: int, prefix: str) -> list[Element]:
        peers, paths = self._peers or [], self._paths
        told = []
        (count,) = _COUNT(body, at)
        at += 2
        for _ in range(count):
            index, length = _ENTRY(body, at)
            after = at + 8 + length
            ip, asn = peers[index]
            fields = at_s, 0, ip, asn, STATE, prefix, paths[body[at + 8 : after]], 0
            told.append(_new(Element, fields))
            at = after
        _check_end(at, body)
        return told

    def _routes(self, at_s: int, body: bytes, at: int, prefix: str) -> list[Element]:
        peers, paths = self._peers or [], self._paths
        told = []
        (count,) = _COUNT(body, at)
        at += 2
        for _ in range(count):
            index, path_id, length = _ADD_PATH_ENTRY(body, at)
            after = at + 12 + length
            ip, asn = peers[index]
            attributes = body[at + 12 : after]
            told.append(Element(at_s, 0, ip, asn, STATE, prefix, paths[attributes], path_id))
            at = after
        _check_end(at, body)
        return told


def _check_end(at: int, body: bytes) -> None:
    if at != len(body):
        raise MalformedError("the entries of a table are not as long as their record")
