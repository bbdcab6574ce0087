"""Which kinds of record exist, and how each is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial

from generator.fetch.mrt.attributes import MessageAttributes
from generator.fetch.mrt.bgp4mp import ExtendedTime, Legacy, Session
from generator.fetch.mrt.element import Decode, Element, MalformedError
from generator.fetch.mrt.prefixes import Wanted
from generator.fetch.mrt.table_dump import Table, TableV2

_LEGACY, _TABLE, _TABLE_V2, _BGP4MP, _BGP4MP_ET = 5, 12, 13, 16, 17

# Subtypes of BGP4MP: how many bytes an ASN has, whether the collector sent the message itself,
# and whether prefixes come with a path identifier (RFC 6396 section 4.4, RFC 8050 section 3).
_MESSAGES = {
    1: (2, False, False),
    4: (4, False, False),
    6: (2, True, False),
    7: (4, True, False),
    8: (2, False, True),
    9: (4, False, True),
    10: (2, True, True),
    11: (4, True, True),
}
_CHANGES = {0: 2, 5: 4}

# Defined, but without routes that are read here: control messages and other protocols, of any
# subtype; then the messages of type 5 that are no UPDATE, the drafts of TABLE_DUMP with 4-octet
# ASNs, multicast, generic and location tables, and BGP4MP's early form of a table.
_OTHER_TYPES = frozenset({0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 32, 33, 48, 49})
_OTHER_SUBTYPES = {
    _LEGACY: frozenset({0, 2, 4, 5, 6, 7}),
    _TABLE: frozenset({3, 4}),
    _TABLE_V2: frozenset({3, 5, 6, 7, 9, 11, 12}),
    _BGP4MP: frozenset({2, 3}),
    _BGP4MP_ET: frozenset({2, 3}),
}


class Decoders(dict[int, Decode | None]):
    """How to read each kind of record, by its type * 65536 + subtype.

    A type that does not exist has None. ``routes`` are the kinds of record that matter only for
    the prefixes in them. ``passed_over`` counts the records of kinds that are not read.
    """

    def __init__(self, wanted: Wanted | None) -> None:
        super().__init__()
        self.passed_over: Counter[str] = Counter()
        readers = {
            (asn_bytes, add_path): MessageAttributes(asn_bytes, wanted, add_path=add_path)
            for asn_bytes in (2, 4)
            for add_path in (False, True)
        }
        for subtype, (asn_bytes, sent, add_path) in _MESSAGES.items():
            session = Session(readers[asn_bytes, add_path], sent=sent)
            self[_kind(_BGP4MP, subtype)] = session.message
            self[_kind(_BGP4MP_ET, subtype)] = ExtendedTime(session).message
        legacy = Legacy(Session(readers[2, False]))
        self[_kind(_LEGACY, 1)] = legacy.message
        self[_kind(_TABLE, 1)] = Table(4, wanted).entry
        self[_kind(_TABLE, 2)] = Table(6, wanted).entry
        table = TableV2(wanted)
        self[_kind(_TABLE_V2, 2)] = table.entries(4)
        self[_kind(_TABLE_V2, 4)] = table.entries(6)
        self[_kind(_TABLE_V2, 8)] = table.entries(4, add_path=True)
        self[_kind(_TABLE_V2, 10)] = table.entries(6, add_path=True)
        self.routes = frozenset(self)
        self[_kind(_TABLE_V2, 1)] = table.peers
        self[_kind(_LEGACY, 3)] = legacy.change
        for subtype, asn_bytes in _CHANGES.items():
            session = Session(readers[asn_bytes, False])
            self[_kind(_BGP4MP, subtype)] = session.change
            self[_kind(_BGP4MP_ET, subtype)] = ExtendedTime(session).change

    def __missing__(self, kind: int) -> Decode | None:
        type_, subtype = divmod(kind, 1 << 16)
        if type_ in _OTHER_TYPES:
            return partial(_count, self.passed_over, str(type_))
        if type_ not in _OTHER_SUBTYPES:
            return None
        if subtype in _OTHER_SUBTYPES[type_]:
            return partial(_count, self.passed_over, f"{type_}/{subtype}")
        return partial(_unknown, f"{type_}/{subtype}")


def _kind(type_: int, subtype: int) -> int:
    return type_ << 16 | subtype


def _count(passed_over: Counter[str], name: str, _at_s: int, _body: bytes) -> Iterable[Element]:
    passed_over[name] += 1
    return ()


def _unknown(name: str, _at_s: int, _body: bytes) -> Iterable[Element]:
    raise MalformedError(f"type/subtype {name} does not exist")
