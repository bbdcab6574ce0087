"""What stands around an incident: other incidents, networks, systems, background."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.derive.entry import HIT
from generator.derive.facets import network_value
from generator.model.incident import Incident
from generator.render import words
from generator.render.templating import Citer, html


def related(incident: Incident, citer: Citer, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the other incidents to know of, with links to those the archive holds."""
    return [
        {
            "how": one.how.value.replace("-", " "),
            "href": html(f"../{one.id}/") if one.id else None,
            "name": titles.get(one.id or "", one.id),
            "iso": words.iso(one.at) if one.at else "",
            "at": words.date(one.at) if one.at else "",
            "what": citer.prose(one.what),
            "sources": citer.others(one.sources, one.what),
        }
        for one in incident.related
    ]


def networks(incident: Incident, citer: Citer) -> list[dict[str, Any]]:
    """Return each network with its part in the incident."""
    return [
        {
            "asn": str(one.asn or ""),
            "key": html(network_value(one).key) if one.role in HIT else "",
            "name": one.name,
            "role": one.role.value,
            "note": citer.prose(one.note),
        }
        for one in incident.where.networks
    ]


def systems(incident: Incident, citer: Citer) -> list[dict[str, Any]]:
    """Return the cables, satellites, grids and services that were hit or gave way."""
    return [
        {"name": one.name, "kind": one.kind.value.replace("-", " "), "note": citer.prose(one.note)}
        for one in incident.where.systems
    ]


def background(incident: Incident, citer: Citer) -> list[dict[str, Any]]:
    """Return what else one has to know."""
    return [
        {"what": citer.prose(one.what), "sources": citer.others(one.sources, one.what)}
        for one in incident.background
    ]
