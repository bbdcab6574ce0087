"""How fast MRT is read: this archive's reader and others, on the same files, in turn.

Prints the CPU milliseconds of each tool for each file, user and system time of all its processes
together, and how many elements it saw. Every figure is the median of several processes, each of
which reads its file twice; the second time counts, so that no tool's start does. A tool that is not
installed is left out: bgpdump is a Debian package; `make bench` gets the Python ones.

    make bench
    make bench PREFIX=203.0.113.0/24 FILES="updates.20300117.1740.gz rib.20300117.1600.bz2"
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import importlib.util
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_network
from pathlib import Path
from statistics import median

sys.path.append(str(Path(__file__).resolve().parent.parent))

from made_up import made_up

from generator.fetch.mrt import MrtStream, elements, select

NAME_WIDTH, CELL_WIDTH = 28, 27


def decompress(file: Path, _: str) -> None:
    """Inflate the file with Python's own modules, and do nothing with it."""
    unpack = bz2.open if file.suffix == ".bz2" else gzip.open if file.suffix == ".gz" else open
    with suppress(EOFError), unpack(file, "rb") as content:
        while content.read(1 << 18):
            pass


def ours_select(file: Path, prefix: str) -> int:
    """Read one prefix and those inside it, and session changes."""
    return sum(1 for _ in select(MrtStream(file), [ip_network(prefix)]))


def ours_elements(file: Path, _: str) -> int:
    """Read everything."""
    return sum(1 for _ in elements(MrtStream(file)))


def bgpdump_alone(file: Path, _: str) -> None:
    """Have bgpdump write everything to nowhere."""
    command = ["bgpdump", "-m", str(file)]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def bgpdump_piped(file: Path, _: str) -> int:
    """Take everything from bgpdump into Python, its fields apart."""
    command = ["bgpdump", "-m", str(file)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=quiet, text=True) as dump:
        return sum(len(line.split("|")) > 1 for line in dump.stdout or ())


def pybgpkit_filter(file: Path, prefix: str) -> int:
    """Have pybgpkit-parser filter to one prefix and those inside it."""
    from pybgpkit_parser import Parser

    return sum(1 for _ in Parser(url=str(file), filters={"prefix_sub": prefix}))


def pybgpkit_all(file: Path, _: str) -> int:
    """Read everything with pybgpkit-parser, and the fields that our elements have."""
    from pybgpkit_parser import Parser

    count = 0
    for each in Parser(url=str(file)):
        _ = each.timestamp, each.peer_ip, each.peer_asn, each.elem_type, each.prefix, each.as_path
        count += 1
    return count


def mrtparse_all(file: Path, _: str) -> int:
    """Read everything with mrtparse; counts records."""
    from mrtparse import Reader

    return sum(1 for _ in Reader(str(file)))


TOOLS: dict[str, tuple[Callable[[Path, str], int | None], str]] = {
    "decompression alone": (decompress, ""),
    "ours: select": (ours_select, ""),
    "pybgpkit-parser: filter": (pybgpkit_filter, "pybgpkit_parser"),
    "ours: elements": (ours_elements, ""),
    "bgpdump -m > /dev/null": (bgpdump_alone, "bgpdump"),
    "bgpdump -m | Python split": (bgpdump_piped, "bgpdump"),
    "pybgpkit-parser: elements": (pybgpkit_all, "pybgpkit_parser"),
    "mrtparse: records": (mrtparse_all, "mrtparse"),
}
RATIOS = {
    "select / decompression": ("ours: select", "decompression alone"),
    "pybgpkit filter / select": ("pybgpkit-parser: filter", "ours: select"),
    "bgpdump piped / elements": ("bgpdump -m | Python split", "ours: elements"),
    "pybgpkit / elements": ("pybgpkit-parser: elements", "ours: elements"),
    "mrtparse / elements": ("mrtparse: records", "ours: elements"),
}


def main() -> None:
    """Run what the command line asks for."""
    shape = argparse.RawDescriptionHelpFormatter
    command = argparse.ArgumentParser(description=__doc__, formatter_class=shape)
    command.add_argument("files", nargs="*", type=Path, help="MRT files; else two are made up")
    command.add_argument("--runs", type=int, default=5, help="how often each reads each (5)")
    command.add_argument("--prefix", default="203.0.113.0/24", help="what the filters look for")
    command.add_argument("--tool", help=argparse.SUPPRESS)
    given = command.parse_args()
    if given.tool:
        print(*measured(given.tool, given.files[0], given.prefix))
        return
    with tempfile.TemporaryDirectory() as folder:
        compare(given.files or made_up(Path(folder)), given.runs, given.prefix)


def measured(tool: str, file: Path, prefix: str) -> tuple[float, str]:
    """Return the CPU milliseconds that a tool takes for a file, and what it counts."""
    read, _ = TOOLS[tool]
    read(file, prefix)
    before_ms = cpu_ms()
    count = read(file, prefix)
    return cpu_ms() - before_ms, "-" if count is None else f"{count:,}"


def cpu_ms() -> float:
    """Return the CPU time of this process and of those it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return 1000 * sum(each.ru_utime + each.ru_stime for each in used)


def compare(files: list[Path], runs: int, prefix: str) -> None:
    """Print the table."""
    tools = [tool for tool, (_, needed) in TOOLS.items() if is_there(tool, needed)]
    taken_ms: dict[tuple[str, Path], list[float]] = defaultdict(list)
    counts: dict[tuple[str, Path], str] = {}
    for _ in range(runs):
        for file in files:
            for tool in tools:
                if result := in_a_process(tool, file, prefix):
                    taken_ms[tool, file].append(result[0])
                    counts[tool, file] = result[1]
    medians = {key: median(every) for key, every in taken_ms.items()}
    print(f"CPU milliseconds, median of {runs} runs, and elements seen; filtered to {prefix}")
    print(f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}\n")
    print_row("", [file.name[3 - CELL_WIDTH :] for file in files])
    for tool in tools:
        print_row(
            tool, [cell(medians.get((tool, file)), counts.get((tool, file))) for file in files]
        )
    print()
    for name, (one, other) in RATIOS.items():
        pairs = [(medians.get((one, file)), medians.get((other, file))) for file in files]
        print_row(name, [f"{a / b:.1f} x" if a and b else "-" for a, b in pairs])


def is_there(tool: str, needed: str) -> bool:
    """Return whether a tool can be run, and say where it cannot."""
    found = not needed or shutil.which(needed) or importlib.util.find_spec(needed)
    if not found:
        print(f"left out: {tool} ({needed} is not installed)", file=sys.stderr)
    return bool(found)


def in_a_process(tool: str, file: Path, prefix: str) -> tuple[float, str] | None:
    """Return what a tool took for a file in a process of its own, None where it failed."""
    command = [sys.executable, __file__, "--tool", tool, "--prefix", prefix, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    taken_ms, count = done.stdout.split()[-2:]
    return float(taken_ms), count


def cell(taken_ms: float | None, count: str | None) -> str:
    """Return a cell of the table."""
    if taken_ms is None:
        return "failed"
    return f"{taken_ms:,.1f} {count:>11}"


def print_row(name: str, cells: list[str]) -> None:
    """Print a row of the table."""
    print(f"{name:<{NAME_WIDTH}}" + "".join(f"{each:>{CELL_WIDTH}}" for each in cells))


if __name__ == "__main__":
    main()
