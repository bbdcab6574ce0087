"""What a record tells, and how it is said that a record cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

# The letters of model.evidence.Event. They are plain text here because that module brings pydantic
# along, whose import takes longer than reading a file; a test holds the two together.
STATE = "S"
ANNOUNCE = "A"
WITHDRAW = "W"
SESSION_DOWN = "D"
SESSION_UP = "U"


class Element(NamedTuple):
    """One announcement, withdrawal, table entry or session change, told by one peer.

    ``at_s`` is in Unix seconds, ``at_us`` the microseconds after it (0 where the record gives
    none). ``prefix`` is canonical, empty in a session change; ``path`` is written as in
    ``model.evidence``, with a confederation as one hop: ``(64512+64513)`` in order,
    ``[64512+64513]`` unordered. ``path_id`` tells apart a peer's several routes to a prefix
    (RFC 7911); it is 0 where a peer tells but one.
    """

    at_s: int
    at_us: int
    peer_ip: str
    peer_asn: int
    event: str
    prefix: str
    path: str
    path_id: int


class MalformedError(Exception):
    """A record that contradicts its format; the text says how, ``sound`` is what it told before."""

    def __init__(self, what: str, sound: Sequence[Element] = ()) -> None:
        super().__init__(what)
        self.sound = sound


Decode: TypeAlias = Callable[[int, bytes], Iterable[Element]]
"""From a record's Unix second and its body to its elements; raises MalformedError, IndexError or
struct.error where the body is not sound."""
