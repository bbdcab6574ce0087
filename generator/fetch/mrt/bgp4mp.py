"""BGP messages and session changes: BGP4MP, its extended-time form, and the BGP type of 1999."""

from __future__ import annotations

from collections.abc import Iterable
from struct import Struct
from typing import TypeAlias

from generator.fetch.mrt.attributes import MessageAttributes
from generator.fetch.mrt.element import (
    ANNOUNCE,
    SESSION_DOWN,
    SESSION_UP,
    WITHDRAW,
    Element,
    MalformedError,
)
from generator.fetch.mrt.memo import Memo
from generator.fetch.mrt.prefixes import BrokenPrefixError, address_text

Teller: TypeAlias = tuple[str, int]
"""The address and the ASN of who tells."""

Start: TypeAlias = tuple[int, int, Teller]
"""The first fields of an element: when, and who tells."""

_MARKER = b"\xff" * 16
_LENGTH_AND_TYPE = Struct(">HB").unpack_from
_LENGTH = Struct(">H").unpack_from
_TWO_LENGTHS = Struct(">HH").unpack_from
_STATES = Struct(">HH").unpack
_MICROSECONDS = Struct(">I").unpack_from
_LEGACY_PEER = Struct(">H4s").unpack_from

_OPEN, _UPDATE, _ROUTE_REFRESH = 1, 2, 5
_ESTABLISHED = 6
_ADDRESS_BYTES = {b"\0\1": 4, b"\0\2": 16}  # by address family number
_NO_FAMILY = b"\xff\xff"
_LONGEST_HEAD = 44 + len(_MARKER)
_LEGACY_LONGEST = 4096  # BGP messages were no longer then

_new = tuple.__new__  # runs once per element, and in half the time of calling the class


class Session:
    """Reads the records of sessions whose attributes are read by ``attributes``.

    With ``sent``, they are what a collector said itself: its own address and ASN are the peer's.
    """

    def __init__(self, attributes: MessageAttributes, *, sent: bool = False) -> None:
        self._asn_bytes = attributes.asn_bytes
        self._add_path = attributes.add_path
        self._sent = sent
        # Ahead of the message stand two ASNs, an interface, the address family, two addresses.
        self._addresses_at = at = 2 * self._asn_bytes + 4
        self._family = slice(at - 2, at)
        self._starts = {family: at + 2 * size for family, size in _ADDRESS_BYTES.items()}
        self._tellers = Memo(self._teller, _LONGEST_HEAD)
        self._attributes = attributes.read
        self._routes = attributes.ipv4_routes

    def message(self, at_s: int, body: bytes, at_us: int = 0) -> Iterable[Element]:
        """Return the elements of a BGP message; none of one that is no UPDATE."""
        start = self._starts.get(body[self._family])
        if not start:
            return self._nobody(body)
        teller = self._tellers[body[: start + 16]]
        length, kind = _LENGTH_AND_TYPE(body, start + 16)
        if length != len(body) - start:
            raise MalformedError(f"a BGP message of {length} bytes in {len(body) - start}")
        if kind == _UPDATE:
            return self.update((at_s, at_us, teller), body, start + 19)
        if _OPEN <= kind <= _ROUTE_REFRESH:
            return ()
        raise MalformedError(f"a BGP message of type {kind}, which does not exist")

    def change(self, at_s: int, body: bytes, at_us: int = 0) -> Iterable[Element]:
        """Return the element of a session that became, or ceased to be, Established."""
        if len(body) == self._addresses_at:
            return ()  # Zebra's first records named no peer, but for its ASN
        start = self._starts.get(body[self._family])
        if not start:
            return self._nobody(body)
        if len(body) != start + 4:
            raise MalformedError(f"a session change of {len(body)} bytes")
        return changed(at_s, at_us, self._tellers[body[:start] + _MARKER], body[start:])

    def update(self, start: Start, body: bytes, at: int) -> list[Element]:
        """Return the elements of an UPDATE, which begins at ``at``; withdrawals come first."""
        withdrawn_bytes, attributes_bytes = _TWO_LENGTHS(body, at)
        after = at + 2 + withdrawn_bytes
        if withdrawn_bytes:  # between the two
            (attributes_bytes,) = _LENGTH(body, after)
        routes_at = after + 2 + attributes_bytes
        if routes_at > len(body):
            raise MalformedError("the path attributes run past the end of the message")
        path, announced, withdrawn = self._attributes(body[after + 2 : routes_at])
        if withdrawn_bytes:
            withdrawn = self._routes(body[at + 2 : after]) + withdrawn
        fault = None
        if routes_at < len(body):
            try:
                announced = self._routes(body[routes_at:]) + announced
            except BrokenPrefixError as error:
                fault, announced = str(error), error.routes + announced
        told = _told(start, WITHDRAW, withdrawn, "") if withdrawn else []
        told += _told(start, ANNOUNCE, announced, path) if announced else []
        if self._add_path:
            told = [_numbered(element) for element in told]
        if fault:
            raise MalformedError(fault, told)
        return told

    def _nobody(self, body: bytes) -> Iterable[Element]:
        # Zebra named no peer either in messages that came before the session stood.
        family = body[self._family]
        if family == _NO_FAMILY:
            return ()
        raise MalformedError(f"a peer's address of family {family.hex()}, which does not exist")

    def _teller(self, head: bytes) -> Teller:
        width, at = self._asn_bytes, self._addresses_at
        half = _ADDRESS_BYTES[head[self._family]]
        # In a body too short for its addresses, what ends it may look like a marker.
        if not head.endswith(_MARKER) or len(head) != at + 2 * half + len(_MARKER):
            raise MalformedError("a BGP message does not begin with its marker")
        asns = head[:width], head[width : 2 * width]
        addresses = head[at : at + half], head[at + half : at + 2 * half]
        return address_text(addresses[self._sent]), int.from_bytes(asns[self._sent], "big")


