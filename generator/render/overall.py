"""What the archive has to say as a whole, in sentences; none where too few are counted."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from generator.derive import findings
from generator.derive.catalogue import LEAST_SAMPLE
from generator.derive.findings import Lengths, Measurer, Outcome, Settled
from generator.model.vocabulary import Category, Standing
from generator.render import words

_OPEN = (Standing.SUPPORTED, Standing.PROPOSED)
_LOST = (Standing.DISPUTED, Standing.REFUTED)
_MONTH_DAYS = 30


def of_causes(outcomes: Sequence[Outcome]) -> str:
    """Return which kind of cause most often held and which least, among those often put forward."""
    kinds = (one for one in outcomes if one.category is not Category.UNKNOWN)
    told = [one for one in kinds if one.total >= LEAST_SAMPLE]
    if not told:
        return ""
    held = max(told, key=lambda one: _share(one, (Standing.ESTABLISHED,)))
    lost = max(told, key=lambda one: _share(one, _LOST))
    sentences = [
        _said("Most often established", held, (Standing.ESTABLISHED,)),
        _said("Most often disputed or refuted", lost, _LOST),
        _still_open(outcomes),
    ]
    return " ".join(sentences)


def _share(one: Outcome, standings: Sequence[Standing]) -> float:
    return _number(one, standings) / one.total


def _number(one: Outcome, standings: Sequence[Standing]) -> int:
    return sum(one.reached.get(standing, 0) for standing in standings)


def _said(lead: str, one: Outcome, standings: Sequence[Standing]) -> str:
    kind = one.category.value.replace("-", " ")
    return f"{lead}: {kind}, {_number(one, standings):,} of {one.total:,}."


def _still_open(outcomes: Sequence[Outcome]) -> str:
    number, total = sum(_number(one, _OPEN) for one in outcomes), sum(one.total for one in outcomes)
    return f"Of all {words.count(total, 'explanation')}, {_are(number)} still open."


def _are(number: int) -> str:
    return f"{number:,} {'is' if number == 1 else 'are'}"


def of_measurers(measurers: Sequence[Measurer], incidents: int) -> str:
    """Return whom the archive follows most, and how many are followed once only."""
    if not measurers or incidents < LEAST_SAMPLE:
        return ""
    first = measurers[0]
    once = sum(one.incidents == 1 for one in measurers)
    return (
        f"{first.name} is followed in most: {first.incidents:,} of {incidents:,}. "
        f"Of {words.count(len(measurers), 'measurer')}, {_are(once)} followed in one incident only."
    )


def of_lengths(lengths: Sequence[Lengths]) -> str:
    """Return by how much reported and measured lengths differ; no more than how few they are."""
    if len(lengths) < LEAST_SAMPLE:
        few = words.count(len(lengths), "incident")
        return f"{few} with both so far: too few to say by how much the two differ."
    half_s = int(median(abs(one.measured_s - one.reported_s) for one in lengths))
    return f"Half of {len(lengths):,} differ by {words.duration(half_s)} or less."


def of_settled(found: Sequence[Settled]) -> str:
    """Return how long half of the causes took to be settled, and how many took over a month."""
    if len(found) < LEAST_SAMPLE:
        return ""
    within = words.count(findings.median_days(found), "day")
    late = sum(one.days > _MONTH_DAYS for one in found)
    return (
        f"Half of {len(found):,} were settled within {within}; {late:,} took longer than a month."
    )
