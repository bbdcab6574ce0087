"""A chart to stand on its own elsewhere: with its title, what it shows, and whom to name.

Two shapes: an SVG as high as it needs, for other sites, and one of 1200 by 630 to be painted as
PNG, for previews of links.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from html import escape

from generator.render.data.edition import LICENCE, NAME
from generator.render.lettering import INK, MUTED, Hand
from generator.render.words import NBSP

PAPER = "#fbfaf7"
CARD_PX = (1200, 630)
EMBED_PX = 752
_SVG = "http://www.w3.org/2000/svg"
_VARIABLE = re.compile(r"var\(--[\w-]+, (#[0-9a-f]{6})\)")
_ROOT = re.compile(r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>')
_OWN_WORDS = re.compile(r"<(title|desc)\b.*?</\1>", re.DOTALL)
# Letters of other fonts are up to so much wider than ours, bold ones more than others.
_ROOMY, _ROOMY_BOLD = 1.3, 1.45
_LICENCE = "CC BY 4.0"
_BELOW = 16  # pixels that letters reach below their line
_MARK = (
    '<g transform="translate({x},{y}) scale({scale})">'
    '<rect width="64" height="64" rx="12" fill="#16213a"/>'
    '<path d="M10 18h7v28h-7zM20 18h7v28h-7zM47 18h7v28h-7z" fill="#efc063"/>'
    '<path d="M30.75 18.75h4.5v26.5h-4.5zM39.75 18.75h4.5v26.5h-4.5z" fill="none" '
    'stroke="#8494b3" stroke-width="1.5"/></g>'
)


@dataclass(frozen=True)
class Plate:
    """A drawn chart, ``svg``, and the words around it; ``url`` is the page that it is from.

    ``kicker`` says where and when, ``lead`` the one figure to remember, ``note`` what else to
    know, ``credit`` who recorded what was measured.
    """

    svg: str
    url: str
    kicker: str
    title: str
    lead: str
    note: str
    credit: str = ""

    @property
    def rights(self) -> str:
        """Whom to name, and the licence."""
        return " ".join(filter(None, (f"{NAME}, {_LICENCE}.", self.credit)))


@dataclass(frozen=True)
class Card:
    """A picture to be painted as PNG, and what that says of itself.

    ``bands`` are the rows with something on them, from one to before another; all others are paper.
    """

    svg: str
    title: str
    url: str
    rights: str
    bands: tuple[tuple[int, int], ...] = ((0, CARD_PX[1]),)


def fixed(svg: str) -> str:
    """Return a drawn chart in the colours of paper: programs that draw SVG know no variables."""
    return _VARIABLE.sub(r"\1", svg)


def embed(plate: Plate) -> str:
    """Return the plate as an SVG for other sites, on paper of its own, ``EMBED_PX`` wide."""
    edge = 16
    room = EMBED_PX - 2 * edge
    title, lead, rights = Hand(20, bold=True), Hand(14, MUTED), Hand(11.5, MUTED)
    said = " · ".join(filter(None, (plate.kicker, plate.lead, plate.note)))
    titles = title.lines(plate.title, room / _ROOMY_BOLD, 3)
    leads = lead.lines(said, room / _ROOMY, 2)
    words = rights.lines(f"{plate.rights} {plate.url}", room / _ROOMY, 4)
    y_lead = edge + 20 + title.high(titles) + 24
    y_chart = y_lead + lead.high(leads) + 18
    across, high = _size(plate.svg)
    y_rights = round(y_chart + (high * room / across if across else 0) + 26, 1)
    down = round(y_rights + rights.high(words) + edge)
    inside = (
        f'<rect width="{EMBED_PX}" height="{down}" fill="{PAPER}"/>',
        title.written(edge, edge + 20, *titles),
        lead.written(edge, y_lead, *leads),
        _placed(plate.svg, edge, y_chart, room),
        rights.written(edge, y_rights, *words),
    )
    return _picture(plate, EMBED_PX, down, "".join(inside))


def snippet(url: str, title: str) -> str:
    """Return the HTML with which another site shows an incident's chart.

    No script, no style and no frame: a content policy there needs to allow one picture.
    """
    shown = escape(f"Chart: {title}")
    return (
        f'<figure>\n  <a href="{url}"><img src="{url}embed.svg" alt="{shown}" '
        f'width="{EMBED_PX}" loading="lazy"></a>\n  <figcaption>Chart: <a href="{url}">{NAME}</a>, '
        f'<a href="{LICENCE}" rel="license">CC BY 4.0</a></figcaption>\n</figure>'
    )


def card(plate: Plate) -> Card:
    """Return the plate as a card of ``CARD_PX``."""
    across, down = CARD_PX
    edge = 56
    room = across - 2 * edge
    kicker, small, foot = Hand(26, MUTED), Hand(18, MUTED), Hand(20, MUTED)
    title = Hand(46, bold=True)
    if len(title.lines(plate.title, room, 3)) > 2:
        title = Hand(38, bold=True)
    titles = title.lines(plate.title, room, 3)
    y_title = 88 + title.size
    y_lead = y_title + title.high(titles) + 58
    credit = small.lines(plate.credit, room, 1)
    y_foot = down - 38
    room_down = (y_lead + 24, y_foot - 34 - 26 * len(credit))
    chart, drawn = _fitted(plate.svg, edge, room_down, room)
    inside = (
        f'<rect width="{across}" height="{down}" fill="{PAPER}"/>',
        _MARK.format(x=edge, y=38, scale=0.625),
        kicker.written(edge + 54, 67, *kicker.lines(plate.kicker, room - 54, 1)),
        title.written(edge, y_title, *titles),
        _lead(plate, edge, y_lead, room),
        chart,
        small.written(edge, y_foot - 28, *credit),
        foot.written(edge, y_foot, "Gone Dark, the open archive of Internet outages"),
        Hand(20, MUTED, right=True).written(across - edge, y_foot, _LICENCE),
    )
    picture = _picture(plate, across, down, "".join(inside))
    bands = _apart((0, y_lead + _BELOW), drawn, (y_foot - 28 - 18, down))
    return Card(picture, plate.title, plate.url, plate.rights, bands)


def _apart(*bands: tuple[float, float]) -> tuple[tuple[int, int], ...]:
    """Return bands of whole rows that do not touch, for some that may; they come in order.

    One that ends where it begins is none.
    """
    found: list[tuple[int, int]] = []
    for first, last in (one for one in bands if one[0] < one[1]):
        top, bottom = math.floor(first), math.ceil(last)
        if found and top <= found[-1][1]:
            top = found.pop()[0]
        found.append((top, bottom))
    return tuple(found)


def _lead(plate: Plate, x: float, y: float, room: float) -> str:
    figure, note = Hand(38, bold=True), Hand(26, MUTED)
    text = plate.lead.replace(NBSP, " ")
    after = figure.wide(text) + 18
    beside = note.lines(plate.note, room - after, 1)
    return figure.written(x, y, text) + note.written(round(x + after, 1), y, *beside)


def _fitted(
    svg: str, x: float, between: tuple[float, float], room: float
) -> tuple[str, tuple[float, float]]:
    """Return a chart as large as there is room for, in the middle of it, and from where to where.

    A line at its edge, and letters on it, may reach a little over.
    """
    across, down = _size(svg)
    top, bottom = between
    if not across:
        return "", (top, top)
    scale = min(room / across, (bottom - top) / down)
    y = top + (bottom - top - down * scale) / 2
    rows = (y - _BELOW, y + down * scale + _BELOW)
    return _placed(svg, x, round(y, 1), across * scale), rows


def _size(svg: str) -> tuple[float, float]:
    found = _ROOT.match(svg)
    return (float(found[1]), float(found[2])) if found else (0, 0)


def _placed(svg: str, x: float, y: float, width: float) -> str:
    """Return a drawn chart as a part of another picture, its own words left out."""
    across, _ = _size(svg)
    if not across:
        return ""
    # A group, not an svg of its own: that would be clipped, which takes as long as the letters.
    head = f'<g transform="translate({x:g},{y:g}) scale({width / across:.4f})" color="{INK}">'
    inside = _OWN_WORDS.sub("", fixed(svg).strip())
    return _ROOT.sub(head, inside, count=1).removesuffix("</svg>") + "</g>"


def _picture(plate: Plate, across: int, down: int, inside: str) -> str:
    told = escape(f"{plate.rights} {plate.url}")
    return (
        f'<svg xmlns="{_SVG}" width="{across}" height="{down}" viewBox="0 0 {across} {down}" '
        f'font-family="sans-serif" role="img"><title>{escape(plate.title)}</title>'
        f"<desc>{told}</desc>{inside}</svg>\n"
    )
