"""Asking for sources: what is due, what came back, and the copies that were found."""

from __future__ import annotations

import argparse
import contextlib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.fetch.body import WebError
from generator.fetch.links import LinkChecker, Manners
from generator.fetch.reach import Reach
from generator.fetch.verdict import Verdict
from generator.fetch.wayback import HOSTS, Wayback
from generator.model.incident import Source
from generator.model.links import Link, LinkState, Snapshot, copy_of
from generator.model.problem import BrokenInputError, Problem
from generator.read.archive import Record

# So many answers at least before their complete absence says that the fault is on this side.
_ENOUGH = 5
_MOST_FAILURES = 3  # in a row, of the archive of copies: then it is left alone
_KEPT_THERE = re.compile(r"https?://(?:[a-z0-9-]+\.)*(?:archive\.org|archive\.(?:today|ph|is))/")


@dataclass(frozen=True)
class Due:
    """A source that is to be asked for."""

    record: Record
    key: str
    source: Source

    @property
    def url(self) -> str:
        """Its address."""
        return self.source.url.text

    @property
    def before(self) -> Link | None:
        """What was found of it the last time; None when it was at another address, or never."""
        links = self.record.links
        return links.of(self.key, self.source) if links else None

    @property
    def asked(self) -> str:
        """The day it was last asked for; sorts before all others when it never was."""
        before = self.before
        return str(before.checked) if before and before.checked else ""


@dataclass
class Harvest:
    """What came back so far: verdicts and copies by address, and what the archive refused."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    copies: dict[str, Snapshot] = field(default_factory=dict)
    failures: int = 0


def ask(due: Sequence[Due], options: argparse.Namespace, harvest: Harvest) -> None:
    """Ask for what is due, politely; fill ``harvest`` as answers come."""
    reach = Reach(
        frozenset(options.allow_host), tuple(options.connect_to), options.ca_file, anywhere=True
    )
    checker = LinkChecker(Manners(_agent(options.project), reach, options.pause))
    total = len({one.url for one in due})
    for url, verdict in checker.check(one.url for one in due):
        harvest.verdicts[url] = verdict
        _progress(f"{len(harvest.verdicts)} of {total} addresses asked for")


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text}\x1b[K")


def refuse_silence(harvest: Harvest) -> None:
    """Raise BrokenInputError where nothing at all answered: then nothing is known."""
    answered = [one for one in harvest.verdicts.values() if one.status is not None]
    if len(harvest.verdicts) >= _ENOUGH and not answered:
        what = f"none of {len(harvest.verdicts)} servers answered"
        cure = "See whether this machine can reach the Internet. Nothing was written."
        raise BrokenInputError(Problem("links", 0, "", what, cure))


def look_for_copies(due: Iterable[Due], options: argparse.Namespace, harvest: Harvest) -> None:
    """Look for copies of what was asked for and has none, or have them made if that is wished."""
    reach = Reach(
        frozenset(options.allow_host), tuple(options.connect_to), options.ca_file, hosts=HOSTS
    )
    with contextlib.closing(Wayback(_agent(options.project), reach, options.pause)) as wayback:
        for one in _without_copy(due, harvest):
            if harvest.failures >= _MOST_FAILURES:
                sys.stderr.write("The archive of copies does not answer; it is left alone now.\n")
                return
            try:
                copy = wayback.find(one.url, f"{one.source.accessed.earliest:%Y%m%d}")
                if copy is None and options.save and _is_there(harvest.verdicts[one.url]):
                    copy = wayback.save(one.url)
                harvest.failures = 0
            except WebError as error:
                harvest.failures += 1
                _progress(f"no copy of {one.url}: {error}")
                continue
            if copy and _is_of(copy, one.source):
                harvest.copies[one.url] = copy


def _without_copy(due: Iterable[Due], harvest: Harvest) -> Iterator[Due]:
    seen: set[str] = set()
    for one in due:
        has = copy_of(one.key, one.source, one.record.links) or _KEPT_THERE.match(one.url)
        if one.url in harvest.verdicts and not has and one.url not in seen:
            seen.add(one.url)
            yield one


def _is_there(verdict: Verdict) -> bool:
    return verdict.state in (LinkState.WORKS, LinkState.MOVED)


def _is_of(copy: Snapshot, source: Source) -> bool:
    try:
        Link(url=source.url, archived=copy)
    except ValueError:
        return False
    return True


def _agent(project: Path) -> str:
    """Name the archive and its address, so that whoever is asked knows whom to complain to."""
    with contextlib.suppress(OSError):
        found = re.search(r"^site_url: (\S+)", (project / "mkdocs.yml").read_text("utf-8"), re.M)
        return f"gone-dark-links/1 (+{found[1]}; asks whether cited sources are still there)" \
            if found else "gone-dark-links/1"  # fmt: skip
    return "gone-dark-links/1"
