"""Who measured, by one name each: records write down what stands on the page they read."""

from __future__ import annotations

import re
from collections.abc import Iterator

# ``note.example (Kentik)`` is a copy of Kentik's page, ``RIPE NCC (RIPEstat)`` a service of theirs.
_WITH_PARENTHESIS = re.compile(r"(?P<outer>.+?) \((?P<inner>[^()]+)\)")
_HOST = re.compile(r"\S+\.[a-z]{2,}")
# Other ways to write a name, and people and departments by whom they work for.
_SAME = {
    "CloudFlare": ("Cloudflare",),
    "A spokesperson of Cloudflare": ("Cloudflare",),
    "Doug Madory of Kentik": ("Kentik",),
    "Kentik and NetBlocks": ("Kentik", "NetBlocks"),
    "Dyn Research": ("Dyn",),
    "IODA (Georgia Tech) and Diktyon": ("IODA", "Diktyon"),
    "Oracle Internet Intelligence": ("Oracle",),
    "RIPE Labs": ("RIPE NCC",),
    "SLAC National Accelerator Laboratory": ("SLAC",),
    "ANT Lab, USC Information Sciences Institute": ("USC Information Sciences Institute",),
    "John Heidemann of ANT Lab": ("USC Information Sciences Institute",),
}


def names_of(written: str) -> Iterator[str]:
    """Yield under which names a measurement is found, from how a record names who made it."""
    if written in _SAME:
        yield from _SAME[written]
    elif parts := _WITH_PARENTHESIS.fullmatch(written):
        yield from names_of(parts["inner" if _HOST.fullmatch(parts["outer"]) else "outer"])
    else:
        yield written
