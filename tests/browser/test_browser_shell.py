"""The frame of every page in a real browser, below a path, as the site may be hosted."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from generator.site import publish
from tests.browser.serving import BELOW, CHROMIUM, results
from tests.site_project import make_project

FREEDONIA = "incidents/2031-02-03-freedonia/"
HOSTILE = "incidents/2029-05-06-hostile/"
# What the archive's own pages do not show: hostile text, search, and an address with nothing there.
VIEWS = [
    (path, *view)
    for path in (HOSTILE, "search/?q=freedonia", "404.html")
    for view in (("light", 1280), ("dark", 360))
]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A published site."""
    project = make_project(tmp_path_factory.mktemp("browser") / "project")
    build = project / "build"
    publish(project, build / "pages", build / "extracts", build / "site")
    return build / "site"


@pytest.mark.parametrize(("path", "scheme", "width"), VIEWS)
def test_a_page_is_quiet_and_open_to_everybody(visit, base, path, scheme, width):
    page = visit(path, width, color_scheme=scheme)

    violations = Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["target"]) for one in violations] == []
    # The page for a wrong address has the site's own root in its links, not this test's.
    assert page.faults == [] or path == "404.html"
    assert [url for url in page.requests if not url.startswith(base[: -len(BELOW)])] == []


@pytest.mark.parametrize("path", [HOSTILE, "search/?q=freedonia", "404.html"])
def test_a_page_never_scrolls_sideways_on_the_smallest_phone(visit, path):
    page = visit(path, width=320)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", [FREEDONIA, HOSTILE])
def test_a_page_without_javascript_says_all_that_it_says_with(visit, path):
    text = [
        visit(path, java_script_enabled=enabled).inner_text("main article")
        for enabled in (True, False)
    ]

    assert text[0] == text[1]


def test_without_javascript_search_is_a_link_and_the_menu_opens(visit, base):
    page = visit(FREEDONIA, width=360, java_script_enabled=False)

    page.click(".gd-menu-button")
    menu = page.inner_text(".gd-site-nav").split("\n")
    page.keyboard.press("Escape")
    page.click(".gd-search-button")

    assert menu == [
        "Incidents",
        "Explore",
        "How to read a page",
        "Method",
        "Data",
        "Contribute",
        "About",
    ]
    assert page.url == f"{base}search/"
    assert "browsing" in page.inner_text("main")
    assert not page.is_visible(".gd-scheme-button")


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_a_key_opens_search_and_a_title_finds_its_incident(visit, keys):
    page = visit("about/")

    page.keyboard.press(keys)
    page.keyboard.insert_text("Freedonia drops off the Internet")
    found = results(page)

    assert found[0] == f"{BELOW}{FREEDONIA}"
    assert page.inner_text("[role=dialog] [role=status]").startswith("1 result for")
    facts = "3 February 2031 · Freedonia · cause contested"
    assert page.inner_text(".gd-search__facts") == facts
    assert page.faults == []


def test_the_theme_s_own_keys_open_search_too_and_are_letters_in_a_field(visit):
    page = visit("about/")

    opened = []
    for key in ("s", "f"):
        page.keyboard.press(key)
        opened.append(page.is_visible("[role=dialog]"))
        page.keyboard.press(key)
        opened.append(page.input_value("[role=dialog] input"))
        page.fill("[role=dialog] input", "")
        page.keyboard.press("Escape")

    assert opened == [True, "s", True, "f"]


def test_nothing_of_the_index_is_fetched_before_somebody_searches(visit):
    page = visit(FREEDONIA)
    page.wait_for_load_state("networkidle")

    before = [url for url in page.requests if "pagefind" in url]
    page.click(".gd-search-button")
    page.keyboard.insert_text("cable")
    results(page)

    assert before == []
    assert [url for url in page.requests if "/pagefind/pagefind.js" in url] != []


def test_arrows_go_through_the_results_and_escape_goes_back_to_the_page(visit, base):
    page = visit("about/")
    page.focus(".gd-search-button")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("routes")
    page.wait_for_selector(".gd-search__results li:nth-child(3) a")

    where = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        where.append(page.evaluate("document.activeElement.nodeName"))
    page.keyboard.press("Escape")

    assert where == ["A", "A", "A", "INPUT"]
    assert not page.is_visible("[role=dialog]")
    assert page.evaluate("document.activeElement.className") == "gd-search-button"


