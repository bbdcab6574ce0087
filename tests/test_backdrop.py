"""What lies behind the incidents of a hub page."""

from datetime import UTC, datetime, timedelta

from generator.render.backdrop import MANY, Backdrop
from generator.render.chart import Faded, Point

START = datetime(2001, 1, 1, tzinfo=UTC)


def points(count):
    return [
        Point(f"{n:05}", "T", "L", START + timedelta(days=n % 7300), 60 + n * n % 90_000, "unknown")
        for n in range(count)
    ]


def test_of_few_every_other_one_is_a_dot():
    few = points(3)

    assert Backdrop(few).behind({"00001"}) == (few[0].faded, few[2].faded)


def test_of_many_a_dot_stands_for_all_of_half_a_year_and_about_one_length():
    same = [
        Point(f"{n}", "T", "L", START + timedelta(days=n % 90), 4100 + n, "x") for n in range(500)
    ]

    assert Backdrop(same).behind(set()) == (Faded(datetime(2001, 4, 1, tzinfo=UTC), 5793),)


def test_ten_thousand_are_no_more_dots_than_a_page_can_carry():
    assert len(Backdrop(points(10_000)).behind(set())) < MANY
