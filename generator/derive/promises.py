"""What the archive promises of itself, as numbers that each build works out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.derive.entry import Entry


@dataclass(frozen=True)
class Promises:
    """How the archive stands by its own rules.

    ``claims`` are of times and lengths; ``doubted`` of them are shown and not followed.
    ``measured`` incidents have frozen evidence, of ``rows`` rows together.
    """

    records: int
    claims: int
    doubted: int
    sources: int
    archived: int
    measured: int
    rows: int


def promises(entries: Sequence[Entry]) -> Promises:
    """Return the numbers of an archive whose records and evidence were all found sound."""
    return Promises(
        records=len(entries),
        claims=sum(one.count.claims for one in entries),
        doubted=sum(one.count.doubted for one in entries),
        sources=sum(one.count.sources for one in entries),
        archived=sum(one.count.archived for one in entries),
        measured=sum(one.has_evidence for one in entries),
        rows=sum(one.count.rows for one in entries),
    )
