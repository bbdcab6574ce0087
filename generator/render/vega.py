"""Vega-Lite compiled once for each kind of chart, and then only filled in.

Compiling takes up to half of the time of a chart, and the Vega that comes of it differs from one
chart of a kind to the next only in what was filled in. So stand-ins are compiled, found again in
the Vega, and replaced. A test holds that charts look as they do when each is compiled.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Set
from functools import cache
from typing import Any

import vl_convert

from generator.render.charts import BLANK
from generator.render.plain import plain

# In the Vega a blank has a name, and says how its value is written there. No chart has such
# brackets of its own.
_BLANK_IN_VEGA = re.compile("⟦([a-z]+) ([a-z0-9]+)⟧")
_FIRST_NUMBER = 1_600_000_001  # stands for lists of numbers; never one of our own


def filled_vega(template: str, parts: Mapping[str, Any]) -> str:
    """Return the Vega, as JSON, of a Vega-Lite spec with blanks filled with ``parts``."""
    rows = _names_of_rows(template)
    kinds = tuple((name, _kind(name, value, rows)) for name, value in sorted(parts.items()))

    def written(found: re.Match[str]) -> str:
        return _WRITTEN[found[2]](parts[found[1]])

    return _BLANK_IN_VEGA.sub(written, _compiled(template, kinds))


@cache
def _names_of_rows(template: str) -> frozenset[str]:
    return frozenset(re.findall('"data-[0-9a-f]+": "@([a-z]+)"', template))


def _kind(name: str, value: Any, rows: Set[str]) -> str:  # noqa: ANN401  (a part may be anything)
    if name in rows:
        return "rows"
    if isinstance(value, str):
        return "text"
    return "times" if value and isinstance(value[0], str) else "numbers"


@cache
def _compiled(template: str, kinds: tuple[tuple[str, str], ...]) -> str:
    """Return the Vega with blanks, as JSON."""
    numbers = {name: _FIRST_NUMBER + at for at, (name, _) in enumerate(kinds)}
    standing = {name: _stand_in(name, kind, numbers[name]) for name, kind in kinds}
    spec = json.loads(BLANK.sub(lambda found: json.dumps(standing[found[1]]), template))
    vega = json.dumps(plain(vl_convert.vegalite_to_vega(spec)), ensure_ascii=False)
    for name, kind in kinds:
        number = numbers[name]
        if kind == "rows":
            vega = vega.replace(json.dumps(standing[name], ensure_ascii=False), f"⟦{name} json⟧")
        vega = vega.replace(f"[{number}]", f"⟦{name} json⟧")
        if str(number) in vega:
            raise AssertionError(f"{name} is used in a way that this does not know")
    return vega


def _stand_in(name: str, kind: str, number: int) -> Any:  # noqa: ANN401
    return {
        "text": f"⟦{name} text⟧",
        "times": [f"⟦{name} first⟧", f"⟦{name} last⟧"],
        "numbers": [number],
        "rows": [{f"⟦{name}⟧": number}],
    }[kind]


_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "json": json.dumps,
    "first": lambda times: str(times[0]),
    "last": lambda times: str(times[-1]),
    "text": lambda text: json.dumps(text)[1:-1],
}
