"""Cards painted as PNG, each one once: the same bytes on every machine, and few of them."""

from __future__ import annotations

import io
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path

from PIL import Image, PngImagePlugin
from resvg import render, usvg

from generator.cache import Cache, key_of
from generator.render import charts
from generator.render.card import BLANK, Card, Tile
from generator.render.lettering import FAMILY, INK, MUTED, fonts
from generator.render.plate import PAPER, fixed

_COMPRESSION = 5  # a twentieth larger than with 6, in three quarters of the time
_STEPS = 6  # from a colour to paper: edges of letters are mixtures of the two
_LIBRARIES = ("font-source-sans-pro", "pillow", "resvg")
_FAMILY = re.compile('font-family="[^"]*"')
_RGB = tuple[int, int, int]


class Cards:
    """Paints cards; what was painted before comes from the cache."""

    def __init__(self, folder: Path) -> None:
        self._cache = Cache(folder)

    def paint(self, card: Card) -> bytes:
        """Return a card as PNG of at most 256 colours."""
        key = key_of(_painter(), card.svg, repr(card.tiles), card.title, card.url, card.rights)
        known = self._cache.get(key)
        if known is None:
            known = paint(card)
            self._cache.put(key, known)
        return known


def paint(card: Card) -> bytes:
    """Return a card as PNG: no font of the system's is looked at."""
    tree, whole = _tree(card), _blank().copy()
    for tile in card.tiles:
        whole.paste(_painted(tree, tile), tile)
    out = io.BytesIO()
    whole.save(out, "PNG", compress_level=_COMPRESSION, pnginfo=_told(card))
    return out.getvalue()


def _tree(card: Card) -> usvg.Tree:
    ours = _FAMILY.sub(f'font-family="{FAMILY}"', card.svg)
    return usvg.Tree.from_str(ours, _letters())


def _painted(tree: usvg.Tree, tile: Tile) -> Image.Image:
    """Return a part of a picture in the colours of the palette.

    Painted, packed and unpacked again: all of that takes as long as the part is large.
    """
    left, top, right, bottom = tile
    shift = (1.0, 0.0, -float(left), 0.0, 1.0, -float(top))
    drawn = render(tree, shift, bg_size=(right - left, bottom - top))
    with Image.open(io.BytesIO(drawn)) as part:
        return part.convert("RGB").quantize(palette=_palette(), dither=Image.Dither.NONE)


@cache
def _blank() -> Image.Image:
    return _painted(_tree(BLANK), *BLANK.tiles)


@cache
def _letters() -> usvg.Options:
    """Return our fonts and no others, read once: that takes as long as painting a card."""
    options = usvg.Options.default()
    for file in fonts():
        # Not by its name: it would be read again for each line of letters.
        options.load_font_data(Path(file).read_bytes())
    options.font_family = FAMILY
    return options


def _told(card: Card) -> PngImagePlugin.PngInfo:
    told = PngImagePlugin.PngInfo()
    for name, text in (("Title", card.title), ("Copyright", card.rights), ("Source", card.url)):
        told.add_itxt(name, text)
    return told


@cache
def _palette() -> Image.Image:
    """Return every colour of charts and words in steps down to paper."""
    named = (charts.LIT, charts.DARK, charts.WARN, charts.GLOW, charts.ACCENT, charts.MOST,
             charts.LOW, charts.FLICKER, charts.MUTED, charts.RULE)  # fmt: skip
    colours = dict.fromkeys((INK, MUTED, *map(fixed, named)))
    mixed = [_mixed(_rgb(one), step / _STEPS) for one in colours for step in range(1, _STEPS + 1)]
    distinct = list(dict.fromkeys([_rgb(PAPER), *mixed]))[:256]
    found = Image.new("P", (1, 1))
    found.putpalette([part for colour in distinct for part in colour])
    return found


def _rgb(colour: str) -> _RGB:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _mixed(colour: _RGB, share: float) -> _RGB:
    red, green, blue = (
        round(paper + (ink - paper) * share) for paper, ink in zip(_rgb(PAPER), colour, strict=True)
    )
    return red, green, blue


@cache
def _painter() -> str:
    """Return a hash of whatever decides how a card is painted, beside what is on it."""
    return key_of(Path(__file__).read_bytes(), *(version(name) for name in _LIBRARIES))
