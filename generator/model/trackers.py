"""Other trackers of outages, and the archive's kinds of cause in their words."""

from __future__ import annotations

from enum import StrEnum

from generator.model.vocabulary import Category


class Tracker(StrEnum):
    """A tracker whose exports can be read; each is named as a record names it in `elsewhere`."""

    IODA = "ioda"
    CLOUDFLARE_RADAR = "cloudflare-radar"
    KEEPITON = "keepiton"


_ORDER = (Tracker.CLOUDFLARE_RADAR, Tracker.IODA, Tracker.KEEPITON)

# Cloudflare Radar: `outageCause` of an annotation, which is not documented; the values are those
# that programs using it expect. IODA: `Cause` of its curated list (SIGCOMM 2023). Access Now's STOP
# list: `actual_cause`; it holds nothing but disruptions that somebody intended.
_WORDS: dict[Category, tuple[str | None, str | None, str | None]] = {
    Category.GOVERNMENT_ORDER: ("GOVERNMENT_DIRECTED", "Government-Ordered", None),
    Category.EXAM_SHUTDOWN: ("GOVERNMENT_DIRECTED", "Exams", "Exam cheating"),
    Category.UPSTREAM_CUT: (None, None, None),
    Category.ATTACK: ("CYBERATTACK", "DDoS", None),
    Category.INTRUSION: ("CYBERATTACK", None, None),
    Category.HIJACK: (None, "Misc-Routing-Problem", None),
    Category.ROUTE_LEAK: ("TECHNICAL_PROBLEM", "Route-Leak", None),
    Category.MISCONFIGURATION: ("TECHNICAL_PROBLEM", "Generic-Technical", None),
    Category.SOFTWARE: ("TECHNICAL_PROBLEM", "Generic-Technical", None),
    Category.HARDWARE: ("TECHNICAL_PROBLEM", "Equipment-Failure", None),
    Category.POWER: ("POWER_OUTAGE", "Power-Outage", None),
    Category.CABLE: ("CABLE_CUT", "Cable-Cut", None),
    Category.NATURAL_DISASTER: ("NATURAL_DISASTER", "Other-Natural-Disaster", None),
    Category.ARMED_CONFLICT: ("MILITARY_ACTION", None, "Conflict"),
    Category.MAINTENANCE: ("MAINTENANCE", "Maintenance", None),
    Category.OVERLOAD: (None, None, None),
    Category.UNKNOWN: ("UNKNOWN", "Unknown", "Unknown"),
}
# Narrower words of theirs, and spellings, beside the one that stands for a kind of cause.
_NARROWER = {
    (Tracker.CLOUDFLARE_RADAR, "CYBER_ATTACK"): "CYBERATTACK",
    (Tracker.CLOUDFLARE_RADAR, "WEATHER"): "NATURAL_DISASTER",
    (Tracker.CLOUDFLARE_RADAR, "EARTHQUAKE"): "NATURAL_DISASTER",
    (Tracker.IODA, "Weather"): "Other-Natural-Disaster",
    (Tracker.IODA, "Earthquake"): "Other-Natural-Disaster",
}


def elsewhere(category: Category) -> tuple[str | None, str | None, str | None]:
    """Return a category in the words of Cloudflare Radar, IODA and STOP; None without one."""
    return _WORDS[category]


def categories_of(tracker: Tracker, word: str) -> tuple[Category, ...]:
    """Return the categories that a tracker's word for a cause may mean; none for a strange one."""
    plain = _NARROWER.get((tracker, word), word)
    column = _ORDER.index(tracker)
    return tuple(category for category, words in _WORDS.items() if words[column] == plain)
