"""The search index is made once, and again only when something of it is not as it was."""

import gzip
import json
import os
import shutil
from collections import Counter

import pytest

from generator import searching
from generator.engine import PublishError
from generator.searching import part_of, parts_of, told_parts
from tests.site_project import EXTRACT, indexes, tree


@pytest.fixture
def made(monkeypatch):
    """Each call of the index's maker, noted."""
    calls, make = [], searching._build_part

    def build(extracts, target):
        calls.append(target)
        make(extracts, target)

    monkeypatch.setattr(searching, "_build_part", build)
    return calls


def texts(folder):
    """The text of each page in an index, by its address."""
    told = [json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
            for path in folder.glob("fragment/*")]  # fmt: skip
    return {page["url"]: page["content"] for page in told}


@pytest.fixture
def index(tmp_path):
    """Makes or finds the index of two extracts, which are its only part."""
    for name in ("one", "two"):
        folder = tmp_path / "extracts/0" / name
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(EXTRACT.format(name, "Dark"))

    return lambda: indexes(tmp_path)[""]


def test_an_index_is_made_once(made, index):
    first = tree(index())

    assert tree(index()) == first
    assert texts(index()) == {"/one/": "one one. Dark.", "/two/": "two two. Dark."}
    assert len(made) == 1


def test_an_index_is_made_again_when_an_extract_has_changed(made, index, tmp_path):
    index()
    (tmp_path / "extracts/0/one/index.html").write_text(EXTRACT.format("one", "Darkness"))

    assert texts(index()) == {"/one/": "one one. Darkness.", "/two/": "two two. Dark."}
    assert len(made) == 2
    assert len([path for path in (tmp_path / "cache/0").iterdir() if path.is_dir()]) == 1


def test_an_extract_that_only_looks_changed_is_read_and_the_index_stays(made, index, tmp_path):
    index()
    os.utime(tmp_path / "extracts/0/one/index.html", ns=(0, 10**18))

    index()
    index()

    assert len(made) == 1


@pytest.mark.parametrize("spoil", ["altered", "removed", "added", "state", "all of it"])
def test_an_index_that_was_damaged_is_as_it_was_after_the_next_build(made, index, tmp_path, spoil):
    found = index()
    expected = tree(found)
    if spoil == "altered":
        next(found.glob("fragment/*")).write_text("?")
    elif spoil == "removed":
        next(found.glob("fragment/*")).unlink()
    elif spoil == "added":
        (found / "three.js").write_text("?")
    elif spoil == "state":
        (tmp_path / "cache/0/state").write_bytes(b"\xff\xfe")
    else:
        shutil.rmtree(tmp_path / "cache")

    assert tree(index()) == expected
    assert len(made) == (1 if spoil == "state" else 2)


@pytest.fixture
def three(made, index, tmp_path):
    """Makes or finds the indexes of three parts with a page each."""
    shutil.rmtree(tmp_path / "extracts/0/two")
    for part in ("1", "10"):
        shutil.copytree(tmp_path / "extracts/0", tmp_path / "extracts" / part)

    return lambda: indexes(tmp_path)


def test_an_index_in_parts_is_made_again_only_where_an_extract_has_changed(made, three, tmp_path):
    before = {home: tree(folder) for home, folder in three().items()}
    (tmp_path / "extracts/1/one/index.html").write_text(EXTRACT.format("one", "Darkness"))
    made.clear()

    after = {home: tree(folder) for home, folder in three().items()}

    assert [target.parent.name for target in made] == ["1"]
    assert [home for home in after if after[home] != before[home]] == ["1"]
    assert list(after) == ["", "1", "10"]


def test_a_part_that_is_no_more_is_not_kept(three, tmp_path):
    three()
    shutil.rmtree(tmp_path / "extracts/10")
    (tmp_path / "cache/state").write_text("of a time before there were parts")

    assert list(three()) == ["", "1"]
    assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == ["0", "1"]


def test_the_parts_are_told_in_their_order(three, tmp_path):
    assert told_parts(tmp_path / "extracts") == ("parts.json", '["0", "1", "10"]')


def test_an_index_of_nothing_is_refused(tmp_path):
    with pytest.raises(PublishError, match="there is nothing in"):
        indexes(tmp_path)


@pytest.mark.parametrize(
    ("incidents", "parts"), [(0, 1), (1, 1), (2_600, 1), (2_601, 2), (10_001, 4)]
)
def test_no_part_is_to_have_more_than_2600_incidents(incidents, parts):
    assert parts_of(incidents) == parts


def test_incidents_are_dealt_out_evenly_and_always_alike():
    names = [f"20{year:02}-01-01-net-{net}" for year in range(30) for net in range(30)]

    assert Counter(part_of(name, 3) for name in names) == {"0": 295, "1": 318, "2": 287}
