"""Cards painted as PNG, each one once: the same bytes on every machine, and few of them."""

from __future__ import annotations

import io
import struct
from functools import cache
from importlib.metadata import version
from pathlib import Path

from deflate import zlib_compress
from PIL import Image, PngImagePlugin

from generator import painting
from generator.cache import Cache, key_of
from generator.render import card as cards_code
from generator.render import lettering
from generator.render.card import BLANK, CARD_PX, Card, Line

_COMPRESSION = 5  # a twentieth larger than with 7, in two thirds of the time
_LIBRARIES = ("deflate", "font-source-sans-pro", "pillow", "resvg")
_CODE = (__file__, painting.__file__, lettering.__file__, cards_code.__file__)


class Cards:
    """Paints cards; what was painted before comes from the cache."""

    def __init__(self, folder: Path) -> None:
        self._cache = Cache(folder)

    def paint(self, card: Card) -> bytes:
        """Return a card as PNG of at most 256 colours."""
        key = key_of(_painter(), repr(card))
        known = self._cache.get(key)
        if known is None:
            known = paint(card)
            self._cache.put(key, known)
        return known


def paint(card: Card) -> bytes:
    """Return a card as PNG: no font of the system's is looked at."""
    return _packed(_painted(card, _blank().copy()), card)


def _painted(card: Card, ground: Image.Image) -> Image.Image:
    """Paint a card on a ground, and return that."""
    if card.tile:
        ground.paste(painting.drawn(card.svg, card.tile), card.tile)
    for line in card.lines:
        _write(line, ground)
    return ground


def _write(line: Line, ground: Image.Image) -> None:
    at, foot = round(line.x), round(line.y)
    for text in line.text.split():
        word = painting.word(line.hand, text)
        ground.paste(word.image, (at + word.left, foot + word.top), word.ink)
        at += word.step


@cache
def _blank() -> Image.Image:
    return _painted(BLANK, painting.palette().resize(CARD_PX))


def _packed(image: Image.Image, card: Card) -> bytes:
    """Return an image of few colours as PNG, with what it says of itself.

    Not by Pillow, which packs with the system's zlib: in twice the time, and into other bytes
    where that is another.
    """
    out = io.BytesIO()
    out.write(b"\x89PNG\r\n\x1a\n")
    PngImagePlugin.putchunk(out, b"IHDR", struct.pack(">IIBBBBB", *image.size, 8, 3, 0, 0, 0))
    PngImagePlugin.putchunk(out, b"PLTE", bytes(image.getpalette() or ()))
    for name, text in (("Title", card.title), ("Copyright", card.rights), ("Source", card.url)):
        # Nothing is said of languages, and nothing is packed.
        PngImagePlugin.putchunk(out, b"iTXt", name.encode(), bytes(5), text.encode())
    PngImagePlugin.putchunk(out, b"IDAT", bytes(zlib_compress(_rows(image), _COMPRESSION)))
    PngImagePlugin.putchunk(out, b"IEND")
    return out.getvalue()


def _rows(image: Image.Image) -> bytes:
    """Return the rows of an image, each after the nought by which PNG says it is as it is."""
    across, down = image.size
    rows = Image.new("P", (across + 1, down))
    rows.paste(image, (1, 0))
    return rows.tobytes()


@cache
def _painter() -> str:
    """Return a hash of whatever decides how a card is painted, beside what is on it."""
    versions = (version(name) for name in _LIBRARIES)
    colours = bytes(painting.palette().getpalette() or ())
    return key_of(colours, *(Path(file).read_bytes() for file in _CODE), *versions)
