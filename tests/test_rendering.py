"""HTML made in parts and kept is that of one plain run of the engine over everything."""

import os
import shutil
import signal
import time

import pytest

from generator import rendering
from generator.cache import Cache
from generator.crew import Crew, WorkerLostError, crew
from generator.engine import PublishError, build_pages
from generator.hardening import hardened
from generator.rendering import markdown_files
from generator.site import publish
from tests.site_project import make_project, tree
from tests.test_golden import GOLDEN


def fill(folder):
    """Make a project with the generated pages of the fictional archive, and publish it."""
    project = make_project(folder)
    pages = project / "build/pages"
    shutil.rmtree(pages / "incidents")
    (pages / "search.md").unlink()
    shutil.copytree(GOLDEN / "pages", pages, dirs_exist_ok=True)
    published(project)


@pytest.fixture
def project(made_once, tmp_path):
    """A project that was published, with all that was kept from it."""
    return shutil.copytree(made_once("rendered", fill), tmp_path / "project", symlinks=True)


real = rendering._build


def published(project):
    build = project / "build"
    publish(project, build / "pages", build / "extracts", build / "site")
    return tree(build / "site")


def plain(project, folder):
    """What one run of the engine over all pages gives, hardened: every page, and the sitemap."""
    pages = project / "build/pages"
    folder.mkdir()
    build_pages(project, pages, pages, folder, folder / "made")
    made = {
        file.relative_to(folder / "made").as_posix(): hardened(file, pages, folder)[0].encode()
        for file in (folder / "made").rglob("*.html")
    }
    return made | {"sitemap.xml": (folder / "made/sitemap.xml").read_bytes()}


def html(site):
    return {name: raw for name, raw in site.items() if name.endswith(".html")} | {
        "sitemap.xml": site["sitemap.xml"]
    }


def test_pages_made_in_parts_and_kept_are_those_of_one_plain_run(project, tmp_path, monkeypatch):
    monkeypatch.setattr(rendering, "_FEW", 0)
    monkeypatch.setattr(rendering, "_SHARD_PAGES", 30)
    expected = plain(project, tmp_path / "plain")
    shutil.rmtree(project / "build/cache")

    first = published(project)
    again = published(project)

    assert len(expected) > 50
    assert html(first) == expected
    assert again == first


def test_the_number_of_workers_changes_nothing(project, monkeypatch):
    monkeypatch.setattr(rendering, "_FEW", 0)
    sites = []
    for workers in ("1", "2"):
        monkeypatch.setenv("GONE_DARK_WORKERS", workers)
        shutil.rmtree(project / "build/cache", ignore_errors=True)
        sites.append(published(project))

    assert sites[0] == sites[1]


def test_only_what_changed_is_made_again(project, monkeypatch, tmp_path):
    published(project)
    made = []
    monkeypatch.setattr(rendering, "_build", lambda shard: made.append(shard.wanted) or real(shard))
    chart = next((project / "build/pages/incidents").glob("*ross*/chart.svg"))
    chart.write_text(chart.read_text().replace("</svg>", "<text>Darkness</text></svg>"))

    site = published(project)

    assert [list(keys) for keys in made] == [[f"incidents/{chart.parent.name}/index.md"]]
    assert b"Darkness" in site[f"incidents/{chart.parent.name}/index.html"]
    assert html(site) == plain(project, tmp_path / "plain")


@pytest.mark.parametrize("damage", ["deleted", "shortened", "altered", "emptied"])
def test_a_damaged_cache_is_made_anew(project, damage):
    site = published(project)
    kept = sorted(path for path in (project / "build/cache").rglob("*") if path.is_file())
    for path in kept if damage == "deleted" else kept[::2]:
        raw = path.read_bytes()
        spoilt = {"shortened": raw[:-9], "altered": raw[:-1] + b"?", "emptied": b""}
        path.unlink()
        if damage in spoilt:
            path.write_bytes(spoilt[damage])

    assert published(project) == site


