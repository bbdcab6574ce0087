"""A page as it opens from a folder on a disk, where there is no server."""

from __future__ import annotations

import re

# Browsers run no module from a disk, and without one all that a page says is there: see the tests.
_SCRIPT = re.compile(r"<script (?:type=\"module\" )?src=\"[^\"]*\"></script>\n?")
_LINK = re.compile(r"(<a\b[^>]*?\bhref=\")([^\"?#]*)")
_FOLDER = re.compile(r"(?:[^:]*/)?\.{0,2}")


def offline(html: str) -> str:
    """Return the page without its scripts, its links to folders leading to the page in them."""
    return _LINK.sub(lambda link: link[1] + _file(link[2]), _SCRIPT.sub("", html))


def _file(path: str) -> str:
    if not path or not _FOLDER.fullmatch(path):
        return path
    return f"{path.removesuffix('/')}/index.html"
