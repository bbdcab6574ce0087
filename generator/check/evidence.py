"""Rules about routing evidence: where there could be some, and there is none."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.finding import Case, Finding
from generator.model.incident import Incident
from generator.model.vocabulary import Layer


def concerns_routing(incident: Incident) -> bool:
    """Return whether routing messages could show the incident: it names prefixes, a window of
    messages, or an episode in which routes were lost.
    """
    is_named = bool(incident.where.prefixes or incident.routing)
    return is_named or any(one.layer is Layer.ROUTING for one in incident.episodes)


def what_routing_saw_is_frozen(case: Case) -> Iterator[Finding]:
    """Routing evidence is frozen beside a record that names prefixes, a `routing` window or an
    episode of the layer `routing`.
    """
    if concerns_routing(case.incident) and not case.frozen:
        path = ("routing",) if case.incident.routing else ("where",)
        cure = "Name `prefixes` and a `routing` window; then `python -m generator fetch --help`."
        yield Finding(path, "no routing evidence is frozen yet", cure)
