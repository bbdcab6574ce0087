"""Names in the search and contents on a phone, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.serving import CHROMIUM

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
ROSS_SEA = "incidents/2030-01-31-ross-sea/"


@pytest.fixture(scope="module")
def site(archive_site):
    return archive_site


def status(page):
    return page.locator(".gd-search__status")


def test_a_name_spelt_wrong_finds_what_is_meant_and_can_be_insisted_on(visit):
    page = visit("search/?q=Antartica")
    status(page).get_by_text("for “Antarctica”").wait_for()
    found = page.locator(".gd-search__results a").first.inner_text()
    pages = page.locator(".gd-search__pages a").all_inner_texts()
    page.get_by_role("button", name="Only “Antartica”").click()
    page.get_by_role("button", name="Antarctica", exact=True).wait_for()

    assert found.startswith("Ross Sea")
    assert "Antarctica" in pages
    assert "for “Antartica”. Did you mean Antarctica?" in status(page).inner_text()
    page.get_by_role("button", name="Antarctica", exact=True).click()
    page.wait_for_url("**/search/?q=Antarctica")


@pytest.mark.parametrize(
    ("words", "found"),
    [("AS64500", "Ross Sea"), ("64500", "Ross Sea"), ("198.51.100.0/25", "Ross Sea")],
)
def test_a_number_finds_the_incidents_that_bear_it(visit, words, found):
    page = visit(f"search/?q={words}")

    assert page.locator(".gd-search__results a").first.inner_text().startswith(found)


@pytest.mark.parametrize("words", ["AS64999", "64999", "192.0.2.0/29"])
def test_a_number_that_is_not_on_record_finds_nothing_else(visit, words):
    page = visit(f"search/?q={words}")
    status(page).get_by_text(f"No results for “{words}”").wait_for()

    assert page.locator(".gd-search__results a").count() == 0


def test_the_number_of_a_network_leads_to_its_page_above_its_incidents(visit):
    page = visit("search/?q=AS64500")
    page.locator(".gd-search__pages").wait_for()

    assert page.locator(".gd-search__pages li").all_inner_texts() == [
        "Ross Sea Telecom (AS64500) network, 1"
    ]
    page.locator(".gd-search__pages a").click()
    page.wait_for_url("**/networks/as64500/")


def test_a_search_that_has_no_names_finds_incidents_all_the_same(visit, base):
    page = visit("about/")
    page.route("**/data/names.json", lambda route: route.abort())
    page.goto(f"{base}search/?q=AS64500")

    assert page.locator(".gd-search__results a").first.inner_text().startswith("Ross Sea")


def test_on_a_phone_the_contents_open_from_the_foot_and_close_once_chosen(visit):
    page = visit(ROSS_SEA, width=320)
    page.get_by_role("button", name="On this page").click()
    violations = Axe().run(page).response["violations"]
    page.locator(".gd-toc").get_by_role("link", name="Sources").click()

    assert [(one["id"], one["nodes"][0]["target"]) for one in violations] == []
    assert page.url.endswith("#sources")
    assert not page.locator(".gd-toc").is_visible()


def test_the_contents_mark_the_section_that_is_read(visit):
    page = visit(f"{ROSS_SEA}#explanations")

    current = page.locator(".gd-toc a[aria-current]")
    assert current.all_inner_texts() == ["Why it happened"]
    page.evaluate("scrollTo(0, 0)")
    current.wait_for(state="detached")


def test_without_javascript_the_contents_of_a_phone_open_as_well(visit):
    page = visit(ROSS_SEA, width=320, java_script_enabled=False)
    page.get_by_role("button", name="On this page").click()
    page.locator(".gd-toc").get_by_role("link", name="Sources").click()

    assert page.url.endswith("#sources")
