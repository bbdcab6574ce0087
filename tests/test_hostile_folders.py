"""Hostile and careless names, strays, links and devices in the archive's folders."""

import os
from pathlib import Path

import pytest

from generator.read.archive import read_archive, read_one

SOUND = "2032-02-29-heard-island"


@pytest.fixture
def sound(archive, tmp_path):
    """A project with one sound record: its folder, and the record's."""
    text = (archive / f"incidents/2032/{SOUND}/incident.yaml").read_bytes()
    folder = tmp_path / "incidents/2032" / SOUND
    folder.mkdir(parents=True)
    (folder / "incident.yaml").write_bytes(text)
    return tmp_path, folder


def told(root):
    found, problems = read_archive(root)
    assert SOUND in {record.id for record in found.records} | found.broken
    return [str(problem).split("\n")[0] for problem in problems]


@pytest.mark.parametrize(
    "name",
    [
        "2032-03-01",
        "2032-03-01-",
        "2032-03-01-a--b",
        "2032-03-01-Example",
        "2032-03-01-a b",
        "2032-03-01-éxample",
        "٢٠٣٢-03-01-example",
        "2032-03-01-exаmple",  # the third letter is Cyrillic
        "2032-03-01-example\n",
        "2032-03-01-" + "x" * 90,
        "-rf",
        ".git",
        "index",
    ],
)
def test_a_folder_whose_name_is_no_id_is_refused(name, sound):
    root, folder = sound
    (folder.parent / name).mkdir()

    shown = name.replace("\n", "\\n")
    assert told(root) == [f"incidents/2032/{shown}: expected the folder's name to be an id"]


@pytest.mark.parametrize("name", ["32", "20322", "drafts", "٢٠٣٢", ".git"])
def test_a_folder_in_a_years_place_must_be_a_year(name, sound):
    root, _ = sound
    (root / "incidents" / name).mkdir()

    assert told(root) == [f"incidents/{name}: expected a year as the folder's name"]


def test_a_name_cannot_hide_characters_in_the_report(sound):
    root, folder = sound
    (folder.parent / "2032-\u202e-evil\tx").mkdir()

    assert told(root) == [
        "incidents/2032/2032-\\u202e-evil\\tx: expected the folder's name to be an id"
    ]


def test_a_name_that_is_no_text_at_all_is_reported_all_the_same(sound):
    root, folder = sound
    os.mkdir(os.fsencode(folder.parent) + b"/\xff")  # noqa: PTH102  (a Path cannot say this)

    assert told(root) == ["incidents/2032/\\udcff: expected the folder's name to be an id"]


def test_a_record_in_another_years_folder_is_refused(sound):
    root, folder = sound
    wrong = root / "incidents/2031"
    wrong.mkdir()
    folder.rename(wrong / SOUND)

    assert told(root) == [f"incidents/2031/{SOUND}: expected it in the folder 2032"]


def test_the_same_id_in_two_years_is_told_at_the_second(sound):
    root, folder = sound
    again = root / "incidents/2033" / SOUND
    again.mkdir(parents=True)
    (again / "incident.yaml").write_bytes((folder / "incident.yaml").read_bytes())

    assert told(root) == [
        f"incidents/2033/{SOUND}: expected it in the folder 2032",
        f"incidents/2033/{SOUND}: the same id is in another year's folder",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "notes.txt",
        ".DS_Store",
        "incident.yml",
        "Incident.yaml.orig",
        "routing/messages.csv",
        "routing/more/messages.csv.gz",
        "pictures/map.png",
        "links.yaml/x",
    ],
)
def test_a_stray_beside_a_record_is_refused(name, sound):
    root, folder = sound
    stray = folder / name
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_text("x")

    top = name.split("/")[0] if not name.startswith("routing") else "/".join(name.split("/")[:2])
    assert told(root) == [f"incidents/2032/{SOUND}/{top}: does not belong here"]


@pytest.mark.parametrize("name", ["README.md", "2032/notes.txt"])
def test_a_stray_among_years_or_records_is_refused(name, sound):
    root, _ = sound
    (root / "incidents" / name).write_text("x")

    assert told(root) == [f"incidents/{name}: does not belong here"]


@pytest.mark.parametrize("name", ["links.yaml", "routing", "2032-03-01-linked"])
def test_a_symbolic_link_is_refused_and_not_followed(name, sound):
    root, folder = sound
    secret = root / "secret"
    secret.mkdir()
    (folder / name).symlink_to(secret)

    assert told(root) == [f"incidents/2032/{SOUND}/{name}: a symbolic link"]


def test_a_record_that_is_a_symbolic_link_is_not_read(sound):
    root, folder = sound
    secret = root / "secret.yaml"
    (folder / "incident.yaml").rename(secret)
    (folder / "incident.yaml").symlink_to(secret)

    assert told(root) == [
        f"incidents/2032/{SOUND}: incident.yaml is missing",
        f"incidents/2032/{SOUND}/incident.yaml: a symbolic link",
    ]
    record, problems = read_one(folder / "incident.yaml")
    assert (record, len(problems)) == (None, 2)


