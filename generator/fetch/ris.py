"""The RIPE NCC's Routing Information Service: files of its route collectors since 1999.

Addresses by ris.ripe.net/docs/mrt: a file of what was heard every five minutes, and every eight
hours a table of what each peer held then.
"""

from __future__ import annotations

from generator.fetch.http import Web
from generator.fetch.listing import Archive, files
from generator.fetch.task import TABLE, Scope, Task, Terms
from generator.fetch.times import utc
from generator.model.evidence import Grade

NAME = "ris"
# The RIPE NCC's own words, as far as they could be read: "There is practically no limit to how RIS
# data can be used" (the service's FAQ); paid services and products must show its logo, a link and
# a set text (RIS Commercial Use Terms and Conditions). This archive is free of charge.
TERMS = Terms(
    Grade.MESSAGES,
    "The RIPE NCC lets anybody use what its Routing Information Service recorded, if the source "
    "is named; conditions on paid products do not concern this archive.",
    "Routing data of the RIPE NCC Routing Information Service (RIS), https://ris.ripe.net.",
    "https://www.ripe.net/analyse/internet-measurements/routing-information-service-ris/commercial-use/",
    "https://data.ris.ripe.net/",
)
NOTE = ""
_FOLDER = "https://data.ris.ripe.net/{collector}/%Y.%m/"
ARCHIVE = Archive(_FOLDER, "updates.%Y%m%d.%H%M.gz", step_s=300)
_TABLES = Archive(_FOLDER, "bview.%Y%m%d.%H%M.gz", step_s=8 * 3600)
# Of the files at hand: 11 KB (2015), 14 KB (2002), 37 and 213 KB (2010), 390 KB (2016), 395 KB
# (2007); 800 KB are told of rrc00 in 2026. They differ more by collector and day than by year.
_TYPICAL_BYTES = ((2003, 20_000), (2012, 60_000), (2018, 100_000), (2100, 600_000))
# Estimated, no whole one was at hand: four bytes an entry (as in the first MiB of one of 2014), of
# some twenty full tables of that year and as much again from partial ones.
_TYPICAL_TABLE_BYTES = (
    (2003, 8_000_000),
    (2012, 25_000_000),
    (2018, 60_000_000),
    (2100, 150_000_000),
)


def tasks(scope: Scope, web: Web) -> list[Task]:
    """Return the update files of the window, in order of collector and time."""
    return files(ARCHIVE, scope, web)


def tables(collector: str) -> Archive:  # noqa: ARG001  (the seam)
    """Return where the tables of a collector are."""
    return _TABLES


def typical_bytes(task: Task) -> int:
    """Return the usual size of a file of that year, within a factor of three or so."""
    year = utc(task.since_s).year
    sizes = _TYPICAL_TABLE_BYTES if task.kind == TABLE else _TYPICAL_BYTES
    return next(size for before, size in sizes if year < before)
