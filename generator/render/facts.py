"""The key facts at the head of an incident's page."""

from __future__ import annotations

from functools import cache
from typing import Any

from markupsafe import Markup

from generator.derive import places, timing
from generator.derive.citations import relayed_only
from generator.derive.entry import Entry
from generator.derive.facets import country_value
from generator.model.claims import Episode
from generator.model.incident import Incident
from generator.render import explain, words
from generator.render.escape import inert
from generator.render.templating import fill, html


def dates(one: Entry) -> str:
    """Return the day or days of an incident's main episode."""
    start, end = one.start, one.end
    first = (
        words.day(start.earliest) if start.precision not in ("year", "month") else words.date(start)
    )
    if not end or end.earliest.date() == start.earliest.date():
        return first
    last = words.day(end.earliest)
    same_month = end.earliest.strftime("%Y%m") == start.earliest.strftime("%Y%m")
    return f"{start.earliest.day}–{last}" if same_month else f"{first} – {last}"


def key_facts(entry: Entry, why: explain.Answers, peers: int | None) -> list[dict[str, Any]]:
    """Return the key facts of an incident: name, value and a smaller note each."""
    incident = why.incident
    main = timing.main_episode(incident)
    others = len(incident.episodes) - 1
    more = f"{words.count(others, 'further episode')} below" if others else ""
    return [
        _fact("Where", place_links(entry), incident.where.scope or ""),
        _fact("When", _when(main), _local(main, incident)),
        _fact("How long", _how_long(entry, main), more),
        _fact("What stopped", _what_stopped(main), main.name),
        _fact("Cause", _standing(entry.standing), explain.leading(why)),
        _fact("Evidence", *_evidence_fact(incident, peers)),
    ]


def place_links(entry: Entry) -> Markup:
    """Return the places hit; each country leads to its page."""
    if not entry.countries:
        return inert(words.listed(list(entry.places)))
    named = [
        html(f'<a href="../../countries/{value.key}/">') + inert(value.label) + html("</a>")
        for value in map(country_value, entry.countries)
    ]
    return html(", ").join(named)


def _fact(name: str, value: object, note: object = "") -> dict[str, Any]:
    return {"name": name, "slug": name.lower().replace(" ", "-"), "value": value, "note": note}


def _when(main: Episode) -> str:
    start, end = timing.lead_start(main).at, timing.lead_end(main)
    if not end:
        return words.time(start)
    same_day = start.earliest.date() == end.at.earliest.date()
    if same_day and start.exact and end.at.exact:
        times = f"{words.clock(start)} to {words.clock(end.at)}"
        return f"{words.short_day(start.earliest)}, {times}{words.NBSP}UTC"
    return f"{words.time(start)} to {words.time(end.at)}"


def _local(main: Episode, incident: Incident) -> str:
    start = timing.lead_start(main).at
    local = places.local_time(start.earliest, incident.where.countries)
    if not local or start.precision not in ("minute", "second"):
        return ""
    at, city = local
    return f"began {at:%H:%M} on {words.short_day(at)} in {city}"


def _how_long(entry: Entry, main: Episode) -> str:
    if main.end == "ongoing":
        return "ongoing"
    return words.span(entry.lasted)


def _what_stopped(main: Episode) -> str:
    extent = {"total": "all of it", "partial": "part of it", "unknown": "extent unknown"}
    said = extent.get(main.extent.value, "came and went")
    return f"{main.layer.value.capitalize()}: {said}"


@cache
def _standing(word: str) -> Markup:
    return html(fill("standing.jinja", word=word))


def _evidence_fact(incident: Incident, peers: int | None) -> tuple[str, str]:
    relayed = len(relayed_only(incident))
    read = (
        f"{words.count(len(incident.sources), 'source')}, {relayed} relaying another's measurement"
    )
    if peers is not None:
        return f"Routing measured here ({words.count(peers, 'peer')})", read
    return "Reported only", read
