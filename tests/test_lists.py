"""Lists are made again where they must be, and say what they would if all were made anew."""

import os
import shutil
from pathlib import Path

import pytest

from generator import lists
from generator.__main__ import main
from tests.site_project import fictional_project, tree
from tests.undrawn import undrawn

ROSS = "2030/2030-01-31-ross-sea/incident.yaml"
BOUVET = "2031/2031-06-15-bouvet-island/incident.yaml"


@pytest.fixture
def project(archive, tmp_path, charts):
    """A project of its own: the fictional archive, its lists and pages written."""
    fictional_project(tmp_path, archive, charts)
    pages(tmp_path)
    return tmp_path


def pages(project):
    assert main(["--project", str(project), "pages", "--documentation-space"]) == 0
    return tree(project / "build/pages")


def anew(project):
    """What the pages are when nothing but charts was kept."""
    for name in ("pages", "cache/lists.json", "cache/pages.json", "cache/exports.json"):
        path = project / "build" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return pages(project)


def replaced(record, old, new):
    def edit(project):
        path = project / "incidents" / record
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def removed(project):
    shutil.rmtree(project / "incidents/2033")


def added(project):
    text = (project / "incidents/2033/2033-11-05-palmyra/incident.yaml").read_text("utf-8")
    path = project / "incidents/2032/2032-11-05-palmyra/incident.yaml"
    path.parent.mkdir()
    path.write_text(text.replace("2033", "2032"), encoding="utf-8")


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(replaced(ROSS, "Ross Sea", "The Ross Sea"), id="another title"),
        pytest.param(replaced(BOUVET, "BV", "AQ"), id="another country"),
        pytest.param(replaced(BOUVET, "T10:03:40Z", "T10:23:40Z"), id="another length"),
        pytest.param(removed, id="one incident less"),
        pytest.param(added, id="one incident more"),
    ],
)
def test_after_an_edit_the_lists_are_as_if_all_were_made_anew(project, edit):
    before = tree(project / "build/pages")
    edit(project)

    after = pages(project)

    assert after != before
    assert after == anew(project)


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("altered")])
def test_a_list_that_somebody_altered_is_as_it_was_after_the_next_build(project, spoil):
    before = tree(project / "build/pages")
    for name in ("incidents/index.md", "years/2031/chart.svg", "explore/index.md"):
        spoil(project / "build/pages" / name)

    assert pages(project) == before


def test_a_list_that_an_edit_does_not_concern_is_not_looked_at(project):
    """A list is right while it looks as it was written: it is not even read."""
    page = project / "build/pages/years/2030/index.md"
    state = page.stat()
    page.write_bytes(page.read_bytes()[::-1])

    os.utime(page, ns=(state.st_mtime_ns, state.st_mtime_ns))
    replaced(BOUVET, "title: ", "title: A new name for ")(project)

    assert pages(project)["years/2030/index.md"] == page.read_bytes()


def test_lists_are_the_same_whether_few_of_their_charts_or_all_are_missing(project, monkeypatch):
    monkeypatch.setenv("GONE_DARK_WORKERS", "1")  # a worker would draw
    monkeypatch.setattr("generator.render.draw.draw", undrawn)
    passes, found, whole = [], [], lists.sections
    monkeypatch.setattr(lists, "sections", lambda *given: passes.append(1) or whole(*given))
    charts = project / "build/cache/charts"
    charts.unlink()
    for few in (1_000, 3, 0):
        monkeypatch.setattr(lists, "_FEW", few)
        shutil.rmtree(charts, ignore_errors=True)
        passes.clear()
        found.append((anew(project), len(passes)))

    (at_once, once), *others = found
    assert once == 1
    assert others == [(at_once, 2), (at_once, 2)]
