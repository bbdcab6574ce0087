"""The search index is made once, and again only when something of it is not as it was."""

import os
import shutil

import pytest

from generator import searching
from generator.searching import kept_index
from tests.site_project import tree

PAGE = '<!doctype html><html lang="en"><title>{0}</title><body><h1>{0}</h1><p>{1}</p></body></html>'


@pytest.fixture
def made(monkeypatch):
    """Each call of the index's maker, noted."""
    calls = []

    def build(extracts, target):
        calls.append(target)
        target.mkdir(parents=True)
        for path in extracts.rglob("*.html"):
            shutil.copy(path, target / f"{path.parent.name}.index")

    monkeypatch.setattr(searching, "build_index", build)
    return calls


@pytest.fixture
def index(tmp_path):
    """Makes or finds the index of two extracts."""
    for name in ("one", "two"):
        folder = tmp_path / "extracts" / name
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(PAGE.format(name, "Dark"))

    def call():
        work = tmp_path / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        return kept_index(tmp_path / "extracts", work, tmp_path / "cache")

    return call


def test_an_index_is_made_once(made, index):
    first = tree(index())

    assert tree(index()) == first
    assert sorted(first) == ["one.index", "two.index"]
    assert len(made) == 1


def test_an_index_is_made_again_when_an_extract_has_changed(made, index, tmp_path):
    index()
    (tmp_path / "extracts/one/index.html").write_text(PAGE.format("one", "Darkness"))

    found = tree(index())

    assert b"Darkness" in found["one.index"]
    assert len(made) == 2
    assert len([path for path in (tmp_path / "cache").iterdir() if path.is_dir()]) == 1


def test_an_extract_that_only_looks_changed_is_read_and_the_index_stays(made, index, tmp_path):
    index()
    os.utime(tmp_path / "extracts/one/index.html", ns=(0, 10**18))

    index()
    index()

    assert len(made) == 1


@pytest.mark.parametrize("spoil", ["altered", "removed", "added", "state", "all of it"])
def test_an_index_that_was_damaged_is_as_it_was_after_the_next_build(made, index, tmp_path, spoil):
    found = index()
    expected = tree(found)
    if spoil == "altered":
        (found / "one.index").write_text("?")
    elif spoil == "removed":
        (found / "one.index").unlink()
    elif spoil == "added":
        (found / "three.index").write_text("?")
    elif spoil == "state":
        (tmp_path / "cache/state").write_bytes(b"\xff\xfe")
    else:
        shutil.rmtree(tmp_path / "cache")

    assert tree(index()) == expected
    assert len(made) == (1 if spoil == "state" else 2)
