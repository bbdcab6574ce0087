"""Which source is cited where, and the number each gets on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from generator.model.claims import Claim
from generator.model.incident import Incident

CITATION = re.compile(r"\[@([a-z0-9-]+)\]")
# The order of the page: what a reader meets first gets the lowest number.
_PAGE_ORDER = (
    "summary", "where", "episodes", "explanations", "evidence", "statements",
    "context", "figures", "background", "related", "lacking", "changes", "withdrawn",
)  # fmt: skip


def cited(value: object) -> Iterator[str]:
    """Yield the source keys cited in a part of a record, in reading order, with repeats."""
    if isinstance(value, str):
        yield from CITATION.findall(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from cited(item)
    elif isinstance(value, BaseModel):
        yield from _keys_of(value)


def _keys_of(part: BaseModel) -> Iterator[str]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in ("source", "origin"):
            yield from (value,) if value else ()
        elif name == "sources":
            yield from value
        else:
            yield from cited(value)


def numbered(incident: Incident) -> dict[str, int]:
    """Return each source's number on the page, from 1, by first mention; uncited ones last."""
    keys = (key for part in _PAGE_ORDER for key in cited(getattr(incident, part)))
    order = dict.fromkeys(key for key in keys if key in incident.sources)
    order.update(dict.fromkeys(incident.sources))
    return {key: number for number, key in enumerate(order, start=1)}


def relayed_only(incident: Incident) -> dict[str, str]:
    """Return the sources that only pass on another's measurement: key to the origin's key."""
    claims = [
        claim
        for episode in incident.episodes
        for group in (episode.start, episode.ends, episode.duration)
        for claim in group
    ]
    own = {claim.source for claim in claims if _is_own(claim)}
    passed_on = {claim.source: claim.origin for claim in claims if claim.origin}
    stated = {key: source.relays[0] for key, source in incident.sources.items() if source.relays}
    both = {**stated, **passed_on}
    return {key: origin for key, origin in both.items() if origin and key not in own}


def _is_own(claim: Claim) -> bool:
    return not (claim.origin or claim.by)
