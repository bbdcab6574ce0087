"""A browser, and pages opened in it. A module that asks for ``visit`` gives a ``site`` folder."""

import functools
import threading

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.building import built
from tests.browser.serving import ARGUMENTS, BELOW, CHROMIUM, Below, Server


@pytest.fixture(scope="module")
def base(site):
    """The site's address on this machine."""
    handler = functools.partial(Below, directory=str(site))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{BELOW}"
        server.shutdown()


@pytest.fixture(scope="session")
def archive_site(made_once):
    """The published site of the fictional archive."""
    return made_once("archive-site", built) / "build/site"


@pytest.fixture(scope="session")
def chromium():
    """The browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, base):
    """A function that opens a page in a fresh profile; ``requests`` and ``faults`` are kept."""
    contexts = []

    def visit_page(path="", width=1280, **options):
        viewport = {"width": width, "height": 800}
        context = chromium.new_context(viewport=viewport, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.requests, page.faults = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console", lambda said: page.faults.append(said.text) if said.type == "error" else None
        )
        page.goto(base + path)
        return page

    yield visit_page
    for context in contexts:
        context.close()
