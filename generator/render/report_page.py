"""The change report as a page by itself: nothing is loaded, nothing runs."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from generator.model.problem import Problem
from generator.render.change import IncidentChange
from generator.render.chart import NARROW, WIDE, Chart, Drawn
from generator.render.pictures import Picture
from generator.render.report import Report
from generator.render.templating import fill, html

Draw = Callable[[Chart], Drawn]


def report_page(report: Report, lead: str, tokens: str, draw: Draw) -> str:
    """Return the report as HTML with all charts that change, as they were and as they are.

    ``tokens`` are the site's colours as CSS; ``draw`` turns a chart's spec into SVG.
    """
    style = tokens + fill("report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return fill(
        "report.html.jinja",
        style=html(style),
        policy=html(f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"),
        lead=lead,
        report=report,
        head=report.head.strip("`"),
        incidents=[_view(one, draw) for one in report.visible],
    )


def _view(one: IncidentChange, draw: Draw) -> dict[str, Any]:
    sides = (("before", one.before), ("after", one.after)) if _is_drawn(one) else ()
    return {
        "change": one,
        "charts": [
            {"name": name, **_drawn(f"{name}-{one.id}", side.picture, draw)}
            for name, side in sides
            if side.picture
        ],
        "problems": [
            {"title": title, "entries": [_problem(p) for p in found]}
            for title, found in (("Introduced", one.introduced), ("Solved", one.solved))
            if found
        ],
    }


def _is_drawn(one: IncidentChange) -> bool:
    return one.chart or one.kind in ("added", "removed")


def _drawn(name: str, picture: Picture, draw: Draw) -> dict[str, Any]:
    told = (picture.title, picture.description)
    wide = draw(Chart(picture.wide, WIDE, f"wide-{name}", *told))
    narrow = draw(Chart(picture.narrow, NARROW, f"narrow-{name}", *told))
    return {"wide": html(wide.svg), "narrow": html(narrow.svg)}


def _problem(one: Problem) -> dict[str, Any]:
    return {
        "kind": "problem" if one.severity == "error" else "advice",
        "place": f"{one.file}:{one.line}" if one.line else one.file,
        "what": f"{one.field}: {one.what}" if one.field else one.what,
        "cure": one.cure,
        "rule": one.rule,
    }
