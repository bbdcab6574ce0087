"""What cards are made of, painted in few colours: drawings, and words, of which many come again."""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image
from resvg import render, usvg

from generator.render import charts
from generator.render.lettering import FAMILY, INK, MUTED, Hand, fonts
from generator.render.plate import PAPER, SVG, fixed

_STEPS = 6  # from a colour to paper: edges of letters are mixtures of the two
_FAMILY = re.compile('font-family="[^"]*"')
_MOST_WORDS = 1500  # some 8 KB each
_ROOM = (0.15, 1.0, 0.3)  # beside, above and below a word, in sizes: its letters reach no further
_RGB = tuple[int, int, int]
Tile = tuple[int, int, int, int]


@dataclass(frozen=True)
class Word:
    """A painted word, where it has ink, where that lies, and from where the next one is written.

    All in whole pixels, seen from where the word begins and stands.
    """

    image: Image.Image
    ink: Image.Image
    left: int
    top: int
    step: int


def drawn(svg: str, tile: Tile) -> Image.Image:
    """Return a part (left, top, right, bottom) of an SVG in the colours of ``palette``.

    Painted, packed and unpacked again, as the library gives nothing else: that takes as long as
    the part is large, and several times as long as to paint it.
    """
    tree = usvg.Tree.from_str(_FAMILY.sub(f'font-family="{FAMILY}"', svg), _letters())
    left, top, right, bottom = tile
    shift = (1.0, 0.0, -float(left), 0.0, 1.0, -float(top))
    packed = render(tree, shift, bg_size=(right - left, bottom - top))
    with Image.open(io.BytesIO(packed), formats=("PNG",)) as part:
        return part.convert("RGB").quantize(palette=palette(), dither=Image.Dither.NONE)


@lru_cache(_MOST_WORDS)
def word(hand: Hand, text: str) -> Word:
    """Return a word painted: of ten thousand cards, nine words of ten are on others as well."""
    side, above, below = (math.ceil(part * hand.size) for part in _ROOM)
    across, down = math.ceil(1.02 * hand.wide(text)) + 2 * side, above + below
    svg = (
        f'<svg xmlns="{SVG}" width="{across}" height="{down}" font-family="">'
        f'<rect width="{across}" height="{down}" fill="{PAPER}"/>'
        f"{hand.written(side, above, text)}</svg>"
    )
    whole = drawn(svg, (0, 0, across, down))
    box = whole.getbbox() or (0, 0, 1, 1)
    image = whole.crop(box)
    ink = image.point([0] + [255] * 255, "1")
    # From its ink, as letters stand closer than they are measured: most by far in YouTube.
    step = box[2] - side + round(hand.gap(text[-1]))
    return Word(image, ink, box[0] - side, box[1] - above, step)


@cache
def palette() -> Image.Image:
    """Return every colour of charts and words in steps down to paper, which is the first."""
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
def _letters() -> usvg.Options:
    """Return our fonts and no others, read once: that takes as long as painting a card."""
    options = usvg.Options.default()
    for file in fonts():
        # Not by its name: it would be read again for each line of letters.
        options.load_font_data(Path(file).read_bytes())
    options.font_family = FAMILY
    return options
