"""Charts as they were drawn before, by what they show and the code that drew them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from generator.cache import Cache, key_of
from generator.render.chart import Chart, Drawn, named

_RENDER = Path(__file__).parent / "render"
_KINDS = ("aligned", "calendar", "labels", "overview", "seen", "timeline", "worldmap")
_PARTS = (
    "axes",
    "chart",
    "charts",
    "draw",
    "svg",
    "legend",
    "lettering",
    "layers",
    "panels",
    "plain",
    "plot",
    "strips",
    "vega",
    "vias",
    "words",
)
_LIBRARIES = ("altair", "font-source-sans-pro", "vl-convert-python")


class Drawings:
    """Draws charts, each one once."""

    def __init__(self, folder: Path) -> None:
        self._cache = Cache(folder)

    def draw(self, chart: Chart) -> Drawn:
        """Return the chart drawn and named, from the cache when it was drawn before."""
        key = _key(chart)
        drawn = self._kept(key)
        if drawn is None:
            from generator.render.draw import draw  # noqa: PLC0415  (altair is slow to load)

            drawn = draw(_nameless(chart))
            self._cache.put(key, json.dumps([drawn.svg, drawn.spec]).encode())
        return replace(drawn, svg=named(drawn.svg, chart))

    def known(self, chart: Chart) -> Drawn | None:
        """Return the chart drawn and named if it was drawn before."""
        drawn = self._kept(_key(chart))
        return drawn and replace(drawn, svg=named(drawn.svg, chart))

    def _kept(self, key: str) -> Drawn | None:
        kept = self._cache.get(key)
        return None if kept is None else Drawn(*json.loads(kept))


def _nameless(chart: Chart) -> Chart:
    return replace(chart, title="", description="")


def _key(chart: Chart) -> str:
    return key_of(_drawing_code(), repr(_nameless(chart)))


@cache
def _drawing_code() -> str:
    """Return a hash of whatever decides how a chart looks, beside its data."""
    files = [_RENDER / f"{name}.py" for name in (*_PARTS, *_KINDS)]
    files += sorted((_RENDER / "geography").glob("*.json"))
    versions = (version(name) for name in _LIBRARIES)
    return key_of(*(file.read_bytes() for file in files), *versions)
