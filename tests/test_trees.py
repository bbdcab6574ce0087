"""A tree of files is made as it shall be, whatever was there; right is what is the same file."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator import trees
from generator.trees import is_tree, make_tree, tree_of
from tests.site_project import tree


def fill(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def source(tmp_path):
    return fill(tmp_path / "source", {"a.txt": "1", "b/c.txt": "2", "b/d/e.txt": "3"})


def inodes(folder):
    return {
        path.relative_to(folder).as_posix(): path.stat().st_ino
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_tree_is_made_of_the_very_files_of_another(source, tmp_path):
    made = tmp_path / "made"

    make_tree(made, tree_of(source, tmp_path))

    assert inodes(made) == inodes(source)
    assert is_tree(made, tree_of(source, tmp_path))


def spoil_content(made):
    (made / "a.txt").unlink()
    (made / "a.txt").write_text("1")


def spoil_absence(made):
    (made / "b/c.txt").unlink()


def spoil_folder(made):
    (made / "b/d/e.txt").unlink()
    (made / "b/d").rmdir()


def spoil_more(made):
    fill(made, {"b/.more": "x", "f/g/h.txt": "y"})


def spoil_kind(made):
    (made / "a.txt").unlink()
    fill(made, {"a.txt/x": "z"})
    (made / "b/d/e.txt").unlink()
    (made / "b/d").rmdir()
    (made / "b/d").write_text("no folder")


def spoil_links(made):
    (made / "a.txt").unlink()
    (made / "a.txt").symlink_to(made.parent / "source/a.txt")
    (made / "more").symlink_to(made.parent / "source", target_is_directory=True)


def spoil_nothing(made):
    (made / "empty").mkdir()


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_content,
        spoil_absence,
        spoil_folder,
        spoil_more,
        spoil_kind,
        spoil_links,
        spoil_nothing,
    ],
)
def test_whatever_was_done_to_a_tree_is_seen_and_mended(source, tmp_path, spoil):
    made, wanted = tmp_path / "made", tree_of(source, tmp_path)
    make_tree(made, wanted)
    spoil(made)

    seen = not is_tree(made, wanted)
    make_tree(made, wanted)

    assert seen
    assert inodes(made) == inodes(source)
    assert is_tree(made, wanted)
    assert tree(source) == {"a.txt": b"1", "b/c.txt": b"2", "b/d/e.txt": b"3"}


def test_what_is_right_is_not_touched(source, tmp_path, monkeypatch):
    made = tmp_path / "made"
    make_tree(made, tree_of(source, tmp_path))
    (source / "a.txt").unlink()
    (source / "a.txt").write_text("anew")
    linked = []
    monkeypatch.setattr(trees, "link", lambda _, target: linked.append(target))

    make_tree(made, tree_of(source, tmp_path))

    assert linked == [f"{made}/a.txt"]


def test_trees_are_put_together(source, tmp_path):
    more = fill(tmp_path / "more", {"b/c.txt": "other", "b/f.txt": "4"})
    wanted = tree_of(source, tmp_path, lambda name: name != "a.txt")
    wanted.add(tree_of(more, tmp_path))
    wanted.put("g/h/index.html", (source / "a.txt").stat().st_ino, str(source / "a.txt"))

    make_tree(tmp_path / "made", wanted)

    assert tree(tmp_path / "made") == {
        "b/c.txt": b"other",
        "b/d/e.txt": b"3",
        "b/f.txt": b"4",
        "g/h/index.html": b"1",
    }


@pytest.fixture
def elsewhere(tmp_path):
    """A folder on another device."""
    home = Path("/dev/shm")  # noqa: S108  (for its device)
    if not home.is_dir() or home.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other device")
    with TemporaryDirectory(dir=home) as folder:
        yield Path(folder)


def test_files_on_another_device_are_copied_anew_each_time(source, elsewhere):
    for text in ("1", "2"):
        (source / "a.txt").write_text(text)
        make_tree(elsewhere, tree_of(source, elsewhere))

    assert tree(elsewhere) == {"a.txt": b"2", "b/c.txt": b"2", "b/d/e.txt": b"3"}
    assert not is_tree(elsewhere, tree_of(source, elsewhere))


def test_a_folder_that_is_not_ready_yet_is_left_as_it_is(source, tmp_path):
    made, wanted = tmp_path / "made", tree_of(source, tmp_path)
    make_tree(made, wanted)
    later, before = next(iter(wanted.folders)), inodes(made)
    del wanted.folders[later]

    make_tree(made, wanted, later)

    assert is_tree(made, wanted, later)
    assert not is_tree(made, wanted)
    assert inodes(made) == before
