"""Writes MRT, for tests: each kind of record by its own format (RFC 6396, RFC 8050).

Prefixes and addresses are given as text. A path is a list of hops: a number stands for itself, a
set for an AS_SET, and ``Confederation`` for a segment of that kind.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from ipaddress import ip_address, ip_network
from itertools import groupby

AT_S = 1_900_000_000
PEER = "192.0.2.1"
PEER_ASN = 64500
LOCAL = "192.0.2.254"
LOCAL_ASN = 64499
MARKER = b"\xff" * 16

Hop = int | frozenset | tuple
"""An ASN, an unordered set of them, or a confederation's in order."""


def record(kind: int, subtype: int, body: bytes, at_s: int = AT_S) -> bytes:
    return struct.pack(">IHHI", at_s, kind, subtype, len(body)) + body


def nlri(prefix: str, path_id: int | None = None) -> bytes:
    network = ip_network(prefix)
    size = (network.prefixlen + 7) // 8
    lead = b"" if path_id is None else struct.pack(">I", path_id)
    return lead + bytes([network.prefixlen]) + network.network_address.packed[:size]


def nlris(prefixes: Iterable[str | tuple[str, int]]) -> bytes:
    pairs = (each if isinstance(each, tuple) else (each, None) for each in prefixes)
    return b"".join(nlri(*pair) for pair in pairs)


def attribute(kind: int, value: bytes, flags: int = 0x40) -> bytes:
    if len(value) > 255:
        return struct.pack(">BBH", flags | 0x10, kind, len(value)) + value
    return struct.pack(">BBB", flags, kind, len(value)) + value


def segments(path: Sequence[Hop], asn_bytes: int) -> bytes:
    parts = []
    for kind, hops in groupby(path, key=_segment_kind):
        for asns in [list(hops)] if kind == 2 else map(sorted, hops) if kind != 3 else hops:
            packed = b"".join(asn.to_bytes(asn_bytes, "big") for asn in asns)
            parts.append(bytes([kind, len(asns)]) + packed)
    return b"".join(parts)


def _segment_kind(hop: Hop) -> int:
    return 2 if isinstance(hop, int) else 3 if isinstance(hop, tuple) else 1


def path_attributes(path: Sequence[Hop], asn_bytes: int = 4) -> bytes:
    origin = attribute(1, b"\0")
    next_hop = attribute(3, ip_address(PEER).packed)
    return origin + attribute(2, segments(path, asn_bytes)) + next_hop


def as4_path(path: Sequence[Hop]) -> bytes:
    return attribute(17, segments(path, 4), flags=0xC0)


def mp_reach(block: bytes, family: int = 2, kind: int = 1) -> bytes:
    next_hop = ip_address("2001:db8::1").packed
    head = struct.pack(">HBB", family, kind, len(next_hop))
    return attribute(14, head + next_hop + b"\0" + block, flags=0x80)


def mp_unreach(block: bytes, family: int = 2, kind: int = 1) -> bytes:
    return attribute(15, struct.pack(">HB", family, kind) + block, flags=0x80)


def contents(withdrawn: bytes = b"", attributes: bytes = b"", announced: bytes = b"") -> bytes:
    lengths = struct.pack(">H", len(withdrawn)), struct.pack(">H", len(attributes))
    return lengths[0] + withdrawn + lengths[1] + attributes + announced


def bgp(kind: int, body: bytes = b"") -> bytes:
    return MARKER + struct.pack(">HB", 19 + len(body), kind) + body


def update(withdrawn: bytes = b"", attributes: bytes = b"", announced: bytes = b"") -> bytes:
    return bgp(2, contents(withdrawn, attributes, announced))


def announcement(*prefixes: str, path: Sequence[Hop] = (64500, 64510), asn_bytes: int = 4) -> bytes:
    return update(b"", path_attributes(path, asn_bytes), nlris(prefixes))


