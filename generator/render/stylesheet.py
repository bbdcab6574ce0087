"""The theme's style sheet, cut down to the rules that some page can use: text in, text out.

The theme styles much that no page of ours has. A rule is dropped where each of its selectors asks
for a class that is on no page, as it then applies to nothing. What a selector asks for within
parentheses, as in ``:not(.x)``, is not looked into, and no rule is changed or moved: a page looks
as with the whole sheet.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

import tinycss2
from tinycss2.ast import Node

_CLASS = re.compile(r"""class=["']?([^"'>]+)""")
_WORD = re.compile(r"[\w-]+")
_HOLDS_RULES = ("media", "supports")


def class_names(html: str) -> set[str]:
    """Return the classes that a page's elements have."""
    return {name for names in set(_CLASS.findall(html)) for name in names.split()}


def words(script: str) -> set[str]:
    """Return every word of a script: among them are the classes that it may give to an element."""
    return set(_WORD.findall(script))


def used_rules(sheet: str, names: Collection[str]) -> str:
    """Return the style sheet without the rules that need a class other than ``names``."""
    return "".join(_used(tinycss2.parse_stylesheet(sheet), names))


def _used(rules: Iterable[Node], names: Collection[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in _HOLDS_RULES:
            inner = "".join(_used(tinycss2.parse_rule_list(rule.content), names))
            if inner:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        elif rule.type != "qualified-rule" or _applies(rule.prelude, names):
            yield rule.serialize()


def _applies(selectors: Iterable[Node], names: Collection[str]) -> bool:
    """Whether one of the selectors, which commas part, asks for no class but ``names``."""
    possible, before = True, None
    for part in selectors:
        if part == ",":
            if possible:
                return True
            possible = True
        elif before == "." and part.type == "ident":
            possible = possible and part.value in names
        before = part
    return possible
