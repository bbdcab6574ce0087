"""Times and lengths as columns: the text as written, and what it may mean."""

from __future__ import annotations

from datetime import datetime

from generator.derive import timing
from generator.model.claims import Claim, LengthClaim, TimeClaim
from generator.model.values import Moment
from generator.render.data.columns import Cell, Row, derived

SPAN_COLUMNS = (
    derived("shortest_s", "integer", "The shortest it can have lasted, in seconds."),
    derived("longest_s", "integer", "The longest; empty where no end is known."),
)
MEANT_COLUMNS = (
    derived("earliest", "datetime", "The first instant that a time may mean."),
    derived("latest", "datetime", "The last instant that it may mean."),
    derived("seconds", "integer", "A length in seconds."),
    derived("bound", "string", "> for a length of more than that, < for less."),
    derived("approximate", "boolean", "Whether the source says about."),
)


def utc(at: datetime | None) -> str | None:
    """Return an instant as ISO 8601 in UTC, to the second."""
    # A tenth of the time that a format would take.
    return f"{at.isoformat()[:19]}Z" if at else None


def meant(moment: Moment | None) -> tuple[str | None, str | None]:
    """Return the first and the last instant that a time may mean."""
    if moment is None:
        return None, None
    first, last = timing.bounds(moment)
    return utc(first), utc(last)


def span(lasted: timing.Span | None) -> tuple[int | None, int | None]:
    """Return the shortest and the longest a span can have been, in seconds."""
    return (lasted.shortest_s, lasted.longest_s) if lasted else (None, None)


def claimed(claim: Claim) -> Row:
    """Return what a claim says, in ``MEANT_COLUMNS``."""
    if isinstance(claim, TimeClaim):
        return *meant(claim.at), None, None, int(claim.at.approximate)
    if isinstance(claim, LengthClaim):
        length = claim.value
        return None, None, length.seconds, length.bound or None, int(length.approximate)
    return (None,) * len(MEANT_COLUMNS)


def text(value: object) -> Cell:
    """Return a value as the record writes it; None where it has none."""
    return None if value is None else str(value)
