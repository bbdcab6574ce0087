"""One folder takes another's place: at once, alone, and whoever is killed on the way."""

import signal
import subprocess
import sys
import time

import pytest

from generator.swap import aside, exchange, one_at_a_time, put_in_place, replace_in_two_steps
from tests.site_project import names

HOLD = """
import sys, time
from pathlib import Path
from generator.swap import one_at_a_time
with one_at_a_time(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def folder(path, text):
    path.mkdir(parents=True)
    (path / "index.html").write_text(text)
    return path


def holder(path, seconds):
    """A process that holds the lock of ``path`` for so long; returns when it has it."""
    command = [sys.executable, "-c", HOLD, str(path), str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def finish(process):
    process.kill()
    process.communicate()


def test_two_folders_change_places_in_one_step(tmp_path):
    one, other = folder(tmp_path / "one", "1"), folder(tmp_path / "other", "2")

    exchanged = exchange(one, other)

    assert exchanged
    assert [(path / "index.html").read_text() for path in (one, other)] == ["2", "1"]


def test_a_folder_that_is_not_there_cannot_be_exchanged(tmp_path):
    one = folder(tmp_path / "one", "1")

    with pytest.raises(FileNotFoundError):
        exchange(one, tmp_path / "nothing")


def test_the_first_site_is_put_where_nothing_was(tmp_path):
    site = tmp_path / "build" / "site"

    with aside(site) as work:
        put_in_place(folder(work / "new", "first"), site)

    assert (site / "index.html").read_text() == "first"
    assert names(tmp_path / "build") == ["site"]


@pytest.mark.parametrize("put", [put_in_place, replace_in_two_steps])
def test_the_new_site_is_there_and_nothing_is_left_of_the_old(tmp_path, put):
    site = folder(tmp_path / "site", "old")

    with aside(site) as work:
        put(folder(work / "new", "new"), site)

    assert (site / "index.html").read_text() == "new"
    assert names(tmp_path) == ["site"]


def test_what_killed_builds_left_is_removed_by_the_next(tmp_path):
    site = folder(tmp_path / "site", "old")
    folder(tmp_path / ".site-aside-dead" / "new", "half")

    with aside(site) as work:
        there = names(tmp_path)

    assert there == sorted([work.name, "site"])
    assert (site / "index.html").read_text() == "old"


def test_a_site_moved_away_by_a_killed_build_is_put_back(tmp_path):
    site = tmp_path / "site"
    folder(tmp_path / ".site-aside-dead" / "old", "old")

    with aside(site):
        text = (site / "index.html").read_text()

    assert text == "old"


def test_a_failure_on_the_way_leaves_the_old_site_and_no_litter(tmp_path):
    site = folder(tmp_path / "site", "old")

    def half_a_build():
        with aside(site) as work:
            folder(work / "new", "half")
            raise RuntimeError("on the way")

    with pytest.raises(RuntimeError, match="on the way"):
        half_a_build()

    assert (site / "index.html").read_text() == "old"
    assert names(tmp_path) == ["site"]


def test_a_second_build_waits_for_the_first(tmp_path):
    first = holder(tmp_path, 0.6)
    began_s = time.monotonic()

    with one_at_a_time(tmp_path):
        waited_s = time.monotonic() - began_s
    finish(first)

    assert waited_s > 0.3


def test_a_killed_build_gives_its_lock_back(tmp_path):
    first = holder(tmp_path, 60)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    began_s = time.monotonic()

    with one_at_a_time(tmp_path):
        waited_s = time.monotonic() - began_s

    assert waited_s < 5


def test_who_holds_the_lock_may_take_it_again(tmp_path):
    with one_at_a_time(tmp_path), one_at_a_time(tmp_path):
        taken_twice = True

    second = holder(tmp_path, 0)
    finish(second)

    assert taken_twice
