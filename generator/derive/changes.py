"""What differs between two versions of a record: every field of the schema, none left out.

Entries of a list are held against each other by what names them, not by their place, so that a
claim added in the middle is one addition. Entries that have lost their name are paired in order
where as many went as came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from generator.derive.citations import CITATION
from generator.model.claims import Claim
from generator.model.incident import Explanation, Incident, Source

# What names an entry among its like: the first of these that it has all of.
_NAMES = (
    ("id",), ("asn",), ("name",), ("source",), ("who", "on"), ("who",), ("what",), ("on",),
)  # fmt: skip
# Fields that hold keys of sources.
_VOICES = frozenset(("source", "sources", "origin", "relays"))
_ORDERED = frozenset(("start", "end", "duration", "episodes"))


class Named(str):
    """A step of a path that names an entry, where others name a field."""

    __slots__ = ()


@dataclass(frozen=True)
class Change:
    """One fact before and after; None where there was none, or is none any more.

    A side is a value of the schema, a whole entry, or a tuple of values. ``said_by`` are the
    publishers on whose word the fact stands, after the change where it is still there.
    """

    path: tuple[str, ...]
    before: object
    after: object
    said_by: tuple[str, ...]


def changes(before: Incident, after: Incident) -> list[Change]:
    """Return every difference between two versions of a record, in the schema's order."""
    return list(_Held({**before.sources, **after.sources}).models(before, after, (), ()))


@dataclass(frozen=True)
class _Held:
    """One version held against another; ``sources`` are those of both."""

    sources: Mapping[str, Source]

    def models(
        self, before: BaseModel, after: BaseModel, path: tuple[str, ...], said: tuple[str, ...]
    ) -> Iterator[Change]:
        for name, info in type(after).model_fields.items():
            old, new = getattr(before, name), getattr(after, name)
            if old != new:
                said_by = self.publishers(after) or said
                yield from self.values(old, new, (*path, info.alias or name), said_by)

    def values(
        self, before: object, after: object, path: tuple[str, ...], said: tuple[str, ...]
    ) -> Iterator[Change]:
        if isinstance(before, BaseModel) and type(before) is type(after):
            yield from self.models(before, after, path, said)
        elif _is_entries(before) and _is_entries(after) and (before or after):
            yield from self.entries(_keyed(before), _keyed(after), path, said)
        elif isinstance(before, dict) and isinstance(after, dict):
            for key in dict.fromkeys((*before, *after)):
                if before.get(key) != after.get(key):
                    step = (*path, Named(key))
                    yield from self.values(before.get(key), after.get(key), step, said)
        else:
            yield self.change(before or None, after or None, path, said)

    def entries(
        self,
        before: Mapping[object, BaseModel],
        after: Mapping[object, BaseModel],
        path: tuple[str, ...],
        said: tuple[str, ...],
    ) -> Iterator[Change]:
        pairs = [*_pairs(before, after)]
        for old, new in pairs:
            if old != new:
                step = (*path, Named(self.name(new or old, path[-1])))
                yield from self.values(old, new, step, said)
        kept = [key for key in before if key in after]
        if path[-1] in _ORDERED and kept != [key for key in after if key in before]:
            names = [
                tuple(self.name(one, path[-1]) for one in side.values()) for side in (before, after)
            ]
            yield Change((*path, "order"), names[0], names[1], said)

    def change(
        self, before: object, after: object, path: tuple[str, ...], said: tuple[str, ...]
    ) -> Change:
        own = self.publishers(after if after is not None else before)
        if path[-1] in _VOICES:
            before, after = self.voiced(before), self.voiced(after)
        return Change(path, before, after, own or said)

    def voiced(self, keys: object) -> object:
        """Return the publishers in place of the keys of sources."""
        if isinstance(keys, tuple):
            return tuple(map(self.publisher, keys))
        return self.publisher(keys) if isinstance(keys, str) else keys

    def name(self, entry: BaseModel | None, field: str) -> str:
        """What an entry is called in a path: as people would, not by its key."""
        if isinstance(entry, Claim):
            return self.publisher(entry.source)
        for name in ("title", "name", "who", "id", "what", "at", "on"):
            value = getattr(entry, name, None)
            if value:
                return str(value)
        return field

    def publisher(self, key: str) -> str:
        source = self.sources.get(key)
        return source.publisher if source else key

    def voice(self, claim: Claim) -> str:
        """Who makes a claim, and whom it repeats."""
        said = self.publisher(claim.source)
        if claim.by:
            return f"{claim.by}, by way of {said}"
        return f"{said}, repeating {self.publisher(claim.origin)}" if claim.origin else said

    def publishers(self, value: object) -> tuple[str, ...]:
        """Return on whose word a value stands: who is named as its source, or cited in it."""
        if isinstance(value, tuple):
            each = (name for one in value for name in self.publishers(one))
            return tuple(dict.fromkeys(each))
        if isinstance(value, Source):
            return (value.publisher,)
        if isinstance(value, Explanation):
            keys = [proposal.source for proposal in value.proposed_by]
            return tuple(dict.fromkeys(map(self.publisher, keys)))
        if isinstance(value, Claim):
            return (self.voice(value),)
        if isinstance(value, str):
            keys = CITATION.findall(value)
        else:
            one = getattr(value, "source", None)
            several = getattr(value, "sources", ())
            keys = [one] if one else list(several) if isinstance(several, tuple) else []
        return tuple(dict.fromkeys(self.publisher(key) for key in keys))


def _is_entries(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(one, BaseModel) for one in value)


def _keyed(entries: Any) -> dict[object, BaseModel]:  # noqa: ANN401  (a tuple of entries)
    """Return the entries by what names them; the second of a name is its second."""
    found: dict[object, BaseModel] = {}
    for entry in entries:
        name, again = _name(entry), 0
        while (name, again) in found:
            again += 1
        found[name, again] = entry
    return found


def _name(entry: BaseModel) -> object:
    for names in _NAMES:
        values = tuple(getattr(entry, name, None) for name in names)
        if all(value is not None for value in values):
            return names, values
    return ()


def _pairs(
    before: Mapping[object, BaseModel], after: Mapping[object, BaseModel]
) -> Iterator[tuple[BaseModel | None, BaseModel | None]]:
    gone = [one for key, one in before.items() if key not in after]
    new = [one for key, one in after.items() if key not in before]
    renamed = dict(zip(map(id, new), gone, strict=False)) if len(gone) == len(new) else {}
    for key, one in after.items():
        yield before.get(key) or renamed.get(id(one)), one
    yield from ((one, None) for one in _unpaired(gone, renamed))


def _unpaired(gone: Sequence[BaseModel], renamed: Mapping[int, BaseModel]) -> list[BaseModel]:
    return [] if renamed else list(gone)
