"""Thousands of objects as bytes, and back: for later builds and for other processes.

The collector of garbage would look through all of them again and again while they are made, and
find nothing: two thirds of the time and more.
"""

from __future__ import annotations

import gc
import pickle  # nosec B403  (reads only what this program packed)
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

_Kind = TypeVar("_Kind")


def pack(thing: object) -> bytes:
    """Return an object as bytes."""
    with _no_collection():
        return pickle.dumps(thing, protocol=5)


def unpack(raw: bytes, kind: type[_Kind]) -> _Kind:
    """Return the object of a kind that ``pack`` made bytes of: never of bytes from elsewhere.

    Raises TypeError where it is of another kind.
    """
    with _no_collection():
        found = pickle.loads(raw)  # noqa: S301  # nosec B301
    if not isinstance(found, kind):
        raise TypeError(f"expected {kind.__name__}, got {type(found).__name__}")
    return found


def unpack_each(packed: Iterable[bytes], kind: type[_Kind]) -> list[_Kind]:
    """Return what each was made of, likewise; left out of every later look for garbage.

    For what stays to the end: what is garbage at that moment stays as well.
    """
    with _no_collection():
        found = [unpack(raw, kind) for raw in packed]
        gc.freeze()
    return found


@contextmanager
def _no_collection() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
