"""What a reader's browser fetches and waits for, with nothing kept from before; gzip, loopback."""

from __future__ import annotations

import functools
import gzip
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium")
_WORD = "cable"
_PATIENCE_MS = 40_000


@dataclass(frozen=True)
class Seen:
    """Milliseconds until what was waited for, and kilobytes fetched, with those of before."""

    ms: float
    kb: float
    before_kb: float = 0.0

    def __str__(self) -> str:
        return f"{self.ms:.0f} ms, {self.kb:.0f} KB"


class _Handler(SimpleHTTPRequestHandler):
    """Sends files compressed, and counts."""

    def __init__(self, sent: list[tuple[str, int]], *given: Any, **named: Any) -> None:
        self._sent = sent
        super().__init__(*given, **named)

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        raw = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self._sent.append((self.path, len(raw)))
        self.wfile.write(raw)

    def log_message(self, *_words: object) -> None:
        """Keep still."""


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Serve a folder; give its address and the list of what was sent."""
    sent: list[tuple[str, int]] = []
    handler = functools.partial(_Handler, sent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", sent
        server.shutdown()


@contextmanager
def opened(*, scripts: bool = True) -> Iterator[Any]:
    """Give a page of a fresh browser."""
    from playwright.sync_api import sync_playwright

    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = browser.new_context(java_script_enabled=scripts).new_page()
        page.set_default_timeout(_PATIENCE_MS)
        yield page
        browser.close()


def weight(folder: Path, address: str, *, scripts: bool) -> float:
    """Return the kilobytes that a page loads, all in all."""
    with served(folder) as (base, sent), opened(scripts=scripts) as page:
        page.goto(base + address, wait_until="networkidle")
        return _kb(sent)


def painted(folder: Path, address: str) -> Seen:
    """Return when a page is first painted, and its weight."""
    with served(folder) as (base, sent), opened() as page:
        page.goto(base + address, wait_until="networkidle")
        first = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
        return Seen(page.evaluate(first), _kb(sent))


def faceted(folder: Path) -> float:
    """Return the milliseconds from the choice of a facet until the list shows it."""
    with served(folder) as (base, _), opened() as page:
        page.goto(base + "incidents/", wait_until="networkidle")
        page.locator(".gd-browse__status").wait_for()
        taken: float = page.evaluate(
            """async () => {
              const box = document.querySelector('.gd-facet input[type=checkbox]');
              const told = document.querySelector('.gd-browse__status');
              const before = told.textContent, start = performance.now();
              box.click();
              while (told.textContent === before) await new Promise(requestAnimationFrame);
              return performance.now() - start;
            }"""
        )
        return taken


def searched(folder: Path, ask: Callable[[Any], None]) -> Seen:
    """Return how long the first search takes, and what it fetches; what the page did before."""
    with served(folder) as (base, sent), opened() as page:
        page.goto(base + "about/", wait_until="networkidle")
        before, start = _kb(sent), time.perf_counter()
        ask(page)
        return Seen((time.perf_counter() - start) * 1000, _kb(sent) - before, before)


def ask_ours(page: Any) -> None:
    """Search, and wait for the first answer."""
    page.click(".gd-search-button")
    page.fill("dialog .gd-search input, .gd-search input", _WORD)
    page.locator(".gd-search__results a").first.wait_for()


def ask_material(page: Any) -> None:
    """Search with the theme's own, and wait for the first answer."""
    page.click("input.md-search__input")
    page.fill("input.md-search__input", _WORD)
    page.locator("li.md-search-result__item a").first.wait_for()


def _kb(sent: list[tuple[str, int]]) -> float:
    return sum(size for _, size in sent) / 1000
