"""An index that takes over what the last one has of each page is the one made from nothing."""

import shutil
from dataclasses import replace

import pytest

from generator import fragments
from generator.searching import build_index
from tests.site_project import EXTRACT, indexes, tree


@pytest.fixture
def write(tmp_path):
    """Write an extract."""

    def call(name, text):
        folder = tmp_path / "extracts/0" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(EXTRACT.format(name, text))

    call("one", "Dark")
    call("two", "Cut")
    call("three", "Withdrawn")
    return call


@pytest.fixture
def index(tmp_path):
    """Make or find the index of what is written, from what is there of the last."""

    return lambda: indexes(tmp_path)[""]


@pytest.fixture
def anew(tmp_path):
    """Return the files of the index of what is written, made from nothing."""

    def call():
        shutil.rmtree(tmp_path / "anew", ignore_errors=True)
        build_index(tmp_path / "extracts", tmp_path / "anew")
        (tmp_path / "anew/parts.json").unlink()
        return tree(tmp_path / "anew")

    return call


def written(index, folder="fragment"):
    """When each fragment, or chunk, was written."""
    return {path.stem: path.stat().st_mtime_ns for path in index.glob(f"{folder}/*")}


def test_an_index_after_an_edit_is_the_one_made_from_nothing(write, index, anew):
    index()
    write("two", "Cut by an anchor")

    assert tree(index()) == anew()


def test_an_index_after_an_addition_and_a_removal_is_the_one_made_from_nothing(
    write, index, anew, tmp_path
):
    index()
    write("four", "Flap")
    shutil.rmtree(tmp_path / "extracts/0/one")

    assert tree(index()) == anew()


def test_an_edit_that_no_reader_can_search_for_leads_to_the_index_made_from_nothing(
    write, index, anew, tmp_path
):
    index()
    page = tmp_path / "extracts/0/one/index.html"
    page.write_text(page.read_text() + "<!-- as before -->")

    assert tree(index()) == anew()


def test_what_an_index_has_of_a_page_that_did_not_change_is_not_written_again(write, index):
    before = written(index())
    write("two", "Cut by an anchor")

    after = written(index())

    assert len(before) == len(after) == 3
    assert len(before.items() & after.items()) == 2


def test_of_words_only_those_near_an_edit_are_written_again(write, index, anew):
    words = [f"{first}{second}{third}" for first in "abcdefgh" for second in "aeiou"
             for third in "klmnprstvz"]  # fmt: skip
    for at in range(200):
        write(f"page-{at}", " ".join(f"{word}{at}" for word in words))
    before = written(index(), "index")
    write("two", "Cut zz")

    found = index()

    after = written(found, "index")
    assert len(before) == len(after) > 10
    assert 1 <= len(after.items() - before.items()) < len(after) / 2
    assert tree(found) == anew()


def test_a_name_that_stands_for_other_words_makes_the_index_from_nothing(
    write, index, anew, tmp_path, monkeypatch
):
    before = written(index())
    write("two", "Cut by an anchor")
    expected = anew()
    (new,) = written(tmp_path / "anew", "index")
    take = fragments.take_over

    def taken(last, made):
        found = take(last, made)
        return replace(found, chunks=dict.fromkeys([*found.chunks, new], ("ebb", "flow")))

    monkeypatch.setattr(fragments, "take_over", taken)

    assert tree(index()) == expected
    assert not before.items() & written(index()).items()


def test_a_name_that_stands_for_another_page_makes_the_index_from_nothing(
    write, index, anew, tmp_path, monkeypatch
):
    before = written(index())
    write("two", "Cut by an anchor")
    expected = anew()
    (new,) = written(tmp_path / "anew").keys() - before
    take = fragments.take_over

    def taken(last, made):
        found = take(last, made)
        shutil.copy(next(made.glob("fragment/*")), made / f"fragment/{new}.pf_fragment")
        return replace(found, fragments={*found.fragments, new})

    monkeypatch.setattr(fragments, "take_over", taken)

    assert tree(index()) == expected


def test_names_that_had_to_be_made_longer_make_the_index_from_nothing(write, index, monkeypatch):
    before = written(index())
    write("two", "Cut by an anchor")
    monkeypatch.setattr(fragments, "_NAME_LENGTH", 0)

    assert not before.items() & written(index()).items()


def test_a_page_without_a_fragment_of_its_own_makes_the_index_from_nothing(
    write, index, monkeypatch
):
    before = written(index())
    write("two", "Cut by an anchor")
    settle = fragments.settle

    def one_more(made, taken, changed, pages):
        return settle(made, taken, changed, pages + 1)

    monkeypatch.setattr(fragments, "settle", one_more)

    assert not before.items() & written(index()).items()
