"""JSON from elsewhere: bounded, UTF-8, one meaning only."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any

from generator.fetch.body import WebError

MOST_BYTES = 64 << 20
_MOST_DIGITS = 20


class JsonError(WebError):
    """A text that is not JSON, or may be read in two ways."""


def inflated(blocks: Iterable[bytes], coding: str, most_bytes: int = MOST_BYTES) -> bytes:
    """Return a body with its content coding undone.

    Raises JsonError when the coding is unknown or broken, or the body is larger than it may be.
    """
    if coding.lower() not in ("", "identity", "gzip"):
        raise JsonError(f"an unknown content coding, {coding[:40]!r}")
    stream = zlib.decompressobj(wbits=31) if coding.lower() == "gzip" else None
    body = bytearray()
    for block in blocks:
        try:
            room = most_bytes - len(body) + 1
            body += stream.decompress(block, room) if stream else block
        except zlib.error as error:
            raise JsonError(f"broken gzip: {error}") from None
        if len(body) > most_bytes:
            raise JsonError(f"more than {most_bytes:,} bytes")
    if stream and not stream.eof:
        raise JsonError("the gzip body ends too early")
    return bytes(body)


def parse(raw: bytes) -> Any:  # noqa: ANN401  (any JSON value)
    """Return the value that ``raw`` spells; raises JsonError.

    Refused beside what is not JSON: other encodings than UTF-8, NaN and infinities, a key twice in
    one object, numbers of more than 20 digits, and nesting that Python cannot follow.
    """
    try:
        return json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_once_each,
            parse_constant=_no_constant,
            parse_int=_whole,
            parse_float=_real,
        )
    except UnicodeDecodeError:
        raise JsonError("not UTF-8") from None
    except RecursionError:
        raise JsonError("nested too deep") from None
    except json.JSONDecodeError as error:
        raise JsonError(f"not JSON: {error}") from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(value := dict(pairs)) < len(pairs):
        raise JsonError("an object with a key written twice")
    return value


def _no_constant(text: str) -> None:
    raise JsonError(f"{text} is not JSON")


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise JsonError(f"a number of {len(text)} digits")
    return int(text)


def _real(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise JsonError(f"a number too large, {text[:40]}")
    return value
