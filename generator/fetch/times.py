"""Unix seconds and how they are written in addresses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from generator.model.values import Moment

DAY_S = 86_400


def utc(at_s: int) -> datetime:
    """Return a Unix second as a time in UTC."""
    return datetime.fromtimestamp(at_s, UTC)


def stamp(at_s: int) -> str:
    """Return a Unix second as ``2014-12-22T16:15:07Z``."""
    return utc(at_s).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds(text: str) -> int:
    """Return the Unix second of ``2014-12-22T16:15:07``, which is in UTC; raises ValueError."""
    at = datetime.fromisoformat(text)
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())


def window_s(since: Moment, until: Moment) -> tuple[int, int]:
    """Return the first second of a window and the one after its last.

    ``until`` to the minute or second is where the window ends; to the hour or day, all of that
    hour or day belongs to it.
    """
    is_instant = until.precision in ("minute", "second")
    end = until.earliest if is_instant else until.latest
    return int(since.earliest.timestamp()), int(end.timestamp())


def slots(since_s: int, until_s: int, step_s: int) -> Iterator[int]:
    """Yield the start of each slot of a regular grid that overlaps the window."""
    yield from range(since_s - since_s % step_s, until_s, step_s)
