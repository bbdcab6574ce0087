"""Style sheets as they are published: without what no page can use, and without what nobody reads.

The theme styles much that no page of ours has. A selector is dropped where it asks for a class that
is on no page, or for writing from right to left, as it then applies to nothing; a rule goes with
its last selector, a variable where nothing reads it, an animation where nothing plays it. What a
selector asks for within parentheses, as in ``:not(.x)``, is not looked into, and what
stays keeps its order: a page looks as with the whole sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby

import rcssmin
import tinycss2
from tinycss2.ast import Node

_CLASS = re.compile(r"""class=["']?([^"'>]+)""")
_WORD = re.compile(r"[\w-]+")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_PLAYS = re.compile(r"animation(?:-name)?:([^;}]*)")
_HOLDS_RULES = ("media", "supports")
_OTHER_WAY = "dir=rtl"  # no page is written so


def class_names(html: str) -> set[str]:
    """Return the classes that a page's elements have."""
    return {name for names in set(_CLASS.findall(html)) for name in names.split()}


def words(script: str) -> set[str]:
    """Return every word of a script: among them are the classes that it may give to an element."""
    return set(_WORD.findall(script))


def used_rules(sheet: str, names: Collection[str]) -> str:
    """Return the style sheet without what needs a class other than ``names``.

    Its variables are its own: other sheets may set them, and read none.
    """
    left = _each(sheet, lambda rule: _for_classes(rule, names))
    while (less := _without_idle(left)) != left:
        left = less
    return left


def compact(sheet: str) -> str:
    """Return the style sheet without comments and blank space."""
    shorter: str = rcssmin.cssmin(sheet)
    return shorter


def _each(sheet: str, change: Callable[[Node], str]) -> str:
    """Return the sheet with each rule, those within conditions too, as ``change`` gives it."""
    return "".join(_changed(tinycss2.parse_stylesheet(sheet), change))


def _changed(rules: Iterable[Node], change: Callable[[Node], str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in _HOLDS_RULES:
            inner = "".join(_changed(tinycss2.parse_rule_list(rule.content), change))
            if inner:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        else:
            yield change(rule)


def _for_classes(rule: Node, names: Collection[str]) -> str:
    """Return a rule with those of its selectors that some page can meet."""
    if rule.type != "qualified-rule":
        return _text(rule)
    parts = groupby(rule.prelude, key=lambda part: part == ",")
    selectors = [list(part) for is_comma, part in parts if not is_comma]
    prelude = ",".join(tinycss2.serialize(one) for one in selectors if _applies(one, names))
    return f"{prelude}{{{tinycss2.serialize(rule.content)}}}" if prelude else ""


def _applies(selector: Iterable[Node], names: Collection[str]) -> bool:
    before = None
    for part in selector:
        if before == "." and part.type == "ident" and part.value not in names:
            return False
        if part.type == "[] block" and tinycss2.serialize(part.content) == _OTHER_WAY:
            return False
        before = part
    return True


def _without_idle(sheet: str) -> str:
    """Return the sheet without variables that nothing reads and animations that nothing plays."""
    read, played = set(_READ.findall(sheet)), words(" ".join(_PLAYS.findall(sheet)))

    def busy(rule: Node) -> str:
        if rule.type == "at-rule" and rule.lower_at_keyword == "keyframes":
            return _text(rule) if tinycss2.serialize(rule.prelude).strip() in played else ""
        if rule.type != "qualified-rule" or "--" not in tinycss2.serialize(rule.content):
            return _text(rule)
        said = tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)
        kept = [one for one in said if not _is_unread(one, read)]
        inner = ";".join(_text(one) for one in kept)
        return f"{tinycss2.serialize(rule.prelude)}{{{inner}}}" if inner else ""

    return _each(sheet, busy)


def _is_unread(said: Node, read: Collection[str]) -> bool:
    return said.type == "declaration" and said.name.startswith("--") and said.name not in read


def _text(node: Node) -> str:
    text: str = node.serialize()
    return text
