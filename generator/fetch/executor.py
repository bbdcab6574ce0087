"""Where tasks run: threads of this process, or a Dask cluster. One seam, the standard library's.

Threads, since fetching waits for the network: together they take 12 to 14 MB of compressed files a
second (56 MB in 144 files over TLS, the server and all on two cores), more than most lines bring. A
cluster gives more cores and memory, not more connections: an archive gets eight from us at most,
wherever the tasks run.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from generator.fetch.http import Web
from generator.fetch.perform import perform, perform_there
from generator.fetch.task import Outcome, Task
from generator.model.problem import BrokenInputError, Problem

CONNECTIONS = 8  # for each host: what the RIPE NCC allows one address to have open at RIPEstat
_LOST_WORKERS = 5  # how often a task may lose its worker before it counts as failed
_START_S = 15


class Executor(Protocol):
    """Runs tasks side by side; what comes of each does not depend on where or when it ran."""

    def submit(self, task: Task) -> Future[Outcome]:
        """Start a task."""

    def stop(self) -> None:
        """Give up whatever is under way, at once."""


@dataclass
class Local:
    """Threads of this process, one for each connection."""

    web: Web
    retrieved: str

    def __post_init__(self) -> None:
        # Three hosts are known; no thread starts before it is needed.
        self._threads = ThreadPoolExecutor(3 * CONNECTIONS, thread_name_prefix="fetch")

    def submit(self, task: Task) -> Future[Outcome]:
        """Start a task in a thread."""
        return self._threads.submit(perform, task, self.web, self.retrieved)

    def stop(self) -> None:
        """Cut every connection, and wait for the threads, which then end."""
        self.web.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self.web.close()


class Cluster:
    """The workers of a Dask scheduler; each must run from a copy of this project."""

    def __init__(self, address: str, web: Web, retrieved: str) -> None:
        try:
            from distributed import Client  # noqa: PLC0415  (only a cluster needs it)
        except ImportError:
            what, cure = "Dask is not installed", "Install it: python -m pip install distributed"
            raise BrokenInputError(Problem("--cluster", 0, "", what, cure)) from None
        try:
            connect: Any = Client  # which has no types
            self._client = connect(address, timeout=_START_S, set_as_default=False)
        except (OSError, ValueError) as error:
            what = f"no Dask scheduler answers at {address}: {error}"
            cure = "Start one with `dask scheduler`, and workers with `dask worker ADDRESS`."
            raise BrokenInputError(Problem("--cluster", 0, "", what, cure)) from None
        self._arguments = (web.reach, web.limits, retrieved)
        self._workers = self._client.get_executor(pure=False, retries=_LOST_WORKERS)

    def submit(self, task: Task) -> Future[Outcome]:
        """Start a task on some worker."""
        future: Future[Outcome] = self._workers.submit(perform_there, task, *self._arguments)
        return future

    def stop(self) -> None:
        """Cancel what is under way and leave the cluster to others."""
        self._workers.shutdown(wait=False)
        self._client.close()


@contextlib.contextmanager
def running(make: Callable[[], Executor]) -> Iterator[Executor]:
    """Yield an executor that is stopped at the end, whatever happens."""
    executor = make()
    try:
        yield executor
    finally:
        executor.stop()


def completed(tasks: Iterable[Task], executor: Executor) -> Iterator[tuple[Task, Outcome]]:
    """Yield each task with what came of it, as they end, at most eight for each host at a time.

    A task whose worker broke is an outcome that failed.
    """
    queues: dict[str, deque[Task]] = defaultdict(deque)
    for task in tasks:
        queues[urlsplit(task.url).netloc].append(task)
    under_way: dict[Future[Outcome], Task] = {}
    busy: dict[str, int] = defaultdict(int)
    while any(queues.values()) or under_way:
        for host, queue in queues.items():
            while queue and busy[host] < CONNECTIONS:
                task = queue.popleft()
                under_way[executor.submit(task)] = task
                busy[host] += 1
        ended, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in ended:
            task = under_way.pop(future)
            busy[urlsplit(task.url).netloc] -= 1
            yield task, _result(future)


def _result(future: Future[Outcome]) -> Outcome:
    if future.cancelled():
        return Outcome(failed="the cluster gave the task up")
    error = future.exception()
    return future.result() if error is None else Outcome(failed=f"{type(error).__name__}: {error}")
