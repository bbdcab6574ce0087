"""The page of a change report in a real browser: open to everybody, and nothing but itself."""

import shutil
from contextlib import redirect_stdout

import pytest
from axe_playwright_python.sync_playwright import Axe

from generator.__main__ import main
from tests.browser.serving import CHROMIUM
from tests.conftest import HERE
from tests.repository import as_repository, replace

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with the report of a change that moves a chart, adds facts and breaks a record."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(HERE / "archive", project, dirs_exist_ok=True)
    as_repository(project)
    ross, bouvet, heard = (
        next((project / "incidents").glob(f"*/*{name}/incident.yaml"))
        for name in ("ross-sea", "bouvet-island", "heard-island")
    )
    shutil.rmtree(ross.parent / "routing")
    replace(bouvet, "2031-06-15T10:03Z", "2031-06-15T10:33Z")
    replace(heard, "title: Heard", 'title: "<script>alert(1)</script>" # Heard')
    folder = tmp_path_factory.mktemp("site")
    with (folder / "report.html").open("w", encoding="utf-8") as stream, redirect_stdout(stream):
        main(["--project", str(project), "diff", "HEAD", "--format", "html",
              "--documentation-space"])  # fmt: skip
    return folder


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 320), ("dark", 320)]
)
def test_the_report_is_quiet_and_open_to_everybody(visit, base, scheme, width):
    page = visit("report.html", width, color_scheme=scheme)

    violations = Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["target"]) for one in violations] == []
    assert page.faults == []
    assert page.requests == [f"{base}report.html"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.inner_text("h2").startswith("Ross Sea stations")


def test_the_style_of_the_report_holds_under_its_own_policy(visit):
    page = visit("report.html")

    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert ground == "rgb(251, 250, 247)"
