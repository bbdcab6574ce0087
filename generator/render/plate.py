"""A chart to stand on its own elsewhere: with its title, what it shows, and whom to name.

As an SVG as high as it needs, for other sites; as a card, for previews of links, in ``card.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from generator.render.data.edition import LICENCE, NAME
from generator.render.lettering import INK, MUTED, Hand

PAPER = "#fbfaf7"
EMBED_PX = 752
SVG = "http://www.w3.org/2000/svg"
_VARIABLE = re.compile(r"var\(--[\w-]+, (#[0-9a-f]{6})\)")
_ROOT = re.compile(r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>')
_OWN_WORDS = re.compile(r"<(title|desc)\b.*?</\1>", re.DOTALL)
# Letters of other fonts are up to so much wider than ours, bold ones more than others.
_ROOMY, _ROOMY_BOLD = 1.3, 1.45
SHORT_LICENCE = "CC BY 4.0"


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
        return " ".join(filter(None, (f"{NAME}, {SHORT_LICENCE}.", self.credit)))


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
    across, high = size(plate.svg)
    y_rights = round(y_chart + (high * room / across if across else 0) + 26, 1)
    down = round(y_rights + rights.high(words) + edge)
    inside = (
        f'<rect width="{EMBED_PX}" height="{down}" fill="{PAPER}"/>',
        title.written(edge, edge + 20, *titles),
        lead.written(edge, y_lead, *leads),
        placed(plate.svg, edge, y_chart, room),
        rights.written(edge, y_rights, *words),
    )
    return picture(plate, EMBED_PX, down, "".join(inside))


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


def size(svg: str) -> tuple[float, float]:
    """Return how wide and high a drawn chart is; nothing where none was drawn."""
    found = _ROOT.match(svg)
    return (float(found[1]), float(found[2])) if found else (0, 0)


def placed(svg: str, x: float, y: float, width: float) -> str:
    """Return a drawn chart as a part of another picture, its own words left out."""
    across, _ = size(svg)
    if not across:
        return ""
    # A group, not an svg of its own: that would be clipped, which takes as long as the letters.
    head = f'<g transform="translate({x:g},{y:g}) scale({width / across:.4f})" color="{INK}">'
    inside = _OWN_WORDS.sub("", fixed(svg).strip())
    return _ROOT.sub(head, inside, count=1).removesuffix("</svg>") + "</g>"


def picture(plate: Plate, across: int, down: int, inside: str) -> str:
    """Return an SVG of its own, called as the plate is, with whom to name."""
    told = escape(f"{plate.rights} {plate.url}")
    return (
        f'<svg xmlns="{SVG}" width="{across}" height="{down}" viewBox="0 0 {across} {down}" '
        f'font-family="sans-serif" role="img"><title>{escape(plate.title)}</title>'
        f"<desc>{told}</desc>{inside}</svg>\n"
    )
