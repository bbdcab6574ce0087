"""The University of Oregon's RouteViews: update files of its collectors, every quarter hour.

Addresses as in archive.routeviews.org; the oldest collector, route-views2, has no folder of its
own.
"""

from __future__ import annotations

from generator.fetch.http import Web
from generator.fetch.listing import Archive, files
from generator.fetch.task import Scope, Task, Terms
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
NOTE = (
    "No table was read: a peer is unknown until its first message in the window. Nobody lists "
    "which peers of RouteViews gave a full table; those that were named count."
)
_OF_ALL = Archive(
    "https://archive.routeviews.org/{collector}/bgpdata/%Y.%m/UPDATES/",
    "updates.%Y%m%d.%H%M.bz2",
    step_s=900,
)
_OF_FIRST = Archive(
    "https://archive.routeviews.org/bgpdata/%Y.%m/UPDATES/", _OF_ALL.file, _OF_ALL.step_s
)
# One file at hand: 34 KB, of a small collector in 2015; 2.2 MB are told of AMS-IX in 2026.
_TYPICAL_BYTES = ((2008, 200_000), (2014, 500_000), (2020, 1_000_000), (2100, 2_000_000))


def tasks(scope: Scope, web: Web) -> list[Task]:
    """Return the update files of the window, in order of collector and time."""
    found: list[Task] = []
    for collector in scope.collectors:
        archive = _OF_FIRST if collector == "route-views2" else _OF_ALL
        one = Scope(scope.since_s, scope.until_s, scope.prefixes, (collector,))
        found += files(archive, one, web)
    return found


def typical_bytes(task: Task) -> int:
    """Return the usual size of a file of that year: a guess from two files."""
    year = utc(task.since_s).year
    return next(size for before, size in _TYPICAL_BYTES if year < before)