def withdrawal(*prefixes: str) -> bytes:
    return update(nlris(prefixes))


def peers(
    asn_bytes: int = 4,
    peer: str = PEER,
    peer_asn: int = PEER_ASN,
    local: str = LOCAL,
    local_asn: int = LOCAL_ASN,
) -> bytes:
    asns = peer_asn.to_bytes(asn_bytes, "big") + local_asn.to_bytes(asn_bytes, "big")
    addresses = ip_address(peer), ip_address(local)
    family = 1 if addresses[0].version == 4 else 2
    return asns + struct.pack(">HH", 0, family) + addresses[0].packed + addresses[1].packed


def bgp4mp(message: bytes, subtype: int = 4, head: bytes | None = None, at_s: int = AT_S) -> bytes:
    wide = subtype in {4, 5, 7, 9, 11}
    head = peers(4 if wide else 2) if head is None else head
    return record(16, subtype, head + message, at_s)


def bgp4mp_et(message: bytes, at_us: int, subtype: int = 4, at_s: int = AT_S) -> bytes:
    wide = subtype in {4, 5, 7, 9, 11}
    return record(17, subtype, struct.pack(">I", at_us) + peers(4 if wide else 2) + message, at_s)


def states(old: int, new: int) -> bytes:
    return struct.pack(">HH", old, new)


def legacy(subtype: int, body: bytes, at_s: int = AT_S) -> bytes:
    return record(5, subtype, body, at_s)


def legacy_update(body: bytes, at_s: int = AT_S) -> bytes:
    peer = struct.pack(">H4s", PEER_ASN, ip_address(PEER).packed)
    local = struct.pack(">H4s", LOCAL_ASN, ip_address(LOCAL).packed)
    return legacy(1, peer + local + body, at_s)


def legacy_change(old: int, new: int, at_s: int = AT_S) -> bytes:
    peer = struct.pack(">H4s", PEER_ASN, ip_address(PEER).packed)
    return legacy(3, peer + states(old, new), at_s)


def table_dump(
    prefix: str, attributes: bytes, peer: str = PEER, asn: int = PEER_ASN, at_s: int = AT_S
) -> bytes:
    network = ip_network(prefix)
    address = network.network_address.packed
    entry = address + struct.pack(">BBI", network.prefixlen, 1, at_s - 3600)
    peer_part = ip_address(peer).packed + struct.pack(">HH", asn, len(attributes))
    body = struct.pack(">HH", 0, 7) + entry + peer_part + attributes
    return record(12, 1 if network.version == 4 else 2, body, at_s)


def peer_index(*told: tuple[str, int, int], at_s: int = AT_S) -> bytes:
    """Each peer is its address, its ASN, and the bytes that the ASN is written with."""
    head = ip_address(LOCAL).packed + struct.pack(">H4sH", 4, b"view", len(told))
    return record(13, 1, head + b"".join(map(_indexed, told)), at_s)


def _indexed(peer: tuple[str, int, int]) -> bytes:
    ip, asn, asn_bytes = peer
    address = ip_address(ip)
    flags = (address.version == 6) | (asn_bytes == 4) << 1
    return bytes([flags]) + bytes(4) + address.packed + asn.to_bytes(asn_bytes, "big")


def rib(
    prefix: str,
    *entries: tuple[int, bytes] | tuple[int, int, bytes],
    subtype: int = 2,
    at_s: int = AT_S,
) -> bytes:
    """Each entry is its peer's index, a path identifier if the subtype has one, and attributes."""
    parts = [struct.pack(">I", 0), nlri(prefix), struct.pack(">H", len(entries))]
    for index, *path_id, attributes in entries:
        parts.append(struct.pack(">HI", index, at_s - 3600))
        parts += [struct.pack(">I", each) for each in path_id]
        parts += [struct.pack(">H", len(attributes)), attributes]
    return record(13, subtype, b"".join(parts), at_s)
