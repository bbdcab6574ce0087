"""The same evidence from a real Dask cluster, even when a worker dies half-way."""

import contextlib
import json
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import fetch_scene
import pytest
from fetch_scene import Scene

from generator.fetch.executor import Cluster
from generator.model.problem import BrokenInputError

distributed = pytest.importorskip("distributed", reason="Dask's `distributed` is not installed")
ROOT = Path(__file__).parent.parent


def started(*words):
    """A Dask process, its words on the last line of what it says to the error output."""
    command = [sys.executable, "-m", "distributed.cli." + words[0], *words[1:], "--no-dashboard"]
    quiet = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_LOGGING__DISTRIBUTED": "error"}
    return subprocess.Popen(
        command, cwd=ROOT, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def address_in(file):
    """The scheduler's address, once it has written it."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, ValueError, KeyError):
            return json.loads(file.read_text())["address"]
        time.sleep(0.05)
    raise AssertionError("the scheduler does not start")


def given_to(name, address):
    """The tasks that a worker of this name has been given and has not done."""
    with distributed.Client(address, set_as_default=False) as client:
        workers = client.scheduler_info()["workers"]
        home = next(where for where, one in workers.items() if one["name"] == name)
        return client.processing()[home]


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler, and its two workers as processes."""
    file = tmp_path / "scheduler.json"
    processes = [
        started("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", file)
    ]
    try:
        address = address_in(file)
        processes += [
            started(
                "dask_worker", address, "--nthreads", "2", "--no-nanny", "--memory-limit", "0",
                "--name", f"worker{number}",
                "--local-directory", str(tmp_path / f"worker{number}"),
            )
            for number in range(2)
        ]  # fmt: skip
        with distributed.Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=20)
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


@pytest.mark.filterwarnings("default")  # those of Dask itself are not ours to mend
def test_a_cluster_that_loses_a_worker_half_way_gives_the_same_bytes(tmp_path, cluster):
    address, workers = cluster
    scene = Scene(fetch_scene.secured(tmp_path), tmp_path)
    with contextlib.closing(scene):
        here = scene.freeze(fetch_scene.project(tmp_path))
        scene.folder = tmp_path / "there"
        place = fetch_scene.project(scene.folder)
        seen, lost = [], []

        def lose_one(asked):
            seen.append(asked)
            if len([one for one in seen if one.startswith("GET")]) >= 6 and not lost:
                lost.extend(given_to("worker0", address))
                workers[0].kill()

        scene.server.on_request = lose_one
        scene.server.pause_s = 0.1

        there = scene.freeze(place, partial(Cluster, address))

    assert there == here
    assert lost != []
    assert len([one for one in seen if one.startswith("GET")]) >= 13
    assert workers[0].wait() != 0
    assert workers[1].poll() is None


@pytest.mark.filterwarnings("default")
def test_an_address_without_a_scheduler_is_a_problem_with_a_cure(monkeypatch):
    monkeypatch.setattr("generator.fetch.executor._START_S", 0.2)

    with pytest.raises(BrokenInputError) as caught:
        Cluster("tcp://127.0.0.1:1", None, "2020-02-02")

    assert "no Dask scheduler answers at tcp://127.0.0.1:1" in str(caught.value)
    assert "dask scheduler" in caught.value.problems[0].cure


def test_without_dask_the_flag_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(BrokenInputError) as caught:
        Cluster("tcp://127.0.0.1:1", None, "2020-02-02")

    assert "Dask is not installed" in str(caught.value)
