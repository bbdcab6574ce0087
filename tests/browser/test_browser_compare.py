"""Comparing incidents in a real browser: choosing, the address, and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.serving import CHROMIUM

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
ROSS, PALMYRA = "2030-01-31-ross-sea", "2033-11-05-palmyra"


@pytest.fixture(scope="module")
def site(archive_site):
    return archive_site


def rows(page):
    return page.locator(".gd-compare__rows li a").all_inner_texts()


def test_the_address_brings_incidents_back_and_takes_new_ones(visit, base):
    page = visit(f"compare/?of={ROSS},nobody,{PALMYRA}")
    page.get_by_text("2 incidents, aligned").wait_for()

    page.get_by_label("Add an incident").fill("bouvet")
    page.keyboard.press("Enter")
    page.get_by_text("3 incidents, aligned").wait_for()

    assert page.url == f"{base}compare/?of={ROSS},{PALMYRA},2031-06-15-bouvet-island"
    assert len(rows(page)) == 3
    assert page.faults == []


def test_an_incident_is_taken_out_again(visit):
    page = visit(f"compare/?of={ROSS},{PALMYRA}")
    page.get_by_text("2 incidents, aligned").wait_for()

    page.get_by_role("button", name="Take out Ross Sea").click()
    page.get_by_text("Choose two to six").wait_for()

    assert rows(page) == ["Palmyra Atoll loses its uplink and has not got it back"]


def test_a_name_that_is_not_on_record_is_told(visit):
    page = visit("compare/")

    page.get_by_label("Add an incident").fill("Atlantis")
    page.get_by_role("button", name="Add").click()

    assert page.get_by_role("status").inner_text() == "Nothing on record is called “Atlantis”."


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_a_comparison_is_open_to_everybody_and_fits_the_smallest_phone(visit, width, scheme):
    page = visit(f"compare/?of={ROSS},{PALMYRA}", width=width, color_scheme=scheme)
    page.get_by_text("2 incidents, aligned").wait_for()

    violations = Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["target"]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_prepared_comparisons_stand_in(visit):
    page = visit("compare/", java_script_enabled=False)

    page.locator(".gd-prepared a").first.click()

    page.locator("#aligned").wait_for()
