"""The numbered sources of a record."""

from __future__ import annotations

from typing import Any

from generator.derive.citations import relayed_only
from generator.model.incident import Incident, Source
from generator.model.links import Link, Links, LinkState, Snapshot, copy_of
from generator.render import words
from generator.render.templating import Citer, without_citations

_FATES = {
    LinkState.DEAD: "No longer there on {}.",
    LinkState.LOOKS_DEAD: "Seemed to be gone on {}.",
    LinkState.PAYWALLED: "Behind a paywall or login on {}.",
}


def source_views(incident: Incident, citer: Citer, links: Links | None) -> list[dict[str, Any]]:
    """Return the sources by number, with whom each relays and what became of it on the web."""
    relayed = relayed_only(incident)
    views = [
        {**_view(key, source, relayed.get(key), citer), **_fate(key, source, links)}
        for key, source in incident.sources.items()
    ]
    return sorted(views, key=lambda view: view["number"])


def _fate(key: str, source: Source, links: Links | None) -> dict[str, Any]:
    link, copy = links.of(key, source) if links else None, copy_of(key, source, links)
    copied = f" of {words.day(copy.at)}" if isinstance(copy, Snapshot) else ""
    return {"archived": copy, "copied": copied, "fate": _told(link) if link else ""}


def _told(link: Link) -> str:
    said = _FATES.get(link.state) if link.state else None
    return said.format(words.date(link.checked)) if said and link.checked else ""


def _view(key: str, source: Source, relays: str | None, citer: Citer) -> dict[str, Any]:
    origin = citer.sources.get(relays) if relays else None
    return {
        "key": key,
        "number": citer.numbers[key],
        "kind": source.kind.value,
        "authors": words.listed(list(source.authors)),
        "title": source.title,
        "publisher": source.publisher,
        "published": words.date(source.published) if source.published else "",
        "url": source.url,
        "language": source.language,
        "relays": f"{origin.publisher} ({citer.numbers[relays]})" if origin and relays else "",
        "note": without_citations(source.note) if source.note else "",
        "accessed": words.date(source.accessed),
    }


def sources_lead(incident: Incident, archived: int) -> str:
    """Return the sentence above the sources: how many, how many merely relay, how many kept."""
    relayed = len(relayed_only(incident))
    total = words.count(len(incident.sources), "source")
    return (
        f"{total}; {relayed} of them pass on another's measurement of the outage; "
        f"{archived} with an archived copy on record."
    )
