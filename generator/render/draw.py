"""From a chart's data to its specification and its SVG."""

from __future__ import annotations

import json

from altair.utils.schemapi import debug_mode

from generator.render.aligned import aligned
from generator.render.calendar import calendar
from generator.render.chart import Calendar, Chart, Drawn, Overview, Timeline, Together, World
from generator.render.charts import Spec
from generator.render.overview import overview
from generator.render.seen import visibility
from generator.render.svg import to_svg
from generator.render.timeline import timeline
from generator.render.worldmap import world_map


def draw(chart: Chart) -> Drawn:
    """Return a chart drawn, without title and description: the same data give the same bytes."""
    # Altair checks a spec against Vega-Lite's schema at every step, which is most of the time of a
    # chart: the specs of every kind are checked in the tests.
    with debug_mode(False):
        spec = _spec(chart)
    svg = to_svg(spec, chart.name)
    return Drawn(svg, json.dumps(spec, ensure_ascii=False, sort_keys=True) + "\n")


def _spec(chart: Chart) -> Spec:
    if isinstance(chart.shows, Timeline):
        return timeline(chart.shows, chart.width)
    if isinstance(chart.shows, Overview):
        return overview(chart.shows, chart.width)
    if isinstance(chart.shows, Together):
        return aligned(chart.shows, chart.width)
    if isinstance(chart.shows, Calendar):
        return calendar(chart.shows, chart.width)
    if isinstance(chart.shows, World):
        return world_map(chart.shows, chart.width)
    return visibility(chart.shows)
