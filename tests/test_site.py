"""From a folder of plain pages to a published site."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import html5lib
import pytest

from generator import swap, trees, writing
from generator.engine import PublishError, last_commit_s
from generator.hardening import with_data
from generator.render.policy import breaches
from generator.site import publication, publish
from tests.site_project import REPOSITORY, make_project, names, tree, with_code

PUBLISH = """
import sys
from pathlib import Path
from generator.site import publish
build = Path(sys.argv[1]) / "build"
publish(build.parent, build / "pages", build / "extracts", build / "site")
"""
# What a build leaves beside its site: the tree that takes turns with it, and nothing half made.
LEFT = [".lock", "cache", "extracts", "pages", "site"]
LEFT_LATER = sorted([*LEFT, ".site-spare"])  # once a site was put in the place of another
HOSTILE = (
    '</title><script>window.__pwned=1</script> "quoted" & {{ 7*191 }} '
    "[x](javascript:alert(1)) `a` | b"
)


def published(project):
    build = project / "build"
    publish(project, build / "pages", build / "extracts", build / "site")
    return build / "site"


def start_publishing(project):
    command = [sys.executable, "-c", PUBLISH, str(project)]
    return subprocess.Popen(command, cwd=REPOSITORY, start_new_session=True)


def parsed(file):
    return html5lib.parse(file.read_text("utf-8"), namespaceHTMLElements=False)


def words(element):
    return " ".join("".join(element.itertext()).split())


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A published site, to look at only."""
    return published(make_project(tmp_path_factory.mktemp("site") / "project"))


@pytest.fixture
def project(tmp_path):
    """A project of one's own."""
    return make_project(tmp_path / "project")


def test_every_page_is_published_at_the_address_of_its_file(site):
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}

    assert pages == {
        "404.html",
        "index.html",
        *(
            f"{name}/index.html"
            for name in ("about", "contributing", "data", "explore", "method", "reading", "search")
        ),
        "incidents/index.html",
        "incidents/2029-05-06-hostile/index.html",
        "incidents/2030-01-02-sylvania/index.html",
        "incidents/2031-02-03-freedonia/index.html",
    }


def test_no_page_breaks_the_policy_it_carries(site):
    found = {path: breaches(path.read_text("utf-8")) for path in site.rglob("*.html")}

    assert {path: faults for path, faults in found.items() if faults} == {}


def test_nothing_of_the_theme_is_published_but_its_style_sheet(site):
    ours = {"chrome.css", "icon.png", "icon.svg", "incident.css", "pages.css"}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}

    assets = {name for name in files if name.startswith("assets/")}
    theirs = assets - {f"assets/{name}" for name in ours if f"assets/{name}" in assets}
    theirs = {
        re.sub(r"\.[0-9a-f]{8}\.", ".*.", name)
        for name in theirs
        if "styles" in name or "javasc" in name
    }

    assert theirs == {"assets/stylesheets/main.*.min.css"}
    assert [name for name in files if name.endswith((".map", ".gz"))] == []


def test_a_hostile_title_is_text_wherever_it_stands(site):
    page = parsed(site / "incidents/2029-05-06-hostile/index.html")

    assert page.find("head/title").text == f"{HOSTILE} – Gone Dark"
    assert words(page.find(".//h1")) == HOSTILE
    assert page.find("head/meta[@name='description']").get("content") == HOSTILE
    assert page.find("head/meta[@property='og:title']").get("content") == HOSTILE
    assert [script.get("src") for script in page.iter("script") if not script.get("type")] == [
        "../../assets/scheme.js"
    ]


def test_a_title_that_nobody_escaped_opens_no_tag(project):
    about = project / "build/pages/about.md"
    about.write_text(about.read_text().replace("title: About", "title: '</title><i>\"x\"'"))

    page = parsed(published(project) / "about/index.html")

    assert page.find("head/title").text == '</title><i>"x" – Gone Dark'


def test_structured_data_is_read_back_as_it_was_written(site):
    page = parsed(site / "incidents/2031-02-03-freedonia/index.html")
    file = site / "incidents/2031-02-03-freedonia/cite.json"

    block = page.find(".//script[@type='application/ld+json']")

    assert json.loads(block.text) == json.loads(file.read_text())
    assert "</script>" in json.loads(block.text)["name"]


