"""Charts: what they draw, and that the SVG is small, inert and the same every time."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from generator.derive.catalogue import entry
from generator.read.archive import read_archive
from generator.render.charts import NARROW, WIDE
from generator.render.overview import overview
from generator.render.seen import Rule, Seen, visibility
from generator.render.svg import to_svg
from generator.render.timeline import Bar, Mark, timeline

T0 = datetime(2030, 1, 31, 12, tzinfo=UTC)


def at(minutes):
    return T0 + timedelta(minutes=minutes)


BARS = [
    Bar("Flickering · over 24 h", at(0), at(1500), "intermittent"),
    Bar("Blackout · 9 h 31 min", at(1500), at(2071), "total"),
    Bar("Relapse · unknown", at(2300), None, "unknown"),
]
SEEN = Seen(
    steps=[(at(0), 4), (at(30), 1), (at(60), 4)],
    dark=[(0, at(30), at(60)), (1, at(30), at(60)), (2, at(31), at(50))],
    prefixes=4,
    rows=3,
    first=at(0),
    last=at(90),
)
RULES = [Rule(at(29), "reported start 12:29", opens=True), Rule(at(61), "end", opens=False)]


def drawn(spec, title="A title", name="x"):
    return to_svg(spec, name, title, "A description.")


def texts(svg):
    root = ElementTree.fromstring(svg)
    return [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]


def blocks_of(spec):
    return [row for rows in spec["datasets"].values() for row in rows if "foot" in row]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_timeline_names_every_episode_and_shows_an_unknown_end_as_open(width):
    words = texts(drawn(timeline(BARS, [Mark(1, at(1490)), Mark(1, at(700), doubted=True)], width)))

    for bar in BARS:
        assert bar.label in words
    assert words.count("· · · ?") == 1


def test_a_short_relapse_is_still_three_pixels_wide():
    spec = timeline([*BARS, Bar("Blip", at(9000), at(9001), "total")], [], WIDE)

    svg = ElementTree.fromstring(drawn(spec))

    widths = [
        float(found[1])
        for path in svg.iter("{http://www.w3.org/2000/svg}path")
        if (found := re.match(r"M[-0-9.]+,[-0-9.]+h([0-9.]+)v12", path.get("d", "")))
    ]
    assert len(widths) == 4
    assert min(widths) >= 2.7


def test_what_routing_saw_is_drawn_with_the_reported_instants_across_it():
    words = texts(drawn(visibility(SEEN, RULES, WIDE)))

    assert "reported start 12:29" in words
    assert "Prefixes visible" in words
    assert "When each of the 3 prefixes that went dark was dark" in words


def test_reports_outside_the_data_are_not_drawn():
    outside = [Rule(at(-500), "reported start 03:40", opens=True)]

    words = texts(drawn(visibility(SEEN, outside, WIDE)))

    assert "reported start 03:40" not in words


def test_prefixes_dark_in_the_same_pixels_are_one_block_and_none_is_lost():
    spec = visibility(SEEN, [], WIDE)

    assert [(row["top"], row["foot"]) for row in blocks_of(spec)] == [(0, 2), (2, 3)]


def test_an_outage_shorter_than_a_pixel_is_drawn_one_pixel_wide():
    brief = Seen(SEEN.steps, [(0, at(30), at(30) + timedelta(seconds=1))], 4, 1, at(0), at(90))

    (block,) = blocks_of(visibility(brief, [], WIDE))

    seconds = datetime.fromisoformat(block["end"]) - datetime.fromisoformat(block["start"])
    assert seconds >= timedelta(seconds=int(90 * 60 / WIDE))


def test_a_chart_says_what_it_is_and_carries_no_style_script_or_foreign_address():
    svg = drawn(timeline(BARS, [], WIDE), title='<script>"x"</script>')

    root = ElementTree.fromstring(svg)
    assert root.find("{http://www.w3.org/2000/svg}title").text == '<script>"x"</script>'
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "x-title x-desc"
    assert not re.search(r"<script|style=|on[a-z]+=|href=|xlink|ns0|url\(", svg)
    assert set(re.findall(r"https?://[^\"]+", svg)) == {"http://www.w3.org/2000/svg"}


def test_colours_follow_the_page_and_stand_alone_without_one():
    svg = drawn(visibility(SEEN, RULES, WIDE))

    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) - {"none", "currentColor"}
    assert colours
    assert all(re.fullmatch(r"var\(--gd-[a-z]+, #[0-9a-f]{6}\)", colour) for colour in colours)


def test_the_overview_links_every_incident_by_name_within_the_site(archive):
    records, _ = read_archive(archive)
    entries = [entry(one.id, one.incident, has_evidence=False) for one in records.records]

    svg = ElementTree.fromstring(drawn(overview(entries, WIDE)))

    links = {a.get("href"): a.get("aria-label") for a in svg.iter("{http://www.w3.org/2000/svg}a")}
    assert links == {f"incidents/{one.id}/": one.incident.title for one in entries if one.length_s}
    assert svg.get("role") == "group"


def test_ids_are_counted_anew_for_each_chart():
    spec = timeline(BARS, [], WIDE)
    clipped = {
        **spec,
        "layer": [{**one, "mark": {**one["mark"], "clip": True}} for one in spec["layer"]],
    }

    first, second = drawn(clipped, name="a"), drawn(clipped, name="a")

    assert 'id="a-0"' in first
    assert "url(#a-0)" in first
    assert first == second


def test_the_same_chart_drawn_twice_is_the_same_bytes_and_small():
    first, second = (drawn(visibility(SEEN, RULES, WIDE)) for _ in range(2))

    assert first == second
    assert len(first) < 9_000
