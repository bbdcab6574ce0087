"""Work not done twice, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")

MOST_KEPT = 4_096


class Memo(dict[bytes, Made]):
    """What ``make`` returns for some bytes, kept for the next time.

    Keeps at most ``MOST_KEPT`` values, of keys of at most ``longest`` bytes, and forgets them all
    when full: simpler than forgetting the oldest, and as fast on real files.
    """

    def __init__(self, make: Callable[[bytes], Made], longest: int) -> None:
        super().__init__()
        self._make = make
        self._longest = longest

    def __missing__(self, key: bytes) -> Made:
        made = self._make(key)
        if len(key) <= self._longest:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[key] = made
        return made
