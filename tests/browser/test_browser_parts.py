"""A search index in several parts answers as one."""

import pytest

from generator.site import publish
from tests.browser.serving import BELOW, CHROMIUM, results
from tests.site_project import make_project

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")

EXTRACT = """<!doctype html><html lang="en"><title>{title}</title><body><main data-pagefind-body>
<h1 data-pagefind-meta="title" data-pagefind-weight="10">{title}</h1><p>{text}</p></main></body>
</html>"""
PARTS = {
    "0": {
        "borduria": ("Borduria loses its cables", "Sylvatel, AS64500, was dark for a day."),
        "illyria": ("Storm in Illyria", "Two cables were cut, the ministry said."),
    },
    "1": {
        "sylva": ("The Sylva valley goes dark", "A cable was cut near AS64 and another."),
        "ruritania": ("Ruritania goes dark", "An election was held. Nobody said why."),
    },
    "2": {"panem": ("Panem flickers", "Elections were held, and routes withdrawn.")},
}
NAMES = {name for pages in PARTS.values() for name in pages}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A published site whose search index has three parts."""
    project = make_project(tmp_path_factory.mktemp("parts") / "project")
    build = project / "build"
    for part, pages in PARTS.items():
        for name, (title, text) in pages.items():
            path = build / "extracts" / part / "incidents" / name / "index.html"
            path.parent.mkdir(parents=True)
            path.write_text(EXTRACT.format(title=title, text=text), encoding="utf-8")
    publish(project, build / "pages", build / "extracts", build / "site")
    return build / "site"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        # In one part; another has a word that this one begins with.
        ("Sylvatel", ["borduria"]),
        ("AS64500", ["borduria"]),
        # In two parts, in another form than typed; what is named so comes first.
        ("cables", ["borduria", "sylva", "illyria"]),
        # In two parts, which differ in the form they have.
        ("election", ["ruritania", "panem"]),
        # The beginning of a word.
        ("rurit", ["ruritania"]),
        # Two words that one part has.
        ("panem routes", ["panem"]),
    ],
)
def test_what_is_found_is_what_one_index_would_find(visit, words, found):
    page = visit("about/")
    page.keyboard.press("/")
    page.keyboard.insert_text(words)
    page.wait_for_selector("[role=status]:has-text('result')")

    ours = [address for address in results(page) if address.split("/")[-2] in NAMES]

    assert ours == [f"{BELOW}incidents/{name}/" for name in found]


def test_the_programs_of_the_search_are_fetched_once(visit):
    page = visit("about/")
    page.keyboard.press("/")
    page.keyboard.insert_text("cable")
    results(page)

    assert len([url for url in page.requests if "wasm." in url]) == 1
    assert len([url for url in page.requests if ".pf_meta" in url]) == 3
