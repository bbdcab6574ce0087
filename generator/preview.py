"""The preview of a large archive: after an edit that record's page is made anew, and nothing else.

The engine's own preview builds every page after every edit, which takes a minute for thousands.
Here lists, and what other pages say of a record, stay as they were when the preview began.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from generator.build import Checked, settings_of, write_pages
from generator.derive.catalogue import Catalogue
from generator.engine import PublishError, build_here, environment
from generator.hardening import hardened
from generator.linking import nav_pages
from generator.model.problem import Problem
from generator.pages import Task, make
from generator.read.folders import Place, find_records
from generator.render.among import among_the_others
from generator.render.archive import entry_of, site_of
from generator.site import publish
from generator.studies import questions, recalled
from generator.swap import one_at_a_time
from generator.writing import link, write_if_changed

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


class Maker:
    """Makes the page of a record anew, among the others as they are known."""

    def __init__(self, project: Path, checked: Checked, *, documentation_space: bool) -> None:
        self._project, self._space = project, documentation_space
        self._build = project / "build"
        self._site = site_of(settings_of(project))
        found = (entry_of(one.record, one.measurement) for one in checked.studies if one.record)
        self._entries = {one.id: one for one in found}

    def make(self, place: Place) -> tuple[bytes | None, tuple[Problem, ...]]:
        """Return the page of a record, None where it is broken, and every problem of it."""
        (asked,) = questions([place], self._project, measure=True, documentation_space=self._space)
        study = recalled(asked)
        if study.record is None or any(one.severity == "error" for one in study.problems):
            return None, study.problems
        entry = entry_of(study.record, study.measurement)
        self._entries[place.id] = entry
        others = Catalogue([self._entries[key] for key in sorted(self._entries)])
        make(Task(asked, among_the_others(entry, others), self._site, self._build, ""))
        return self._html(f"incidents/{place.id}/index.md"), study.problems

    def _html(self, name: str) -> bytes:
        pages, work = self._build / "pages", self._build / "preview"
        shutil.rmtree(work, ignore_errors=True)
        for one in nav_pages(self._project):
            write_if_changed(work / "docs" / one, "---\ntitle: Elsewhere\n---\n")
        link(pages / name, work / "docs" / name)
        build_here(self._project, work / "docs", pages, work, work / "made")
        html, _ = hardened(work / "made" / name.replace(".md", ".html"), pages, work)
        return html.encode()


class Watcher:
    """Looks which records changed, and has their pages made."""

    def __init__(self, project: Path, maker: Maker, edition: Edition) -> None:
        self._project, self._maker, self._edition = project, maker, edition
        self._seen = self._state()

    def _state(self) -> Mapping[Path, float]:
        return {path: _changed(path) for path in self._project.glob("incidents/*/*/incident.yaml")}

    def look(self) -> None:
        """Make the pages of what changed since the last look, and say what is wrong with it."""
        now = self._state()
        changed = {path for path, at in now.items() if self._seen.get(path) != at}
        self._seen = now
        if not changed:
            return
        for place in find_records(self._project).places:
            if place.path in changed:
                self._show(place)

    def _show(self, place: Place) -> None:
        try:
            page, problems = self._maker.make(place)
        except PublishError as refused:
            _say(str(refused))
            return
        for problem in problems:
            _say(str(problem))
        if page is None:
            _say(f"{place.shown} is shown as it was.")
        else:
            self._edition.put(f"/incidents/{place.id}/", page)
            _say(f"{place.shown} is shown anew.")


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


def serve(project: Path, address: str, *, documentation_space: bool = False) -> int:
    """Build the site, show it at ``address`` and follow edits of records; Ctrl+C ends it, giving 0.

    Raises what a build raises, before anything is shown.
    """
    project = project.resolve()
    os.environ.update(environment(project))
    folder = project / "build"
    with one_at_a_time(folder):
        checked = write_pages(project, documentation_space=documentation_space)
        publish(project, folder / "pages", folder / "extracts", folder / "site")
    edition = Edition()
    maker = Maker(project, checked, documentation_space=documentation_space)
    watcher = Watcher(project, maker, edition)
    host, _, port = address.rpartition(":")
    handler = partial(_Handler, edition, folder / "pages", directory=str(folder / "site"))
    with ThreadingHTTPServer((host, int(port)), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _say(f"Serving on http://{address}/. A record that is saved is shown anew at its page;")
        _say("lists stay as they are now. Ctrl+C ends it.")
        try:
            while True:
                watcher.look()
                time.sleep(_LOOK_S)
        except KeyboardInterrupt:
            server.shutdown()
            return 0


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # an editor's temporary file, gone again
        return 0.0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
