"""Which records lack what, over the whole archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.derive.completeness import ASPECTS
from generator.derive.entry import Entry


@dataclass(frozen=True)
class Need:
    """An aspect over the archive: to how many incidents it applies, and which lack it."""

    key: str
    applies_to: int
    lacking: tuple[Entry, ...]


def needs(entries: Sequence[Entry]) -> list[Need]:
    """Return every aspect, with the incidents that lack it in the order given."""
    found: dict[str, list[Entry]] = {aspect.key: [] for aspect in ASPECTS}
    applies_to = dict.fromkeys(found, 0)
    for entry in (one for one in entries if not one.is_withdrawn):
        for item in entry.complete:
            applies_to[item.key] += 1
            if item.lacks:
                found[item.key].append(entry)
    return [Need(key, applies_to[key], tuple(lacking)) for key, lacking in found.items()]
