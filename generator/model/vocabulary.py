"""The words a record may use, and the shapes of its short texts."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]
IncidentId = Annotated[
    str,
    StringConstraints(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80
    ),
]
Line = Annotated[str, StringConstraints(pattern=r"^\S(?:[^\n]*\S)?$", max_length=200)]
Prose = Annotated[str, StringConstraints(pattern=r"^\S(?:[\s\S]*\S)?$", max_length=2000)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


class Layer(StrEnum):
    """What stopped: routes, answers to probes, traffic, or a service on top."""

    ROUTING = "routing"
    REACHABILITY = "reachability"
    TRAFFIC = "traffic"
    SERVICE = "service"


class Extent(StrEnum):
    """How much of the named place was gone. ``intermittent``: came and went, before or after."""

    TOTAL = "total"
    PARTIAL = "partial"
    INTERMITTENT = "intermittent"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a network has to do with the incident."""

    ORIGIN = "origin"
    UPSTREAM = "upstream"
    AFFECTED = "affected"
    CAUSE = "cause"


class SystemKind(StrEnum):
    """What something is that was hit or was the cause, and has no AS number."""

    CABLE = "cable"
    FIBRE = "fibre"
    SATELLITE = "satellite"
    EXCHANGE = "exchange"
    DATA_CENTRE = "data-centre"
    POWER_GRID = "power-grid"
    SERVICE = "service"
    OTHER = "other"


class Category(StrEnum):
    """The kind of cause an explanation puts forward."""

    GOVERNMENT_ORDER = "government-order"
    EXAM_SHUTDOWN = "exam-shutdown"
    UPSTREAM_CUT = "upstream-cut"
    ATTACK = "attack"
    INTRUSION = "intrusion"
    HIJACK = "hijack"
    ROUTE_LEAK = "route-leak"
    MISCONFIGURATION = "misconfiguration"
    SOFTWARE = "software"
    HARDWARE = "hardware"
    POWER = "power"
    CABLE = "cable"
    NATURAL_DISASTER = "natural-disaster"
    ARMED_CONFLICT = "armed-conflict"
    MAINTENANCE = "maintenance"
    OVERLOAD = "overload"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """How far an explanation has got; each must be earned by the evidence recorded."""

    ESTABLISHED = "established"
    SUPPORTED = "supported"
    PROPOSED = "proposed"
    DISPUTED = "disputed"
    REFUTED = "refuted"


class EvidenceKind(StrEnum):
    """What sort of thing a finding rests on."""

    MEASUREMENT = "measurement"
    STATEMENT = "statement"
    DOCUMENT = "document"
    CIRCUMSTANCE = "circumstance"


class Bearing(StrEnum):
    """What a finding does to an explanation; a finding that says nothing of it is left out."""

    SUPPORTS = "supports"
    WEAKENS = "weakens"
    RULES_OUT = "rules-out"


class Stance(StrEnum):
    """What a speaker does about the explanations named."""

    ADMITS = "admits"
    CLAIMS = "claims"
    BLAMES = "blames"
    SUPPORTS = "supports"
    DOUBTS = "doubts"
    DENIES = "denies"
    DECLINES = "declines"
    REPORTS = "reports"


class SourceKind(StrEnum):
    """What a source is."""

    MEASUREMENT = "measurement"
    NEWS = "news"
    OFFICIAL = "official"
    OPERATOR = "operator"
    RESEARCH = "research"
    SOCIAL = "social"
    OTHER = "other"


class Relation(StrEnum):
    """How another incident relates to this one."""

    PRECEDENT = "precedent"
    SEQUEL = "sequel"
    SAME_CAUSE = "same-cause"
    COMPARED = "compared"
