"""Strangers' words in a comment or an issue: formatted, but calling nobody and leading nowhere."""

from __future__ import annotations

import html
import re
import unicodedata

MOST_CHARS = 63_000  # GitHub takes 65,536, our own words included
BREAK = "\u200b"  # parts two signs without being seen
CUT = "\n\n_The rest is left out here for its length; it is in the files kept with the check._\n"

_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_TAG = re.compile(
    r"<(?!/?(?:details|summary|sub|sup|code|br|b|p|ul|li|table|thead|tbody|tr|th|td|h3)>)"
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_LINK = re.compile(r"\]\((?P<target>[^)\s]*)")


def inert(text: str, own: str = "") -> str:
    """Return Markdown in which only formatting is left of what GitHub does with a text.

    Gone are hidden characters, HTML but for the simplest tags, pictures, links but for those that
    begin with ``own``, calls to people (@name), and mentions of issues (#1). Cut to a length.
    """
    seen = visible(text)
    for pattern, replacement in (
        (_TAG, "&lt;"),
        (r"!(?=\[)", f"!{BREAK}"),
        (r"(?m)(?<=\]):", f"{BREAK}:"),
        (r"\](?=\[)", f"]{BREAK}"),
        (r"@", f"@{BREAK}"),
        (r"(?<!&)#(?=\d)", f"#{BREAK}"),
        (r"\b(GH-)(?=\d)", rf"\1{BREAK}"),
    ):
        seen = re.sub(pattern, replacement, seen)
    seen = _REFERENCE.sub(_reference, seen)
    return shortened(_LINK.sub(lambda found: _link(found, own), seen))


def _reference(found: re.Match[str]) -> str:
    """A sign that is written as a reference acts like the sign itself, once the page is made."""
    return found[0] + BREAK if html.unescape(found[0]) in ("@", "#") else found[0]


def _link(found: re.Match[str], own: str) -> str:
    kept = found["target"].startswith("#") or (own and found["target"].startswith(own))
    return found[0] if kept else f"]{BREAK}({found['target']}"


def visible(text: str) -> str:
    """Return a text without what nobody can see in it."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _HIDDEN)


def shortened(text: str) -> str:
    """Return a text of at most ``MOST_CHARS``, cut at a line's end, with every block closed."""
    if len(text) <= MOST_CHARS:
        return text
    kept = text[: MOST_CHARS - 500].rpartition("\n")[0]
    fence = "\n```" if len(re.findall(r"(?m)^```", kept)) % 2 else ""
    opened = kept.count("<details>") - kept.count("</details>")
    return kept + fence + "\n</details>" * min(max(opened, 0), 10) + CUT


def fenced(text: str, language: str = "") -> str:
    """Return a text as a block of code that nothing in it can end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}\n"
