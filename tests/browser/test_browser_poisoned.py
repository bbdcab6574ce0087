"""The site of an archive whose every text is an attack, as published, in a real browser."""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import cycle

import html5lib
import pytest
import yaml
from poison import ATTACKS, poisoned, written

from generator.read.archive import read_archive
from tests.browser.building import laid_out
from tests.browser.serving import CHROMIUM
from tests.site_project import REPOSITORY

ROSS = "incidents/2030-01-31-ross-sea/"
LEADS = ("href", "src", "action", "formaction", "{http://www.w3.org/1999/xlink}href")
LIVE = re.compile(r"^(on|data-live$|srcdoc$|style$)")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")


@pytest.fixture(scope="module")
def site(made_once):
    """Each text says what it said, and one attack after another as they fit."""
    return made_once("poisoned-site", poisoned_site) / "build/site"


def plain(text):
    """What YAML says, every value of it a text."""
    loader = yaml.BaseLoader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def poisoned_site(folder):
    laid_out(folder)
    attacks = cycle(ATTACKS)

    def words(was, most):
        said = [was] if was else []
        while len(" ".join(said)) < min(most, 400) - 90:
            said.append(next(attacks))
        return " ".join(said)[:most].strip()

    for record in read_archive(folder)[0].records:
        text = written(poisoned(record.incident, words)[0])
        (folder / record.file).write_text(text, "utf-8")
        links = folder / record.file.replace("incident.yaml", "links.yaml")
        if links.exists():
            told = plain(links.read_text("utf-8"))
            for one in told["sources"].values():
                one["why"] = words("", 200)
            links.write_text(yaml.safe_dump(told, allow_unicode=True, width=300), "utf-8")
    command = [sys.executable, "-m", "generator", "--project", str(folder), "build"]
    subprocess.run(
        [*command, "--documentation-space"],
        cwd=REPOSITORY,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
        check=True,
        capture_output=True,
    )


def parsed(page):
    return html5lib.parse(page.read_text("utf-8"), namespaceHTMLElements=False)


def kinds(site):
    """Every kind of element, with its attributes, of all pages."""
    return {
        (str(one.tag), tuple(sorted(map(str, one.attrib))))
        for page in site.rglob("*.html")
        for one in parsed(page).iter()
    }


def test_no_page_has_a_kind_of_element_that_a_harmless_archive_has_not(site, archive_site):
    assert kinds(site) - kinds(archive_site) == set()


def test_nothing_on_any_page_acts_or_leads_where_an_attack_wants(site):
    acting, leading = [], []
    for page in site.rglob("*.html"):
        for one in parsed(page).iter():
            acting += [name for name in one.attrib if LIVE.match(str(name))]
            leading += [one.attrib[name] for name in LEADS if name in one.attrib]

    assert acting == []
    flat = [re.sub(r"[\x00-\x20]", "", one).lower() for one in leading]
    assert [one for one in flat if re.match(r"(javascript|data|vbscript):", one)] == []
    assert [one for one in flat if re.match(r"(https?:)?//[^/]*third\.example", one)] == []
    assert len(flat) > 100


def test_every_drawing_and_feed_is_sound_and_holds_text_only(site):
    trees = {
        file.relative_to(site).as_posix(): ET.parse(file).getroot()
        for file in site.rglob("*")
        if file.suffix in (".svg", ".xml")
    }

    bad = ("script", "foreignObject", "iframe", "image", "i", "b", "img")
    tags = {one.tag.rpartition("}")[2] for tree in trees.values() for one in tree.iter()}
    assert {f"{ROSS}chart.svg", "feed.xml", "sitemap.xml"} <= set(trees)
    assert tags & set(bad) == set()
    names = {name for tree in trees.values() for one in tree.iter() for name in one.attrib}
    assert [name for name in names if LIVE.match(name) and name != "style"] == []


def test_structured_data_is_read_back_whole(site):
    found = [
        json.loads(text)
        for page in site.glob("incidents/*/index.html")
        for text in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>',
            page.read_text("utf-8"),
            re.DOTALL,
        )
    ]

    assert len(found) == 4


@pytest.mark.parametrize("path", ["", "incidents/", ROSS, "explore/", "findings/"])
def test_in_a_browser_no_attack_runs_and_the_policy_has_nothing_to_stop(visit, base, path):
    page = visit(path)

    assert page.evaluate("window.__pwned") is None
    assert page.faults == []
    assert [one for one in page.requests if not one.startswith(base)] == []


def test_search_shows_what_it_finds_as_text(visit):
    page = visit()
    page.keyboard.press("/")
    page.keyboard.insert_text("onerror")
    page.wait_for_selector(".gd-search__results li a")

    assert page.evaluate("window.__pwned") is None
    tags = page.evaluate(
        "[...new Set([...document.querySelectorAll('.gd-search__results *')]"
        ".map(element => element.nodeName))]"
    )
    assert set(tags) <= {"A", "LI", "MARK", "P"}
