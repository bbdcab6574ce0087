"""Rules about ``links.yaml``: it is about this record, and what vanished is kept somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.finding import Case, Finding
from generator.model.links import LinkState, copy_of

_GONE = (LinkState.DEAD, LinkState.LOOKS_DEAD)


def links_are_of_the_sources(case: Case) -> Iterator[Finding]:
    """`links.yaml` tells of sources of the record at the addresses they have; what it tells of
    others is left out of the page.
    """
    cure = f"Bring it up to date: python -m generator links {case.id}"
    for key, link in case.links.sources.items() if case.links else ():
        source = case.incident.sources.get(key)
        if source is None:
            yield Finding(("sources",), f"links.yaml tells of {key!r}, no source here", cure)
        elif source.url != link.url:
            what = "links.yaml tells of another address"
            yield Finding(("sources", key, "url"), what, cure)


def a_dead_source_has_a_copy(case: Case) -> Iterator[Finding]:
    """A source that was gone when it was last asked for has an archived copy."""
    for key, source in case.incident.sources.items() if case.links else ():
        link = case.links.of(key, source) if case.links else None
        if link and link.state in _GONE and not copy_of(key, source, case.links):
            cure = "Look for a copy and add it as `archived`, or for another source."
            yield Finding(("sources", key, "url"), f"gone when asked for on {link.checked}", cure)
