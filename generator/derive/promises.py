"""What the archive promises of itself, as numbers that each build works out again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.derive.catalogue import Entry
from generator.derive.measurement import Measurement
from generator.model.incident import Incident


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


def promises(studied: Sequence[tuple[Entry, Measurement | None]]) -> Promises:
    """Return the numbers of an archive whose records and evidence were all found sound."""
    incidents = [one.incident for one, _ in studied]
    doubted = [claim_doubted for one in incidents for claim_doubted in _doubts(one)]
    found = [measurement for _, measurement in studied if measurement]
    return Promises(
        records=len(incidents),
        claims=len(doubted),
        doubted=sum(doubted),
        sources=sum(len(one.sources) for one in incidents),
        archived=sum(one.archived for one, _ in studied),
        measured=len(found),
        rows=sum(one.provenance.table.rows.number for one in found),
    )


def _doubts(incident: Incident) -> Iterable[bool]:
    """Yield for each claim of a time or length whether it is doubted."""
    for episode in incident.episodes:
        for claim in (*episode.start, *episode.ends, *episode.duration):
            yield claim.doubt is not None
