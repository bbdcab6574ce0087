"""Vega without what nothing shows: a third of the time of a chart goes into that.

Each expression in Vega is parsed and compiled anew for every chart. What Vega-Lite writes as one,
to be ready for any data, is written here as a plain value where ours need no more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Vega = dict[str, Any]
_FIELD = re.compile(r'isValid\(datum\["(\w+)"\]\) \? datum\["\1"\] : ""\+datum\["\1"\]')
_INSTANT = re.compile(r"datetime\((\d+)\)")
_DATA = re.compile(r'\{data: (datetime\("[^"]+"\))\}')


def plain(vega: Vega) -> Vega:
    """Return compiled Vega made plain: it draws the same.

    All marks must have every field that they are placed by, which is not looked at again.
    """
    return {**_plain(vega, vega["data"]), "data": _data(vega["data"])}


def _plain(group: Vega, sets: list[Vega]) -> Vega:
    """Return a group, or the whole, with plain marks, scales and axes."""
    found = {**group, "marks": [_mark(one, sets) for one in group["marks"]]}
    if "scales" in group:
        found["scales"] = [{**one, "domain": _domain(one["domain"])} for one in group["scales"]]
    if "axes" in group:
        found["axes"] = [_axis(one) for one in group["axes"] if _shows(one)]
    return found


def _data(sets: list[Vega]) -> list[Vega]:
    """Return the data alone: words become times as they are read, and no row is left out."""
    given = {one["name"]: {**one, "format": {"parse": {}}} for one in sets if "values" in one}
    for one in sets:
        parse = given[_origin(one["name"], sets)]["format"]["parse"]
        steps = (step for step in one.get("transform", ()) if step["type"] == "formula")
        parse |= {step["as"]: "date" for step in steps}
    return list(given.values())


def _origin(name: str, sets: list[Vega]) -> str:
    sources = {one["name"]: one["source"] for one in sets if "source" in one}
    while name in sources:
        name = sources[name]
    return name


def _mark(mark: Vega, sets: list[Vega]) -> Vega:
    """Return a mark that is told to nobody; a linked one keeps its name."""
    if mark["type"] == "group":
        return _plain(mark, sets)
    given = {name: _shown(part) for name, part in mark["encode"]["update"].items()}
    unseen = {"ariaRoleDescription", "defined", *(() if "href" in given else ("description",))}
    update = {name: part for name, part in given.items() if name not in unseen}
    data = _origin(mark["from"]["data"], sets)
    aria = {} if "href" in given else {"aria": False}
    # Rows of an area are given in their order.
    rest = {name: part for name, part in mark.items() if name != "sort"}
    return {**rest, **aria, "from": {"data": data}, "encode": {"update": update}}


def _shown(part: Any) -> Any:  # noqa: ANN401  (anything may be encoded)
    field = isinstance(part, Mapping) and _FIELD.fullmatch(str(part.get("signal")))
    return {"field": field[1]} if field else part


def _domain(domain: Any) -> Any:  # noqa: ANN401
    """Return the same edges, where those of all layers would be joined to find them."""
    signals = domain.get("fields", ()) if isinstance(domain, Mapping) else ()
    texts = (str(one.get("signal")) for one in signals if isinstance(one, Mapping))
    edges = [edge[1] for edge in map(_DATA.fullmatch, texts) if edge]
    return {"signal": f"[{', '.join(edges)}]"} if edges else domain


def _shows(axis: Vega) -> bool:
    """Say whether there is anything to see of an axis: one with a grid comes with one without."""
    return bool(axis["grid"]) or any(axis.get(part, True) for part in ("labels", "ticks", "domain"))


def _axis(axis: Vega) -> Vega:
    """Return an axis with numbers for ticks: how many there are is known."""
    if "values" not in axis:
        return axis
    kept = {name: part for name, part in axis.items() if name != "tickCount"}
    return {**kept, "values": [_number(one) for one in axis["values"]], "aria": False}


def _number(value: Any) -> Any:  # noqa: ANN401
    found = isinstance(value, Mapping) and _INSTANT.fullmatch(str(value.get("signal")))
    return int(found[1]) if found else value
