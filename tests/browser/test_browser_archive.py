"""The whole fictional archive, built as `make site` builds it, in a real browser."""

import gzip
import os
import re
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.building import built
from tests.browser.serving import BELOW, CHROMIUM, results
from tests.site_project import REPOSITORY, tree

ROSS = "incidents/2030-01-31-ross-sea/"
REPORTED = "incidents/2032-02-29-heard-island/"
READ = ("", "incidents/", ROSS, REPORTED)
PAGES = (*READ, "method/", "fields/", "rules/")
HUBS = (
    "explore/",
    "findings/",
    "needs-work/",
    "countries/",
    "countries/um/",
    "years/",
    "on-this-day/",
)
VIEWS = [
    *((path, "light", 1280) for path in PAGES),
    *((path, "light", 1280) for path in HUBS),
    *((path, "dark", 390) for path in HUBS),
    *((path, "dark", 390) for path in ("", "incidents/", ROSS, "rules/")),
    *((ROSS, *view) for view in (("dark", 1280), ("light", 390))),
]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")


@pytest.fixture(scope="module")
def site(archive_site):
    return archive_site


def test_two_builds_are_the_same_bytes_in_any_folder_time_zone_and_language(site, tmp_path):
    umask = os.umask(0o077)
    try:
        other = built(
            tmp_path / "a longer path" / "x", TZ="Asia/Kathmandu", LC_ALL="C", PYTHONHASHSEED="7"
        )
    finally:
        os.umask(umask)

    assert tree(other) == tree(site)


@pytest.mark.parametrize(("path", "scheme", "width"), VIEWS)
def test_a_page_is_quiet_and_open_to_everybody(visit, base, path, scheme, width):
    page = visit(path, width, color_scheme=scheme)

    violations = Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["target"]) for one in violations] == []
    assert page.faults == []
    assert [url for url in page.requests if not url.startswith(base[: -len(BELOW)])] == []


@pytest.mark.parametrize("path", [*PAGES, *HUBS])
def test_a_page_never_scrolls_sideways_on_the_smallest_phone(visit, path):
    page = visit(path, width=320)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", READ)
def test_a_page_says_the_same_without_javascript(visit, path):
    # A script adds to the list what narrows it down; the list itself is the same.
    part = ".gd-list" if path == "incidents/" else "main article"
    texts = [visit(path, java_script_enabled=on).inner_text(part) for on in (True, False)]

    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("Ross Sea", ROSS),
        ("AS64500", ROSS),
        ("192.0.2.0/24", ROSS),
        ("Kim Sample", ROSS),
        ("Heard Island", REPORTED),
    ],
)
def test_search_finds_an_incident_by_name_network_prefix_and_person(visit, query, wanted):
    page = visit("about/")
    page.keyboard.press("/")
    page.keyboard.insert_text(query)

    assert results(page)[0] == f"{BELOW}{wanted}"


@pytest.mark.parametrize(("width", "shown"), [(1280, "gd-wide"), (390, "gd-narrow")])
def test_one_chart_of_two_is_shown_the_one_that_fits(visit, width, shown):
    page = visit(ROSS, width)

    seen = [box for box in ("gd-wide", "gd-narrow") if page.is_visible(f".{box} svg")]
    assert seen == [shown]
    assert page.locator(f".{shown} svg").bounding_box()["width"] <= width


def test_the_chart_follows_light_and_dark(visit):
    fill = "getComputedStyle(document.querySelector('.gd-wide svg path[fill*=gd-dark]')).fill"

    light = visit(ROSS, color_scheme="light").evaluate(fill)
    dark = visit(ROSS, color_scheme="dark").evaluate(fill)

    assert (light, dark) == ("rgb(22, 33, 58)", "rgb(103, 128, 168)")


def test_no_page_holds_an_inline_style_a_script_or_a_handler(site):
    for path in site.rglob("*.html"):
        tree_ = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        named = {name for element in tree_.iter() for name in element.attrib}
        scripts = [one for one in tree_.iter("script") if one.get("type") != "application/ld+json"]
        assert "style" not in named
        assert not {name for name in named if name.startswith("on")}
        assert all(one.get("src") for one in scripts)


def test_the_incident_page_is_light(site):
    page = site / ROSS / "index.html"
    text = page.read_text("utf-8")
    loaded = {
        (page.parent / name).resolve()
        for name in re.findall(r'(?:href|src)="([^"]+\.(?:css|js|svg|png))"', text)
        if "assets/" in name
    }

    total = sum(len(gzip.compress(Path(one).read_bytes(), mtime=0)) for one in (page, *loaded))
    assert total < 100 * 1024


def test_every_link_within_the_site_leads_to_a_page_and_to_its_place_on_it(site):
    pages = {
        file: html5lib.parse(file.read_text("utf-8"), namespaceHTMLElements=False)
        for file in site.rglob("*.html")
        if file.name != "404.html"
    }
    places = {
        file: {one.get("id") for one in page.iter() if one.get("id")}
        for file, page in pages.items()
    }
    lost = []
    for file, page in pages.items():
        for link in (one.get("href", "") for one in page.iter("a")):
            path, _, place = link.partition("#")
            if ":" in path or path.startswith("//"):
                continue
            there = (file.parent / unquote(path.partition("?")[0])).resolve() if path else file
            there = there / "index.html" if there.is_dir() else there
            if not there.is_file() or (place and place not in places.get(there, {place})):
                lost.append((file.relative_to(site).as_posix(), link))
    assert lost == []


@pytest.mark.parametrize("name", ["method", "contributing", "reading", "about"])
def test_every_place_named_in_a_handwritten_page_can_be_linked_to(site, name):
    named = re.findall(
        r"\{ ?#([a-z0-9-]+) ?\}", (REPOSITORY / f"docs/{name}.md").read_text("utf-8")
    )
    page = (site / name / "index.html").read_text("utf-8")

    assert [place for place in named if f'id="{place}"' not in page] == []
