"""The two speeds of reading: everything, or only some prefixes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.fetch.mrt.element import Element
from generator.fetch.mrt.kinds import Decoders
from generator.fetch.mrt.prefixes import Network, Wanted
from generator.fetch.mrt.search import find_any
from generator.fetch.mrt.stream import MrtStream


def elements(stream: MrtStream) -> Iterator[Element]:
    """Yield everything that a stream tells of routes, in its order; then see ``stream.problem``."""
    return stream.told(Decoders(None))


def select(stream: MrtStream, networks: Iterable[Network]) -> Iterator[Element]:
    """Yield what ``elements`` does of these prefixes, of those inside them, and of sessions.

    A record that does not hold the bytes of a prefix is passed by without a look at its content,
    so that damage in there goes unnoticed unless the records' own lengths break.
    """
    wanted = Wanted(networks)
    return stream.told(Decoders(wanted), find_any(wanted.networks))
