"""Incidents on one axis from a common beginning: what was reported, and what was measured."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import altair as alt

from generator.render import words
from generator.render.chart import Row, Together
from generator.render.charts import (
    DARK,
    FONT_PX,
    INK,
    LIT,
    MUTED,
    RULE,
    Filling,
    blank,
    fixed,
    layered,
    styled,
)
from generator.render.lettering import Hand
from generator.render.svg import HERE

_UNITS = (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1))
_ROW_PX = 46
_LEAST_PX = 3
_LABEL_PX = 70
_ROOMY = 1.3  # a reader's sans serif may run so much wider than the letters of cards
_STEPS_S = (60, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400, 172_800, 259_200, 604_800,
            1_209_600, 2_592_000, 7_776_000, 31_536_000)  # fmt: skip


def aligned(shown: Together, width: int) -> Filling:
    """Return one row per incident: its title as a link, reported bars, measured ones beneath."""
    first = min(bar.start_s for row in shown.rows for bar in row.bars)
    last = max(1, *(row.last_s for row in shown.rows))
    margin = (last - first) / 25
    domain = [first - margin if first < 0 else 0, last + margin]
    least = (domain[1] - domain[0]) * _LEAST_PX / width
    measured = _measured(shown, least)
    ticks, told = _ticks(domain, width)
    parts = {
        "rows": list(range(len(shown.rows))),
        "titles": [_title(at, row, width) for at, row in enumerate(shown.rows)],
        "bars": _bars(shown, least),
        "measured": measured,
        "domain": domain,
        "ticks": ticks,
        "told": told,
    }
    return Filling(_template(width, measured=bool(measured)), parts)


@cache
def _template(width: int, *, measured: bool) -> str:
    """Return the spec with blanks for all that differs from one set of incidents to the next."""
    axis = alt.Axis(title=None, values=blank("ticks"), labelExpr=blank("told"))
    x = alt.X("start:Q", scale=alt.Scale(domain=blank("domain"), nice=False), axis=axis)
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=blank("rows")))
    base = alt.Chart(_data("titles")).encode(y=y)
    track = base.mark_rule(color=RULE, yOffset=9)
    track = track.encode(x=fixed(alt.XValue, 0), x2=fixed(alt.X2Value, width))
    # Its words are the link's name, cut short or not; a longer one beside them would not fit them.
    label = base.mark_text(align="left", baseline="middle", dy=-9, aria=False)
    words = {"text": alt.Text("title:N"), "href": alt.Href("href:N")}
    label = label.encode(x=fixed(alt.XValue, 0), **words)
    reported = alt.Chart(_data("bars")).mark_bar(height=10, yOffset=8)
    bars = reported.encode(x=x, x2=alt.X2("end:Q"), y=y, fill=_FILL)
    # Beside the bars and not through the words above them.
    zero = base.mark_tick(color=INK, orient="vertical", size=22, thickness=1.4, yOffset=9)
    layers = [track, label, bars, zero.encode(x=fixed(alt.XDatum, 0))]
    if measured:
        below = alt.Chart(_data("measured")).mark_bar(height=4, yOffset=17, fill=LIT)
        layers.append(below.encode(x=x, x2=alt.X2("end:Q"), y=y))
    return json.dumps(styled(layered(layers, width=width, height={"step": _ROW_PX})))


def _data(name: str) -> alt.InlineData:
    return alt.InlineData(values=blank(name))


_FILL = alt.Fill(
    "kind:N",
    legend=None,
    scale=alt.Scale(
        domain=["total", "partial", "intermittent", "unknown"], range=[DARK, MUTED, RULE, MUTED]
    ),
)


def _ticks(domain: list[float], width: int) -> tuple[list[int], str]:
    """Return where the axis has ticks, and the expression of their labels."""
    room = max(2, width // _LABEL_PX)
    length = domain[1] - domain[0]
    step = next((s for s in _STEPS_S if length / s <= room), _STEPS_S[-1])
    first = -(-int(domain[0]) // step)
    ticks = [at * step for at in range(first, int(domain[1]) // step + 1)]
    told = {at: _told(at) if at else "start" for at in ticks}
    return ticks, " : ".join(
        f"datum.value == {at} ? '{word}'" for at, word in told.items()
    ) + " : ''"


def _told(at: int) -> str:
    """Return an offset in its largest unit: ``+1.5 h``; up to two days in hours."""
    size = abs(at)
    unit, each = next((u, s) for u, s in _UNITS if size >= s * (2 if u == "d" else 1))
    return f"{'+' if at > 0 else '−'}{round(size / each, 1):g}{words.NBSP}{unit}"


def _title(at: int, row: Row, width: int) -> dict[str, Any]:
    # Vega would cut it as well, but draws it a dozen times to find where.
    title = Hand(FONT_PX).cut(row.title, width / _ROOMY)
    return {"row": at, "title": title, "href": f"{HERE}incidents/{row.id}/"}


def _bars(shown: Together, least: float) -> list[dict[str, Any]]:
    return [
        {"row": at, "start": bar.start_s, "end": max(bar.end_s, bar.start_s + least),
         "kind": bar.kind}
        for at, row in enumerate(shown.rows)
        for bar in row.bars
    ]  # fmt: skip


def _measured(shown: Together, least: float) -> list[dict[str, Any]]:
    return [
        {"row": at, "start": start, "end": max(end, start + least)}
        for at, row in enumerate(shown.rows)
        for start, end in row.dark
    ]