def _told(start: Start, event: str, routes: list[str], path: str) -> list[Element]:
    at_s, at_us, (ip, asn) = start
    if len(routes) == 1:  # as in three messages of four; a comprehension takes twice as long
        return [_new(Element, (at_s, at_us, ip, asn, event, routes[0], path, 0))]
    return [_new(Element, (at_s, at_us, ip, asn, event, route, path, 0)) for route in routes]


def _numbered(element: Element) -> Element:
    prefix, path_id = element.prefix.split(" ")
    return element._replace(prefix=prefix, path_id=int(path_id))


class ExtendedTime:
    """The same records with microseconds in front (type 17)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def message(self, at_s: int, body: bytes) -> Iterable[Element]:
        """Return the elements of a BGP message."""
        return self._session.message(at_s, body[4:], _microseconds(body))

    def change(self, at_s: int, body: bytes) -> Iterable[Element]:
        """Return the element of a session change."""
        return self._session.change(at_s, body[4:], _microseconds(body))


class Legacy:
    """The records of type 5, as of 1999 to 2000: no header in the message, no other family."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def message(self, at_s: int, body: bytes) -> Iterable[Element]:
        """Return the elements of an UPDATE."""
        if len(body) > 12 + _LEGACY_LONGEST:
            raise MalformedError(f"an UPDATE of {len(body) - 12} bytes, when 4096 were allowed")
        return self._session.update((at_s, 0, _legacy_teller(body)), body, 12)

    def change(self, at_s: int, body: bytes) -> Iterable[Element]:
        """Return the element of a session change."""
        if len(body) != 10:
            raise MalformedError(f"a session change of {len(body)} bytes")
        return changed(at_s, 0, _legacy_teller(body), body[6:])


def changed(at_s: int, at_us: int, teller: Teller, states: bytes) -> Iterable[Element]:
    """Return the element of a change from one state of a session to another (RFC 4271 section 8).

    Changes among the states before Established say nothing of routes and give none.
    """
    old, new = _STATES(states)
    if (old == _ESTABLISHED) == (new == _ESTABLISHED):
        return ()
    event = SESSION_UP if new == _ESTABLISHED else SESSION_DOWN
    return (Element(at_s, at_us, *teller, event, "", "", 0),)


def _microseconds(body: bytes) -> int:
    (at_us,) = _MICROSECONDS(body)
    if at_us >= 1_000_000:
        raise MalformedError(f"a second of {at_us} microseconds")
    return int(at_us)


def _legacy_teller(body: bytes) -> Teller:
    asn, packed = _LEGACY_PEER(body)
    return address_text(packed), asn