def test_the_sitemap_has_every_page_with_the_day_of_its_record(site):
    text = (site / "sitemap.xml").read_text()

    found = dict(
        re.findall(
            r"<loc>https://gone-dark\.example/([^<]*)</loc>(?:<lastmod>([^<]*)</lastmod>)?", text
        )
    )

    assert found == {
        "": "2031-03-01",
        **dict.fromkeys(
            ("about/", "contributing/", "data/", "explore/", "method/", "reading/", "search/"), ""
        ),
        "incidents/": "2031-03-01",
        "incidents/2029-05-06-hostile/": "2031-03-01",
        "incidents/2030-01-02-sylvania/": "2031-03-01",
        "incidents/2031-02-03-freedonia/": "2031-03-01",
    }


def test_a_page_that_is_not_there_links_from_any_depth(site):
    page = parsed(site / "404.html")

    addresses = [link.get("href") for link in page.iter("a") if "://" not in link.get("href")]

    assert [address for address in addresses if address[0] not in "/#"] == []


def test_the_same_pages_give_the_same_bytes_in_any_folder_and_time_zone(
    site, tmp_path, monkeypatch
):
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    monkeypatch.setenv("PYTHONHASHSEED", "7")

    again = published(make_project(tmp_path / "somewhere" / "else"))

    assert tree(again) == tree(site)


def test_a_broken_link_keeps_the_old_site_and_is_told(project):
    before = tree(published(project))
    method = project / "build/pages/method.md"
    method.write_text(f"{method.read_text()}\n[gone](nowhere.md) and [off](about.md#nowhere)\n")

    with pytest.raises(PublishError) as failure:
        published(project)

    assert "'method.md' contains a link 'nowhere.md'" in str(failure.value)
    assert "'about.md#nowhere'" in str(failure.value)
    assert tree(project / "build/site") == before
    assert names(project / "build") == LEFT


def test_a_chart_that_is_not_there_stops_the_build(project):
    about = project / "build/pages/about.md"
    about.write_text(f"{about.read_text()}\n<!-- gone-dark:svg incidents/gone.svg -->\n")

    with pytest.raises(PublishError, match=r"svg incidents/gone\.svg: there is no such file"):
        published(project)


def test_pages_that_must_not_go_out_stop_the_build_and_all_are_named(project):
    for name, text in (
        ("about", "<script>window.x=1</script>"),
        ("method", '<p style="color:red">x</p>'),
        ("reading", "<script>__md_scope=1</script>"),
    ):
        page = project / f"build/pages/{name}.md"
        page.write_text(f"{page.read_text()}\n{text}\n")

    with pytest.raises(PublishError) as failure:
        published(project)

    assert str(failure.value).splitlines()[1:] == [
        "about/index.html: an inline script",
        "method/index.html: a style attribute on <p>",
        "reading/index.html: an inline script",
    ]
    assert not (project / "build/site").exists()


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("../outside.json", "json_ld: ../outside.json is outside the folder of pages"),
        ("gone.json", "json_ld: gone.json cannot be read"),
        ("page.md", "json_ld: page.md cannot be read"),
    ],
)
def test_structured_data_that_cannot_be_used_stops_the_build(tmp_path, name, complaint):
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "page.md").write_text("# Not JSON")
    (tmp_path / "outside.json").write_text("{}")

    with pytest.raises(PublishError, match=re.escape(complaint)):
        with_data(f'<meta name="gone-dark:json-ld" content="{name}">', pages)


def test_a_folder_with_nothing_to_search_stops_the_build(project):
    for file in (project / "build/extracts").rglob("*.html"):
        file.unlink()

    with pytest.raises(PublishError, match="the search index could not be built"):
        published(project)


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new(project):
    old = tree(published(project))
    (project / "build/pages/about.md").write_text("---\ntitle: About\n---\n\n# About, anew\n")
    seen = []

    for after_s in (0.05, 0.4, 0.6, 0.8):
        process = start_publishing(project)
        time.sleep(after_s)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        seen.append(tree(project / "build/site"))
    new = tree(published(project))

    assert [now for now in seen if now not in (old, new)] == []
    assert new != old
    assert names(project / "build") == LEFT_LATER


