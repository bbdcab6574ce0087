"""Python-Markdown extension: HTML that stands whole between blank lines goes past the parser.

Such HTML comes out as it is in any case, but the parser reads it character by character, and mkdocs
once more, looking for ids: two thirds of the time of a page that is mostly HTML. What is not whole,
like a ``<div>`` that is closed after a blank line, is left to the parser. Plain Python-Markdown,
like ``markdown_svg``.
"""

from __future__ import annotations

import re
from functools import cache

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_OPENS = re.compile(
    r"<(article|aside|details|div|dl|figure|footer|h[1-6]|header|nav|ol|p|section|table|ul)[\s>]"
)
_ID = re.compile(r'\sid="([^"<>]+)"')
# Between them stands what mkdocs (21) must see: the ids that other pages may link to. The first is
# after charts are stashed (25), the second before raw HTML is looked for (20).
_BEFORE, _AFTER = 24, 20.5
_IDS = "<!-- gone-dark:ids -->"


def is_whole(text: str) -> bool:
    """Say whether a text is elements of HTML, one after another, each closed, and nothing else."""
    place = 0
    while place < len(text):
        begins = _OPENS.match(text, place)
        place = _end(text, place, begins[1]) if begins else 0
        if not place:
            return False
        while place < len(text) and text[place].isspace():
            place += 1
    return bool(text)


def _end(text: str, place: int, tag: str) -> int:
    """Return where the element that begins at ``place`` ends; 0 where it does not."""
    depth = 0
    for found in _edges(tag).finditer(text, place):
        depth += -1 if found[1] else 1
        if not depth:
            return found.end()
    return 0


@cache
def _edges(tag: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){tag}(?:\s[^<>]*)?>")


class RawPreprocessor(Preprocessor):  # type: ignore[misc]  # no stubs
    """Puts whole HTML into the parser's stash, whence it comes back as it is."""

    def __init__(self, md: Markdown, *, ids: bool) -> None:
        super().__init__(md)
        self._ids = ids

    def run(self, lines: list[str]) -> list[str]:
        """Return the page's lines, with a placeholder for each piece, and the piece's ids."""
        # The parser has made lines of blanks empty before.
        pieces = "\n".join(lines).split("\n\n")
        return "\n\n".join(map(self._without_html, pieces)).split("\n")

    def _without_html(self, piece: str) -> str:
        text = piece.strip("\n")
        return piece.replace(text, self._place(text), 1) if is_whole(text) else piece

    def _place(self, text: str) -> str:
        place: str = self.md.htmlStash.store(text)
        if not self._ids:
            return place
        ids = "".join(f'<a id="{name}"></a>' for name in _ID.findall(text))
        return f"{place}\n\n{_IDS}{ids}\n"


class IdsPreprocessor(Preprocessor):  # type: ignore[misc]  # no stubs
    """Takes away the ids again, which stand in the stash as well."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the page's lines without those of ids."""
        return [line for line in lines if not line.startswith(_IDS)]


class RawExtension(Extension):  # type: ignore[misc]  # no stubs
    """Registers the preprocessors; its one setting is whether ids are shown to mkdocs."""

    def __init__(self, **settings: object) -> None:
        self.config = {"ids": [True, "whether a page may link to places within this one"]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Hook into ``md``."""
        raw = RawPreprocessor(md, ids=self.getConfig("ids"))
        md.preprocessors.register(raw, "gone_dark_raw", _BEFORE)
        md.preprocessors.register(IdsPreprocessor(md), "gone_dark_ids", _AFTER)


def makeExtension(**settings: object) -> RawExtension:  # noqa: N802  (Python-Markdown's name)
    """Return the extension, for Python-Markdown to register."""
    return RawExtension(**settings)
