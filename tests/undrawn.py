"""A drawing that stands in for a chart, where a test is about something else."""

import json

from generator.render.chart import Drawn


def undrawn(chart):
    """A drawing of nothing, of the form that all drawings have."""
    size = 'viewBox="0 0 1 1" width="1" height="1"'
    return Drawn(
        f"<svg id={json.dumps(chart.name)} {size}><g></g></svg>\n", '{"$schema": "none"}\n'
    )
