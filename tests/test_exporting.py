"""Exports put together from kept pieces are those made at once, and only what must be is made."""

import shutil
import sqlite3
import tracemalloc
from contextlib import closing

import pytest

from generator import exporting
from generator.crew import Crew, crew
from generator.engine import PublishError
from generator.exporting import Export, export, settle
from generator.merging import Merge, merge
from generator.pieces import Pieces, Wish
from generator.read.folders import find_records
from generator.render.data.edition import edition
from generator.studies import questions, studied
from generator.writing import replaced_if_changed
from tests.exported import COMMIT, ROSS, URL
from tests.site_project import tree

ALONE = Crew(None, 1)
DATABASE = "data/gone-dark.sqlite"
HEARD = "2032-02-29-heard-island"


@pytest.fixture
def project(archive, made_once, tmp_path):
    """A copy of the fictional archive, exported once."""

    def fill(folder):
        shutil.copytree(archive / "incidents", folder / "incidents")
        exported(folder)

    # With their times: whatever has another was touched.
    return shutil.copytree(made_once("exports", fill), tmp_path / "project")


def asked_of(project):
    places = find_records(project).places
    return questions(places, project, measure=True, documentation_space=True)


def exported(project, commit=COMMIT, workers=ALONE):
    """Bring a project's exports up to date; the names of their files."""
    asked = asked_of(project)
    entries = [one.entry for one in studied(asked, workers)]
    wanted = Export(project / "build", asked, entries, URL, commit)
    names = export(wanted, workers)
    settle(wanted)
    return names


def times(folder):
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file()
    }


def touched(project, work):
    """The files below ``build/pages`` that some work writes."""
    before = times(project / "build/pages")
    work()
    after = times(project / "build/pages")
    return {name for name, time in after.items() if before.get(name) != time}


def edit_heard_island(project):
    record = project / "incidents/2032" / HEARD / "incident.yaml"
    text = record.read_text("utf-8")
    record.write_text(text.replace("summary: ", "summary: Edited. ", 1), encoding="utf-8")


def dumped(base):
    with closing(sqlite3.connect(base)) as opened:
        return list(opened.iterdump())


def test_what_is_put_together_from_pieces_is_what_is_made_at_once(project, files):
    made = tree(project / "build/pages")
    at_once = {
        name: content if isinstance(content, bytes) else content.encode()
        for name, content in files.items()
    }
    day = b"2034-01-10"  # of the newest change; the other was told another
    in_memory = project / "at-once.sqlite"
    in_memory.write_bytes(at_once[DATABASE])

    assert sorted(made) == sorted(at_once)
    differing = {
        name
        for name in made
        if made[name].replace(day, b"")
        != at_once[name].replace(b"2030-01-01", b"").replace(day, b"")
    }
    # A base in a file has the number of SQLite's version in its head; all else is the same.
    assert differing == {DATABASE}
    assert made[DATABASE][100:] == at_once[DATABASE][100:]
    assert dumped(project / "build/pages" / DATABASE) == dumped(in_memory)


def test_the_names_of_all_files_are_told_as_nobody_else_may_remove_them(project):
    assert exported(project) == set(tree(project / "build/pages"))


def test_pieces_that_were_kept_give_the_same_bytes_as_pieces_just_made(project):
    before = tree(project / "build/pages")
    shutil.rmtree(project / "build/pages")

    exported(project)

    assert tree(project / "build/pages") == before


def test_two_workers_give_the_same_bytes_as_one_process(project, monkeypatch):
    before = tree(project / "build/pages")
    shutil.rmtree(project / "build")
    monkeypatch.setenv("GONE_DARK_WORKERS", "2")
    monkeypatch.setattr(exporting, "_PART", 1)  # else so few are done in this process

    with crew() as workers:
        exported(project, workers=workers)

    assert tree(project / "build/pages") == before


def test_while_nothing_changes_no_file_is_touched(project):
    assert touched(project, lambda: exported(project)) == set()


