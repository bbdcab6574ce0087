"""The preview: the page of what was saved, and that one only."""

import shutil
import socket
import threading
import time
import urllib.request
from functools import partial
from http.server import ThreadingHTTPServer

import pytest

from generator import following, preview
from generator.build import write_pages
from generator.read.folders import find_records
from generator.site import publish
from tests.site_project import REPOSITORY

ROSS = "2030-01-31-ross-sea"


@pytest.fixture(scope="module")
def built(archive, charts, tmp_path_factory):
    """A project with the fictional archive, built, and what was found in it."""
    project = tmp_path_factory.mktemp("large") / "project"
    shutil.copytree(archive / "incidents", project / "incidents")
    shutil.copytree(REPOSITORY / "docs", project / "docs")
    shutil.copy(REPOSITORY / "mkdocs.yml", project)
    shutil.copytree(charts, project / "build/cache/charts")
    checked = write_pages(project, documentation_space=True)
    folder = project / "build"
    publish(project, folder / "pages", folder / "extracts", folder / "site")
    return project, checked


@pytest.fixture
def shown(built):
    """The project, what watches it, and a function from an address to what is shown there."""
    project, checked = built
    edition = preview.Edition()
    maker = following.Maker(project, checked, documentation_space=True)
    watcher = following.Watcher(project, maker, edition.put)
    site, pages = project / "build/site", project / "build/pages"
    handler = partial(preview._Handler, edition, pages, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def get(address):
            url = f"http://127.0.0.1:{server.server_port}{address}"
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.read().decode()

        yield project, watcher, get
        server.shutdown()


def record(project):
    return project / f"incidents/2030/{ROSS}/incident.yaml"


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_page_of_a_saved_record_is_shown_anew_and_as_a_build_makes_it(shown):
    project, watcher, get = shown
    before = get(f"/incidents/{ROSS}/")

    edit(record(project), 'title: "', 'title: "Again: ')
    began_s = time.monotonic()
    watcher.look()
    took_s = time.monotonic() - began_s
    after = get(f"/incidents/{ROSS}/")
    write_pages(project, documentation_space=True)
    folder = project / "build"
    publish(project, folder / "pages", folder / "extracts", folder / "site")

    assert "<h1>Again" in after
    assert "<h1>Again" not in before
    assert took_s < 5
    published = (project / f"build/site/incidents/{ROSS}/index.html").read_text()
    assert after == published.replace(
        "</body>", '<script src="/-/follow.js" data-seen="1"></script></body>'
    )


def test_a_broken_record_shows_its_problems_in_place_of_its_page_until_it_is_mended(shown):
    project, watcher, get = shown

    edit(record(project), "summary:", "sumary:")
    watcher.look()
    broken = get(f"/incidents/{ROSS}/")
    edit(record(project), "sumary:", "summary:")
    watcher.look()
    mended = get(f"/incidents/{ROSS}/")

    assert f"incidents/2030/{ROSS} is to be mended" in broken
    assert f"incidents/2030/{ROSS}/incident.yaml:" in broken
    assert "sumary" in broken
    assert "follow.js" in broken
    assert "to be mended" not in mended


def test_a_stray_file_in_a_routing_folder_is_told_on_the_page(shown):
    project, watcher, get = shown
    stray = project / f"incidents/2030/{ROSS}/routing/stray.txt"

    stray.parent.mkdir(exist_ok=True)
    stray.write_text("")
    watcher.look()
    told = get(f"/incidents/{ROSS}/")
    stray.unlink()
    watcher.look()

    assert "routing/stray.txt: does not belong here" in told


def test_a_new_record_gets_a_page(shown):
    project, watcher, get = shown
    new = "2030-02-01-ross-sea"

    shutil.copytree(record(project).parent, project / f"incidents/2030/{new}")
    watcher.look()
    page = get(f"/incidents/{new}/")
    shutil.rmtree(project / f"incidents/2030/{new}")

    assert "<html" in page
    assert new in page


def test_a_page_of_docs_is_shown_anew_with_its_links(shown):
    project, watcher, get = shown

    edit(project / "docs/about.md", "A small team", "A very small team")
    watcher.look()
    page = get("/about/")

    assert "A very small team" in page
    assert 'href="../method/#standing"' in page
    assert 'href="../data/"' in page


def test_a_change_of_the_settings_asks_for_a_new_start(shown, capsys):
    project, watcher, _ = shown

    edit(project / "mkdocs.yml", "site_name", "# Edited.\nsite_name")
    watcher.look()

    assert capsys.readouterr().out.startswith("mkdocs.yml changed: end this with Ctrl+C")


def test_what_did_not_change_is_not_made_again(shown, monkeypatch):
    _, watcher, _ = shown
    monkeypatch.setattr(following.Maker, "record", lambda *_: pytest.fail("made again"))

    watcher.look()


def test_whoever_waits_hears_of_a_new_page_at_once():
    edition = preview.Edition()
    heard = []
    waiting = threading.Thread(target=lambda: heard.append(edition.after("0")))
    waiting.start()

    edition.put("/incidents/x/", b"")
    waiting.join(5)

    assert heard == [1]


def test_files_beside_a_page_made_anew_are_the_new_ones(shown):
    project, watcher, get = shown
    chart = f"/incidents/{ROSS}/chart.svg"
    beside = project / f"build/pages{chart}"

    record(project).touch()
    watcher.look()

    assert get(chart) == beside.read_text()
    assert "stylesheet" in get("/about/")


def test_serving_builds_first_and_ends_with_an_interrupt(built, monkeypatch, capsys):
    project, _ = built
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    looked = []

    def interrupted(_):
        with urllib.request.urlopen(f"http://{address}/", timeout=10) as answer:
            looked.append(answer.status)
        raise KeyboardInterrupt

    monkeypatch.setattr(following.Watcher, "look", interrupted)

    assert preview.serve(project, address, documentation_space=True) == 0
    assert looked == [200]
    assert f"Serving on http://{address}/." in capsys.readouterr().out
    assert len(find_records(project).places) > 0
