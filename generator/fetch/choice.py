"""Which source and which collectors, where nobody says."""

from __future__ import annotations

from collections.abc import Mapping

from generator.fetch import bgplay, coarse, collectors, ris, routeviews
from generator.fetch.collectors import Collector
from generator.fetch.task import Scope, Source
from generator.model.problem import BrokenInputError, Problem

# The list that a new source is added to.
SOURCES: Mapping[str, Source] = {one.NAME: one for one in (ris, routeviews, bgplay, coarse)}
_TABLES: Mapping[str, tuple[tuple[Collector, ...], tuple[str, ...]]] = {
    ris.NAME: (collectors.RIS, collectors.RIS_DEFAULT),
    routeviews.NAME: (collectors.ROUTEVIEWS, collectors.ROUTEVIEWS_DEFAULT),
}


def source_for(scope: Scope, name: str | None) -> Source:
    """Return the source named, or the best for the window.

    bgplay answers in one request what takes hundreds of files, but only since 2024 and only about
    whole prefixes; before, RIS's files are the only source of every message. Raises
    BrokenInputError where the named source does not reach back so far.
    """
    if name is None:
        return SOURCES[bgplay.NAME if scope.since_s >= bgplay.SINCE_S else ris.NAME]
    if name == bgplay.NAME and scope.since_s < bgplay.SINCE_S:
        what, cure = "RIPEstat holds messages only since January 2024", "Take --source ris."
        raise BrokenInputError(Problem("--source", 0, "", what, cure))
    return SOURCES[name]


def collectors_for(scope: Scope, source: Source, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the collectors to fetch from, in order of name, each once.

    ``wanted`` names them, or is empty for the source's default, or the word all for every one
    known to have recorded then. Raises BrokenInputError for a name that cannot be one.
    """
    if source.NAME not in _TABLES:
        return _checked(source.NAME, "ris", wanted)
    table, default = _TABLES[source.NAME]
    ran = collectors.running(table, scope.since_s, scope.until_s)
    if wanted == ("all",):
        return ran
    if wanted:
        return _checked(source.NAME, source.NAME, wanted)
    chosen = tuple(name for name in default if name in ran) or ran
    if not chosen:
        what = f"no collector of {source.NAME} is known to have recorded then"
        cure = "Name one that had, or take another --source; see --help."
        raise BrokenInputError(Problem("--collectors", 0, "", what, cure))
    return chosen


def _checked(source: str, pattern: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    if wanted == ("all",):
        return ()
    strange = [name for name in wanted if not collectors.NAME[pattern].fullmatch(name)]
    if strange:
        known = ", ".join(one.name for one in _TABLES[pattern][0])
        raise BrokenInputError(
            *(
                Problem("--collectors", 0, name, f"no collector of {source}", f"Known: {known}.")
                for name in strange
            )
        )
    return tuple(sorted(set(wanted)))
