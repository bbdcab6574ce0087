"""Charts are put together of layers that are described once."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import altair as alt
import pytest
from altair.utils.schemapi import debug_mode

from generator.render.chart import WIDE, Seen, Share, Strip, Strips
from generator.render.charts import filled
from generator.render.layers import ROWS, Group, Layer, look, stacked
from generator.render.seen import visibility
from generator.render.vega import filled_vega

T0 = datetime(2030, 1, 31, tzinfo=UTC)


@pytest.fixture(autouse=True)
def unchecked():
    """As in a build: a blank is no value that the schema knows."""
    with debug_mode(False):
        yield


def hours(number):
    return T0 + timedelta(hours=number)


SEEN = Seen(
    640, hours(0), hours(9), 2, ((hours(0), hours(9), 2, 2),),
    below=Strips(
        "Each", (Strip("192.0.2.0/24", ((hours(0), hours(9), "full"),)),),
        ("visible", "to most", "not known", "to few", "dark", "came and went"),
    ),
    upstreams=(
        Share("AS64501", ((hours(0), hours(9), 0.5, 0.0),)),
        Share("AS64502", ((hours(0), hours(9), 0.5, 0.5),)),
    ),
)  # fmt: skip


def dot(colour):
    scale = alt.Scale(domain="@edges")
    return alt.Chart(ROWS).mark_point(color=colour).encode(x=alt.X("at:Q", scale=scale))


def group(edges, *layers):
    return Group([Layer(look(dot, colour), rows) for colour, rows in layers], edges, {"width": 9})


def test_a_layer_is_described_once_for_the_same_words():
    assert look(dot, "red") is look(dot, "red")
    assert look(dot, "red") != look(dot, "blue")


def test_layers_have_the_rows_and_edges_of_their_own_group():
    made = stacked(
        [group({"edges": [0, 1]}, ("red", [{"at": 1}])), group({"edges": [0, 5]}, ("red", []))]
    )

    spec = filled(made)

    drawn = [one["layer"][0] for one in spec["vconcat"]]
    assert [one["encoding"]["x"]["scale"]["domain"] for one in drawn] == [[0, 1], [0, 5]]
    assert [spec["datasets"][one["data"]["name"]] for one in drawn] == [[{"at": 1}], []]


def test_rows_of_several_layers_are_given_once():
    rows = [{"at": 1}]

    spec = filled(stacked([group({"edges": [0, 1]}, ("red", rows), ("blue", [{"at": 1}]))]))

    assert spec["datasets"] == {"data-0": rows}


def test_groups_of_the_same_looks_have_one_template_whatever_they_show():
    one, other, third = (
        stacked([group({"edges": edges}, (colour, rows))])
        for edges, colour, rows in (
            ([0, 1], "red", [{"at": 1}]),
            ([3, 4], "red", [{"at": 3}, {"at": 4}]),
            ([0, 1], "blue", [{"at": 1}]),
        )
    )

    assert one.template == other.template
    assert one.template != third.template


def panels_of(seen):
    made = visibility(seen, WIDE)
    return json.loads(filled_vega(made.template, made.parts))["marks"]


def test_an_axis_that_shows_nothing_is_left_out():
    total, strips, _, legend = panels_of(SEEN)

    assert [one["orient"] for one in total["axes"]] == ["bottom", "left"]
    assert [one["grid"] for one in strips["axes"]] == [True]
    assert "axes" not in legend


def test_a_step_to_where_the_line_is_already_is_not_drawn():
    steps = ((0, 1, 2, 2), (1, 3, 0, 0), (3, 4, 0, 2), (4, 6, 0, 0), (6, 9, 2, 2))
    visible = tuple((hours(a), hours(b), fewest, most) for a, b, fewest, most in steps)
    # What comes and goes is shown as that from three pixels on, here an hour and a half.
    brief, long = replace(SEEN, plot=18, visible=visible), replace(SEEN, visible=visible)

    drawn = [filled(visibility(one, WIDE))["datasets"]["data-0"] for one in (brief, long)]

    assert [[(row["at"][11:13], row["fewest"], row["most"]) for row in rows] for rows in drawn] == [
        [("00", 2, 2), ("01", 0, 0), ("06", 2, 2), ("09", 2, 2)],
        [("00", 2, 2), ("01", 0, 0), ("03", 0, 2), ("04", 0, 0), ("06", 2, 2), ("09", 2, 2)],
    ]


def test_the_names_of_all_upstreams_are_one_layer():
    _, _, upstreams, _ = panels_of(SEEN)

    assert [one["type"] for one in upstreams["marks"]] == ["area", "area", "text"]
