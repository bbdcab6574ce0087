"""Charts of many layers, and of too many shapes to write each with blanks.

Altair takes half a millisecond to describe a layer, and a chart of what routing saw has sixteen.
So each layer is described once for all charts, with blanks for what it shows and where its scales
end, and kept. A chart is then put together of such looks; all charts that are put together of the
same make one template, which is compiled once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from string import ascii_lowercase
from typing import Any

import altair as alt

from generator.render.charts import Filling, Spec, blank, styled

_LETTERS = str.maketrans("0123456789", ascii_lowercase[:10])
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Layer:
    """How a layer looks, with blanks, and the rows that it shows."""

    look: Spec
    rows: Rows


@dataclass(frozen=True)
class Group:
    """Layers over one another, and what their blanks are filled with, by name.

    The frame is a spec without layers: width, height, a title; it may have blanks too.
    """

    layers: Sequence[Layer]
    parts: Mapping[str, Any]
    frame: Spec


ROWS = alt.NamedData(name=blank("rows"))  # stands for those of any layer


@cache
def look(make: Callable[..., alt.Chart], *given: object) -> Spec:
    """Return how Altair describes the layer of ROWS that ``make`` gives: once for the same words.

    It is kept, and must not be changed.
    """
    described: Spec = make(*given).to_dict(validate=False, context={"top_level": False})
    return described


def stacked(groups: Sequence[Group]) -> Filling:
    """Return groups one below the other, in the house's dress."""
    whole = _Whole()
    drawn = [whole.group(one) for one in groups]
    named = {name: rows for rows, name in whole.sets.items()}
    return Filling(json.dumps(styled({"vconcat": drawn, "datasets": named})), whole.parts)


@dataclass
class _Whole:
    """Gives each value one name: that two scales have the same edges must be seen."""

    parts: dict[str, Any] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    sets: dict[str, str] = field(default_factory=dict)

    def group(self, group: Group) -> Spec:
        """Return a group with the blanks of the whole for its own."""
        named = {blank(name): self._named(part) for name, part in group.parts.items()}
        layers = [
            _with(named | {blank("rows"): self._set(one.rows)}, one.look) for one in group.layers
        ]
        return {"layer": layers, **_with(named, group.frame)}

    def _set(self, rows: Rows) -> str:
        return self.sets.setdefault(self._named(rows), f"data-{len(self.sets)}")

    def _named(self, value: Any) -> str:  # noqa: ANN401  (a part may be anything)
        name = self.known.setdefault(json.dumps(value), str(len(self.known)).translate(_LETTERS))
        self.parts[name] = value
        return str(blank(name))


def _with(named: Mapping[str, str], node: Any) -> Any:  # noqa: ANN401
    """Return a part of a spec with names for its blanks."""
    if isinstance(node, dict):
        return {key: _with(named, part) for key, part in node.items()}
    if isinstance(node, list):
        return [_with(named, one) for one in node]
    return named.get(node, node) if isinstance(node, str) else node
