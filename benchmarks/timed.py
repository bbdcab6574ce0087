"""Runs a program and says what it took, all that it starts included."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.steps import cpu_s, largest_mb, memory_mb

_LOOK_S, _ADD_UP_S = 0.1, 2.0


@dataclass(frozen=True)
class Took:
    """Seconds, processor seconds, and the most memory of all processes together, in megabytes.

    What processes share counts once; ``largest_mb`` is what the largest had, shared parts too.
    ``said`` is what it printed; ``code`` how it ended.
    """

    wall_s: float
    cpu_s: float
    peak_mb: float
    largest_mb: float
    code: int
    said: str

    def __str__(self) -> str:
        return f"{self.wall_s:.1f} s ({self.cpu_s:.1f} cpu)" if not self.code else "failed"


def timed(command: list[str], folder: Path, **environment: str) -> Took:
    """Run a command in a folder, in a session of its own, to its end."""
    start = time.perf_counter()
    spent_s = peak_mb = most_mb = due_s = 0.0
    with subprocess.Popen(
        command, cwd=folder, env={**os.environ, **environment}, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    ) as process:  # fmt: skip
        said = _Said(process)
        while process.poll() is None:
            # A process that ended without being waited for is counted up to the last look.
            spent_s = max(spent_s, cpu_s(process.pid))
            most_mb = max(most_mb, largest_mb(process.pid))
            if time.perf_counter() > due_s:
                # Adding up what is shared takes the system some time: up to 50 ms a gigabyte.
                peak_mb = max(peak_mb, memory_mb(process.pid))
                due_s = time.perf_counter() + _ADD_UP_S
            time.sleep(_LOOK_S)
        took_s = time.perf_counter() - start
        return Took(took_s, spent_s, peak_mb, most_mb, process.returncode, said.text())


class _Said:
    """Takes what a process prints, so that it never waits for a reader."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._lines: list[str] = []
        self._thread = threading.Thread(target=self._read, args=(process,), daemon=True)
        self._thread.start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        self._lines += process.stdout or ()

    def text(self) -> str:
        self._thread.join(5)
        return "".join(self._lines)
