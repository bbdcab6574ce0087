"""One table: how an invented archive fares against the targets, each row beside its rival.

    make bench              a hundred incidents, in a few minutes
    make bench SIZE=10000   as many as the targets are for: some hours

Every row is measured in this run, its rival too. On a busy machine the processor seconds, in
brackets, are the firmer number: two processors do two of them in a second.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import browser, programs, rivals
from benchmarks.invent import invent
from benchmarks.timed import Took, timed

PROJECT = rivals.PROJECT
HOME = PROJECT / "build" / "bench"
_NONE = "–"
# What is kept of the step from pages to the site.
_OF_PAGES = ("html", "theme", "html.ledger", "shared", "search")
_MISSING = "cannot be had here"
_LINTED = 500  # records that the other checkers are given: of ten thousand they take half an hour


class Bench:
    """Measures, row by row, in an order in which each finds what it needs."""

    def __init__(self, size: int) -> None:
        self.size, self.project = size, HOME / str(size)
        self.peaks: list[tuple[str, Took]] = []

    def ours(self, what: str, *words: str, project: Path | None = None) -> Took:
        """Run this program."""
        took = timed([sys.executable, *words], project or self.project, PYTHONPATH=str(PROJECT))
        if took.code:
            sys.exit(f"{what} failed:\n{took.said}")
        self.peaks.append((what, took))
        return took

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield what is measured, the target at 10,000, ours, the rival's."""
        yield from self._builds()
        yield from self._edits()
        yield from self._memory()
        yield from self._browser()
        yield from self._checks()

    def _builds(self) -> Iterator[tuple[str, str, str, str]]:
        small = HOME / str(self.size // 10)
        for folder, count in ((small, self.size // 10), (self.project, self.size)):
            shutil.rmtree(folder, ignore_errors=True)
            invent(count, folder)
        before = self.ours("a tenth", "-m", "generator", "build", project=small)
        cold = self.ours("from nothing", "-m", "generator", "build")
        self._forget("site", ".site-spare", *(f"cache/{name}" for name in _OF_PAGES))
        made = self.ours("HTML of all pages", "-c", programs.PUBLISH)
        self.plain = rivals.mkdocs(self.project)
        floor = rivals.hugo(self.project)
        self.floor_mb = floor.peak_mb if floor else 0.0
        hugo = f"Hugo {floor}" if floor else f"Hugo: {_MISSING}"
        yield ("finished Markdown to site", "60 s", str(made), f"mkdocs {self.plain}; {hugo}")
        self._forget("site", ".site-spare")
        warm = self.ours("charts and pages kept", "-m", "generator", "build")
        yield ("whole site, charts and pages kept", "30 s", str(warm), f"mkdocs {self.plain}")
        self._forget("site", ".site-spare", "pages", "extracts")
        warm = self.ours("the cache alone kept", "-m", "generator", "build")
        yield ("the same from the cache alone", "–", str(warm), _NONE)
        each_ms = rivals.naive_chart_ms(self.project)
        charts = sum(1 for _ in (self.project / "build" / "pages").rglob("*.svg"))
        naive_s = each_ms * charts / 1000
        told = f"mkdocs {self.plain} + {charts} charts at {each_ms:.0f} ms: {naive_s:.0f} cpu"
        yield ("whole site from nothing", "8 min", str(cold), told)
        times = cold.wall_s / before.wall_s, cold.cpu_s / before.cpu_s
        grown = f"{times[0]:.1f} times ({times[1]:.1f} cpu)"
        yield (f"growth from {self.size // 10:,} to {self.size:,}", "11 times", grown, _NONE)

    def _forget(self, *names: str) -> None:
        for name in names:
            path = self.project / "build" / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def _edits(self) -> Iterator[tuple[str, str, str, str]]:
        record = sorted(self.project.glob("incidents/*/*/incident.yaml"))[3]
        text = record.read_text("utf-8")
        record.write_text(text.replace("summary: ", "summary: Edited. ", 1), encoding="utf-8")
        again = self.ours("after one edit", "-m", "generator", "build")
        yield ("one record changed: site", "15 s", str(again), f"mkdocs, all: {self.plain}")
        # With the first of them, pages tell of one round number more than before.
        for what, target in ((f"record {self.size + 1:,} added", "–"), ("one more added", "15 s")):
            programs.one_more(self.project)
            added = self.ours(what, "-m", "generator", "build")
            yield (f"{what}: site", target, str(added), f"mkdocs, all: {self.plain}")
        shown = self.ours("preview", "-c", programs.PREVIEW).said.split()[-1]
        page = self.project / "build" / "pages" / "incidents" / record.parent.name / "index.md"
        rivals.mkdocs(self.project)  # so that this one page is all there is to do
        os.utime(page)
        dirty = rivals.mkdocs(self.project, "--dirty")
        yield ("one record changed: preview", "2 s", f"{float(shown):.2f} s", f"--dirty {dirty}")

    def _memory(self) -> Iterator[tuple[str, str, str, str]]:
        what, most = max(self.peaks, key=lambda peak: peak[1].peak_mb)
        largest_mb = max(took.largest_mb for _, took in self.peaks)
        told = f"{most.peak_mb:,.0f} MB ({what}), one process {largest_mb:,.0f}"
        index = rivals.pagefind(self.project)
        hugo = f"Hugo {self.floor_mb:,.0f} MB" if self.floor_mb else f"Hugo: {_MISSING}"
        rival = f"Pagefind over the site {index.peak_mb:,.0f} MB; {hugo}"
        yield ("peak memory of any step", "1,500 MB", told, rival)

    def _browser(self) -> Iterator[tuple[str, str, str, str]]:
        if not browser.CHROMIUM:
            yield ("in the browser", "", "Debian's chromium is not installed", "")
            return
        site = self.project / "build" / "site"
        rivals.mkdocs(self.project, search=True)
        theirs = self.project / "build" / "rival-1"
        ours = browser.searched(site, browser.OURS)
        other = browser.searched(theirs, browser.MATERIAL)
        yield ("first full-text answer", "500 ms, 300 KB", str(ours),
               f"Material {other}, {other.before_kb:,.0f} KB before")  # fmt: skip
        table = browser.painted(rivals.plain_table(self.project), "")
        listed = browser.painted(site, "incidents/")
        yield ("list page: first paint, weight", "1,500 ms, 250 KB", str(listed),
               f"plain table {table}")  # fmt: skip
        yield ("list page: a facet answered", "100 ms", str(browser.faceted(site)), _NONE)
        page = sorted(site.glob("incidents/[12]*/routing"))[0].parent.relative_to(site)
        loads = [
            " / ".join(f"{browser.weight(folder, f'{page}/', scripts=on):.0f} KB"
                       for on in (True, False))
            for folder in (site, theirs)
        ]  # fmt: skip
        yield ("an incident page; without JavaScript", "90 / 45 KB", loads[0],
               f"Material {loads[1]}")  # fmt: skip

    def _checks(self) -> Iterator[tuple[str, str, str, str]]:
        records = sorted(self.project.glob("incidents/*/*/incident.yaml"))
        shutil.rmtree(self.project / "build" / "cache" / "studies")
        every = self.ours("check", "-m", "generator", "check")
        lint = rivals.linted(self.project, records[:_LINTED])
        named = "yamllint + check-jsonschema"
        of = f" for {min(_LINTED, len(records))} records"
        yield ("check everything", "20 s", str(every), f"{named} {lint or _MISSING}{of}")
        single = self.ours("check one", "-m", "generator", "check", str(records[3]))
        lint = rivals.linted(self.project, records[3:4])
        yield ("check one record", "0.7 s", str(single), f"{named} {lint or _MISSING}")
        *_, fresh, kept = map(float, self.ours("exports", "-c", programs.EXPORT).said.split())
        yield ("exports; of another commit", "20 s", f"{fresh:.1f} s; {kept:.1f} s", _NONE)
        each = float(self.ours("derive", "-c", programs.DERIVE, project=PROJECT).said.split()[-1])
        cores = os.cpu_count() or 1
        derived = f"{each * 1000 / cores:.0f} s ({each:.3f} cpu each, {cores} processors)"
        yield ("deriving 1,000 files of 10,000 messages", "60 s", derived, _NONE)


def main() -> None:
    """Print the table for as many incidents as the command line says."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    print(f"{size:,} invented incidents; load {os.getloadavg()[0]:.1f} at the start\n")
    print(f"| {'what':<40} | {'target at 10,000':<16} | {'ours':<32} | rival in this run |")
    print("|---|---|---|---|")
    for what, target, ours, rival in Bench(size).rows():
        print(f"| {what:<40} | {target:<16} | {ours:<32} | {rival} |", flush=True)


if __name__ == "__main__":
    main()
