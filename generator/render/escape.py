"""Text from a record, made inert before it enters Markdown, front matter, HTML or JSON."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from markupsafe import Markup

# Everything that Markdown, an extension of it, Jinja, HTML or an attribute could read as syntax
# becomes a numeric reference: all of ASCII's punctuation but these few, harmless inside a line.
_SYNTAX = {
    char: f"&#{ord(char)};"
    for char in map(chr, range(128))
    if not (char.isalnum() or char in " \t\n\r\f\v,.;?-")
}
_READ_AS_SYNTAX = re.compile(f"[{re.escape(''.join(_SYNTAX))}]")
_BLANKS = re.compile(r"[ \n\t]{2,}|[\n\t]")


@lru_cache(maxsize=1 << 12)  # the same words stand in all parts of a page, and in every page
def inert(text: str) -> Markup:
    """Return ``text`` on one line, as HTML that no parser on the way can read as markup."""
    flat = _BLANKS.sub(" ", text)
    harmless = _READ_AS_SYNTAX.sub(lambda found: _SYNTAX[found[0]], flat)
    return Markup(harmless)  # noqa: S704  # nosec B704  (this escapes)


def code_span(text: str) -> str:
    """Return ``text`` on one line as code in Markdown that nothing in it can end.

    For comments on GitHub, where numeric references do not hide a name that begins with @ from
    those who look for names, but code does. Not for tables: a | would part their cells.
    """
    flat = " ".join(text.split())
    longest = max((len(run) for run in re.findall(r"`+", flat)), default=0)
    fence = "`" * (longest + 1)
    space = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{space}{flat}{space}{fence}" if flat else ""


def finalize(value: object) -> Markup:
    """Return what a template prints for ``value``: markup as it is, all else made inert."""
    if isinstance(value, Markup):
        return value
    return Markup("") if value is None else inert(str(value))


def inert_json(value: Any, indent: int | None = None) -> str:  # noqa: ANN401  (any JSON value)
    """Return ``value`` as JSON that may stand inside a script element; NaN is refused."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
