"""Files of lists and hubs that are made together, and what they depend on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from generator.derive.entry import Entry


@dataclass(frozen=True)
class Section:
    """Some files, each path with its text, made when they are asked for.

    Where it is ``about`` some incidents, nothing else decides what the files say but the order of
    those and what is ``told`` of all the others. Else anything may.
    """

    files: Callable[[], Iterable[tuple[str, str]]]
    about: Sequence[Entry] | None = None
    told: str = ""
