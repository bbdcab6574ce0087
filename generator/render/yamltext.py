"""A tree of text as YAML that this archive reads back as the same tree, with comments for people.

Every value is written so that nothing in it can end it: plain where that is safe beyond doubt,
else in quotes or folded.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

WIDTH = 98
_STEP = "  "

# No indicator at its beginning, no `: ` and no ` #` in it, and no word that YAML takes for nothing.
_PLAIN = re.compile(
    r"[^\W_](?:[\w/.,;()+~'?=&%#!-]|:(?=[\w/])|\[@[a-z0-9-]+\]| (?=[\w(]|\[@[a-z0-9-]+\]))*"
)
_BARE = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_NOTHING = frozenset(("null", "Null", "NULL"))

Comments = Mapping[str, str]
Path = tuple[str, ...]


def yaml_text(tree: Mapping[str, Any], comments: Comments) -> str:
    """Return a mapping as YAML text, ending with a newline.

    ``comments`` go above the fields they are named for, as in ``episodes.start``; items of lists
    have no number there, and a comment stands at the first of them only.
    """
    return "\n".join(_Writer(dict(comments)).mapping(tree, (), "")) + "\n"


class _Writer:
    """Walks the tree and hands out its lines; each comment is given once."""

    def __init__(self, comments: dict[str, str]) -> None:
        self.comments = comments

    def mapping(self, node: Mapping[str, Any], path: Path, indent: str) -> Iterator[str]:
        for key, value in node.items():
            here = (*path, key)
            yield from self.comment(here, indent)
            yield from self.field(key, value, here, indent)

    def comment(self, path: Path, indent: str) -> Iterator[str]:
        if text := self.comments.pop(".".join(path), ""):
            if len(path) == 1:
                yield ""
            for line in _wrapped(text, WIDTH - len(indent) - 2):
                yield f"{indent}# {line}"

    def field(self, key: str, value: Any, path: Path, indent: str) -> Iterator[str]:  # noqa: ANN401
        name = f"{indent}{_scalar(key)}:"
        if isinstance(value, str):
            yield from _text(name, value, indent)
        elif isinstance(value, Mapping):
            yield name
            yield from self.mapping(value, path, indent + _STEP)
        elif all(isinstance(item, str) and _is_bare(item) for item in value):
            yield f"{name} [{', '.join(value)}]"
        else:
            yield name
            for item in value:
                yield from self.item(item, path, indent + _STEP)

    def item(self, item: Any, path: Path, indent: str) -> Iterator[str]:  # noqa: ANN401
        if isinstance(item, str):
            yield from _text(f"{indent}-", item, indent)
            return
        bullet = "- "
        for line in self.mapping(item, path, indent + _STEP):
            is_field = not line.lstrip().startswith("#")
            yield indent + bullet + line[len(indent) + 2 :] if is_field else line
            bullet = _STEP if is_field else bullet


@cache  # thousands of drafts have the same comments
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    return tuple(textwrap.wrap(text, width, break_on_hyphens=False))


def _text(name: str, text: str, indent: str) -> Iterator[str]:
    whole = f"{name} {_scalar(text)}"
    if len(whole) <= WIDTH or not _folds(text):
        yield whole
        return
    yield f"{name} >-"
    inner = indent + _STEP
    for line in textwrap.wrap(
        text, WIDTH - len(inner), break_long_words=False, break_on_hyphens=False
    ):
        yield inner + line


def _folds(text: str) -> bool:
    return " " in text and text.split(" ") == text.split()


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text not in _NOTHING:
        return text
    if "\n" in text or not text.isprintable():
        return json.dumps(text, ensure_ascii=False)
    return "'" + text.replace("'", "''") + "'"


def _is_bare(text: str) -> bool:
    return bool(_BARE.fullmatch(text)) and text not in _NOTHING
