"""Every incident as an event of a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Calendar, Component, Event

from generator.derive import facets, timing
from generator.model.claims import Episode
from generator.render import words
from generator.render.data.columns import Dossier
from generator.render.data.edition import LICENCE, NAME, TITLE, Edition
from generator.render.templating import without_citations

_CLOCK = ("hour", "minute", "second")


def frame(edition: Edition) -> tuple[str, str]:
    """Return what stands before and after the events of the calendar."""
    found = Calendar()
    found.add("prodid", f"-//{NAME}//{edition.commit}//EN")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("name", f"{NAME}: Internet outages")
    found.add("x-wr-calname", f"{NAME}: Internet outages")
    found.add("url", f"{edition.url}data/incidents.ics")
    found.add("source", f"{edition.url}data/incidents.ics")
    terms = f"CC BY 4.0, {LICENCE}, made from commit {edition.commit}."
    found.add("description", " ".join((f"{TITLE}. {terms}", *edition.providers)))
    head, end, rest = _text(found).rpartition("END:")
    return head, end + rest


def event(dossier: Dossier, url: str) -> str:
    """Return an incident's main episode as an event, by the claims the archive leads with.

    A time given to the day, or less exactly, is a day of the calendar; an event whose end nobody
    gave has none. Stamps are those of the record, so that equal records give equal bytes.
    """
    return _text(_event(dossier, url))


def _text(component: Component) -> str:
    text: bytes = component.to_ical()
    return text.decode()


def _event(dossier: Dossier, url: str) -> Event:
    one, incident = dossier.entry, dossier.incident
    main = timing.main_episode(incident)
    start, end = _reach(main, one.lasted)
    changed = incident.last_changed.earliest
    event = Event()
    event.add("uid", f"{one.id}@gone-dark")
    event.add("dtstamp", changed)
    event.add("created", incident.added.earliest)
    event.add("last-modified", changed)
    event.add("sequence", len(incident.changes) + bool(incident.withdrawn))
    event.add("dtstart", start)
    if end:
        event.add("dtend", end)
    event.add("summary", incident.title)
    event.add("description", _description(dossier, main))
    event.add("url", f"{url}incidents/{one.id}/")
    if one.places:
        event.add("location", ", ".join(one.places))
    causes = [cause.label for cause in facets.CAUSE_PUT_FORWARD.of(one)]
    if causes:
        event.add("categories", causes)
    event.add("status", "CANCELLED" if incident.withdrawn else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _reach(main: Episode, lasted: timing.Span | None) -> tuple[date, date | None]:
    """Return when an episode began and ended: instants, or whole days with the end left out."""
    start, end = timing.lead_start(main).at, timing.lead_end(main)
    if start.precision not in _CLOCK:
        first = start.earliest.date()
        last = end.at.earliest.date() if end else _later(start.earliest, lasted)
        return first, max(first, last or first) + timedelta(days=1)
    if end is None:
        return start.earliest, _instant(start.earliest, lasted)
    until = end.at.earliest if end.at.precision in _CLOCK else timing.bounds(end.at)[1]
    return start.earliest, until if until > start.earliest else None


def _later(start: datetime, lasted: timing.Span | None) -> date | None:
    until = _instant(start, lasted)
    return until.date() if until else None


def _instant(start: datetime, lasted: timing.Span | None) -> datetime | None:
    return start + timedelta(seconds=lasted.shortest_s) if lasted and lasted.shortest_s else None


def _description(dossier: Dossier, main: Episode) -> str:
    one, incident = dossier.entry, dossier.incident
    start, end = timing.lead_start(main).at, timing.lead_end(main)
    until = f" to {words.time(end.at)}" if end else ", its end unknown"
    lasted = f"{until} ({words.span(one.lasted)})" if main.end != "ongoing" else ", ongoing"
    told = f"{main.name}: {words.time(start)}{lasted}. Cause {one.standing}."
    withdrawn = incident.withdrawn
    taken = f"Withdrawn: {without_citations(withdrawn.reason)}" if withdrawn else ""
    summary = words.shortened(without_citations(incident.summary), 240)
    parts = (taken, told, summary)
    return "\n\n".join(filter(None, parts)).replace(words.NBSP, " ")
