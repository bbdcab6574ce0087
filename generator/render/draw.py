"""From a chart's data to its specification and its SVG."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from altair.utils.schemapi import debug_mode

from generator.render.aligned import aligned
from generator.render.calendar import calendar
from generator.render.chart import Calendar, Chart, Drawn, Seen, Timeline, Together, World
from generator.render.charts import Filling, Spec, filled
from generator.render.overview import ground, overview
from generator.render.plot import Ground, Overview
from generator.render.seen import visibility
from generator.render.svg import to_svg
from generator.render.timeline import timeline
from generator.render.vega import filled_vega
from generator.render.worldmap import world_map


def draw(chart: Chart) -> Drawn:
    """Return a chart drawn, without title and description: the same data give the same bytes."""
    # Altair checks a spec against Vega-Lite's schema at every step, which is most of the time of a
    # chart: the specs of every kind are checked in the tests.
    with debug_mode(False):
        made = _KINDS[type(chart.shows)](chart.shows, chart.width)
    spec = filled(made) if isinstance(made, Filling) else made
    vega = filled_vega(made.template, made.parts) if isinstance(made, Filling) else None
    svg = to_svg(spec, chart.name, vega)
    return Drawn(svg, json.dumps(spec, ensure_ascii=False, sort_keys=True) + "\n")


_KINDS: dict[type, Callable[[Any, int], Spec | Filling]] = {
    Timeline: timeline,
    Ground: ground,
    Overview: overview,
    Together: aligned,
    Calendar: calendar,
    World: world_map,
    Seen: visibility,
}
