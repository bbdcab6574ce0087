"""Words in a picture: how wide they are, where a line breaks, and how they are written as SVG.

The letters are those of a package, so that a line breaks at the same word on every machine.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

from generator.render.words import NBSP

FAMILY = "Source Sans Pro"
INK, MUTED = "#1d1c1a", "#5e5a52"
_LEADING = 1.16  # from one line to the next, in sizes
_LOADED = 100  # the size at which letters are measured


@dataclass(frozen=True)
class Hand:
    """How words are written: size in pixels, colour, weight."""

    size: float
    fill: str = INK
    bold: bool = False

    def wide(self, text: str) -> float:
        """Return how many pixels a line takes."""
        return sum(map(_widths(bold=self.bold).__getitem__, text)) * self.size / _LOADED

    def gap(self, letter: str) -> float:
        """Return how many pixels lie between the ink of a word's last letter and the next word."""
        font = _font(bold=self.bold)
        painted, (left, _) = font.getmask2(letter)
        ink = left + (painted.getbbox() or (0, 0, 0, 0))[2]
        return (font.getlength(f"{letter} ") - ink) * self.size / _LOADED

    def high(self, lines: list[str]) -> int:
        """Return how many pixels lie between the first of some lines and the last."""
        return round(self.size * _LEADING) * max(0, len(lines) - 1)

    def lines(self, text: str, room: float, most: int) -> list[str]:
        """Return text in lines of at most ``room`` pixels; past the last, an ellipsis."""
        found: list[str] = []
        for word in text.replace(NBSP, " ").split():
            longer = f"{found[-1]} {word}" if found else word
            if found and self.wide(longer) <= room:
                found[-1] = longer
            else:
                found.append(word)
        over = len(found) > most
        return [
            self.cut(line, room, over=over and at == most - 1)
            for at, line in enumerate(found[:most])
        ]

    def cut(self, line: str, room: float, *, over: bool = False) -> str:
        """Return a line of at most ``room`` pixels; where it is longer or goes on, an ellipsis."""
        if not over and self.wide(line) <= room:
            return line
        shorter = [f"{line[:end].rstrip()}…" for end in range(len(line) + 1)]
        return shorter[max(0, bisect_right(shorter, room, key=self.wide) - 1)]

    def written(self, x: float, y: float, *lines: str) -> str:
        """Return lines as SVG, the first with its foot at ``y``."""
        more = ' font-weight="600"' if self.bold else ""
        step = round(self.size * _LEADING)
        return "".join(
            f'<text x="{x:g}" y="{y + step * at:g}" font-size="{self.size:g}" '
            f'fill="{self.fill}"{more}>{escape(line)}</text>'
            for at, line in enumerate(lines)
        )


def fonts() -> list[str]:
    """Return the files of the letters: regular and semibold."""
    spec = find_spec("font_source_sans_pro")
    home = Path(str(spec and spec.origin)).parent / "files"
    return [str(home / f"SourceSansPro-{cut}.ttf") for cut in ("Regular", "Semibold")]


class _Widths(dict[str, float]):
    """How wide each letter is. So laid out, a line is as wide as its letters one by one."""

    def __init__(self, font: ImageFont.FreeTypeFont) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, letter: str) -> float:
        self[letter] = self._font.getlength(letter)
        return self[letter]


@cache
def _widths(*, bold: bool) -> _Widths:
    return _Widths(_font(bold=bold))


@cache
def _font(*, bold: bool) -> ImageFont.FreeTypeFont:
    # Not Raqm: whether that is there differs from one machine to another.
    layout = ImageFont.Layout.BASIC
    return ImageFont.truetype(fonts()[bold], _LOADED, layout_engine=layout)
