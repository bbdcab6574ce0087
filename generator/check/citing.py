"""Where a record cites its sources: in fields that hold keys, and inside prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from generator.model.incident import Incident
from generator.model.vocabulary import Prose
from generator.read.place import Path

Text = tuple[Path, str, bool]
# The one form of a citation, and anything in brackets or with an @ that may be meant as one.
CITATION = re.compile(r"\[@([a-z0-9]+(?:-[a-z0-9]+)*)\]")
_MEANT = re.compile(r"\[[^\[\]]{0,80}\]|@[A-Za-z0-9-]{1,80}\]?")


def texts(part: BaseModel, path: Path = ()) -> Iterator[Text]:
    """Yield each text of a record: its path, itself, and whether it is prose that may cite."""
    for name, info in type(part).model_fields.items():
        here = (*path, info.alias or name)
        is_prose = name in _prose_of(type(part))
        for place, value in _values(getattr(part, name), here):
            if isinstance(value, BaseModel):
                yield from texts(value, place)
            elif type(value) is str:
                yield place, value, is_prose


def citations(incident: Incident, told: Iterable[Text]) -> Iterator[tuple[Path, str]]:
    """Yield every use of a source's key: where, and the key; in fields first, then in prose.

    ``told`` are the texts of the record.
    """
    yield from _in_fields(incident, ())
    for path, text, is_prose in told:
        for found in CITATION.finditer(text) if is_prose else ():
            yield path, found[1]


def malformed(text: str, keys: set[str]) -> list[str]:
    """Return what looks like a citation in a text and is none, each once, in order.

    ``[NASA]`` is text, ``[dyn-who]`` is not where that is a source's key; neither is ``[@ dyn]``.
    """
    rest = CITATION.sub(" ", text)
    return list(
        dict.fromkeys(found[0] for found in _MEANT.finditer(rest) if _is_meant(found[0], keys))
    )


def _is_meant(found: str, keys: set[str]) -> bool:
    if found.startswith("["):
        return "@" in found or bool(keys.intersection(re.split(r"[\s,;]+", found[1:-1])))
    return found.endswith("]") or found[1:].rstrip("-") in keys


def _in_fields(part: BaseModel, path: Path) -> Iterator[tuple[Path, str]]:
    for name, info in type(part).model_fields.items():
        here = (*path, info.alias or name)
        for place, value in _values(getattr(part, name), here):
            if isinstance(value, BaseModel):
                yield from _in_fields(value, place)
            elif isinstance(value, str) and name in _KEYS:
                yield place, value


_KEYS = frozenset(("source", "origin", "sources", "relays"))


def _values(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:  # noqa: ANN401  (any field)
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield (*path, index), item
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key), item
    else:
        yield path, value


@cache
def _prose_of(model: type[BaseModel]) -> frozenset[str]:
    hints = get_type_hints(model, include_extras=True)
    return frozenset(
        name for name in model.model_fields if Prose in (hints[name], *get_args(hints[name]))
    )
