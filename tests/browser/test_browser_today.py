"""Today in history, picked by a script on the front page and on the page of all days."""

import pytest

from tests.browser.serving import CHROMIUM

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")


@pytest.fixture(scope="module")
def site(archive_site):
    return archive_site


@pytest.fixture
def on(visit, base):
    """A function that opens the front page on a given day."""

    def opened(day):
        page = visit("about/")
        page.clock.set_fixed_time(day)
        page.goto(base)
        page.wait_for_load_state("networkidle")
        return page.locator(".gd-today").inner_text().split("\n")

    return opened


def test_what_began_on_this_day_is_told(on):
    assert on("2040-06-15T12:00:00Z")[0] == "Today in history"
    assert on("2040-06-15T12:00:00Z")[-1].endswith("15 June 2031")


def test_what_began_within_a_week_is_told_also_over_the_turn_of_a_month(on):
    told = on("2040-02-03T12:00:00Z")

    assert (told[0], told[-1][-15:]) == ("This week in history", "31 January 2030")


def test_a_day_far_from_any_incident_says_nothing(on):
    assert on("2040-08-20T12:00:00Z") == [""]


def test_the_29th_of_february_counts_in_years_that_have_none(on):
    assert on("2041-02-27T12:00:00Z")[-1].endswith("29 February 2032")
