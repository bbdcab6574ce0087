"""A chart on somebody else's site, and what a link to a page looks like there."""

import http.server
import re
import threading

import html5lib
import pytest
from PIL import Image

from tests.browser.serving import CHROMIUM, Server

ROSS = "incidents/2030-01-31-ross-sea/"
PUBLISHED = "https://gone-dark.example/"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")


@pytest.fixture(scope="module")
def site(archive_site):
    return archive_site


def head(file):
    page = html5lib.parse(file.read_text("utf-8"), namespaceHTMLElements=False)
    return {
        one.get("property") or one.get("name"): one.get("content")
        for one in page.iter("meta")
        if one.get("content")
    }


@pytest.fixture
def story(site, base):
    """The address of a page on another site that shows the chart, under a strict policy."""
    page = html5lib.parse((site / ROSS / "index.html").read_bytes(), namespaceHTMLElements=False)
    (code,) = (one for one in page.iter("code") if (one.text or "").startswith("<figure>"))
    body = f"<!doctype html><title>Story</title>{code.text.replace(PUBLISHED, base)}".encode()

    class Story(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", f"default-src 'none'; img-src {base}")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            pass

    with Server(("127.0.0.1", 0), Story) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/story"
        server.shutdown()


def test_the_embedded_chart_shows_under_a_policy_that_allows_one_picture(chromium, base, story):
    context = chromium.new_context()
    tab = context.new_page()
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(story)

    size = tab.locator("img").evaluate(
        "async (img) => { await img.decode(); return [img.naturalWidth, img.naturalHeight] }"
    )
    links = [link.get_attribute("href") for link in tab.locator("a").all()]
    context.close()

    assert size[0] == 752
    assert 200 < size[1] < 900
    assert [url for url in asked if "favicon" not in url] == [story, f"{base}{ROSS}embed.svg"]
    licence = "https://creativecommons.org/licenses/by/4.0/"
    assert links == [f"{base}{ROSS}", f"{base}{ROSS}", licence]


@pytest.mark.parametrize(
    ("page", "picture", "alt"),
    [
        ("", "card.png", "Every incident on record by date and length"),
        (ROSS, f"{ROSS}chart.png", "What routing saw: Ross Sea stations drop off: power"),
    ],
)
def test_a_preview_of_a_page_has_its_chart_and_words_for_it(site, page, picture, alt):
    told = head(site / page / "index.html")

    assert told["og:image"] == f"{PUBLISHED}{picture}"
    assert told["og:image:alt"].startswith(alt)
    assert told["twitter:card"] == "summary_large_image"
    with Image.open(site / picture) as found:
        size = (told["og:image:width"], told["og:image:height"])
        assert tuple(map(str, found.size)) == size == ("1200", "630")


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        ("index.html", {"feed.xml", "feed.json"}),
        ("countries/um/index.html", {"countries/um/feed.xml", "countries/um/feed.json"}),
        (f"{ROSS}index.html", {"feed.xml", "feed.json"}),
    ],
)
def test_a_page_names_the_feeds_that_go_with_it(site, page, feeds):
    text = (site / page).read_text("utf-8")
    links = re.findall(
        r'<link rel="alternate" type="application/\w+\+\w+"[^>]* href="([^"]+)"', text
    )
    here = (site / page).parent

    found = {(here / link).resolve().relative_to(site.resolve()).as_posix() for link in links}

    assert found == feeds
    assert all((site / name).is_file() for name in found)
