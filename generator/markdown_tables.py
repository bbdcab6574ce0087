"""Python-Markdown extension: tables that scroll by themselves, for eyes, keyboards and policy.

A table wider than a phone gets a box of its own that can be focused and has a name; alignment
becomes a class, because the site's policy lets no style attribute through; and header cells say
that they head a column. Plain Python-Markdown, like ``markdown_svg``.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element  # nosec B405  (only the type)

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_ALIGNMENT = re.compile(r"text-align: (left|center|right);")
# After inline markup is done (20), so that header cells have their text.
_PRIORITY = 15


class TableTreeprocessor(Treeprocessor):  # type: ignore[misc]  # no stubs
    """Wraps every table that Markdown made; tables written as HTML are left alone."""

    def run(self, root: Element) -> None:
        """Change the page's tree in place."""
        parents = {child: parent for parent in root.iter() for child in parent}
        for number, table in enumerate(list(root.iter("table")), start=1):
            for cell in [*table.iter("th"), *table.iter("td")]:
                _align_by_class(cell)
            for cell in table.iter("th"):
                cell.set("scope", "col")
            _wrap(table, parents[table], number)


def _align_by_class(cell: Element) -> None:
    aligned = _ALIGNMENT.fullmatch(cell.attrib.pop("style", ""))
    if aligned:
        cell.set("class", f"gd-{aligned[1]}")


def _wrap(table: Element, parent: Element, number: int) -> None:
    # A number, because two regions of one page must not have one name.
    name = {"role": "region", "aria-label": f"Table {number}"}
    box = Element("div", {"class": "gd-scroll", "tabindex": "0", **name})
    box.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = box
    box.append(table)


class TableExtension(Extension):  # type: ignore[misc]  # no stubs
    """Registers the tree processor; it has no settings."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Hook into ``md``."""
        md.treeprocessors.register(TableTreeprocessor(md), "gone_dark_tables", _PRIORITY)


def makeExtension(**settings: object) -> TableExtension:  # noqa: N802  (Python-Markdown's name)
    """Return the extension, for Python-Markdown to register."""
    return TableExtension(**settings)
