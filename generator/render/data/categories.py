"""The archive's kinds of cause in the words of other trackers, where those have one."""

from __future__ import annotations

from generator.model.vocabulary import Category
from generator.render.data.columns import Column, derived

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
COLUMNS: tuple[Column, ...] = (
    derived("cloudflare_radar", "string", "The category as Cloudflare Radar would call it."),
    derived("ioda", "string", "The category as IODA's curated list would call it."),
    derived("keepiton", "string", "The category as Access Now's STOP list would call it."),
)


def elsewhere(category: Category) -> tuple[str | None, str | None, str | None]:
    """Return a category in the words of Cloudflare Radar, IODA and STOP; None without one."""
    return _WORDS[category]
