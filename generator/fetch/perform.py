"""Carrying out one task, here or on a worker of a cluster."""

from __future__ import annotations

from collections.abc import Mapping

from generator.fetch import bgplay, ripestat, updates
from generator.fetch.body import Body, MissingError, WebError
from generator.fetch.http import Limits, Web
from generator.fetch.reach import Reach, RefusedError
from generator.fetch.task import TABLE, UPDATES, Found, Outcome, Reader, Task

READERS: Mapping[str, Reader] = {
    UPDATES: updates.read,
    TABLE: updates.read_table,
    "bgplay": bgplay.read,
    "ris-peers": ripestat.read_feeds,
    "routing-history": ripestat.read_shares,
}


def perform(task: Task, web: Web, retrieved: str) -> Outcome:
    """Return what came of a task; ``retrieved`` is the day, as an ISO date.

    Failures are part of the outcome, so that they travel. Raises StoppedError only.
    """
    reader = READERS[task.kind]

    def read(body: Body) -> Found:
        return reader(task, body)

    accept = "identity" if task.kind in (UPDATES, TABLE) else "gzip"
    try:
        got = web.get(task.url, read, accept)
    except MissingError as error:
        return Outcome(missing=str(error))
    except (WebError, RefusedError) as error:
        return Outcome(failed=str(error))
    return Outcome(got.value, got.size_bytes, got.sha256, retrieved)


def perform_there(task: Task, reach: Reach, limits: Limits, retrieved: str) -> Outcome:
    """Do as ``perform`` on a worker of a cluster, which keeps no connection open afterwards."""
    web = Web(reach, limits)
    try:
        return perform(task, web, retrieved)
    finally:
        web.close()
