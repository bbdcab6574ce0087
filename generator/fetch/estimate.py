"""What a fetch will cost, before it begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.fetch import fullfeed
from generator.fetch.body import WebError
from generator.fetch.executor import CONNECTIONS
from generator.fetch.http import Web
from generator.fetch.reach import RefusedError
from generator.fetch.task import TABLE, UPDATES, Source, Task

# Assumed, not measured: a third of a second for each file and 4 MB a second in all.
_FILE_S = 0.33
_BYTES_PER_S = 4_000_000
_SAMPLES = 3


@dataclass(frozen=True)
class Estimate:
    """How many files are wanted and already here, how many bytes are to come, and how long.

    ``tables`` of the files to come are tables, and ``tables_bytes`` of the bytes are theirs.
    """

    files: int
    kept: int
    size_bytes: int
    time_s: int
    basis: str
    tables: int = 0
    tables_bytes: int = 0

    def __str__(self) -> str:
        here = f" ({self.kept:,} of them kept from before)" if self.kept else ""
        whole = f"about {spelled_bytes(self.size_bytes)}"
        if self.tables:
            tables = "1 table" if self.tables == 1 else f"{self.tables} tables"
            whole += f", {spelled_bytes(self.tables_bytes)} of it in {tables}"
        return (
            f"{self.files:,} files{here}, {whole}, about {spelled_time(self.time_s)} ({self.basis})"
        )


def estimate(todo: Sequence[Task], kept: int, source: Source, web: Web) -> Estimate:
    """Return the cost of the tasks that are left, from the sizes of a few of their files.

    Where a server does not tell a size, the documented usual size of such files stands.
    """
    groups: dict[tuple[str, str], list[Task]] = defaultdict(list)
    for task in todo:
        groups[task.kind, task.collector].append(task)
    total, tables_bytes, asked = 0.0, 0.0, 0
    for (kind, _), group in groups.items():
        sizes = _sizes(group, web)
        asked += len(sizes)
        usual = sum(sizes) / len(sizes) if sizes else _typical_bytes(group[0], source)
        total += usual * len(group)
        tables_bytes += usual * len(group) if kind == TABLE else 0
    time_s = max(total / _BYTES_PER_S, _busiest(todo) * _FILE_S / CONNECTIONS)
    basis = f"from the sizes of {asked} of them" if asked else "from the usual size of such files"
    return Estimate(
        files=len(todo) + kept,
        kept=kept,
        size_bytes=round(total),
        time_s=round(time_s),
        basis=basis,
        tables=sum(task.kind == TABLE for task in todo),
        tables_bytes=round(tables_bytes),
    )


def _typical_bytes(task: Task, source: Source) -> int:
    is_feeds = task.kind == fullfeed.KIND
    return fullfeed.TYPICAL_BYTES if is_feeds else source.typical_bytes(task)


def _sizes(group: list[Task], web: Web) -> list[int]:
    if group[0].kind not in (UPDATES, TABLE):
        return []
    step = max(1, len(group) // (_SAMPLES + 1))
    sizes = []
    for task in group[step::step][:_SAMPLES] or group[:1]:
        try:
            size = web.size_bytes(task.url)
        except (WebError, RefusedError):
            continue
        sizes += [size] if size is not None else []
    return sizes


def _busiest(todo: Sequence[Task]) -> int:
    hosts: dict[str, int] = defaultdict(int)
    for task in todo:
        hosts[urlsplit(task.url).netloc] += 1
    return max(hosts.values(), default=0)


def spelled_bytes(size_bytes: float) -> str:
    """Return a size as people read it: ``340 KB``, ``1.2 GB``, in steps of a thousand."""
    for unit in ("bytes", "KB", "MB", "GB"):
        if size_bytes < 1000 or unit == "GB":
            break
        size_bytes /= 1000
    digits = 1 if unit != "bytes" and size_bytes < 10 else 0
    return f"{size_bytes:.{digits}f} {unit}"


def spelled_time(time_s: float) -> str:
    """Return a length of time as people read it: ``40 s``, ``12 min``, ``3 h 20 min``."""
    if time_s < 90:
        return f"{round(time_s)} s"
    minutes = round(time_s / 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
