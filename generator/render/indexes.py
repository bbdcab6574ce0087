"""The front page and the list of incidents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.derive import timing
from generator.derive.catalogue import Entry, newest_first
from generator.render import words
from generator.render.facts import dates
from generator.render.templating import fill, html, without_citations


def front(entries: Sequence[Entry], *, plotted: bool) -> str:
    """Return the Markdown of the front page; ``plotted`` when there is an overview to show."""
    ordered = newest_first(entries)
    views = [entry_view(one) for one in ordered[:12]]
    total = words.count(len(ordered), "incident")
    return fill(
        "front.md.jinja", entries=views, total=total, plotted=plotted, lastmod=lastmod(entries)
    )


def listing(entries: Sequence[Entry]) -> str:
    """Return the Markdown of the list of all incidents, newest first."""
    views = [entry_view(one) for one in newest_first(entries)]
    measured = sum(one.has_evidence for one in entries)
    lead = (
        f"{words.count(len(entries), 'incident')}, {measured} with routing measured by this "
        "archive. Lengths are of each incident's main episode, by the claim the archive leads with."
    )
    return fill("list.md.jinja", entries=views, lead=lead, lastmod=lastmod(entries))


def lastmod(entries: Sequence[Entry]) -> Any:  # noqa: ANN401  (markup)
    """Return the newest day on which one of the records changed."""
    days = [f"{one.incident.last_changed.earliest:%Y-%m-%d}" for one in entries]
    return html(max(days, default="1970-01-01"))


def entry_view(one: Entry) -> dict[str, Any]:
    """Return an incident as a list shows it."""
    main = timing.main_episode(one.incident)
    what = {"total": "total", "partial": "partial"}.get(main.extent.value, "")
    summary = without_citations(one.incident.summary)
    return {
        "id": html(one.id),
        "title": one.incident.title,
        "date": one.id[:10],
        "dates": dates(one.incident),
        "places": words.listed(list(one.places)),
        "length": "ongoing" if main.end == "ongoing" else words.span(one.lasted),
        "what": f"{main.layer.value}, {what}" if what else main.layer.value,
        "standing": one.standing,
        "evidence": "measured" if one.has_evidence else "reported",
        "sources": words.count(len(one.incident.sources), "source"),
        "lead": summary if len(summary) < 320 else summary[:316].rsplit(" ", 1)[0] + " …",
    }
