"""The page of what the archive says as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.derive import findings
from generator.derive.entry import Entry
from generator.model.slugs import slug
from generator.model.vocabulary import Layer, Standing
from generator.render import overall, words
from generator.render.indexes import lastmod
from generator.render.templating import fill, html


def findings_page(entries: Sequence[Entry]) -> str:
    """Return the page: causes and what became of them, who measured, lengths, how long it took."""
    found = findings.settled(entries)
    outcomes, measurers = findings.outcomes(entries), findings.measurers(entries)
    lengths = findings.lengths(entries)
    return fill(
        "findings.md.jinja",
        total=words.count(len(entries), "incident"),
        standings=[standing.value for standing in Standing],
        outcomes=[_outcome(one) for one in outcomes],
        most=max((one.total for one in outcomes), default=1),
        layers=[layer.value for layer in Layer],
        measurers=[_measurer(one) for one in measurers],
        lengths=[_lengths(one) for one in lengths],
        settled=[_settled(one) for one in found],
        settled_count=words.count(len(found), "incident"),
        said={
            "causes": overall.of_causes(outcomes),
            "measurers": overall.of_measurers(measurers, len(entries)),
            "lengths": overall.of_lengths(lengths),
            "settled": overall.of_settled(found),
        },
        lastmod=lastmod(entries),
    )


def _outcome(one: findings.Outcome) -> dict[str, object]:
    return {
        "key": html(one.category.value),
        "label": one.category.value.replace("-", " "),
        "total": one.total,
        "reached": [one.reached.get(standing, 0) for standing in Standing],
        "bars": list(_bars(one)),
    }


def _bars(one: findings.Outcome) -> Iterator[dict[str, object]]:
    """Yield the parts of a bar, each as wide as its number and after the one before."""
    start = 0
    for standing in Standing:
        if width := one.reached.get(standing, 0):
            yield {"word": html(standing.value), "start": start, "width": width}
        start += width


def _measurer(one: findings.Measurer) -> dict[str, object]:
    return {
        "key": html(slug(one.name)),
        "label": one.name,
        "incidents": one.incidents,
        "alone": one.alone,
        "layers": [one.layers.get(layer.value, 0) for layer in Layer],
    }


def _lengths(one: findings.Lengths) -> dict[str, object]:
    more = one.measured_s - one.reported_s
    sign = "longer" if more > 0 else "shorter"
    return {
        "id": html(one.entry.id),
        "title": one.entry.title,
        "reported": words.duration(one.reported_s),
        "measured": words.duration(one.measured_s),
        "difference": f"{words.duration(abs(more))} {sign}" if more else "the same",
    }


def _settled(one: findings.Settled) -> dict[str, object]:
    return {
        "id": html(one.entry.id),
        "title": one.entry.title,
        "cause": one.settlement.cause,
        "took": words.count(one.days, "day") if one.days else "the same day",
    }
