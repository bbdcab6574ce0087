"""One JSON line of an announcement or a withdrawal, told apart from one that is not."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from generator.model.evidence import IpAddress
from generator.model.resources import Prefix
from generator.model.values import FIRST_YEAR, LAST_YEAR

_KEYS = {"peer_ip", "pfx", "path", "idx", "ts", "W", "comm", "agg"}
_HOP = re.compile(r"(?:0|[1-9][0-9]{0,9})|\{[1-9][0-9]{0,9}(?:[,+ ][1-9][0-9]{0,9})*\}")
_EARLIEST_S = int(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp())
_LATEST_S = int(datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp())


class Told(NamedTuple):
    """One message. ``at_s`` is None in the state at the start."""

    line: int
    peer_ip: str
    prefix: str
    place: int
    at_s: int | None
    hops: tuple[str, ...]


def parse_line(number: int, text: bytes) -> Told:
    """Return what a line tells, or raise ValueError saying what was expected of it."""
    value = _object(text)
    place = _whole(value, "idx", 0, 2**31)
    if ("ts" in value) != (place > 0):
        raise ValueError("expected ts in every line but those of idx 0, the state at the start")
    at_s = _whole(value, "ts", _EARLIEST_S, _LATEST_S) if place else None
    return Told(
        number,
        _address(_text(value, "peer_ip")),
        _prefix(_text(value, "pfx")),
        place,
        at_s,
        _path(value, withdrawn="W" in value),
    )


def _path(value: dict[str, Any], *, withdrawn: bool) -> tuple[str, ...]:
    hops = tuple(_hop(hop) for hop in _list(value, "path"))
    if value.get("W", True) is not True or withdrawn == bool(hops):
        raise ValueError("expected a path, or W true and an empty path")
    if withdrawn and not value["idx"]:
        raise ValueError("expected a path in the state at the start, idx 0")
    return hops


def _object(text: bytes) -> dict[str, Any]:
    try:
        value = json.loads(text, object_pairs_hook=_without_doubles)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise ValueError("expected one JSON object") from None
    if not isinstance(value, dict):
        raise ValueError("expected one JSON object")
    if unknown := sorted(value.keys() - _KEYS):
        raise ValueError(f"unknown key {unknown[0]!r}")
    return value


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("expected each key once")
    return dict(pairs)


def _whole(value: dict[str, Any], key: str, least: int, below: int) -> int:
    number = value.get(key)
    if type(number) is not int or not least <= number < below:
        raise ValueError(f"{key}: expected a whole number from {least} to {below - 1}")
    return number


def _text(value: dict[str, Any], key: str) -> str:
    text = value.get(key)
    if not isinstance(text, str):
        raise ValueError(f"{key}: expected text")
    return text


def _list(value: dict[str, Any], key: str) -> list[object]:
    items = value.get(key)
    if not isinstance(items, list) or len(items) > 1000:
        raise ValueError(f"{key}: expected a list of at most 1000")
    return items


def _hop(hop: object) -> str:
    text = str(hop) if type(hop) is int else hop
    if not isinstance(text, str) or not _HOP.fullmatch(text):
        raise ValueError(f"path: expected AS numbers, got {hop!r}")
    if any(int(asn) >= 2**32 for asn in re.findall("[0-9]+", text)):
        raise ValueError(f"path: expected AS numbers below 4294967296, got {hop!r}")
    return re.sub("[, ]", "+", text)


@cache
def _address(text: str) -> str:
    try:
        return str(IpAddress.parse(text))
    except ValueError as error:
        raise ValueError(f"peer_ip: {error}, got {text!r}") from None


@cache
def _prefix(text: str) -> str:
    try:
        return str(Prefix.parse(text))
    except ValueError as error:
        raise ValueError(f"pfx: {error}, got {text!r}") from None
