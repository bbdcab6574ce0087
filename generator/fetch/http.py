"""One way to ask a server: bounded in bytes and in time, tried again where that may help.

urllib3, because it lets us connect to the very address that was checked, hands out bytes as they
come, looks at no proxy settings, and is well kept. Redirects are followed here, so that each of
them passes the same check.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urljoin

from generator.fetch.body import (
    Body,
    PassingError,
    Received,
    Redirect,
    StoppedError,
    WebError,
    length,
    refuse_endless,
    refuse_status,
)
from generator.fetch.connections import Connections, NoAnswerError
from generator.fetch.reach import Reach, Target

T = TypeVar("T")

AGENT = "gone-dark (an archive of Internet outages)"
MOST_REDIRECTS = 4


@dataclass(frozen=True)
class Limits:
    """What one file may cost. ``total_s`` covers every try, wait and redirect together."""

    most_bytes: int = 512 << 20
    total_s: float = 900.0
    read_s: float = 30.0
    tries: int = 5
    wait_s: float = 1.0
    most_wait_s: float = 120.0


@dataclass(frozen=True)
class Clock:
    """Time and waiting; ``sleep`` replaces a wait that a stop interrupts."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] | None = None


@dataclass
class Web:
    """Asks servers, from any number of threads."""

    reach: Reach = field(default_factory=Reach)
    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self._stopped = threading.Event()
        self._connections = Connections(self.reach.ca_file)

    def stop(self) -> None:
        """End every request under way, in all threads, and refuse new ones."""
        self._stopped.set()
        self._connections.cut()

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._connections.close()

    def get(self, url: str, read: Callable[[Body], T], accept: str = "identity") -> Received[T]:
        """Return what ``read`` makes of the answer to ``url``.

        ``read`` gets the body anew with each try, and need not read it to its end; ``accept`` are
        the content codings that it undoes. Raises RefusedError, MissingError, StoppedError, or
        WebError once no further try is left.
        """
        return self._tried(lambda end: self._followed(url, "GET", accept, end, read))

    def size_bytes(self, url: str) -> int | None:
        """Return the size that the server tells of a file without sending it; None if unknown.

        Asked once only. Raises what ``get`` raises.
        """
        end = self.clock.now() + self.limits.read_s
        return self._followed(url, "HEAD", "identity", end, length).value

    def _tried(self, ask: Callable[[float], Received[T]]) -> Received[T]:
        limits, end = self.limits, self.clock.now() + self.limits.total_s
        for attempt in range(1, limits.tries + 1):
            try:
                return ask(end)
            except PassingError as error:
                wait_s = max(limits.wait_s * 2.0 ** (attempt - 1), error.after_s or 0)
                if attempt == limits.tries:
                    raise WebError(f"{error} (the last of {attempt} tries)") from error
                if wait_s > limits.most_wait_s or self.clock.now() + wait_s > end:
                    raise WebError(f"{error}; another try would be too late") from error
                self._wait(wait_s)
        raise WebError("no try is allowed")

    def _wait(self, wait_s: float) -> None:
        (self.clock.sleep or self._stopped.wait)(wait_s)
        self._refuse_stopped()

    def _followed(
        self, url: str, method: str, accept: str, end: float, read: Callable[[Body], T]
    ) -> Received[T]:
        for _ in range(MOST_REDIRECTS + 1):
            try:
                return self._once(url, method, accept, end, read)
            except Redirect as elsewhere:
                url = _joined(url, str(elsewhere))
        raise WebError(f"more than {MOST_REDIRECTS} redirects")

    def _once(
        self, url: str, method: str, accept: str, end: float, read: Callable[[Body], T]
    ) -> Received[T]:
        self._check(end)
        target = self._target(url)
        headers = {"Host": target.host_header, "User-Agent": AGENT, "Accept-Encoding": accept}
        left_s = max(0.01, end - self.clock.now())
        asked = self._connections.answer(target, method, headers, self.limits.read_s, left_s)
        try:
            with asked as response:
                self._check(end)
                refuse_status(response)
                refuse_endless(response)
                body = Body(response, lambda: self._check(end), self.limits.most_bytes)
                value = read(body)
                if method == "GET":  # read the rest: for the sum, and for the next request
                    for _ in body:
                        pass
                return Received(value, body.size_bytes, body.sha256)
        except NoAnswerError as error:
            self._check(end)
            raise PassingError(f"no answer from {target.name}: {error}") from error

    def _target(self, url: str) -> Target:
        try:
            return self.reach.target(url)
        except OSError as error:
            raise PassingError(f"the name cannot be looked up: {error}") from error

    def _check(self, end: float) -> None:
        self._refuse_stopped()
        if self.clock.now() > end:
            raise WebError(f"it took more than {self.limits.total_s:g} s")

    def _refuse_stopped(self) -> None:
        if self._stopped.is_set():
            raise StoppedError


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise WebError(f"redirected to what is not an address: {location[:100]!r}") from None
