"""Who measured, by one name each: records write down what stands on the page they read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.claims import Claim
from generator.model.incident import Incident
from generator.model.vocabulary import SourceKind

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


def measured_by(incident: Incident) -> tuple[str, ...]:
    """Return who measured the times and lengths that the archive follows, by name.

    Those are the publishers of measurements among the claims' origins, and whoever a claim names
    as having found it.
    """
    written = (_measurer(incident, claim) for claim in _claims(incident) if not claim.doubt)
    names = (name for each in written if each for name in names_of(each))
    return tuple(dict.fromkeys(names))


def _measurer(incident: Incident, claim: Claim) -> str | None:
    if claim.by:
        return claim.by
    source = incident.sources[claim.origin or claim.source]
    return source.publisher if source.kind is SourceKind.MEASUREMENT else None


def _claims(incident: Incident) -> Iterator[Claim]:
    for episode in incident.episodes:
        yield from (*episode.start, *episode.ends, *episode.duration)
