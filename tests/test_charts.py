"""Charts: what they draw, and that the SVG is small, inert and the same every time."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from generator.render.chart import (
    NARROW,
    WIDE,
    Bar,
    Chart,
    Mark,
    Raster,
    Rule,
    Seen,
    Timeline,
    named,
)
from generator.render.draw import draw
from generator.render.pictures import at_a_glance
from generator.render.plot import Frame, Overview, Point
from generator.render.svg import to_svg

T0 = datetime(2030, 1, 31, 12, tzinfo=UTC)


def at(minutes):
    return T0 + timedelta(minutes=minutes)


BARS = (
    Bar("Flickering · over 24 h", at(0), at(1500), "intermittent"),
    Bar("Blackout · 9 h 31 min", at(1500), at(2071), "total"),
    Bar("Relapse · unknown", at(2300), None, "unknown"),
)
REPORTED = Timeline(BARS, (Mark(1, at(1490)), Mark(1, at(700), doubted=True)))
SEEN = Seen(
    plot=700,
    first=at(0),
    last=at(90),
    prefixes=4,
    visible=((at(0), at(30), 4, 4), (at(30), at(60), 1, 1), (at(60), at(90), 4, 4)),
    below=Raster(
        "Each of the 3 prefixes that went dark",
        3,
        ((0, 2, at(30), at(60)), (2, 3, at(31), at(50))),
    ),
    rules=(Rule(at(29), "reported start 12:29", opens=True), Rule(at(61), "end", opens=False)),
)
POINTS = (
    Point("2030-01-31-ross-sea", "Ross Sea", "Ross Sea", at(0), 52_200, "contested"),
    Point(
        "2033-11-05-palmyra",
        "Palmyra & <others>",
        "Palmyra & <others>",
        at(2_000_000),
        600,
        "established",
    ),
)
SOME = Overview(POINTS, Frame.of(POINTS))


def drawn(shows, width=WIDE, title="A title", name="x"):
    chart = Chart(shows, width, name, title, "A description.")
    return named(draw(chart).svg, chart)


def texts(svg):
    root = ElementTree.fromstring(svg)
    return [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_timeline_names_every_episode_and_shows_an_unknown_end_as_open(width):
    words = texts(drawn(REPORTED, width))

    for bar in BARS:
        assert bar.label in words
    assert words.count("· · · ?") == 1


def test_a_short_relapse_is_still_three_pixels_wide():
    blip = Bar("Blip", at(9000), at(9001), "total")

    svg = ElementTree.fromstring(drawn(Timeline((*BARS, blip), ())))

    widths = [
        float(found[1])
        for path in svg.iter("{http://www.w3.org/2000/svg}path")
        if (found := re.match(r"M[-0-9.]+,[-0-9.]+h([0-9.]+)v12", path.get("d", "")))
    ]
    assert len(widths) == 4
    assert min(widths) >= 2.7


def test_what_routing_saw_is_drawn_with_the_reported_instants_across_it():
    words = texts(drawn(SEEN))

    assert "reported start 12:29" in words
    assert "Prefixes visible" in words
    assert "Each of the 3 prefixes that went dark" in words


def test_a_chart_says_what_it_is_and_carries_no_style_script_or_foreign_address():
    svg = drawn(REPORTED, title='<script>"x"</script>')

    root = ElementTree.fromstring(svg)
    assert root.find("{http://www.w3.org/2000/svg}title").text == '<script>"x"</script>'
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "x-title x-desc"
    assert not re.search(r"<script|style=|on[a-z]+=|href=|xlink|ns0|url\(", svg)
    assert set(re.findall(r"https?://[^\"]+", svg)) == {"http://www.w3.org/2000/svg"}


def test_colours_follow_the_page_and_stand_alone_without_one():
    svg = drawn(SEEN)

    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) - {"none", "currentColor"}
    assert colours
    assert all(re.fullmatch(r"var\(--gd-[a-z]+, #[0-9a-f]{6}\)", colour) for colour in colours)


def test_the_overview_links_every_incident_by_name_within_the_site():
    svg = ElementTree.fromstring(drawn(SOME))

    links = {a.get("href"): a.get("aria-label") for a in svg.iter("{http://www.w3.org/2000/svg}a")}
    assert links == {f"incidents/{one.id}/": one.title for one in POINTS}
    assert svg.get("role") == "group"


def test_ids_are_counted_anew_for_each_chart():
    spec = json.loads(draw(Chart(REPORTED, WIDE, "a", "", "")).spec)
    clipped = {
        **spec,
        "layer": [{**one, "mark": {**one["mark"], "clip": True}} for one in spec["layer"]],
    }

    first, second = to_svg(clipped, "a"), to_svg(clipped, "a")

    assert 'id="a-0"' in first
    assert "url(#a-0)" in first
    assert first == second


def test_the_same_chart_drawn_twice_is_the_same_bytes_and_small():
    first, second = (drawn(SEEN) for _ in range(2))

    assert first == second
    assert len(first) < 9_000


def test_a_card_shows_the_longest_episodes_or_the_first_panel():
    relapses = tuple(
        Bar(f"Relapse {number}", at(3000 + number), at(3010 + number), "total")
        for number in range(9)
    )
    many = Timeline((*relapses, *BARS), (Mark(0, at(3000)), Mark(10, at(1490))))

    small = at_a_glance(many)

    # Those of equal length in the order they came; marks stay with their bars.
    assert small.bars == (relapses[7], relapses[8], BARS[0], BARS[1])
    assert small.marks == (Mark(3, at(1490)),)
    assert at_a_glance(REPORTED) == REPORTED
    assert at_a_glance(SEEN) == replace(SEEN, below=None)
