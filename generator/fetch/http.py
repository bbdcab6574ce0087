"""One way to ask a server: bounded in bytes and in time, tried again where that may help.

urllib3, because it lets us connect to the very address that was checked, hands out bytes as they
come, looks at no proxy settings, and is well kept. Redirects are followed here, so that each of
them passes the same check.
"""

from __future__ import annotations

import hashlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar
from urllib.parse import urljoin

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from generator.fetch.reach import Reach, RefusedError, Target

T = TypeVar("T")

AGENT = "gone-dark/0.1 (archive of Internet outages)"
MOST_REDIRECTS = 4
BLOCK_BYTES = 1 << 16
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class WebError(Exception):
    """A request that did not bring what was asked for; the text says why."""


class MissingError(WebError):
    """The server says that there is no such file."""


class PassingError(WebError):
    """A failure that may pass: worth another try, after ``after_s`` seconds where given."""

    def __init__(self, what: str, after_s: float | None = None) -> None:
        super().__init__(what)
        self.after_s = after_s


class StoppedError(Exception):
    """Somebody asked to stop."""


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
    """Time and waiting, so that tests need no real time."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] | None = None


@dataclass(frozen=True)
class Received(Generic[T]):
    """What was made of a body, and the body's size and SHA-256 as it came over the wire."""

    value: T
    size_bytes: int
    sha256: str


class Body:
    """The bytes of one answer as they come. Iterate once; ``header`` reads a header field."""

    def __init__(self, response: urllib3.BaseHTTPResponse, alive: Callable[[], None], most: int):
        self._response, self._alive, self._most = response, alive, most
        self.size_bytes, self._sum = 0, hashlib.sha256()

    def header(self, name: str) -> str:
        """Return a header field, empty where there is none."""
        return self._response.headers.get(name, "")

    def __iter__(self) -> Iterator[bytes]:
        while block := self._block():
            self.size_bytes += len(block)
            if self.size_bytes > self._most:
                raise WebError(f"more than {self._most:,} bytes")
            self._sum.update(block)
            yield block
        self._refuse_short()

    def _block(self) -> bytes:
        # read1, as read gathers a whole block: a server that drips would never be cut off.
        try:
            block = self._response.read1(BLOCK_BYTES, decode_content=False) or b""
        except (HTTPError, OSError, ValueError) as error:
            self._alive()
            raise PassingError(f"the connection broke after {self.size_bytes:,} bytes") from error
        self._alive()
        return block

    def _refuse_short(self) -> None:
        promised = self.header("Content-Length")
        if promised.isdigit() and int(promised) != self.size_bytes:
            raise PassingError(f"{self.size_bytes:,} bytes of {promised}")

    @property
    def sha256(self) -> str:
        """The sum of what was read so far."""
        return self._sum.hexdigest()


Connection = HTTPConnection | HTTPSConnection


@dataclass
class Web:
    """Asks servers, from any thread. ``stop`` makes every request under way end at once."""

    reach: Reach = field(default_factory=Reach)
    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self._stopped = threading.Event()
        self._own = threading.local()
        self._open: set[Connection] = set()

    def stop(self) -> None:
        """End every request under way, in all threads, and refuse new ones."""
        self._stopped.set()
        for connection in tuple(self._open):
            _cut(connection)

    def close(self) -> None:
        """Close the connections that are kept open."""
        for connection in tuple(self._open):
            connection.close()
        self._open.clear()

    def get(self, url: str, read: Callable[[Body], T], method: str = "GET") -> Received[T]:
        """Return what ``read`` makes of the answer to ``url``.

        ``read`` gets the body anew with each try, and need not read it to its end. Raises
        RefusedError, MissingError, or WebError once no further try is left.
        """
        end = self.clock.now() + self.limits.total_s
        for attempt in range(1, self.limits.tries + 1):
            try:
                return self._once(url, read, end, method)
            except PassingError as error:
                wait_s = self._wait_s(error, attempt)
                if self.clock.now() + wait_s > end:
                    raise WebError(f"{error}; {self._late()}") from error
                if attempt == self.limits.tries or wait_s > self.limits.most_wait_s:
                    raise WebError(f"{error}, in try {attempt} of {self.limits.tries}") from error
                self._sleep(wait_s)
        raise AssertionError("the last try returns or raises")

    def _wait_s(self, error: PassingError, attempt: int) -> float:
        backoff_s = self.limits.wait_s * 2.0 ** (attempt - 1)
        return max(error.after_s, self.limits.wait_s) if error.after_s is not None else backoff_s

    def _late(self) -> str:
        return f"no time is left of {self.limits.total_s:g} s"

    def _sleep(self, wait_s: float) -> None:
        (self.clock.sleep or self._stopped.wait)(wait_s)
        self._refuse_stopped()

    def _refuse_stopped(self) -> None:
        if self._stopped.is_set():
            raise StoppedError

    def _once(self, url: str, read: Callable[[Body], T], end: float, method: str) -> Received[T]:
        for _ in range(MOST_REDIRECTS + 1):
            self._refuse_stopped()
            try:
                target = self.reach.target(url)
            except OSError as error:
                raise PassingError(f"the name cannot be looked up: {error}") from error
            answer = self._ask(target, read, end, method)
            if isinstance(answer, Received):
                return answer
            url = urljoin(url, answer)
        raise WebError(f"more than {MOST_REDIRECTS} redirects")

    def _ask(
        self, target: Target, read: Callable[[Body], T], end: float, method: str
    ) -> Received[T] | str:
        connection = self._connection(target, end)
        timer = threading.Timer(max(0.0, end - self.clock.now()), _cut, (connection,))
        timer.daemon = True
        timer.start()
        clean = False
        try:
            result = self._exchange(connection, target, read, end, method)
            clean = isinstance(result, Received)
        finally:
            timer.cancel()
            if not clean:
                self._drop(connection)
        return result

    def _exchange(
        self,
        connection: Connection,
        target: Target,
        read: Callable[[Body], T],
        end: float,
        method: str,
    ) -> Received[T] | str:
        def alive() -> None:
            self._refuse_stopped()
            if self.clock.now() > end:
                raise WebError(f"took too long: {self._late()}")

        try:
            connection.request(
                method,
                target.path,
                headers={
                    "Host": target.host_header,
                    "User-Agent": AGENT,
                    "Accept-Encoding": "identity",
                },
                preload_content=False,
                decode_content=False,
            )
            response = connection.getresponse()
        except (HTTPError, OSError, ValueError) as error:
            alive()
            raise PassingError(f"no answer from {target.name}: {_reason(error)}") from error
        except Exception as error:  # http.client's own, for an answer that is no HTTP
            alive()
            raise PassingError(f"{target.name} does not answer in HTTP: {error}") from error
        if response.status in _REDIRECTS:
            return response.headers.get("Location", "")
        _refuse_status(response)
        body = Body(response, alive, self.limits.most_bytes)
        value = read(body)
        for _ in body:  # the rest, for the sum and for the next request on this connection
            pass
        return Received(value, body.size_bytes, body.sha256)
