"""The front page and the list of incidents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from markupsafe import Markup

from generator.derive.catalogue import newest_first
from generator.derive.entry import Entry
from generator.render import words
from generator.render.facts import dates
from generator.render.questions import questions
from generator.render.section import Section
from generator.render.templating import fill, html, without_citations

PAGE_ROWS = 500
PLACES = 3
NEWEST = 8  # incidents told of on the front page
# Where a row leads; no text of a record has braces, they are made inert.
_ROOT = "{root}"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
LEAD = 240  # letters that a list tells of an incident
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)][.!?]) (?=[A-Z])")
_WAYS = [
    {"folder": html(folder), "word": word}
    for folder, word in (
        ("regions", "region of the world"),
        ("countries", "country"),
        ("networks", "network"),
        ("causes", "cause"),
        ("years", "year"),
        ("measured-by", "who measured"),
    )
]


def front(entries: Sequence[Entry], *, plotted: bool, most: int = 0) -> str:
    """Return the Markdown of the front page; ``plotted`` when there is an overview to show.

    ``most`` is how many have a mark there, 0 for all.
    """
    ordered = newest_first(entries)
    views = [entry_view(one) for one in ordered[:NEWEST]]
    total = words.count(len(ordered), "incident")
    return fill(
        "front.md.jinja",
        entries=views,
        total=total,
        plotted=plotted,
        most=most,
        questions=questions(entries),
        lastmod=lastmod(entries),
    )


def listing(entries: Sequence[Entry], rows: Rows) -> Iterator[Section]:
    """Yield the pages of the list of all incidents, newest first."""
    measured = sum(one.has_evidence for one in entries)
    lead = (
        f"{words.count(len(entries), 'incident')}, {measured} with routing measured by this "
        "archive. Lengths are of each incident's main episode, by the claim the archive leads with."
    )
    pages, changed = paged(newest_first(entries)), lastmod(entries)
    for number, part in enumerate(pages, start=1):
        make = partial(_list_page, part, rows, lead, (number, len(pages)), changed)
        yield Section(make, part, f"list {number} of {len(pages)} {lead} {changed}")


def _list_page(
    part: Sequence[Entry], rows: Rows, lead: str, page: tuple[int, int], changed: Markup
) -> Iterator[tuple[str, str]]:
    number, pages = page
    root = "" if number == 1 else "../"
    yield (
        "incidents/index.md" if number == 1 else f"incidents/{number}/index.md",
        fill(
            "list.md.jinja",
            rows=rows.of(part, root),
            lead=lead,
            hubs=_WAYS,
            root=html(root),
            page=number,
            pages=pages,
            lastmod=changed,
        ),
    )


class Rows:
    """How tables of incidents show each: made once, as an incident is in a dozen tables."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, entries: Iterable[Entry], root: str) -> Markup:
        """Return the rows of a table; ``root`` leads from its page to the folder of incidents."""
        return html("".join(map(self._row, entries)).replace(_ROOT, root))

    def _row(self, one: Entry) -> str:
        if one.id not in self._known:
            self._known[one.id] = fill("row.jinja", one=entry_view(one), root=html(_ROOT))
        return self._known[one.id]


def paged(ordered: Sequence[Entry]) -> list[Sequence[Entry]]:
    """Return a list in parts of ``PAGE_ROWS``, at least one."""
    starts = range(0, max(1, len(ordered)), PAGE_ROWS)
    return [ordered[at : at + PAGE_ROWS] for at in starts]


def lastmod(entries: Sequence[Entry]) -> Markup:
    """Return the newest day on which one of the records changed."""
    newest = max((one.last_changed.earliest for one in entries), default=_NEVER)
    return html(f"{newest:%Y-%m-%d}")


def _lead(summary: str) -> str:
    """Return the first sentences of a summary that have room, or the beginning of the first."""
    first, *rest = _SENTENCE_END.split(summary)
    if len(first) > LEAD:
        return first[:LEAD].rsplit(" ", 1)[0] + " …"
    for sentence in rest:
        if len(first) + len(sentence) > LEAD:
            break
        first = f"{first} {sentence}"
    return first


def _few(places: Sequence[str]) -> str:
    """Return places as a list has room for them: up to ``PLACES``, and how many there are more."""
    if len(places) <= PLACES + 1:
        return words.listed(list(places))
    return words.listed([*places[:PLACES], f"{len(places) - PLACES} more"])


def entry_view(one: Entry) -> dict[str, Any]:
    """Return an incident as a list shows it."""
    what = {"total": "total", "partial": "partial"}.get(one.extent, "")
    return {
        "id": html(one.id),
        "title": one.title,
        "date": one.id[:10],
        "dates": dates(one),
        "places": _few(one.places),
        "length": "ongoing" if one.is_ongoing else words.span(one.lasted),
        "what": f"{one.layer}, {what}" if what else one.layer,
        "standing": one.standing,
        "evidence": "measured" if one.has_evidence else "reported",
        "sources": words.count(one.count.sources, "source"),
        "lead": _lead(without_citations(one.summary)),
    }
