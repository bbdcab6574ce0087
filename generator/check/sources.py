"""Rules about sources: each defined, each cited, and honest about whom it repeats."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from generator.check.citing import CITATION, malformed
from generator.check.finding import Case, Finding
from generator.model.claims import Claim, followed
from generator.model.incident import Incident
from generator.model.links import copy_of
from generator.read.place import Path
from generator.read.wording import did_you_mean


def cited_sources_are_defined(case: Case) -> Iterator[Finding]:
    """Every key that a field or a `[@key]` cites is defined under `sources`."""
    defined = case.incident.sources
    for path, key in dict.fromkeys(case.written.cited):
        if key not in defined:
            cure = did_you_mean(key, defined) or "Define it under `sources`."
            yield Finding(path, f"no source called {key!r}", cure.strip())


def every_source_is_cited(case: Case) -> Iterator[Finding]:
    """Every source is cited somewhere in the record, other than by itself."""
    cited = {key for path, key in case.written.cited if path[:2] != ("sources", key)}
    for key in case.incident.sources:
        if key not in cited:
            cure = "Cite it where it says something, or take it out."
            yield Finding(("sources", key), "cited nowhere", cure)


def an_origin_is_another_source(case: Case) -> Iterator[Finding]:
    """A claim's `origin` is another source than its `source`, and stands without `by`."""
    for path, claim in claims(case.incident):
        if claim.origin and claim.by:
            cure = "Keep `origin` where their own publication is among the sources, else `by`."
            yield Finding((*path, "by"), "both `by` and `origin` say whose figure it is", cure)
        if claim.origin == claim.source:
            what = f"{claim.origin!r} is the source of the claim itself"
            cure = "Leave `origin` out where a source says something of its own."
            yield Finding((*path, "origin"), what, cure)


def a_relayed_claim_names_its_origin(case: Case) -> Iterator[Finding]:
    """A claim by a source that `relays` another names the `origin` of its figure, or by whom it
    is, so that an echo is not counted as a confirmation.
    """
    for path, claim in claims(case.incident):
        source = case.incident.sources.get(claim.source)
        if source and source.relays and not (claim.origin or claim.by):
            what = f"{claim.source!r} relays {', '.join(source.relays)}, but no `origin` is named"
            yield Finding(path, what, f"Add `origin: {source.relays[0]}`, or whose figure it is.")


def nothing_relays_in_a_circle(case: Case) -> Iterator[Finding]:
    """No source relays itself, directly or through others."""
    relays = {key: source.relays for key, source in case.incident.sources.items()}
    try:
        TopologicalSorter(relays).prepare()
    except CycleError as error:
        circle = error.args[1][::-1]
        cure = "Name under `relays` only whose measurement it passes on."
        yield Finding(("sources", circle[0], "relays"), " relays ".join(circle), cure)


def the_summary_cites_a_source(case: Case) -> Iterator[Finding]:
    """The summary cites at least one source."""
    if not CITATION.search(case.incident.summary):
        yield Finding(("summary",), "cites no source", "Write `[@key]` after what a source says.")


def citations_are_well_formed(case: Case) -> Iterator[Finding]:
    """A citation in prose is `[@key]`: one key, no spaces. Several stand side by side."""
    keys = set(case.incident.sources)
    for path, text, is_prose in case.written.texts:
        for found in malformed(text, keys) if is_prose else ():
            yield Finding(path, f"{found!r} is no citation", "Write `[@key]`, one key in each.")


def citations_stand_in_prose(case: Case) -> Iterator[Finding]:
    """Titles, names and other fields of one line hold no citations; prose does."""
    for path, text, is_prose in case.written.texts:
        if not is_prose and "[@" in text:
            cure = "Cite it in a field of prose, or under the `sources` of this entry."
            yield Finding(path, "a citation where none is read", cure)


def a_source_is_named_once(case: Case) -> Iterator[Finding]:
    """No list of sources names one of them twice."""
    seen: set[tuple[Path, str]] = set()
    for path, key in case.written.cited:
        if not isinstance(path[-1], int):
            continue
        if (path[:-1], key) in seen:
            yield Finding(path, f"{key!r} is named twice", "Keep one of the two.")
        seen.add((path[:-1], key))


def the_start_has_two_origins(case: Case) -> Iterator[Finding]:
    """The start of the incident is confirmed by two sources that do not repeat one another."""
    origins = {claim.first_said_by for claim in followed(case.incident.real_episodes[0].start)}
    if len(origins) == 1:
        place = case.incident.episodes.index(case.incident.real_episodes[0])
        what = f"rests on {next(iter(origins))} alone"
        cure = "Look for a source that measured it independently."
        yield Finding(("episodes", place, "start"), what, cure)


def a_source_is_archived(case: Case) -> Iterator[Finding]:
    """At least one source has an archived copy, for pages vanish."""
    sources = case.incident.sources
    if not any(copy_of(key, source, case.links) for key, source in sources.items()):
        cure = "Add `archived` to the most important ones, or run `python -m generator links`."
        yield Finding(("sources",), "none has an archived copy", cure)


def claims(incident: Incident) -> Iterator[tuple[Path, Claim]]:
    """Yield every claim of a time or a length, and where it stands."""
    for place, episode in enumerate(incident.episodes):
        for name, group in (
            ("start", episode.start),
            ("end", episode.ends),
            ("duration", episode.duration),
        ):
            for index, claim in enumerate(group):
                yield ("episodes", place, name, index), claim