def closed(monkeypatch, owner, name, closed_path):
    """Make a call refuse one path as the system does, whoever runs the tests, root included."""
    real = getattr(owner, name)

    def call(path, *rest):
        if str(path) == str(closed_path):
            raise PermissionError(13, "Permission denied")
        return real(path, *rest)

    monkeypatch.setattr(owner, name, call)


def test_a_record_that_nobody_may_read_is_a_problem_and_hides_no_other(sound, monkeypatch):
    root, folder = sound
    closed(monkeypatch, Path, "open", folder / "incident.yaml")

    assert told(root) == [
        f"incidents/2032/{SOUND}/incident.yaml: cannot be read: permission denied"
    ]


def test_a_folder_that_nobody_may_read_is_a_problem(sound, monkeypatch):
    root, _ = sound
    (root / "incidents/2033").mkdir()
    closed(monkeypatch, os, "scandir", root / "incidents/2033")

    assert told(root) == ["incidents/2033: cannot be read: permission denied"]


def test_a_draft_that_is_a_symbolic_link_is_not_read(sound):
    root, folder = sound
    (root / "draft.yaml").symlink_to(folder / "incident.yaml")

    record, problems = read_one(root / "draft.yaml")

    assert (record, [problem.what for problem in problems]) == (None, ["no such file"])


def test_linked_folders_of_records_years_and_the_archive_are_not_entered(sound, tmp_path_factory):
    root, folder = sound
    (root / "incidents/2033").symlink_to(folder.parent)
    (folder.parent / "2032-03-01-linked").symlink_to(folder)
    other = tmp_path_factory.mktemp("other")
    (other / "incidents").symlink_to(root / "incidents")

    assert told(root) == [
        "incidents/2032/2032-03-01-linked: a symbolic link",
        "incidents/2033: a symbolic link",
    ]
    assert [str(p).split("\n")[0] for p in read_archive(other)[1]] == [
        "incidents: there is no such folder"
    ]


def test_a_pipe_in_the_place_of_a_record_does_not_stop_the_reader(sound):
    root, folder = sound
    (folder / "incident.yaml").unlink()
    os.mkfifo(folder / "incident.yaml")

    assert told(root) == [f"incidents/2032/{SOUND}: incident.yaml is missing"]


def test_a_folder_in_the_place_of_a_record_is_refused(sound):
    root, folder = sound
    (folder / "incident.yaml").unlink()
    (folder / "incident.yaml").mkdir()

    assert told(root) == [
        f"incidents/2032/{SOUND}: incident.yaml is missing",
        f"incidents/2032/{SOUND}/incident.yaml: does not belong here",
    ]


def test_names_that_differ_in_case_only_clash(sound):
    root, folder = sound
    (folder.parent / SOUND.upper()).mkdir()

    assert told(root) == [
        f"incidents/2032/{SOUND.upper()}: expected the folder's name to be an id",
        f"incidents/2032/{SOUND}: the same name but for upper and lower case",
    ]


def test_of_a_gigantic_file_no_more_is_read_than_is_needed_to_refuse_it(sound):
    root, folder = sound
    with (folder / "incident.yaml").open("r+b") as stream:
        stream.truncate(1 << 40)  # a terabyte of nothing: the file has holes

    assert told(root) == [
        f"incidents/2032/{SOUND}/incident.yaml:1: the file has more than 200,000 bytes"
    ]


def test_each_fault_of_a_folder_comes_with_its_cure(sound):
    root, folder = sound
    (folder / "incident.yaml").unlink()
    (folder / "notes.txt").touch()
    (folder / "links.yaml").symlink_to(root)
    (folder.parent / "drafts").mkdir()
    (folder.parent / SOUND.upper()).mkdir()
    (root / "incidents/drafts").mkdir()
    (root / "incidents/2033" / SOUND).mkdir(parents=True)

    cures = {problem.what: problem.cure for problem in read_archive(root)[1]}

    layout = "A record is incidents/<year>/<id>/incident.yaml."
    name = "Name it like 2014-12-22-north-korea: the UTC date it began, then a-z, 0-9 and hyphens."
    assert cures == {
        "incident.yaml is missing": layout,
        "does not belong here": "Take it out. A record's folder holds incident.yaml, links.yaml "
        "and routing/.",
        "a symbolic link": "Put the file itself here.",
        "expected the folder's name to be an id": name,
        "the same name but for upper and lower case": "Rename one of the two.",
        "expected a year as the folder's name": layout,
        "expected it in the folder 2032": layout,
        "the same id is in another year's folder": "Keep one of them.",
    }
