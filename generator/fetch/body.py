"""What comes back from a server: a body in blocks, or the reason why there is none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from urllib3 import BaseHTTPResponse

from generator.fetch.connections import BROKEN

T = TypeVar("T")

BLOCK_BYTES = 1 << 16
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_MISSING = frozenset({404, 410})
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


class Redirect(Exception):  # noqa: N818  (no error: it ends at the next address)
    """The answer is elsewhere."""


@dataclass(frozen=True)
class Received(Generic[T]):
    """What was made of a body, and the body's size and SHA-256 as it came over the wire."""

    value: T
    size_bytes: int
    sha256: str


class Body:
    """The bytes of one answer as they come."""

    def __init__(
        self, response: BaseHTTPResponse, check: Callable[[], None], most_bytes: int
    ) -> None:
        self._response, self._check, self._most_bytes = response, check, most_bytes
        self._sum = hashlib.sha256()
        self.size_bytes = 0

    def header(self, name: str) -> str:
        """Return a header field, empty where there is none."""
        return self._response.headers.get(name, "")

    @property
    def sha256(self) -> str:
        """The sum of what was read so far."""
        return self._sum.hexdigest()

    def __iter__(self) -> Iterator[bytes]:
        while block := self._block():
            self.size_bytes += len(block)
            if self.size_bytes > self._most_bytes:
                raise WebError(f"more than {self._most_bytes:,} bytes")
            self._sum.update(block)
            yield block
        promised = self.header("Content-Length")
        if promised.isdigit() and int(promised) != self.size_bytes:
            raise PassingError(f"{self.size_bytes:,} bytes came of {int(promised):,}")

    def _block(self) -> bytes:
        # read1, since read gathers a whole block: a server that drips would never be cut off.
        try:
            block = self._response.read1(BLOCK_BYTES) or b""
        except BROKEN as error:
            self._check()
            raise PassingError(f"the connection broke after {self.size_bytes:,} bytes") from error
        self._check()
        return block


def length(body: Body) -> int | None:
    """Return the size that the header tells; None where it tells none."""
    told = body.header("Content-Length")
    return int(told) if told.isdigit() else None


def refuse_status(response: BaseHTTPResponse) -> None:
    """Raise what a status means, unless it is that of success."""
    status = response.status
    if status in _REDIRECTS:
        raise Redirect(response.headers.get("Location", ""))
    if status in _MISSING:
        raise MissingError(f"HTTP {status}")
    if status in _PASSING:
        after = response.headers.get("Retry-After", "")
        raise PassingError(f"HTTP {status}", float(after) if after.isdigit() else None)
    if status != 200:
        raise WebError(f"HTTP {status}")


def refuse_endless(response: BaseHTTPResponse) -> None:
    """Raise PassingError for an answer of which nobody could tell that it is whole."""
    # A connection that is cut within the headers looks like a whole answer with an empty body.
    told = response.headers
    if not told.get("Content-Length", "").isdigit() and "chunked" not in told.get(
        "Transfer-Encoding", ""
    ):
        raise PassingError("the answer does not say where it ends")