def test_a_file_that_somebody_changed_is_as_it_was_after_the_next_build(project):
    before = tree(project / "build/pages")
    for name in ("data/claims.csv", DATABASE, "feed.xml", f"incidents/{ROSS}/incident.json"):
        (project / "build/pages" / name).write_text("changed\n", encoding="utf-8")

    exported(project)

    assert tree(project / "build/pages") == before


def test_one_edited_record_touches_the_files_that_hold_its_summary_and_no_other(project):
    edit_heard_island(project)

    written = touched(project, lambda: exported(project))

    assert written == {
        DATABASE, "data/incidents.csv", "data/incidents.json", "data/incidents.ndjson",
        "data/incidents.ics", "data/datapackage.json", "feed.xml", "feed.json",
        "countries/hm/feed.xml", "countries/hm/feed.json", f"incidents/{HEARD}/incident.json",
    }  # fmt: skip


def test_one_edited_record_makes_one_piece(project):
    kept = set(times(project / "build/cache/pieces"))
    edit_heard_island(project)

    exported(project)

    fresh = set(times(project / "build/cache/pieces"))
    assert (len(fresh - kept), len(kept - fresh), len(fresh)) == (1, 1, 4)


def test_a_new_commit_is_named_everywhere_and_needs_no_new_piece(project):
    kept = times(project / "build/cache/pieces")

    exported(project, "f" * 40)

    made = tree(project / "build/pages")
    assert [name for name, raw in made.items() if COMMIT.encode() in raw] == []
    assert times(project / "build/cache/pieces") == kept


def test_a_damaged_piece_is_made_again(project):
    before = tree(project / "build/pages")
    for piece in (project / "build/cache/pieces").glob("*/*"):
        piece.write_bytes(piece.read_bytes()[:-1] + b"?")
    shutil.rmtree(project / "build/pages")

    exported(project)

    assert tree(project / "build/pages") == before


def test_a_piece_that_is_lost_while_it_is_needed_stops_the_build_and_says_what_to_do(project):
    wanted = Merge("streams", ("00" * 32,), project / "build", edition(URL, COMMIT, []))
    before = tree(project / "build/pages")

    with pytest.raises(PublishError, match="Build again"):
        merge(wanted)

    assert tree(project / "build/pages") == before


@pytest.mark.parametrize("ledger", [b"", b"[]", b'{"a": 1}', b'{"a": {"other": 1}}'])
def test_a_ledger_that_cannot_be_read_counts_as_none(project, ledger):
    before = tree(project / "build/pages")
    (project / "build/cache/exports.json").write_bytes(ledger)

    exported(project)

    assert tree(project / "build/pages") == before


def test_sixteen_times_as_many_incidents_take_no_more_memory(project):
    (key, *_) = (Wish(project / "build", one, URL).key for one in asked_of(project))
    told = edition(URL, COMMIT, [])
    assert next(Pieces(project / "build").all([key])).id == ROSS

    def peak(incidents):
        tracemalloc.start()
        merge(Merge("streams", (key,) * incidents, project / "build", told))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few, many = peak(20), peak(320)

    assert (project / "build/pages/data/incidents.json").stat().st_size > 2 * many
    assert many < 1.2 * few


def test_what_fails_while_a_file_is_written_leaves_the_old_one_and_nothing_beside_it(tmp_path):
    path = tmp_path / "kept.txt"
    path.write_text("old", encoding="utf-8")

    def fail():
        with replaced_if_changed(path) as fresh:
            fresh.write_text("ne", encoding="utf-8")
            raise ValueError("half")

    with pytest.raises(ValueError, match="half"):
        fail()

    assert tree(tmp_path) == {"kept.txt": b"old"}


def test_a_file_that_would_be_the_same_is_not_replaced(tmp_path):
    path = tmp_path / "kept.txt"
    path.write_text("old", encoding="utf-8")
    before = times(tmp_path)

    with replaced_if_changed(path) as fresh:
        fresh.write_text("old", encoding="utf-8")
    same = times(tmp_path)
    with replaced_if_changed(path) as fresh:
        fresh.write_text("new", encoding="utf-8")

    assert same == before
    assert tree(tmp_path) == {"kept.txt": b"new"}
