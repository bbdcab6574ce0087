"""How far a fetch has come: a bar on a terminal, plain lines elsewhere.

rich, as it has types, draws nothing where there is no terminal, and has the three columns that
matter here: bytes, rate and time left.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from generator.fetch.estimate import Estimate, spelled_bytes, spelled_time
from generator.fetch.task import TABLE, Outcome, Task

_LINES = 20


class Meter(Protocol):
    """Is told of each file that ended."""

    def ended(self, task: Task, outcome: Outcome) -> None:
        """Count one file."""


@contextlib.contextmanager
def shown(
    expected: Estimate, stream: TextIO, now: Callable[[], float] = time.monotonic
) -> Iterator[Meter]:
    """Yield what shows the progress on ``stream``."""
    if not stream.isatty():
        yield _Lines(expected, stream, now)
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=Console(file=stream),
    )
    with bar:
        yield _Bar(expected, bar)


@dataclass
class _Bar:
    expected: Estimate
    bar: Progress

    def __post_init__(self) -> None:
        self._files, self._bytes = 0, 0
        self._small, self._small_bytes, self._tables_left = 0, 0, self.expected.tables
        self._line = self.bar.add_task(self._text(), total=max(1, self.expected.size_bytes))

    def _text(self) -> str:
        return f"{self._files:,} of {self.expected.files - self.expected.kept:,} files"

    def ended(self, task: Task, outcome: Outcome) -> None:
        """Move the bar; its total follows what the files so far really held, but for tables."""
        self._files += 1
        self._bytes += outcome.size_bytes
        if task.kind == TABLE:
            self._tables_left -= 1
        else:
            self._small, self._small_bytes = self._small + 1, self._small_bytes + outcome.size_bytes
        total = self._bytes + self._left_bytes()
        self.bar.update(
            self._line, completed=self._bytes, total=max(1, total), description=self._text()
        )

    def _left_bytes(self) -> float:
        told = self.expected
        table_bytes = told.tables_bytes / told.tables if told.tables else 0
        small_left = told.files - told.kept - self._files - self._tables_left
        if self._small:
            small_bytes = self._small_bytes / self._small
        else:
            small = max(1, told.files - told.kept - told.tables)
            small_bytes = (told.size_bytes - told.tables_bytes) / small
        return self._tables_left * table_bytes + small_left * small_bytes


@dataclass
class _Lines:
    expected: Estimate
    stream: TextIO
    now: Callable[[], float]
    _files: int = 0
    _bytes: int = 0
    _absent: int = 0
    _start_s: float = field(init=False)

    def __post_init__(self) -> None:
        self._start_s = self.now()

    def ended(self, task: Task, outcome: Outcome) -> None:
        """Write a line for every twentieth of the files, and the last."""
        del task
        self._files += 1
        self._bytes += outcome.size_bytes
        self._absent += not outcome.is_whole
        total = self.expected.files - self.expected.kept
        if self._files * _LINES // total > (self._files - 1) * _LINES // total:
            self.stream.write(self._line(total))
            self.stream.flush()

    def _line(self, total: int) -> str:
        passed_s = max(self.now() - self._start_s, 1e-6)
        left_s = passed_s / self._files * (total - self._files)
        absent = f", {self._absent:,} not there" if self._absent else ""
        return (
            f"{self._files:,} of {total:,} files, {spelled_bytes(self._bytes)}{absent}, "
            f"{spelled_bytes(self._bytes / passed_s)}/s, {spelled_time(left_s)} left\n"
        )
