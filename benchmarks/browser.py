"""What a reader's browser fetches and waits for, with nothing kept from before; gzip, loopback.

Times are taken by the page itself, from what a reader does until the answer has been painted: the
start of the browser, the way to it and the server's compressing are not in them. Each is taken
several times in fresh browsers; the median and the worst are told.
"""

from __future__ import annotations

import functools
import gzip
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

CHROMIUM = shutil.which("chromium")
_WORD = "cable"
_PATIENCE_MS = 40_000
_TIMES = 5
_REST_MS = 300  # for what is still on its way
_BOXES = 40  # values of facets that are chosen, one after the other


@dataclass(frozen=True)
class Seen:
    """Milliseconds until what was waited for, and kilobytes fetched, with those of before."""

    each_ms: tuple[float, ...]
    kb: float = 0.0
    before_kb: float = 0.0

    def __str__(self) -> str:
        said = f"{median(self.each_ms):.0f} ms (worst {max(self.each_ms):.0f})"
        return f"{said}, {self.kb:.0f} KB" if self.kb else said


class _Handler(SimpleHTTPRequestHandler):
    """Sends files compressed, and counts. Connections stay open, as with any server on the web."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else a kept connection waits 40 ms for the other side
    wbufsize = -1

    def __init__(self, sent: list[tuple[str, int]], *given: Any, **named: Any) -> None:
        self._sent = sent
        super().__init__(*given, **named)

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        raw = _compressed(path, path.stat().st_mtime_ns)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self._sent.append((self.path, len(raw)))
        self.wfile.write(raw)

    def log_message(self, *_words: object) -> None:
        """Keep still."""


@functools.cache
def _compressed(path: Path, _as_of_ns: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


class _Server(ThreadingHTTPServer):
    """Takes it as no news when a browser hangs up."""

    daemon_threads = True

    def handle_error(self, *_about: object) -> None:
        """Keep still."""


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Serve a folder; give its address and the list of what was sent."""
    sent: list[tuple[str, int]] = []
    handler = functools.partial(_Handler, sent, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
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
    return _several(folder, address, lambda page: page.evaluate(_FIRST_PAINT), whole=True)


def searched(folder: Path, script: str) -> Seen:
    """Return how long the first search takes, and what it fetches; what the page did before."""
    return _several(folder, "about/", lambda page: page.evaluate(script, _WORD))


def faceted(folder: Path) -> Seen:
    """Return how long it takes until the list shows a choice among the facets, for many choices."""
    with served(folder) as (base, _), opened() as page:
        page.goto(base + "incidents/", wait_until="networkidle")
        page.locator(".gd-browse__status").wait_for()
        return Seen(tuple(page.evaluate(_CHOOSE, _BOXES)))


def _several(
    folder: Path, address: str, timed: Callable[[Any], float], *, whole: bool = False
) -> Seen:
    """Time something in fresh browsers; count what is fetched after the page is there, or all."""
    each_ms, kb, before_kb = [], 0.0, 0.0
    for _ in range(_TIMES + 1):
        with served(folder) as (base, sent), opened() as page:
            page.goto(base + address, wait_until="networkidle")
            before_kb = 0.0 if whole else _kb(sent)
            each_ms.append(timed(page))
            page.wait_for_timeout(_REST_MS)
            kb = _kb(sent) - before_kb
    return Seen(tuple(each_ms[1:]), kb, before_kb)  # in the first, the server still compressed


# From a press and a word, entered at once, until the frame with the first answer has been painted.
# Ten thousand rows may be loaded long before they are painted.
_FIRST_PAINT = """() => new Promise((done) => new PerformanceObserver((list) => {
  const [first] = list.getEntriesByName("first-contentful-paint");
  if (first) done(first.startTime);
}).observe({ type: "paint", buffered: true }))"""
_FIRST_ANSWER = """
async word => {{
  const start = performance.now();
  const answered = new Promise(done => new MutationObserver(() => {{
    if (document.querySelector('{answer}')) done();
  }}).observe(document.documentElement, {{childList: true, subtree: true}}));
  document.querySelector('{press}').click();
  const field = document.querySelector('{field}');
  field.focus();
  field.value = word;
  field.dispatchEvent(new InputEvent('input', {{bubbles: true}}));
  field.dispatchEvent(new KeyboardEvent('keyup', {{bubbles: true, key: 'e'}}));
  await answered;
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}}"""
OURS = _FIRST_ANSWER.format(
    press=".gd-search-button", field=".gd-search input", answer=".gd-search__results a"
)
MATERIAL = _FIRST_ANSWER.format(
    press="label[for=__search]", field="input.md-search__input",
    answer="li.md-search-result__item a",
)  # fmt: skip
_CHOOSE = """
async most => {
  const list = document.querySelector('.gd-list tbody');
  const taken = [];
  for (const box of [...document.querySelectorAll('.gd-facet li input')].slice(0, most)) {
    const shown = new Promise(done => new MutationObserver((_, seen) => {
      seen.disconnect();
      done();
    }).observe(list, {childList: true}));
    const start = performance.now();
    box.click();
    await shown;
    document.body.getBoundingClientRect();
    taken.push(performance.now() - start);
    await new Promise(requestAnimationFrame);
    document.querySelector('.gd-browse__clear').click();
    await new Promise(done => setTimeout(done, 50));
  }
  return taken;
}"""


def _kb(sent: list[tuple[str, int]]) -> float:
    return sum(size for _, size in sent) / 1000