def test_enter_goes_to_the_first_result(visit, base):
    page = visit("about/")
    page.keyboard.press("/")
    page.keyboard.insert_text("Sylvania")
    results(page)

    page.keyboard.press("Enter")
    page.wait_for_url("**/2030-01-02-sylvania/")

    assert page.inner_text("h1") == "Sylvania loses its only cable"


def test_enter_waits_for_what_the_words_give_and_does_not_follow_older_results(visit):
    page = visit("about/")
    page.keyboard.press("/")
    page.keyboard.insert_text("Freedonia")
    results(page)

    page.fill("dialog input", "Sylvania")
    page.keyboard.press("Enter")

    page.wait_for_url("**/2030-01-02-sylvania/")


def test_found_words_are_marked_and_hostile_text_stays_text(visit):
    page = visit()
    page.keyboard.press("/")
    page.keyboard.insert_text("routes")
    page.wait_for_selector(".gd-search__results li:nth-child(3) a")

    marked = {mark.inner_text() for mark in page.query_selector_all(".gd-search mark")}
    tags = page.evaluate(
        "[...new Set([...document.querySelectorAll('.gd-search__results *')]"
        ".map(element => element.nodeName))].sort()"
    )

    assert "routes" in marked
    assert tags == ["A", "LI", "MARK", "P"]
    assert page.evaluate("window.__pwned") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_search_is_open_to_everybody(visit, scheme):
    page = visit("reading/", 360, color_scheme=scheme)
    page.keyboard.press("/")
    page.keyboard.insert_text("routes")
    results(page)

    violations = Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["target"]) for one in violations] == []


def test_nothing_found_is_said(visit):
    page = visit()
    page.keyboard.press("/")
    page.keyboard.insert_text("xyzzyqq")

    page.wait_for_selector("[role=status]:has-text('result')")

    assert page.inner_text("[role=status]") == "No results for “xyzzyqq”"


def test_search_that_cannot_start_says_how_to_browse(visit, base):
    page = visit()
    page.route("**/pagefind/**", lambda route: route.abort())

    page.keyboard.press("/")
    page.keyboard.insert_text("cable")
    page.wait_for_selector("[role=status] a")

    assert page.get_attribute("[role=status] a", "href") == f"{BELOW}incidents/"


def test_the_search_page_searches_for_what_its_address_asks(visit):
    page = visit("search/?q=Sylvania")

    found = results(page)
    page.fill("main .gd-search input", "Freedonia")
    page.wait_for_url("**/search/?q=Freedonia")

    assert found == [f"{BELOW}incidents/2030-01-02-sylvania/"]


def test_single_keys_can_be_switched_off_and_the_chord_stays(visit, base):
    page = visit("search/")
    page.uncheck(".gd-search__keys input")
    page.goto(f"{base}about/")

    page.keyboard.press("/")
    by_key = page.is_visible("[role=dialog]")
    page.keyboard.press("Control+k")

    assert not by_key
    assert page.is_visible("[role=dialog]")


def test_the_scheme_follows_the_system_until_it_is_chosen_and_the_choice_is_kept(visit, base):
    page = visit(color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"

    by_system = page.evaluate(paper)
    page.click(".gd-scheme-button")
    chosen = page.evaluate(paper)
    page.goto(f"{base}about/")
    kept = page.evaluate(paper)
    page.click(".gd-scheme-button")
    again = page.evaluate("localStorage.length")

    assert (by_system, chosen, kept) == ("rgb(20, 22, 26)", "rgb(251, 250, 247)", chosen)
    assert again == 0


def test_the_first_tab_stop_leads_past_the_header(visit):
    page = visit(FREEDONIA)

    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert skip == "Skip to content"
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_paper_has_dark_ink_no_menus_and_the_addresses_of_links(visit):
    page = visit(FREEDONIA, color_scheme="dark")

    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.is_visible(".gd-site-nav")
    assert not page.is_visible(".gd-search-button")
    assert ">" in page.evaluate(
        "getComputedStyle(document.querySelector('a[href^=http]'), '::after').content"
    )
