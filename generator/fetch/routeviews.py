"""The University of Oregon's RouteViews: files of its collectors.

A file of what was heard every quarter hour, and every two hours a table of what each peer held
then. Which peers gave a full table is told by these tables only.

Addresses as in archive.routeviews.org; the oldest collector, route-views2, has no folder of its
own.
"""

from __future__ import annotations

from generator.fetch.http import Web
from generator.fetch.listing import Archive, files
from generator.fetch.task import TABLE, Scope, Task, Terms
from generator.fetch.times import utc
from generator.model.evidence import Grade

NAME = "routeviews"
# The licence by others who use the data and name it; RouteViews' own page could not be read.
TERMS = Terms(
    Grade.MESSAGES,
    "RouteViews publishes its data under the licence CC BY 4.0, which lets anybody pass them on "
    "if the source is named.",
    "Routing data of the University of Oregon RouteViews project, https://www.routeviews.org, "
    "CC BY 4.0.",
    "https://creativecommons.org/licenses/by/4.0/",
    "https://archive.routeviews.org/",
)
NOTE = ""
_FIRST = "route-views2"  # which has no folder of its own
_FOLDER = "https://archive.routeviews.org/{collector}/bgpdata/%Y.%m/"
_FOLDER_OF_FIRST = "https://archive.routeviews.org/bgpdata/%Y.%m/"
# One file at hand: 34 KB, of a small collector in 2015; 2.2 MB are told of AMS-IX in 2026.
_TYPICAL_BYTES = ((2008, 200_000), (2014, 500_000), (2020, 1_000_000), (2100, 2_000_000))
# Estimated: the first MiB of one of May 2014 holds 270,005 of about 18 million entries, so 68 MB.
_TYPICAL_TABLE_BYTES = (
    (2008, 25_000_000),
    (2014, 55_000_000),
    (2020, 70_000_000),
    (2100, 120_000_000),
)


def tasks(scope: Scope, web: Web) -> list[Task]:
    """Return the update files of the window, in order of collector and time."""
    found: list[Task] = []
    for collector in scope.collectors:
        archive = Archive(_folder(collector) + "UPDATES/", "updates.%Y%m%d.%H%M.bz2", step_s=900)
        one = Scope(scope.since_s, scope.until_s, scope.prefixes, (collector,))
        found += files(archive, one, web)
    return found


def tables(collector: str) -> Archive:
    """Return where the tables of a collector are."""
    return Archive(_folder(collector) + "RIBS/", "rib.%Y%m%d.%H%M.bz2", step_s=2 * 3600)


def _folder(collector: str) -> str:
    return _FOLDER_OF_FIRST if collector == _FIRST else _FOLDER


def typical_bytes(task: Task) -> int:
    """Return the usual size of a file of that year: a guess from two files."""
    year = utc(task.since_s).year
    sizes = _TYPICAL_TABLE_BYTES if task.kind == TABLE else _TYPICAL_BYTES
    return next(size for before, size in sizes if year < before)
