"""Bytes to text: bounded, UTF-8, and nothing in it that a reviewer cannot see."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.problem import Problem
from generator.read.place import refusal


@dataclass(frozen=True)
class Limits:
    """How much a file may hold. More is refused before anything is built from it."""

    size_bytes: int = 200_000
    line_chars: int = 4_000
    depth: int = 12
    nodes: int = 20_000


# A record of 66 sources, the longest known, has 33 KB, depth 5 and about 2,400 nodes.
RECORD = Limits()
# The machine's own sidecars: one entry for each upstream file, thousands for a long window.
SIDECAR = Limits(size_bytes=6 << 20, nodes=500_000)

# Cc, Cf: control and format, bidirectional marks among them. Cs: half a pair. Co, Cn: no meaning
# that two readers share. Zl, Zp: line breaks to YAML that a diff does not show.
_HIDDEN_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))

# Letters, marks and symbols that show nothing (Unicode's Default_Ignorable_Code_Point, and the
# blank Braille cell). The two variation selectors that choose between text and emoji are spared.
_BLANK_CODES = (
    *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0),
    *(*range(0x180B, 0x1810), *range(0xFE00, 0xFE0E), *range(0xE0100, 0xE01F0)),
)
_BLANK = frozenset(map(chr, _BLANK_CODES))

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_UTF8_CURE = "Save it as UTF-8 without a byte order mark."


def decoded(raw: bytes, file: str, limits: Limits = RECORD) -> str:
    """Return the text of a file with ``\\n`` as its line ends.

    Raises BrokenInputError naming every line that is too long, that holds a hidden character, a
    tab as indentation or a YAML directive; or the one thing that makes the whole unreadable.
    """
    if problem := unreadable(raw, file, limits):
        raise refusal(file, [problem])
    text = raw.decode("utf-8").replace("\r\n", "\n")
    if problems := list(_faults(text, file, limits)):
        raise refusal(file, problems)
    return text


def hidden_characters(text: str) -> list[str]:
    """Return the hidden characters of a text, each once, in order; tab and line feed are seen."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return []
    hidden = [c for c in set(text) if c not in "\t\n" and _is_hidden(c)]
    return sorted(hidden, key=text.index)


def named(character: str) -> str:
    """Return a character's number and name: ``U+202E (RIGHT-TO-LEFT OVERRIDE)``."""
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'no name')})"


def _is_hidden(character: str) -> bool:
    return character in _BLANK or unicodedata.category(character) in _HIDDEN_CATEGORIES


def unreadable(raw: bytes, file: str, limits: Limits) -> Problem | None:
    """Return the one thing that makes a file unreadable as a whole, None where it is UTF-8."""
    if len(raw) > limits.size_bytes:
        what = f"the file has more than {limits.size_bytes:,} bytes"
        return Problem(file, 1, "", what, "Shorten it; long material belongs in its sources.")
    if raw.startswith(b"\xef\xbb\xbf"):
        return Problem(file, 1, "", "the file begins with a byte order mark", _UTF8_CURE)
    if raw.startswith(_WIDE_MARKS):
        return Problem(file, 1, "", "the file is UTF-16 or UTF-32, not UTF-8", _UTF8_CURE)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Problem(
            file, line, "", f"the byte 0x{raw[error.start]:02x} is not UTF-8", _UTF8_CURE
        )
    return None


def _faults(text: str, file: str, limits: Limits) -> Iterator[Problem]:
    suspects, lines = set(hidden_characters(text)), text.split("\n")
    is_long = len(max(lines, key=len)) > limits.line_chars
    if not (is_long or suspects or "\t" in text or "\n%" in f"\n{text}"):
        return
    for number, line in enumerate(lines, 1):
        for what, cure in _line_faults(line, suspects, limits):
            yield Problem(file, number, "", what, cure)


def _line_faults(line: str, suspects: set[str], limits: Limits) -> Iterator[tuple[str, str]]:
    if len(line) > limits.line_chars:
        most = f"{limits.line_chars:,}"
        yield f"the line has more than {most} characters", "Break it; `>-` folds lines into one."
    if line.startswith("%"):
        yield "a YAML directive", "Leave it out; a record needs none."
    if "\t" in line and "\t" in line[: len(line) - len(line.lstrip())]:
        yield "a tab in the indentation", "Indent with spaces."
    for character in hidden_characters(line) if suspects.intersection(line) else ():
        column = line.index(character) + 1
        what = f"the hidden character {named(character)} in column {column}"
        yield what, "Delete it; what nobody can see, nobody can review."
