"""Feeds of new and changed incidents, whole, by country and by cause: Atom and JSON Feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Any
from xml.etree import ElementTree  # nosec B405  (written, never read)

from generator.derive import facets
from generator.derive.facets import Facet
from generator.model.incident import Incident
from generator.model.values import Moment
from generator.render import words
from generator.render.data.api import Groups
from generator.render.data.columns import Dossier
from generator.render.data.documents import lined
from generator.render.data.edition import LICENCE, NAME, Edition
from generator.render.data.times import utc
from generator.render.templating import without_citations

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
FOLDERS: Mapping[str, tuple[Facet, str]] = {
    "countries": (facets.COUNTRY, "Internet outages in {}"),
    "causes": (facets.CAUSE_PUT_FORWARD, "Outages put down to: {}"),
}
_LONGEST = 50
_NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True)
class Item:
    """An incident as both kinds of feed tell it; times as ISO 8601 in UTC."""

    id: str
    url: str
    title: str
    summary: str
    text: str
    added: str
    changed: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class _Feed:
    """A feed before it has a form: its title, its page's folder, and its incidents."""

    title: str
    folder: str
    items: Sequence[Item]


def feed_files(
    items: Mapping[str, Item], groups: Groups, edition: Edition
) -> Iterator[tuple[str, str]]:
    """Yield every feed by path, at most 50 records each, the one changed last first.

    ``items`` are all incidents by id. Every date is a record's own; nothing says when a feed was
    made but its commit.
    """
    newest = _newest(items.values())
    yield from _both(_Feed(f"{NAME}: Internet outages", "", newest), edition)
    for folder, (_, title) in FOLDERS.items():
        for value, ids in groups[folder].items():
            name = f"{NAME}: {title.format(value.label)}"
            newest = _newest(items[one] for one in ids)
            yield from _both(_Feed(name, f"{folder}/{value.key}/", newest), edition)


def _newest(items: Iterable[Item]) -> list[Item]:
    return nlargest(_LONGEST, items, key=lambda one: (one.changed, one.id))


def _both(feed: _Feed, edition: Edition) -> Iterator[tuple[str, str]]:
    yield f"{feed.folder}feed.xml", _atom(feed, edition)
    yield f"{feed.folder}feed.json", lined(_json_feed(feed, edition))


def _day(moment: Moment) -> str:
    return utc(moment.earliest) or _NEVER


def item(dossier: Dossier, url: str) -> Item:
    """Return an incident as feeds tell it."""
    one, incident = dossier.entry, dossier.incident
    summary = without_citations(incident.summary)
    causes = facets.CAUSE_PUT_FORWARD.of(one)
    return Item(
        id=one.id,
        url=f"{url}incidents/{one.id}/",
        title=incident.title,
        summary=summary,
        text="\n\n".join((*_news(incident), summary)),
        added=_day(incident.added),
        changed=_day(incident.last_changed),
        tags=tuple(dict.fromkeys((*one.places, *(cause.label for cause in causes)))),
    )


def _news(incident: Incident) -> Iterator[str]:
    """Yield what became of the record since it was added, the newest first."""
    if incident.withdrawn:
        on = words.date(incident.withdrawn.on)
        yield f"Withdrawn on {on}: {without_citations(incident.withdrawn.reason)}"
    for change in reversed(incident.changes):
        yield f"Changed on {words.date(change.on)}: {without_citations(change.what)}"


def _atom(feed: _Feed, edition: Edition) -> str:
    """Return a feed as Atom (RFC 4287)."""
    home = edition.url + feed.folder
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(root, "title", feed.title)
    _add(root, "id", home)
    _add(root, "updated", max((item.changed for item in feed.items), default=_NEVER))
    _add(root, "link", href=f"{home}feed.xml", rel="self", type="application/atom+xml")
    _add(root, "link", href=home, rel="alternate", type="text/html")
    _add(root, "link", href=LICENCE, rel="license")
    _add(root, "rights", f"CC BY 4.0, {NAME}. {' '.join(edition.providers)}".rstrip())
    _add(root, "generator", NAME, uri=edition.url, version=edition.commit)
    author = _add(root, "author")
    _add(author, "name", NAME)
    _add(author, "uri", edition.url)
    for item in feed.items:
        _entry(root, item)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _entry(feed: ElementTree.Element, item: Item) -> None:
    entry = _add(feed, "entry")
    _add(entry, "title", item.title)
    _add(entry, "id", item.url)
    _add(entry, "link", href=item.url, rel="alternate", type="text/html")
    _add(entry, "published", item.added)
    _add(entry, "updated", item.changed)
    for tag in item.tags:
        _add(entry, "category", term=tag)
    _add(entry, "summary", item.summary)
    if item.text != item.summary:
        _add(entry, "content", item.text, type="text")


def _add(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, attributes)
    child.text = text or None
    return child


def _json_feed(feed: _Feed, edition: Edition) -> dict[str, Any]:
    """Return a feed as JSON Feed 1.1; what that has no name for is under ``_gone_dark``."""
    home = edition.url + feed.folder
    return {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": home,
        "feed_url": f"{home}feed.json",
        "language": "en",
        "authors": [{"name": NAME, "url": edition.url}],
        "_gone_dark": {"about": f"{edition.url}data/", **edition.meta},
        "items": [_json_item(item) for item in feed.items],
    }


def _json_item(item: Item) -> dict[str, Any]:
    return {
        "id": item.url,
        "url": item.url,
        "title": item.title,
        "content_text": item.text,
        "image": f"{item.url}chart.png",
        "date_published": item.added,
        "date_modified": item.changed,
        "tags": list(item.tags),
    }
