"""Files of an archive: by address where those can be predicted, by its list of a month before.

Until the collectors were made to begin their files on the whole five or fifteen minutes, each
began when it was last started: 22:38 and every quarter of an hour from then (a file of 2002 that
is at hand). From 2008 on, all that were seen begin on the grid.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from generator.fetch.body import Body, MissingError, WebError
from generator.fetch.http import Web
from generator.fetch.task import UPDATES, Scope, Task
from generator.fetch.times import DAY_S, slots, utc

GRID_SINCE_S = int(datetime(2008, 1, 1, tzinfo=UTC).timestamp())
_MOST_LIST_BYTES = 16 << 20
_LONGEST_STEP_S = 900


@dataclass(frozen=True)
class Archive:
    """How an archive names its files: ``folder`` and ``file`` are strftime patterns.

    ``folder`` also takes ``{collector}``.
    """

    folder: str
    file: str
    step_s: int

    def address(self, collector: str, at_s: int) -> str:
        """Return the address of the file that begins at ``at_s``."""
        return self.month(collector, at_s) + utc(at_s).strftime(self.file)

    def month(self, collector: str, at_s: int) -> str:
        """Return the address of the folder of a month, which lists its files."""
        return utc(at_s).strftime(self.folder).replace("{collector}", collector)


def files(archive: Archive, scope: Scope, web: Web) -> list[Task]:
    """Return the files that cover the window, collector by collector, in order of time.

    Raises what ``web.get`` raises when a list of files cannot be had.
    """
    return [
        Task(
            UPDATES,
            archive.address(collector, start_s),
            start_s,
            end_s,
            collector,
            tuple(scope.prefixes),
        )
        for collector in scope.collectors
        for start_s, end_s in _spans(archive, collector, scope, web)
    ]


def _spans(archive: Archive, collector: str, scope: Scope, web: Web) -> Iterator[tuple[int, int]]:
    if scope.since_s >= GRID_SINCE_S:
        for start_s in slots(scope.since_s, scope.until_s, archive.step_s):
            yield start_s, start_s + archive.step_s
        return
    starts = listed(archive, collector, scope, web)
    steps = Counter(min(b - a, _LONGEST_STEP_S) for a, b in pairwise(starts))
    step_s = steps.most_common(1)[0][0] if steps else _LONGEST_STEP_S
    for start_s in starts:
        if start_s + step_s > scope.since_s and start_s < scope.until_s:
            yield start_s, start_s + step_s


def newest(archive: Archive, collector: str, at_s: int, web: Web) -> list[int]:
    """Return when the newest file at or before a time begins, and the one before it, if any.

    Where files are listed, those of the last 24 hours count. Raises what ``web.get`` raises when a
    list of files cannot be had.
    """
    if at_s >= GRID_SINCE_S:
        start_s = at_s - at_s % archive.step_s
        return [start_s, start_s - archive.step_s]
    day = Scope(at_s - DAY_S, at_s + 1, ())
    starts = listed(archive, collector, day, web)
    return [start_s for start_s in starts if day.since_s <= start_s <= at_s][:-3:-1]


def listed(archive: Archive, collector: str, scope: Scope, web: Web) -> list[int]:
    """Return when each file that the archive lists begins, for the months of the window."""
    # The file that covers the window's beginning may be the last of the month before.
    first_s = scope.since_s - _LONGEST_STEP_S
    months = {archive.month(collector, at_s): None for at_s in range(first_s, scope.until_s, 3600)}
    months[archive.month(collector, scope.until_s - 1)] = None
    return sorted({at_s for month in months for at_s in _starts(archive, month, web)})


def _starts(archive: Archive, month: str, web: Web) -> set[int]:
    pattern = archive.file.replace(".", r"\.").replace("%Y%m%d", r"(\d{8})")
    in_list = re.compile('href="' + pattern.replace("%H%M", r"(\d{4})") + '"')
    try:
        text = web.get(month, _text).value
    except MissingError:
        return set()
    found = set()
    for day, minute in in_list.findall(text):
        at = datetime.strptime(day + minute, "%Y%m%d%H%M").replace(tzinfo=UTC)
        found.add(int(at.timestamp()))
    return found


def _text(body: Body) -> str:
    content = bytearray()
    for block in body:
        content += block
        if len(content) > _MOST_LIST_BYTES:
            raise WebError(f"a list of files of more than {_MOST_LIST_BYTES:,} bytes")
    return content.decode("ascii", "replace")
