"""What differs from one chart of a kind to the next, taken out of a finished specification.

For charts of too many shapes to write each with blanks: what is left is the same for all charts of
one shape, and is compiled once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import Any

from generator.render.charts import Filling, Spec, blank

_LETTERS = str.maketrans("0123456789", ascii_lowercase[:10])
_LISTS = frozenset({"domain", "values"})  # edges of scales, and ticks


def lifted(spec: Spec) -> Filling:
    """Return a Vega-Lite spec as one with blanks for rows, edges of scales, ticks and titles."""
    lift = _Lift({name: f"data-{at}" for at, name in enumerate(spec["datasets"])})
    rows = {lift.names[name]: lift.out(rows) for name, rows in spec["datasets"].items()}
    rest = {key: part for key, part in spec.items() if key not in ("datasets", "config")}
    template = {**lift.walked(rest), "config": spec["config"], "datasets": rows}
    return Filling(json.dumps(template), lift.parts)


@dataclass
class _Lift:
    """Takes values out, each under one name: that two scales have the same edges must be seen."""

    names: dict[str, str]
    parts: dict[str, Any] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)

    def out(self, value: Any) -> Any:  # noqa: ANN401  (a part may be anything)
        name = self.known.setdefault(json.dumps(value), str(len(self.known)).translate(_LETTERS))
        self.parts[name] = value
        return blank(name)

    def walked(self, node: Any) -> Any:  # noqa: ANN401
        if isinstance(node, list):
            return [self.walked(one) for one in node]
        if not isinstance(node, dict):
            return node
        return {key: self._part(key, part) for key, part in node.items()}

    def _part(self, key: str, part: Any) -> Any:  # noqa: ANN401
        if key == "name" and part in self.names:
            return self.names[part]
        listed = key in _LISTS and isinstance(part, list) and _plain(part)
        titled = key == "text" and isinstance(part, str)
        return self.out(part) if listed or titled else self.walked(part)


def _plain(values: list[Any]) -> bool:
    """Say whether these are numbers, or instants as Vega-Lite has them; not names of levels."""
    return all(isinstance(one, int | float) or str(one)[-1:] == "Z" for one in values)