def test_two_builds_at_once_both_end_well(site, project):
    processes = [start_publishing(project) for _ in range(2)]

    codes = [process.wait() for process in processes]

    assert codes == [0, 0]
    assert tree(project / "build/site") == tree(site)


def test_another_engine_builds_the_same_text_from_the_same_folder(site, project):
    with_code(project)

    command = [sys.executable, "-m", "zensical", "build"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    ours = {
        path.relative_to(site): words(parsed(path).find(".//article"))
        for path in site.rglob("*.html")
    }
    built = project / "build/mkdocs"
    theirs = {
        path.relative_to(built): words(parsed(path).find(".//article"))
        for path in built.rglob("*.html")
    }
    assert theirs == ours


def test_a_folder_that_is_no_repository_has_a_fixed_day(tmp_path):
    assert last_commit_s(tmp_path) == "1735689600"


def test_a_repository_has_the_day_of_its_last_commit(tmp_path):
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    day = {"GIT_COMMITTER_DATE": "2030-01-02T03:04:05Z", "PATH": os.environ["PATH"]}
    for words_of in (["init", "-q"], [*who, "commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run(["git", *words_of], cwd=tmp_path, env=day, check=True)

    assert last_commit_s(tmp_path) == "1893553445"


@pytest.mark.parametrize(("done", "spare"), [(0, True), (0, False), (30, False)])
def test_a_build_stopped_while_it_puts_the_site_together_leaves_the_old_one(
    project, monkeypatch, done, spare
):
    about = project / "build/pages/about.md"
    old = tree(published(project))
    if spare:
        about.write_text("---\ntitle: About\n---\n\n# About, once\n")
        old = tree(published(project))
    about.write_text("---\ntitle: About\n---\n\n# About, anew\n")
    monkeypatch.setattr(trees, "link", stopping_after(done))

    with pytest.raises(KeyboardInterrupt):
        published(project)
    left = tree(project / "build/site")
    monkeypatch.undo()

    assert left == old
    assert "About, anew" in tree(published(project))["about/index.html"].decode()
    assert tree(published(project)).keys() == old.keys()


def test_a_site_begun_while_its_pages_are_being_written_is_the_one_made_afterwards(project):
    build = project / "build"
    old = tree(published(project))
    about = build / "pages/about.md"

    with publication(project, build / "pages", build / "extracts", build / "site") as made:
        made.begin_copy()
        about.write_text("---\ntitle: About\n---\n\n# About, anew\n")
        made.begin_index()
        made.finish()
    early = tree(build / "site")
    spare = tree(build / ".site-spare")
    shutil.rmtree(build / "site")

    assert early == tree(published(project)) != old
    assert spare == old


def test_a_site_that_is_removed_while_it_is_copied_is_made_anew(project, monkeypatch):
    monkeypatch.setenv("GONE_DARK_WORKERS", "1")
    build = project / "build"
    old = tree(published(project))

    def gone(folder, near):
        shutil.rmtree(build / "site")
        return trees.tree_of(folder, near)

    with publication(project, build / "pages", build / "extracts", build / "site") as made:
        monkeypatch.setattr("generator.site.tree_of", gone)
        made.begin_copy()
        monkeypatch.undo()
        made.begin_index()
        made.finish()

    assert tree(build / "site") == old


def stopping_after(count):
    """What links files and is stopped by its user after so many."""
    linked = []

    def link(source, target):
        if len(linked) == count:
            raise KeyboardInterrupt
        linked.append(target)
        writing.link(source, target)

    return link


def test_a_site_on_a_system_that_cannot_exchange_is_replaced_as_well(project, monkeypatch):
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    old = tree(published(project))
    about = project / "build/pages/about.md"
    told = []
    for word in ("anew", "once more", "at last"):
        about.write_text(f"---\ntitle: About\n---\n\n# About, {word}\n")
        told.append(words(parsed(published(project) / "about/index.html").find(".//h1")))

    assert told == ["About, anew", "About, once more", "About, at last"]
    assert tree(project / "build/site").keys() == old.keys()
    assert names(project / "build") == LEFT_LATER
