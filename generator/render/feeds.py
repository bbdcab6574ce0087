"""The Atom feed (RFC 4287) of new and changed incidents."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree  # nosec B405  (written, never read)

from generator.derive.catalogue import Entry
from generator.render.templating import without_citations

ATOM = "http://www.w3.org/2005/Atom"
_LONGEST = 50


def atom(entries: Sequence[Entry], site_url: str) -> str:
    """Return the feed, the record changed last first; every date comes from the records."""
    newest = sorted(entries, key=lambda one: (_updated(one), one.id), reverse=True)[:_LONGEST]
    feed = ElementTree.Element("feed", xmlns=ATOM)
    _add(feed, "title", "Gone Dark: Internet outages")
    _add(feed, "id", site_url)
    _add(feed, "updated", max(map(_updated, newest), default="1970-01-01T00:00:00Z"))
    _add(feed, "link", href=f"{site_url}feed.xml", rel="self")
    _add(feed, "link", href=site_url)
    _add(feed, "rights", "CC BY 4.0, Gone Dark")
    _add(_add(feed, "author"), "name", "Gone Dark")
    for one in newest:
        _entry(feed, one, f"{site_url}incidents/{one.id}/")
    text = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _entry(feed: ElementTree.Element, one: Entry, url: str) -> None:
    entry = _add(feed, "entry")
    _add(entry, "title", one.incident.title)
    _add(entry, "id", url)
    _add(entry, "link", href=url)
    _add(entry, "published", f"{one.incident.added.earliest:%Y-%m-%dT%H:%M:%SZ}")
    _add(entry, "updated", _updated(one))
    _add(entry, "summary", without_citations(one.incident.summary))


def _updated(one: Entry) -> str:
    return f"{one.incident.last_changed.earliest:%Y-%m-%dT%H:%M:%SZ}"


def _add(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, attributes)
    child.text = text or None
    return child
