"""Which pages lead to which by links written in Markdown: those the engine must see together."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath

import yaml

_LINK = re.compile(r"\]\(\s*<?([^)\s>#]*)|^ {0,3}\[[^\]]+\]:\s*<?([^\s>#]+)", re.MULTILINE)
_AWAY = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


def bound_pages(
    links: Mapping[str, Collection[str]], pages: Path, nav: Collection[str]
) -> tuple[set[str], list[str]]:
    """Return the pages to be built together, and the files beside pages that they link to.

    ``links`` has what every page leads to, as ``links_of`` tells. To be built together are the
    pages of ``nav``, those with a link in Markdown, and all that those lead to.
    """
    linking = {name: targets for name, targets in links.items() if targets}
    bound, files = {*nav, *linking}, set[str]()
    for target in (target for targets in linking.values() for target in targets):
        if target in links:
            bound.add(target)
        elif not target.startswith("..") and (pages / target).is_file():
            files.add(target)
    return bound, sorted(files)


def links_of(name: str, text: str) -> list[str]:
    """Return the pages and files that a page leads to by links in Markdown.

    What looks like a link and is none does no harm.
    """
    if "](" not in text and "]:" not in text:
        return []
    return sorted({_resolved(name, link) for link in _links(text)})


def _links(text: str) -> Iterator[str]:
    for inline, reference in _LINK.findall(text):
        target = inline or reference
        if not _AWAY.match(target):
            yield target


def _resolved(name: str, link: str) -> str:
    return os.path.normpath(PurePosixPath(name).parent / link) if link else name


def nav_pages(project: Path) -> list[str]:
    """Return the pages that the settings put into the navigation."""
    nav = _nav(yaml.compose((project / "mkdocs.yml").read_text("utf-8"), Loader=yaml.SafeLoader))
    return list(nav)


def _nav(node: yaml.Node | None) -> Iterator[str]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "nav":
                yield from _leaves(value)


def _leaves(node: yaml.Node) -> Iterator[str]:
    if isinstance(node, yaml.ScalarNode):
        yield node.value
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _leaves(item)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _leaves(value)
