"""Copies in the Wayback Machine: whether there is one, and asking for one to be made.

https://archive.org/help/wayback_api.php describes the first; saving is what the form at
https://web.archive.org/save does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from generator.fetch.body import Body, WebError
from generator.fetch.http import Clock, Limits, Web
from generator.fetch.reach import Reach, RefusedError
from generator.fetch.strictjson import inflated, parse
from generator.fetch.visit import Visitor
from generator.model.links import Snapshot

AVAILABLE = "https://archive.org/wayback/available"
SAVE = "https://web.archive.org/save/"
HOSTS = frozenset({"archive.org", "web.archive.org"})
# No limit is published. To make a copy costs them much more than to find one: so much longer is
# the pause after it, four a minute at most.
_SAVING_COSTS = 15
_SAVE_S = 120.0
_LIMITS = Limits(
    most_bytes=1 << 20, total_s=60.0, read_s=20.0, tries=3, wait_s=5.0, most_wait_s=60.0
)


@dataclass
class Wayback:
    """Asks the Wayback Machine, one thing at a time."""

    agent: str
    reach: Reach = field(default_factory=lambda: Reach(hosts=HOSTS))
    pause_s: float = 1.0
    sleep: Callable[[float], object] = time.sleep

    def __post_init__(self) -> None:
        self._web = Web(self.reach, _LIMITS, Clock(sleep=self.sleep))
        self._visitor = Visitor(self.agent, self.reach, total_s=_SAVE_S)

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._web.close()
        self._visitor.close()

    def find(self, url: str, near: str) -> Snapshot | None:
        """Return the copy made closest to the day ``near`` (YYYYMMDD); None where there is none.

        Raises WebError when the archive does not answer.
        """
        question = urlencode({"url": url, "timestamp": near})
        try:
            answered = self._web.get(f"{AVAILABLE}?{question}", _answer, accept="gzip").value
        except RefusedError as error:
            raise WebError(str(error)) from error
        finally:
            self.sleep(self.pause_s)
        return _closest(answered)

    def save(self, url: str) -> Snapshot | None:
        """Ask for a copy to be made; return it where that is told at once.

        Raises WebError when the archive does not take the wish.
        """
        end = self._visitor.now() + _SAVE_S
        found = self._visitor.follow(SAVE + quote(url, safe="/:?&=%#,;@+~"), "GET", end)
        self.sleep(self.pause_s * _SAVING_COSTS)
        if found.status is None or not 200 <= found.status < 400:
            raise WebError(found.why or f"HTTP {found.status}")
        copy = f"https://web.archive.org{found.copy}" if found.copy.startswith("/web/") else ""
        return _snapshot(copy or found.url)


def _answer(body: Body) -> Any:  # noqa: ANN401  (any JSON value)
    return parse(inflated(body, body.header("Content-Encoding")))


def _closest(answered: object) -> Snapshot | None:
    """Return the copy of a good page in an answer; raises WebError when it is no such answer."""
    try:
        snapshots = answered["archived_snapshots"]  # type: ignore[index]
        closest = snapshots.get("closest", {})
        is_good = closest.get("available") is True and str(closest.get("status")) == "200"
        return _snapshot(str(closest["url"])) if is_good else None
    except (KeyError, TypeError, AttributeError) as error:
        raise WebError(f"not an answer about copies: {error!r}") from None


def _snapshot(url: str) -> Snapshot | None:
    try:
        return Snapshot.parse("https://" + url.partition("://")[2])
    except ValueError:
        return None
