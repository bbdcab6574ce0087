"""Python-Markdown extension: ready-made SVG and HTML go into a page past the Markdown parser.

A line that says only ``<!-- gone-dark:svg incidents/x/chart.svg -->`` (or ``gone-dark:html`` with
a ``.html`` fragment) becomes that file's text. Reading a chart as Markdown costs a third of a
build and can change nothing in it. Paths count from the docs folder and cannot leave it. Plain
Python-Markdown, so that any engine that runs it builds the same page.
"""

from __future__ import annotations

import logging
import re
from functools import cached_property
from html import escape
from pathlib import Path

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_MARK = re.compile(r"\s*<!-- gone-dark:(svg|html) (\S+) -->\s*")
_PROLOGUE = re.compile(r"\A\s*(?:<\?xml[^>]*\?>\s*)?(?:<!DOCTYPE[^>]*>\s*)?")
# After line ends are made equal (30), before raw HTML is looked for (20).
_PRIORITY = 25
# A child of mkdocs' logger, so that a warning stops a strict build.
_LOG = logging.getLogger("mkdocs.gone_dark.markdown_svg")


def named_files(text: str, docs_dir: Path) -> list[Path]:
    """Return the files whose text a page takes in, in order, whether they exist or not."""
    return [docs_dir / name for name in names_taken(text)]


def names_taken(text: str) -> list[str]:
    """Return the same as they are named, from the docs folder."""
    marks = (_MARK.fullmatch(line) for line in text.splitlines() if "<!-- gone-dark:" in line)
    return [mark[2] for mark in marks if mark]


class StashPreprocessor(Preprocessor):  # type: ignore[misc]  # no stubs
    """Puts the named files into the parser's stash, whence they come back as they are."""

    def __init__(self, md: Markdown, docs_dir: Path) -> None:
        super().__init__(md)
        self._docs_dir = docs_dir

    def run(self, lines: list[str]) -> list[str]:
        """Return the page's lines, each mark replaced by a placeholder between blank lines."""
        replaced: list[str] = []
        for line in lines:
            mark = _MARK.fullmatch(line)
            replaced += ["", self._stash(mark[1], mark[2]), ""] if mark else [line]
        return replaced

    def _stash(self, kind: str, name: str) -> str:
        text = self._read(kind, name)
        if text is None:
            text = f"<p><strong>Missing: {escape(name)}</strong></p>"
        return str(self.md.htmlStash.store(text))

    def _read(self, kind: str, name: str) -> str | None:
        path = (self._docs_dir / name).resolve()
        if not path.is_relative_to(self._docs_dir):
            _LOG.warning("gone-dark:%s %s: the path leaves the docs folder", kind, name)
        elif path.suffix != f".{kind}":
            _LOG.warning("gone-dark:%s %s: the file's name must end in .%s", kind, name, kind)
        elif not path.is_file():
            _LOG.warning("gone-dark:%s %s: there is no such file", kind, name)
        else:
            return _PROLOGUE.sub("", path.read_text("utf-8"), count=1).strip()
        return None


class StashExtension(Extension):  # type: ignore[misc]  # no stubs
    """Registers the preprocessor; its one setting is the docs folder."""

    def __init__(self, **settings: object) -> None:
        self.config = {"docs_dir": ["build/pages", "folder that the paths count from"]}
        super().__init__(**settings)

    @cached_property
    def _docs_dir(self) -> Path:
        return Path(self.getConfig("docs_dir")).resolve()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Hook into ``md``."""
        # A chart stands on its own, not in a paragraph.
        md.block_level_elements.append("svg")
        stash = StashPreprocessor(md, self._docs_dir)
        md.preprocessors.register(stash, "gone_dark_stash", _PRIORITY)


def makeExtension(**settings: object) -> StashExtension:  # noqa: N802  (Python-Markdown's name)
    """Return the extension, for Python-Markdown to register."""
    return StashExtension(**settings)
