"""The map of the world: how many incidents hit each country, each a link to its page."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt

from generator.render.chart import World
from generator.render.charts import LIT, RULE, Spec, layered, styled, values
from generator.render.svg import HERE

_SHAPES = Path(__file__).parent / "geography"
# The least number of incidents of each shade, and how strong it is.
SHADES = ((1, 0.35), (2, 0.55), (4, 0.8), (8, 1.0))
_PAPER = "var(--gd-paper, #fbfaf7)"


def world_map(shown: World, width: int) -> Spec:
    """Return the map; countries too small for a shape are dots."""
    hit = {code: _row(code, number, name) for code, number, name in shown.countries}
    features = _shapes()["objects"]["countries"]["geometries"]
    shapes = [one for one in features if one["properties"]["code"] in hit]
    others = [one for one in features if one["properties"]["code"] not in hit]
    shaped = {one["properties"]["code"] for one in features}
    places = json.loads((_SHAPES / "small.json").read_text("utf-8"))
    dots = [
        {**row, "longitude": places[code][0], "latitude": places[code][1]}
        for code, row in hit.items()
        if code not in shaped
    ]
    layers: list[Any] = [
        _geography(others).mark_geoshape(fill=RULE, stroke=_PAPER, strokeWidth=0.5)
    ]
    layers.append(_shaded(_geography([_with(one, hit) for one in shapes]), "properties."))
    if dots:
        layers.append(_dots(dots))
    height = round(width * 0.487)  # of the Equal Earth projection
    whole = layered(layers, width=width, height=height)
    return styled({**whole, "projection": {"type": "equalEarth"}})


@cache
def _shapes() -> dict[str, Any]:
    text = (_SHAPES / "countries.json").read_text("utf-8")
    shapes: dict[str, Any] = json.loads(text)
    return shapes


def _row(code: str, number: int, name: str) -> dict[str, Any]:
    shade = [strength for least, strength in SHADES if number >= least][-1]
    told = f"{name}: {number:,} {'incident' if number == 1 else 'incidents'}"
    return {"href": f"{HERE}countries/{code.lower()}/", "told": told, "shade": shade}


def _with(shape: dict[str, Any], hit: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {**shape, "properties": hit[shape["properties"]["code"]]}


def _geography(shapes: list[dict[str, Any]]) -> alt.Chart:
    part = {"type": "GeometryCollection", "geometries": shapes}
    data = {**_shapes(), "objects": {"part": part}}
    form = alt.TopoDataFormat(type="topojson", feature="part")
    return alt.Chart(alt.InlineData(values=data, format=form))


def _shaded(chart: alt.Chart, lead: str) -> alt.Chart:
    shaded: alt.Chart = chart.mark_geoshape(fill=LIT, stroke=_PAPER, strokeWidth=0.5)
    opacity = alt.FillOpacity(f"{lead}shade:Q", scale=None, legend=None)
    return shaded.encode(
        fillOpacity=opacity,
        href=alt.Href(f"{lead}href:N"),
        description=alt.Description(f"{lead}told:N"),
    )


def _dots(rows: list[dict[str, Any]]) -> alt.Chart:
    dots: alt.Chart = alt.Chart(values(rows)).mark_circle(
        fill=LIT, size=55, stroke=_PAPER, opacity=1
    )
    return dots.encode(
        longitude=alt.Longitude("longitude:Q"),
        latitude=alt.Latitude("latitude:Q"),
        fillOpacity=alt.FillOpacity("shade:Q", scale=None, legend=None),
        href=alt.Href("href:N"),
        description=alt.Description("told:N"),
    )
