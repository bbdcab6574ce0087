"""One look at an address anywhere on the web: what a reader who follows it would meet.

HEAD first; where that is not enough, GET, of which no more than the beginning is read. Redirects
are followed here, so that each passes the rule of whom to ask.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urljoin

from urllib3 import BaseHTTPResponse

from generator.fetch.connections import BROKEN, Connections, NoAnswerError
from generator.fetch.reach import Reach, RefusedError

MOST_BYTES = 1 << 16  # of a page: its title and what it says of itself stand at its beginning
MOST_REDIRECTS = 8
READ_S, TOTAL_S = 15.0, 40.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_BUSY = frozenset({429, 503})
_URL_SIGNS = "%/:?#[]@!$&'()*+,;=~-._"
_GONE_NAMES = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})


@dataclass(frozen=True)
class Visit:
    """How a visit ended: at ``url`` with ``status``, or with none, and then ``why`` not.

    ``moved`` is where redirects for good led to, before any other; ``page`` the beginning of an
    HTML page; ``after_s`` how long a busy server wants to be left alone. ``nameless`` when there is
    no such host, ``barred`` when the address is none that may be asked; ``copy`` is where the
    answer says that it really lies.
    """

    url: str
    status: int | None = None
    why: str = ""
    moved: str = ""
    page: str = ""
    after_s: float | None = None
    copy: str = ""
    nameless: bool = False
    barred: bool = False


@dataclass
class Visitor:
    """Looks at addresses, one after the other; keeps no connection longer than ``close``."""

    agent: str
    reach: Reach = field(default_factory=lambda: Reach(anywhere=True))
    now: Callable[[], float] = time.monotonic
    total_s: float = TOTAL_S

    def __post_init__(self) -> None:
        self._connections = Connections(self.reach.ca_file)

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._connections.close()

    def visit(self, url: str) -> Visit:
        """Return what is there. Raises nothing: whatever goes wrong is an answer."""
        end = self.now() + self.total_s
        first = self.follow(url, "HEAD", end)
        is_plain = first.status is not None and 200 <= first.status < 300 and not first.page
        if is_plain or first.nameless or first.barred or first.after_s is not None:
            return first
        return self.follow(url, "GET", end)

    def follow(self, url: str, method: str, end: float) -> Visit:
        """Return where redirects lead; ``end`` is when to give up, by the same clock."""
        here, moved, is_for_good = _ascii(url), "", True
        for _ in range(MOST_REDIRECTS + 1):
            found, location = self._once(here, method, end)
            if found.status not in _REDIRECTS or not location:
                return replace(found, moved=moved)
            is_for_good = is_for_good and found.status in _FOR_GOOD
            try:
                here = _ascii(urljoin(here, location))
            except ValueError:
                return Visit(here, why="a redirect to what is no address")
            moved = here if is_for_good else moved
        return Visit(here, why=f"more than {MOST_REDIRECTS} redirects")

    def _once(self, url: str, method: str, end: float) -> tuple[Visit, str]:
        left_s = end - self.now()
        if left_s <= 0:
            return Visit(url, why="no answer in time"), ""
        try:
            target = self.reach.target(url)
            headers = {
                "Host": target.host_header, "User-Agent": self.agent, "Accept": "text/html, */*",
                "Accept-Encoding": "identity",
            }  # fmt: skip
            wait_s = min(READ_S, left_s)
            with self._connections.answer(target, method, headers, wait_s, left_s) as response:
                return _seen(url, method, response), response.headers.get("Location", "")
        except RefusedError:
            why = "leads where nobody may be asked: no public address"
            return Visit(url, why=why, barred=True), ""
        except NoAnswerError as error:
            return Visit(url, why=_in_words(str(error))), ""
        except OSError as error:
            is_gone = error.errno in _GONE_NAMES
            why = "there is no such host" if is_gone else "its host cannot be looked up now"
            return Visit(url, why=why, nameless=is_gone), ""


def _seen(url: str, method: str, response: BaseHTTPResponse) -> Visit:
    told = response.headers
    after = told.get("Retry-After", "") if response.status in _BUSY else ""
    is_page = "html" in told.get("Content-Type", "").lower()
    page = " " if is_page and method == "HEAD" else ""
    if is_page and method == "GET":
        page = _beginning(response).decode("utf-8", "replace")
    return Visit(
        url, response.status, page=page, copy=told.get("Content-Location", ""),
        after_s=float(after) if after.isdigit() and len(after) < 9 else None,
    )  # fmt: skip


def _beginning(response: BaseHTTPResponse) -> bytes:
    whole = b""
    try:
        while len(whole) < MOST_BYTES and (block := response.read1(MOST_BYTES)):
            whole += block
    except BROKEN:
        pass  # what came is enough to tell that somebody answered
    return whole[:MOST_BYTES]


def _ascii(url: str) -> str:
    return quote(url.encode("utf-8", "replace"), safe=_URL_SIGNS)


def _in_words(error: str) -> str:
    kind = error.lower()
    if "ssl" in kind or "certificate" in kind:
        return "no trusted TLS connection"
    if "timed out" in kind or "timeout" in kind:
        return "no answer in time"
    return "the connection is refused" if "refused" in kind else "no answer in HTTP"
