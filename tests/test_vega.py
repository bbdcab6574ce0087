"""Charts from Vega that was compiled once look as they do when each is compiled."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from altair.utils.schemapi import debug_mode

from generator import drawings
from generator.render import aligned, overview, seen, timeline
from generator.render.chart import (
    NARROW,
    WIDE,
    Bar,
    Extent,
    Mark,
    Raster,
    Row,
    Rule,
    Seen,
    Share,
    Strip,
    Strips,
    Timeline,
    Together,
)  # fmt: skip
from generator.render.charts import Filling, filled
from generator.render.plot import Frame, Overview, Point
from generator.render.svg import to_svg
from generator.render.vega import filled_vega

T0 = datetime(2030, 1, 31, 12, tzinfo=UTC)
ODD = 'Ends in ⟦rows json⟧, "@rows" \\ & <b>'
POINTS = (
    Point("2030-01-31-ross-sea", ODD, "Ross Sea", T0, 52_200, "contested"),
    Point("2031-06-15-bouvet-island", "Bouvet", "Bouvet", T0 + timedelta(days=300), 600, "likely"),
)


def hours(number):
    return T0 + timedelta(hours=number)


def bar(name, start, end, kind="total"):
    return Bar(name, hours(start), None if end is None else hours(end), kind)


SEEN = Seen(
    640, hours(0), hours(9), 2,
    ((hours(0), hours(3), 2, 2), (hours(3), hours(5), 0, 2), (hours(5), hours(9), 2, 2)),
    rules=(Rule(hours(3), ODD, opens=True), Rule(hours(5), "reported end", opens=False)),
)  # fmt: skip
STRIPS = Strips(
    ODD, (Strip("192.0.2.0/24", ((hours(0), hours(4), "full"), (hours(4), hours(9), "dark"))),),
    ("visible", "to most", "not known", "to few", "dark", "came and went"),
)  # fmt: skip
SHARES = (
    Share("AS64500 One", ((hours(0), hours(9), 0.5, 0.0),)),
    Share("AS64501", ((hours(0), hours(9), 0.5, 0.5),)),
)

CHARTS = {
    "a timeline without a tick": (timeline.timeline, Timeline((bar("Blackout", 0, 9),), ())),
    "one with ticks, of many days": (
        timeline.timeline,
        Timeline((bar(ODD, 0, 9), bar("Relapse", 300, None, "unknown")),
                 (Mark(0, hours(1)), Mark(1, hours(301), doubted=True))),
    ),
    "one of a second": (timeline.timeline, Timeline((bar("Blackout", 0, 1 / 3600),), ())),
    "an overview of two": (overview.overview, Overview(POINTS, Frame.of(POINTS))),
    "an overview of one": (overview.overview, Overview(POINTS[:1], Frame.of(POINTS))),
    "an overview of none": (overview.overview, Overview((), Frame.of(POINTS))),
    "two on one axis": (
        aligned.aligned,
        Together((
            Row("a", ODD, (Extent(0, 3600, "total"),), ((60, 3000),)),
            Row("b", "Second", (Extent(-1800, 0, "partial"),), ()),
        )),
    ),
    "one on an axis, not measured": (
        aligned.aligned, Together((Row("a", "First", (Extent(0, 99, "total"),), ()),)),
    ),
    "what routing saw, alone": (seen.visibility, SEEN),
    "it with prefixes, upstreams, flaps, events and a gap": (
        seen.visibility,
        replace(SEEN, below=STRIPS, upstreams=SHARES, flaps=(hours(1),), events=(hours(2),),
                gaps=((hours(6), hours(7)),)),
    ),
    "it with a line for each prefix, of days": (
        seen.visibility,
        replace(SEEN, last=hours(90), below=Raster(ODD, 30, ((0, 30, hours(3), hours(5)),))),
    ),
}  # fmt: skip


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_looks_as_it_does_when_it_is_compiled_itself(name, width):
    kind, shows = CHARTS[name]
    with debug_mode(False):
        made = kind(shows, width)
    spec = filled(made)

    assert isinstance(made, Filling)
    assert to_svg(spec, "x", filled_vega(made.template, made.parts)) == to_svg(spec, "x")


def test_charts_of_one_shape_have_one_template_whatever_they_show():
    later = replace(
        SEEN, first=hours(100), last=hours(109), prefixes=9,
        visible=((hours(100), hours(105), 9, 9), (hours(105), hours(109), 0, 9)),
        rules=(Rule(hours(103), "Another", opens=True), Rule(hours(105), "end", opens=False)),
    )  # fmt: skip
    with debug_mode(False):
        one, other, shorter = (
            seen.visibility(each, WIDE) for each in (SEEN, later, replace(SEEN, rules=()))
        )

    assert one.template == other.template
    assert one.template != shorter.template


def test_a_blank_in_a_place_that_is_not_known_stops_the_build():
    x = {"field": "a", "type": "quantitative", "bin": {"extent": "@odd"}}
    spec = {"data": {"values": [{"a": 1}]}, "mark": "point", "encoding": {"x": x}}

    with pytest.raises(AssertionError, match="odd is used in a way that this does not know"):
        filled_vega(json.dumps(spec), {"odd": [1, 2]})


def test_whatever_decides_how_a_chart_looks_counts_for_whether_it_was_drawn_before():
    loaded = "import sys, generator.render.draw; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    within = {name for name in said.stdout.split() if name.startswith("generator.render.")}

    assert {name.rsplit(".", 1)[1] for name in within} <= {*drawings._PARTS, *drawings._KINDS}
