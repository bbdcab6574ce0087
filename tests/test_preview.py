"""The engine's own preview: plain mkdocs, the hook, and one edit after another."""

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.site_project import make_project, with_code

# Stands for the generator: a page for each note, written only if it changed.
BUILD = """
def write_pages(project):
    for note in sorted((project / "incidents").glob("*.txt")):
        text = note.read_text()
        page = project / "build" / "pages" / "incidents" / note.stem / "index.md"
        new = f"---\\ntitle: {note.stem}\\n---\\n\\n# {note.stem}\\n\\n{text}\\n"
        if not page.exists() or page.read_text() != new:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(new)
"""
PATIENCE_S = 20


@pytest.fixture
def project(tmp_path):
    """A project with a stand-in for the generator, and one note."""
    folder = with_code(make_project(tmp_path / "project"))
    (folder / "generator" / "build.py").write_text(BUILD)
    (folder / "incidents" / "note.txt").write_text("As it was.")
    return folder


@pytest.fixture
def preview(project):
    """A function from a path to the page that the running preview shows there, and the log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = project.parent / "serve.log"
    with log.open("w") as out:
        command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dev-addr", address]
        process = subprocess.Popen(command, cwd=project, stdout=out, stderr=out)

    def page(path):
        try:
            with urllib.request.urlopen(f"http://{address}/{path}", timeout=5) as answer:
                return answer.read().decode()
        except (OSError, urllib.error.URLError):
            return ""

    yield page, log
    process.send_signal(signal.SIGINT)
    process.wait(PATIENCE_S)


def shown(page, path, text):
    """Seconds until ``text`` is shown at ``path``."""
    began_s = time.monotonic()
    while text not in page(path):
        assert time.monotonic() - began_s < PATIENCE_S, f"{text!r} never came up at {path}"
        time.sleep(0.02)
    return time.monotonic() - began_s


def test_the_preview_follows_an_edit_has_search_and_rests_between_edits(project, preview):
    page, log = preview
    note = project / "incidents" / "note.txt"
    shown(page, "incidents/note/", "As it was.")
    time.sleep(2)

    note.write_text("As it is.")
    took_s = shown(page, "incidents/note/", "As it is.")
    chart = project / "build/pages/incidents/2030-01-02-sylvania/chart.svg"
    chart.write_text(chart.read_text().replace("16:15 UTC", "17:17 UTC"))
    shown(page, "incidents/2030-01-02-sylvania/", "17:17 UTC")
    time.sleep(3)

    assert took_s < 5
    assert "9 h 31 min" in page("incidents/2031-02-03-freedonia/")
    assert "pagefind" in page("pagefind/pagefind.js")
    # At the start, the note, the page written from it, the chart: no edit causes another.
    assert 3 <= log.read_text().count("Building documentation...") <= 6


def test_plain_mkdocs_builds_pages_and_search(project):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    page = (project / "build/mkdocs/incidents/note/index.html").read_text()
    assert re.search(r"<p>As it was\.</p>", page)
    assert (project / "build/mkdocs/pagefind/pagefind.js").is_file()
