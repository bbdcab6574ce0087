"""Worker processes, one for each processor; what they bring back does not depend on how many."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver, get_context
from typing import TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
# Fewer items than this are done sooner than workers have started.
_FEW = 24
_CHUNKS = 64  # parts per worker, so that no worker waits long for the others


class WorkerLostError(Exception):
    """A worker process ended in the middle of its work: killed, or out of memory."""


class Crew:
    """Does work in parallel. Functions must be a module's own, as they go to other processes."""

    def __init__(self, pool: ProcessPoolExecutor | None, workers: int) -> None:
        self._pool, self.workers = pool, workers

    def expect(self, size: int) -> None:
        """Have the workers' code loaded meanwhile, if about ``size`` things may want them soon."""
        if self._pool is not None and size >= _FEW:
            forkserver.ensure_running()

    def map(
        self, work: Callable[[_Item], _Result], items: Sequence[_Item], few: int = _FEW
    ) -> Iterator[_Result]:
        """Yield what ``work`` makes of each item, in their order.

        Raises WorkerLostError when a worker was killed, and whatever ``work`` raises.
        """
        if self._pool is None or len(items) < few:
            yield from map(work, items)
            return
        chunk = max(1, len(items) // (self.workers * _CHUNKS))
        with _told():
            yield from self._pool.map(work, items, chunksize=chunk)

    def start(
        self, work: Callable[[_Item], _Result], item: _Item, size: int
    ) -> Callable[[], _Result]:
        """Have one thing done beside all else; what is returned waits for it and gives its result.

        It is about ``size`` things; what is about few is done at once. Asking for the result raises
        as ``map`` does.
        """
        if self._pool is None or size < _FEW:
            done = work(item)
            return lambda: done
        future = self._pool.submit(work, item)

        def result() -> _Result:
            with _told():
                return future.result()

        return result


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        what = "a worker process was killed, perhaps for want of memory"
        raise WorkerLostError(f"{what}; nothing was published. Build again.") from error


@contextmanager
def crew(*load: str) -> Iterator[Crew]:
    """Give as many workers as there are processors, or as GONE_DARK_WORKERS says.

    ``load`` are the modules that their work needs; those of a whole build where none is named.
    """
    workers = int(os.environ.get("GONE_DARK_WORKERS") or os.cpu_count() or 1)
    if workers < 2:
        yield Crew(None, 1)
        return
    # Each worker from a clean server that has loaded the code: a copy of this process could wait
    # for ever for a thread of the chart converter that was not copied with it.
    start = get_context("forkserver")
    start.set_forkserver_preload([*(load or ("generator.pages",))])
    with ProcessPoolExecutor(workers, start) as pool:
        try:
            yield Crew(pool, workers)
        except BaseException as error:
            # What was begun may be writing where others build next; an interrupt reaches it too.
            pool.shutdown(wait=isinstance(error, Exception), cancel_futures=True)
            raise
