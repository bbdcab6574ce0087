"""Many addresses looked at, politely: one at a time of a host, with a pause between."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from generator.fetch.reach import Reach
from generator.fetch.verdict import Verdict, judged
from generator.fetch.visit import Visit, Visitor

HOSTS_AT_ONCE = 8
PAUSE_S = 1.0  # between two requests to one host
MOST_WAIT_S = 60.0  # a server that wants to be left alone for longer is asked another day


@dataclass(frozen=True)
class Manners:
    """How to ask: the name to give, whom one may ask, and how to wait for seconds."""

    agent: str
    reach: Reach = field(default_factory=lambda: Reach(anywhere=True))
    pause_s: float = PAUSE_S
    total_s: float = 40.0
    sleep: Callable[[float], object] | None = None


class LinkChecker:
    """Looks at addresses in some threads, until told to stop."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Let what is under way be the last."""
        self._stopped.set()

    def check(self, urls: Iterable[str]) -> Iterator[tuple[str, Verdict]]:
        """Yield each address once with what became of it, as they are done."""
        by_host: dict[str, list[str]] = defaultdict(list)
        for url in dict.fromkeys(urls):
            by_host[_host(url)].append(url)
        with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
            # Hosts with most to do first, so that they are not all that is left at the end.
            queue = sorted(by_host.values(), key=len, reverse=True)
            waiting = [pool.submit(self._host, part) for part in queue]
            try:
                for done in as_completed(waiting):
                    yield from done.result()
            finally:
                self.stop()
                pool.shutdown(cancel_futures=True)

    def _host(self, urls: Sequence[str]) -> list[tuple[str, Verdict]]:
        visitor = Visitor(self._manners.agent, self._manners.reach, total_s=self._manners.total_s)
        found = []
        try:
            for number, url in enumerate(urls):
                if number:
                    self._wait(self._manners.pause_s)
                if self._stopped.is_set():
                    break
                found.append((url, judged(url, self._visit(visitor, url))))
        finally:
            visitor.close()
        return found

    def _visit(self, visitor: Visitor, url: str) -> Visit:
        found = visitor.visit(url)
        if found.after_s is None or found.after_s > MOST_WAIT_S:
            return found
        self._wait(max(found.after_s, self._manners.pause_s))
        return visitor.visit(url)

    def _wait(self, wait_s: float) -> None:
        (self._manners.sleep or self._stopped.wait)(wait_s)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
