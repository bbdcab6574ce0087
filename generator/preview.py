"""The preview: the site as built, and over it the pages made since, which open browsers follow.

The engine's own preview builds every page after every edit. Here an edit has one page made anew;
lists, and what other pages say of a record, stay as they were when the preview began.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from generator.build import write_pages
from generator.engine import environment
from generator.following import Maker, Watcher, say
from generator.site import publication

ADDRESS = "127.0.0.1:8000"
_LOOK_S, _PATIENCE_S = 0.3, 20.0
_HOME = "/-/"  # addresses of the preview's own
_SCRIPT = """\
const seen = document.currentScript.dataset.seen;
const follow = async () => {
  try {
    const answer = await fetch("/-/edition?" + seen);
    if ((await answer.text()) !== seen) location.reload();
    else follow();
  } catch {
    setTimeout(follow, 1000);
  }
};
follow();
"""


@dataclass
class Edition:
    """The pages made since the preview began, by address; ``number`` rises with each."""

    pages: dict[str, bytes] = field(default_factory=dict)
    number: int = 0
    risen: threading.Condition = field(default_factory=threading.Condition)

    def put(self, address: str, page: bytes) -> None:
        """Show a page from now on, and tell whoever waits."""
        with self.risen:
            self.pages[address] = page
            self.number += 1
            self.risen.notify_all()

    def after(self, seen: str) -> int:
        """Return the number, as soon as it is another than the one seen; at last the same."""
        with self.risen:
            self.risen.wait_for(lambda: str(self.number) != seen, _PATIENCE_S)
            return self.number


class _Handler(SimpleHTTPRequestHandler):
    """Answers with the pages made since, the preview's own addresses, and the site as built."""

    def __init__(self, edition: Edition, pages: Path, *given: object, **named: object) -> None:
        self._edition, self._pages = edition, pages
        super().__init__(*given, **named)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer."""
        address = urlsplit(self.path)
        if address.path == f"{_HOME}edition":
            self._answer(str(self._edition.after(address.query)).encode(), "text/plain")
        elif address.path == f"{_HOME}follow.js":
            self._answer(_SCRIPT.encode(), "text/javascript")
        elif (page := self._page(address.path)) is not None:
            mark = f'<script src="{_HOME}follow.js" data-seen="{self._edition.number}"></script>'
            self._answer(page.replace(b"</body>", mark.encode() + b"</body>"), "text/html")
        else:
            super().do_GET()

    def _page(self, address: str) -> bytes | None:
        fresh = self._edition.pages.get(address)
        if fresh is None and address.endswith("/"):
            path = Path(self.translate_path(f"{address}index.html"))
            fresh = path.read_bytes() if path.is_file() else None
        return fresh

    def translate_path(self, path: str) -> str:
        """Return where a file lies: what is beside a page made since, in the folder of pages."""
        home = urlsplit(path).path.rpartition("/")[0]
        made = super().translate_path(path)
        if f"{home}/" in self._edition.pages:
            made = str(self._pages / Path(made).relative_to(self.directory))
        return made

    def _answer(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_given: object) -> None:
        """Keep still: what is said is about records."""


def serve(project: Path, address: str = ADDRESS, *, documentation_space: bool = False) -> int:
    """Build the site, show it at ``address`` and follow edits; Ctrl+C ends it, giving 0.

    Raises what a build raises, before anything is shown.
    """
    project = project.resolve()
    os.environ.update(environment(project))
    folder = project / "build"
    with publication(project, folder / "pages", folder / "extracts", folder / "site") as made:
        made.begin_copy()
        checked = write_pages(project, made.begin_index, documentation_space=documentation_space)
        made.finish()
    edition = Edition()
    maker = Maker(project, checked, documentation_space=documentation_space)
    watcher = Watcher(project, maker, edition.put)
    host, _, port = address.rpartition(":")
    handler = partial(_Handler, edition, folder / "pages", directory=str(folder / "site"))
    with ThreadingHTTPServer((host, int(port)), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"Serving on http://{address}/. What is saved is shown anew at its page;")
        say("lists stay as they are now. Ctrl+C ends it.")
        try:
            while True:
                watcher.look()
                time.sleep(_LOOK_S)
        except KeyboardInterrupt:
            server.shutdown()
            return 0
