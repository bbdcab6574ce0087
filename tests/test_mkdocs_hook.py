"""The hook that lets plain mkdocs write the pages first, and keeps what it has rendered."""

import json
import logging
import shutil
import sys

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from tests.site_project import FIXTURE, REPOSITORY, tree


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project without incidents, whose pages are written by hand; mkdocs runs in its folder."""
    shutil.copy(REPOSITORY / "mkdocs.yml", tmp_path / "base.yml")
    shutil.copytree(FIXTURE / "pages", tmp_path / "docs")
    (tmp_path / "incidents").mkdir()
    (tmp_path / "build/pages").mkdir(parents=True)
    (tmp_path / "generator").mkdir()
    settings = {
        "INHERIT": "base.yml",
        "strict": False,
        "theme": {"custom_dir": str(REPOSITORY / "generator/render/theme")},
        "hooks": [str(REPOSITORY / "generator/mkdocs_hook.py")],
    }
    (tmp_path / "mkdocs.yml").write_text(json.dumps(settings))
    # The generator reads the site's address from this file's lines.
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    yield tmp_path
    for name in [name for name in sys.modules if "mkdocs_hook" in name]:
        del sys.modules[name]


def built(project, folder, command="build", config=None):
    """What plain mkdocs makes of the project, and the configuration, whose hook remembers."""
    config = config or load_config(str(project / "mkdocs.yml"), site_dir=str(project / folder))
    config.plugins.on_startup(command=command, dirty=False)
    build(config)
    return tree(project / folder), config


def test_plain_mkdocs_writes_the_pages_before_it_builds_them(project):
    site, _ = built(project, "site")

    assert "about/index.html" in site
    assert (project / "build/pages/about.md").is_file()


def test_a_preview_has_the_search_index_of_its_first_build(project):
    _, config = built(project, "site")
    shutil.copytree(FIXTURE / "extracts", project / "build/extracts", dirs_exist_ok=True)

    first, _ = built(project, "site", config=config)
    shutil.rmtree(project / "build/extracts/0/incidents/2029-05-06-hostile")
    second, _ = built(project, "site", config=config)

    assert "pagefind/pagefind.js" in first
    assert second == first


def test_a_page_that_did_not_change_is_the_same_as_built_anew(project):
    _, config = built(project, "site")
    about = project / "docs/about.md"
    about.write_text(f"{about.read_text()}\n\nOne more line.\n")
    chart = project / "docs/incidents/2030-01-02-sylvania/chart.svg"
    chart.write_text(chart.read_text().replace("16:15 UTC", "17:17 UTC"))

    again, _ = built(project, "site", config=config)
    anew, _ = built(project, "anew")

    assert "One more line." in again["about/index.html"].decode()
    assert "17:17 UTC" in again["incidents/2030-01-02-sylvania/index.html"].decode()
    assert again == anew


def test_a_broken_record_stops_a_build_with_its_problems(project):
    (project / "incidents/stray.txt").write_text("x")

    with pytest.raises(Abort, match=r"incidents/stray\.txt"):
        built(project, "site")


def test_a_broken_record_is_told_by_a_running_preview_which_goes_on(project, caplog):
    before, config = built(project, "site", "serve")
    (project / "incidents/stray.txt").write_text("x")

    with caplog.at_level(logging.ERROR, "mkdocs"):
        after, _ = built(project, "site", "serve", config)

    assert after == before
    assert "The preview stays as it was:\nincidents/stray.txt" in caplog.text
