"""Charts as small, self-describing SVG: one file serves light, dark, print and download."""

from __future__ import annotations

import re
from xml.etree import ElementTree  # nosec B405  (our own converter's output)

import vl_convert

SVG = "http://www.w3.org/2000/svg"
# Vega makes every address absolute. A chart's links start with this, which is taken off again.
HERE = "https://here.invalid/"
# What Vega writes and nothing shows: its own accessibility tree (we write one description for the
# whole instead), and values that are SVG's defaults.
_NOISE = {"aria-label", "aria-roledescription", "aria-hidden", "role", "pointer-events", "version",
          "stroke-miterlimit"}  # fmt: skip
_DEFAULTS = {
    ("opacity", "1"), ("fill-opacity", "1"), ("stroke-opacity", "1"), ("stroke-width", "1"),
    ("x2", "0"), ("y2", "0"), ("transform", "translate(0,0)"), ("text-anchor", "start"),
}  # fmt: skip
_NUMBER = re.compile(r"-?[0-9]+\.[0-9]+(?:e-?[0-9]+)?")


def to_svg(spec: dict[str, object], name: str, vega: str | None = None) -> str:
    """Return a Vega-Lite spec as an SVG element, its title and description still empty.

    ``vega`` is what it compiles to, where that is known.

    ``name`` makes its ids unique on a page. Data must be inline: no address is opened. Text stays
    text, laid out in the font that the converter carries, so the bytes are the same everywhere.
    """
    if vega is None:
        drawn = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    else:
        drawn = vl_convert.vega_to_svg(vega, allowed_base_urls=[])
    root = ElementTree.fromstring(drawn)  # noqa: S314  # nosec B314
    _tidy(root)
    inner = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    inner = _own_ids(inner, name)
    width, height = root.get("width"), root.get("height")
    role = "img" if "<a " not in inner else "group"  # links inside must stay reachable
    return (
        f'<svg xmlns="{SVG}" class="chart" viewBox="{root.get("viewBox")}" width="{width}" '
        f'height="{height}" font-family="sans-serif" role="{role}" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title"></title><desc id="{name}-desc"></desc>{inner}</svg>\n'
    )


def _own_ids(inner: str, name: str) -> str:
    """Rename ids, which the converter counts up through a whole process and all its charts."""
    counted = dict.fromkeys(re.findall(r'id="([a-z_]+[0-9]+)"', inner))
    for number, old in enumerate(counted):
        inner = re.sub(rf'(["#]){old}(?=[")])', rf"\g<1>{name}-{number}", inner)
    return inner


def _tidy(element: ElementTree.Element) -> None:
    # Plain names: the one namespace is declared on the root that we write ourselves.
    element.tag = element.tag.rpartition("}")[2]
    element.text = element.text if element.tag == "text" else None
    element.tail = None
    name_of_link = _name_of_link(element)
    for name, value in list(element.attrib.items()):
        key = name.rpartition("}")[2]
        element.set(key, element.attrib.pop(name))
        if key in _NOISE or (key, value) in _DEFAULTS:
            del element.attrib[key]
        elif key not in ("class", "fill", "stroke", "href"):
            element.set(key, _NUMBER.sub(_rounded, value))
    if element.get("href"):
        element.set("href", element.get("href", "").removeprefix(HERE))
    if name_of_link:
        element.set("aria-label", name_of_link)
    _plain_text(element)
    element.attrib.pop("class", None)
    for child in list(element):
        _tidy(child)
        if _is_empty(child):
            element.remove(child)
    _unwrap(element)


def _name_of_link(element: ElementTree.Element) -> str | None:
    """Return what a linked mark is called: the description that its chart encodes."""
    if element.tag != "a":
        return None
    marks = (mark.get("aria-label") for mark in element.iter())
    return next(filter(None, marks), None)


def _plain_text(element: ElementTree.Element) -> None:
    """Let the page choose the font: the layout was done in one of the same width."""
    if element.tag == "text":
        element.attrib.pop("font-family", None)
        size = element.get("font-size", "").removesuffix("px")
        element.set("font-size", size)


def _is_empty(element: ElementTree.Element) -> bool:
    if element.tag == "g":
        return len(element) == 0
    invisible = element.get("fill") is None and element.get("stroke") is None
    unpainted = element.tag == "path" and (invisible or not element.get("d"))
    return unpainted or element.get("display") == "none"


def _unwrap(element: ElementTree.Element) -> None:
    """Replace groups that say nothing of their own by what they hold."""
    for place, child in reversed(list(enumerate(element))):
        if child.tag == "g" and not child.attrib:
            element.remove(child)
            for grandchild in reversed(list(child)):
                element.insert(place, grandchild)


def _rounded(number: re.Match[str]) -> str:
    return f"{round(float(number[0]), 1):g}"
