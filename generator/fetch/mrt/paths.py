"""AS paths: from bytes to text, with the 4-octet path merged in (RFC 4271, 5065, 6793)."""

from __future__ import annotations

from struct import Struct
from typing import TypeAlias

from generator.fetch.mrt.element import MalformedError

Segment: TypeAlias = tuple[int, tuple[int, ...]]
"""A kind of segment, and its ASNs."""

AS_SET = 1
AS_SEQUENCE = 2
_BRACKETS = {
    AS_SET: ("{", "}"),
    3: ("(", ")"),
    4: ("[", "]"),
}  # 3 and 4 are the sequence and set of a confederation
_FORMATS = tuple(" ".join(["%d"] * count) for count in range(256))
_UNPACK = {
    asn_bytes: tuple(Struct(f">2x{count}{letter}").unpack for count in range(256))
    for asn_bytes, letter in {2: "H", 4: "I"}.items()
}


def path_text(asn_bytes: int, value: bytes) -> str:
    """Return an AS path as text, from an attribute whose ASNs have 2 or 4 bytes each."""
    if len(value) > 2 and value[0] == AS_SEQUENCE and len(value) == 2 + value[1] * asn_bytes:
        # Nearly every path is but one sequence, and this is the fastest way to write it.
        return _FORMATS[value[1]] % _UNPACK[asn_bytes][value[1]](value)
    return _text(_segments(value, asn_bytes))


def merged_text(old: bytes, new: bytes) -> str:
    """Return the path whose 2-octet form is ``old`` and whose AS4_PATH is ``new``.

    RFC 6793 section 4.2.3: as many leading ASNs of the old one as the new one is shorter by, then
    the new one; the old one alone where it is the shorter.
    """
    segments = _segments(old, 2)
    whole = [segment for segment in _segments(new, 4) if segment[0] <= AS_SEQUENCE]
    surplus = sum(map(_length, segments)) - sum(map(_length, whole))
    if surplus < 0:
        return _text(segments)
    return _text([*_leading(segments, surplus), *whole])


def _leading(segments: list[Segment], most: int) -> list[Segment]:
    kept: list[Segment] = []
    for kind, asns in segments:
        length = _length((kind, asns))
        if length > most:
            return [*kept, (kind, asns[:most])] if most else kept
        kept.append((kind, asns))
        most -= length
    return kept


def _length(segment: Segment) -> int:
    kind, asns = segment
    return len(asns) if kind == AS_SEQUENCE else int(kind == AS_SET)


def _segments(value: bytes, asn_bytes: int) -> list[Segment]:
    segments = []
    at = 0
    while at < len(value):
        kind, count = value[at], value[at + 1]
        after = at + 2 + count * asn_bytes
        if after > len(value):
            raise MalformedError("an AS path runs past its end")
        if kind != AS_SEQUENCE and kind not in _BRACKETS:
            raise MalformedError(f"an AS path has a segment of kind {kind}, which does not exist")
        if not count:
            raise MalformedError("an AS path has a segment without an ASN")
        segments.append((kind, _UNPACK[asn_bytes][count](value[at:after])))
        at = after
    return segments


def _text(segments: list[Segment]) -> str:
    return " ".join(map(_segment_text, segments))


def _segment_text(segment: Segment) -> str:
    kind, asns = segment
    if kind == AS_SEQUENCE:
        return " ".join(map(str, asns))
    left, right = _BRACKETS[kind]
    return left + "+".join(map(str, asns)) + right
