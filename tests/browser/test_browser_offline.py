"""The copy that opens from a folder, looked at without a server."""

import pytest

from generator.offline import copy
from generator.render.offline import offline
from tests.browser.serving import CHROMIUM

ROSS = "incidents/2030-01-31-ross-sea/index.html"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a href="../method/#gap">', '<a href="../method/index.html#gap">'),
        ('<a class="x" href="..">', '<a class="x" href="../index.html">'),
        ('<a href="./">', '<a href="./index.html">'),
        ('<a href="../compare/?of=a,b">', '<a href="../compare/index.html?of=a,b">'),
        ('<a href="#sources">', '<a href="#sources">'),
        ('<a href="claims.csv">', '<a href="claims.csv">'),
        ('<a href="https://example.org/a/">', '<a href="https://example.org/a/">'),
        ('<a href="mailto:a@example.org">', '<a href="mailto:a@example.org">'),
        ('<link rel="canonical" href="https://example.org/">',) * 2,
        ('<script type="module" src="../a.js"></script>\n<p>', "<p>"),
        ('<script type="application/ld+json">{}</script>',) * 2,
    ],
)
def test_links_to_folders_lead_to_their_pages_and_scripts_are_left_out(before, after):
    assert offline(before) == after


@pytest.fixture(scope="module")
def folder(archive_site, tmp_path_factory):
    target = tmp_path_factory.mktemp("offline") / "offline"
    for _ in range(2):
        copy(archive_site, target)
    return target


@pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
def test_pages_open_from_a_folder_with_their_style_and_lead_to_each_other(chromium, folder):
    page = chromium.new_page()
    faults = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)

    page.goto(f"file://{folder}/{ROSS}")
    serif = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    page.click(".gd-site-nav a >> text=Explore")
    page.click("main a[href*=countries] >> nth=0")
    listed = page.url
    page.click(".gd-wordmark")

    assert "serif" in serif
    assert listed.startswith(f"file://{folder}/countries/")
    assert page.url == f"file://{folder}/index.html"
    assert faults == []


def test_the_copy_holds_every_page_and_file_but_what_only_scripts_use(archive_site, folder):
    def held(home):
        names = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
        return {name for name in names if not name.startswith("pagefind/")}

    assert held(folder) == held(archive_site)