def test_a_link_to_a_page_that_is_gone_is_told_though_the_linking_page_is_kept(project):
    published(project)
    (project / "build/pages/fields.md").unlink()
    about = project / "build/pages/about.md"
    about.write_text(f"{about.read_text()}\n[Fields](fields.md)\n")

    with pytest.raises(PublishError, match=r"'about\.md' contains a link 'fields\.md'"):
        published(project)


def test_a_page_with_a_breach_is_refused_again_and_never_kept(project):
    page = next((project / "build/pages/countries").glob("*/index.md"))
    page.write_text(f"{page.read_text()}\n<script>x=1</script>\n")

    for _ in range(2):
        with pytest.raises(PublishError, match="an inline script"):
            published(project)


def _die(number):
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_killed_worker_is_told_and_no_result_is_taken_for_whole():
    with pytest.raises(WorkerLostError, match="nothing was published"), crew() as workers:
        list(workers.map(_die, range(30)))


def told_late(path):
    time.sleep(0.4)
    path.write_text("done")


def failing_beside(path):
    with crew("generator.cache") as workers:
        workers.start(told_late, path, 1000)
        time.sleep(0.2)
        raise PublishError("wrong")


def test_what_a_worker_has_begun_is_done_before_a_failure_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("GONE_DARK_WORKERS", "2")

    with pytest.raises(PublishError):
        failing_beside(tmp_path / "begun")

    assert (tmp_path / "begun").read_text() == "done"


def test_a_single_worker_gives_the_same_in_the_same_order():
    with crew() as workers:
        many = list(workers.map(abs, range(-40, 0)))

    assert many == list(Crew(None, 1).map(abs, range(-40, 0)))


def test_a_killed_engine_leaves_the_old_site(project, monkeypatch):
    before = published(project)
    page = next((project / "build/pages/countries").glob("*/index.md"))
    page.write_text(f"{page.read_text()}\nMore.\n")
    monkeypatch.setattr(rendering, "build_each", _killed)

    with pytest.raises(PublishError, match="was killed"):
        published(project)

    assert tree(project / "build/site") == before


def _killed(*_, **_more):
    raise PublishError("mkdocs was killed (signal 9); nothing was published")


def test_pages_come_in_the_order_of_the_engine(project):
    names = markdown_files(project / "build/pages")

    assert names[0] == "index.md"
    assert names.index("search.md") < names.index("causes/index.md")
    assert names.index("causes/index.md") < names.index("causes/attack/index.md")


def test_what_was_put_into_a_cache_is_found_and_what_is_not_wanted_goes(tmp_path):
    cache = Cache(tmp_path)
    cache.put("aa11", b"one")
    cache.put("bb22", b"")

    cache.prune({"bb22"})

    assert (cache.get("aa11"), cache.get("bb22"), cache.get("cc33")) == (None, b"", None)


def test_a_site_that_is_right_is_not_touched(project):
    def state():
        files = (project / "build/site").rglob("*")
        return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}

    published(project)
    before = state()
    published(project)

    assert state() == before


def test_a_page_of_the_site_that_somebody_wrote_into_is_made_anew(project):
    before = published(project)
    for name in ("about/index.html", "sitemap.xml"):
        with (project / "build/site" / name).open("a") as file:
            file.write("<p>Mine</p>")

    assert published(project) == before


def test_what_was_made_before_a_kill_is_not_made_again(project, monkeypatch):
    expected = published(project)
    shutil.rmtree(project / "build/cache/html")
    monkeypatch.setattr(rendering, "_FEW", 0)
    monkeypatch.setattr(rendering, "_SHARD_PAGES", 30)
    monkeypatch.setenv("GONE_DARK_WORKERS", "1")
    made = []

    def built(shard):
        if len(made) == 2:
            raise PublishError("mkdocs was killed")
        made.extend([real(shard)])
        return made[-1]

    monkeypatch.setattr(rendering, "_build", built)
    with pytest.raises(PublishError, match="was killed"):
        published(project)
    before = {name for kept, _ in made for name in kept}
    after = []
    monkeypatch.setattr(
        rendering, "_build", lambda shard: after.extend(shard.wanted) or real(shard)
    )

    assert published(project) == expected
    assert before
    assert not before & set(after)
