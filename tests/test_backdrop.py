"""What lies behind the incidents of a hub page."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

from generator.render.backdrop import MANY, Backdrop, counted, longest
from generator.render.chart import NARROW, WIDE
from generator.render.draw import draw
from generator.render.plot import Faded, Ground, Point

START = datetime(2001, 1, 1, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"
CALLED = ("x", "A title", "A description.")


def points(count):
    return [
        Point(f"{n:05}", "T", "L", START + timedelta(days=n % 7300), 60 + n * n % 90_000, "unknown")
        for n in range(count)
    ]


def test_of_few_each_is_a_dot():
    few = points(3)

    assert Backdrop(few, draw).dots == tuple(one.faded for one in few)


def test_of_many_a_dot_stands_for_all_of_half_a_year_and_about_one_length():
    same = [
        Point(f"{n}", "T", "L", START + timedelta(days=n % 90), 4100 + n, "x") for n in range(500)
    ]

    assert Backdrop(same, draw).dots == (Faded(datetime(2001, 4, 1, tzinfo=UTC), 5793),)


def test_ten_thousand_are_no_more_dots_than_a_page_can_carry():
    assert len(Backdrop(points(10_000), draw).dots) < MANY


def test_of_many_the_longest_have_a_mark_and_a_picture_says_so():
    many = points(10_000)

    shown = longest(many)

    shortest = min(one.length_s for one in shown)
    assert (len(shown), len(longest(points(MANY)))) == (MANY, MANY)
    assert sum(one.length_s > shortest for one in many) < MANY
    assert list(shown) == sorted(shown, key=lambda one: one.id)
    assert [counted(number).replace("\u00a0", " ") for number in (MANY, 10_000)] == [
        "400 incidents of known length",
        "The 400 longest of 10,000 incidents of known length",
    ]


def test_the_ground_of_a_width_is_drawn_once():
    drawn = []
    backdrop = Backdrop(points(5), lambda chart: drawn.append(chart.shows) or draw(chart))

    for one in points(3):
        for width in (WIDE, NARROW):
            backdrop.picture([one], width, *CALLED)

    assert sum(isinstance(shows, Ground) for shows in drawn) == 2
    assert len(drawn) == 2 + 6


def test_a_mark_lies_on_the_dot_that_stands_for_it():
    picture = Backdrop(points(2), draw).picture(points(2)[1:], WIDE, *CALLED)
    root = ElementTree.fromstring(picture)

    (link,) = root.iter(f"{SVG}a")
    at = link.find(f"{SVG}path").get("transform").removeprefix("translate(").removesuffix(")")
    (dots,) = [p for p in root.iter(f"{SVG}path") if p.get("stroke-linecap") == "round"]
    assert link.get("href") == "incidents/00001/"
    assert f"M{at}Z" in dots.get("d")
    assert root.get("aria-labelledby") == "x-title x-desc"


def test_what_is_longer_than_the_axis_is_drawn_at_its_end():
    years = Point("a", "T", "L", START + timedelta(days=9), 3 * 31_536_000, "unknown")

    root = ElementTree.fromstring(Backdrop([years], draw).picture([years], WIDE, *CALLED))

    (mark,) = root.iter(f"{SVG}a")
    assert mark.find(f"{SVG}path").get("transform").endswith(",0)")
