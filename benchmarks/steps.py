"""Build a project and say what each step took: seconds, processor seconds, memory.

    python -m benchmarks.steps PROJECT

Processor seconds are those of this process and all that it starts, so they hold on a busy machine;
memory is the most that all of them had together, in megabytes, shared pages counted once.
"""

from __future__ import annotations

import functools
import json
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
STEPS = (
    ("read, check and measure", "generator.build", "studied"),
    ("pages of incidents, with charts", "generator.pages", "_incidents"),
    ("lists and hubs, with charts", "generator.pages", "drawn_too"),
    ("exports", "generator.pages", "export"),
    ("write them", "generator.pages", "write_tree"),
    ("search index (beside the next)", "generator.site", "kept_index"),
    ("HTML of all pages", "generator.site", "render"),
    ("put the site together", "generator.site", "make_tree"),
)


def fields(session: int) -> Iterator[tuple[Path, list[str]]]:
    """Yield where each process of a session is told of, and its fields from the third on."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            found = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(found[3]) == session:
            yield path.parent, found


def cpu_s(session: int) -> float:
    """Return the processor seconds of all processes of a session, ended ones included."""
    return sum(sum(map(int, found[11:15])) for _, found in fields(session)) / TICKS


def memory_mb(session: int) -> float:
    """Return the memory of all processes of a session, what they share counted once."""
    return sum(map(_share_kb, (folder for folder, _ in fields(session)))) / 1e3


def _share_kb(folder: Path) -> int:
    try:
        found = re.search(r"^Pss: +(\d+)", (folder / "smaps_rollup").read_text(), re.MULTILINE)
    except OSError:  # it has just ended
        return 0
    return int(found[1]) if found else 0


def largest_mb(session: int) -> float:
    """Return the memory of the largest process of a session, what it shares included."""
    return max((int(found[21]) for _, found in fields(session)), default=0) * PAGE / 1e6


class Meter:
    """Measures steps, one after the other or one in another."""

    def __init__(self) -> None:
        self.session = os.getsid(0)
        self.rows: list[tuple[str, float, float, float]] = []
        self.peak_mb, self._on = 0.0, True
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while self._on:
            self.peak_mb = max(self.peak_mb, memory_mb(self.session))
            time.sleep(0.2)

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, measured each time it is called."""

        @functools.wraps(function)
        def measured(*given: Any, **named: Any) -> Any:
            start, before = time.perf_counter(), cpu_s(self.session)
            self.peak_mb = 0.0
            result = function(*given, **named)
            took = time.perf_counter() - start
            self.rows.append((name, took, cpu_s(self.session) - before, self.peak_mb))
            print(
                f"  {name:<36}{took:>9.1f}{self.rows[-1][2]:>9.1f}{self.peak_mb:>9.0f}", flush=True
            )
            return result

        return measured


def main() -> None:
    """Build the project named on the command line."""
    if os.getsid(0) != os.getpid():
        os.setsid()
    import importlib

    from generator import build

    meter = Meter()
    for name, module, function in STEPS:
        home = importlib.import_module(module)
        setattr(home, function, meter.around(name, getattr(home, function)))
    whole = meter.around("the whole build", build.build)
    whole(Path(sys.argv[1]))
    print(json.dumps(meter.rows[-1][1:]))


if __name__ == "__main__":
    main()
