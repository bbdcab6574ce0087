"""Incidents as marks of a picture."""

from __future__ import annotations

from generator.derive.entry import Entry
from generator.render import sentences
from generator.render.plot import Point


def point(one: Entry, *, dated: bool = False) -> Point | None:
    """Return an incident as a mark of an overview; None where its length is unknown.

    It is called by its place, or ``dated`` by its month.
    """
    if not one.length_s:
        return None
    at = sentences.began(one)
    label = f"{at:%b %Y}" if dated else next(iter(one.places), "")
    return Point(one.id, one.title, label, at, one.length_s, one.standing)
