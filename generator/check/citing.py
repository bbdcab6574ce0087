"""Where a record cites its sources: in fields that hold keys, and inside prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, get_args, get_type_hints

from pydantic import BaseModel

from generator.model.incident import Incident
from generator.model.vocabulary import Prose
from generator.read.place import Path

Text = tuple[Path, str, bool]
# The one form of a citation, and anything in brackets or with an @ that may be meant as one.
CITATION = re.compile(r"\[@([a-z0-9]+(?:-[a-z0-9]+)*)\]")
_MEANT = re.compile(r"\[[^\[\]]{0,80}\]|@[A-Za-z0-9-]{1,80}\]?")


@dataclass(frozen=True)
class Written:
    """What is written in a record, found in one walk.

    ``texts`` are all texts in order: the path of each, itself, and whether it is prose that may
    cite. ``cited`` is every use of a source's key: where, and the key; in fields first, then in
    prose.
    """

    texts: tuple[Text, ...]
    cited: tuple[tuple[Path, str], ...]


def written(incident: Incident) -> Written:
    """Return every text of a record, and every use of a source's key."""
    texts: list[Text] = []
    keys: list[tuple[Path, str]] = []
    for path, field, text in _texts(incident, ()):
        texts.append((path, text, field.is_prose))
        if field.is_key:
            keys.append((path, text))
    in_prose = (
        (path, found[1])
        for path, text, is_prose in texts
        if is_prose and "[@" in text
        for found in CITATION.finditer(text)
    )
    return Written(tuple(texts), (*keys, *in_prose))


def malformed(text: str, keys: set[str]) -> list[str]:
    """Return what looks like a citation in a text and is none, each once, in order.

    ``[NASA]`` is text, ``[dyn-who]`` is not where that is a source's key; neither is ``[@ dyn]``.
    """
    if "[" not in text and "@" not in text:
        return []
    rest = CITATION.sub(" ", text)
    return list(
        dict.fromkeys(found[0] for found in _MEANT.finditer(rest) if _is_meant(found[0], keys))
    )


def _is_meant(found: str, keys: set[str]) -> bool:
    if found.startswith("["):
        return "@" in found or bool(keys.intersection(re.split(r"[\s,;]+", found[1:-1])))
    return found.endswith("]") or found[1:].rstrip("-") in keys


class _Field(NamedTuple):
    """A field of a model, and what a text in it is."""

    name: str
    alias: str
    is_prose: bool
    is_key: bool


_KEYS = frozenset(("source", "origin", "sources", "relays"))


def _texts(part: BaseModel, path: Path) -> Iterator[tuple[Path, _Field, str]]:
    for field in _fields(type(part)):
        value = getattr(part, field.name)
        kind: Any = type(value)
        if kind is str:
            yield (*path, field.alias), field, value
        elif kind is tuple:
            yield from _texts_in(enumerate(value), (*path, field.alias), field)
        elif kind is dict:
            yield from _texts_in(value.items(), (*path, field.alias), field)
        elif _fields(kind):
            yield from _texts(value, (*path, field.alias))


def _texts_in(
    items: Iterable[tuple[str | int, Any]], path: Path, field: _Field
) -> Iterator[tuple[Path, _Field, str]]:
    for part, value in items:
        kind: Any = type(value)
        if kind is str:
            yield (*path, part), field, value
        elif _fields(kind):
            yield from _texts(value, (*path, part))


@cache
def _fields(kind: type) -> tuple[_Field, ...]:
    """The fields of a model; none where it is another kind of value."""
    if not issubclass(kind, BaseModel):
        return ()
    hints = get_type_hints(kind, include_extras=True)
    return tuple(
        _Field(
            name,
            info.alias or name,
            is_prose=Prose in (hints[name], *get_args(hints[name])),
            is_key=name in _KEYS,
        )
        for name, info in kind.model_fields.items()
    )
