"""Pages look the same with the part of the theme's style sheet that is published as with all."""

from pathlib import Path

import material
import pytest

SHEETS = Path(material.__file__).parent / "templates/assets/stylesheets"
PAGES = ("", "404.html", "incidents/2030-01-31-ross-sea/", "reading/")
# All that is drawn: not variables, which are nothing until some rule uses them.
STYLES = """() => {
  const names = [...getComputedStyle(document.body)].filter(name => !name.startsWith('--'));
  const drawn = style => names.map(name => style.getPropertyValue(name)).join(';');
  return [...document.querySelectorAll('html, body, body :not(svg *)')].map(one =>
    ['', '::before', '::after'].map(part => getComputedStyle(one, part))
      .filter((style, at) => !at || style.content !== 'none').map(drawn).join());
}"""


@pytest.fixture(scope="module")
def site(archive_site):
    """The published site of the fictional archive."""
    return archive_site


def _whole(route):
    (sheet,) = SHEETS.glob(route.request.url.rpartition("/")[2])
    route.fulfill(path=sheet, content_type="text/css")


def _looks(page):
    for media in ("screen", "print"):
        page.emulate_media(media=media, reduced_motion="reduce")
        yield page.evaluate(STYLES)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_looks_as_with_the_whole_style_sheet(visit, site, path, width):
    page = visit(path, width)
    published = list(_looks(page))
    page.route("**/stylesheets/main.*.css", _whole)
    page.reload()

    assert "rgb(" in published[0][0]
    assert list(_looks(page)) == published
    assert _size(page) > 2 * sum(one.stat().st_size for one in site.glob("assets/*/main.*.css"))


def _size(page):
    address = page.locator("link[href*='stylesheets/main']").evaluate("one => one.href")
    return len(page.evaluate("async address => (await fetch(address)).text()", address))
