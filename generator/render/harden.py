"""Cures for what the theme writes that a strict page must not hold: HTML in, HTML out.

Each cure is one small function with its reason; adding one is adding a function and a line in
``AROUND``, where it is about what the theme puts around a page's content, or in ``CURES``, where it
is about all of it. Nothing here opens a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import TypeAlias

from generator.render.policy import with_policy

_JSON_LD = re.compile(r'<meta name="gone-dark:json-ld" content="([^"]*)">')
# The theme's two inline scripts, by how they begin. A new one is not dropped, it stops the build.
_THEME_SCRIPT = re.compile(
    r"<script>(?:__md_scope=new URL\(|var target=document\.getElementById\(location\.hash)"
    r".*?</script>\s*",
    re.DOTALL,
)
_SWITCH = re.compile(
    r'<input class="md-toggle"[^>]*>\s*|<label class="md-overlay"[^>]*></label>\s*'
)
_SKIP = re.compile(r'<div data-md-component="skip">.*?</div>\s*', re.DOTALL)
_ANNOUNCE = re.compile(r'<div data-md-component="announce">\s*</div>\s*')
_DIALOG = re.compile(
    r'<div class="md-dialog" data-md-component="dialog">\s*<div class="md-dialog__inner[^>]*>\s*'
    r"</div>\s*</div>\s*"
)
# What a page says, nine tenths of it, which the theme's own marks are not looked for in.
_CONTENT, _CONTENT_ENDS = '<article class="md-typeset">', "</article>"
_VERBATIM = re.compile(r"(<(pre|textarea|script)\b.*?</\2>)", re.DOTALL)
# Two, each of which begins with what is seldom: one for both would be tried at every letter.
_INDENT = re.compile(r"\n[ \t\n]+")
_TRAILING = re.compile(r"(?<![ \t])[ \t]+\n")


def drop_theme_scripts(html: str) -> str:
    """Remove the theme's inline scripts: only they would need an exception in the policy."""
    return _THEME_SCRIPT.sub("", html)


def drop_theme_switches(html: str) -> str:
    """Remove checkboxes that switched a drawer we do not have; they fail two HTML checkers."""
    return _SWITCH.sub("", html)


def drop_theme_skip_link(html: str) -> str:
    """Remove the theme's skip link: ours leads to the content, not to its first heading."""
    return _SKIP.sub("", html)


def drop_empty_hosts(html: str) -> str:
    """Remove elements that wait for scripts we do not ship."""
    return _DIALOG.sub("", _ANNOUNCE.sub("", html))


def focus_code(html: str) -> str:
    """Let the keyboard into code blocks: a long line scrolls, and not every reader has a mouse."""
    return html.replace("<pre><code", '<pre tabindex="0"><code')


def drop_blank_space(html: str) -> str:
    """Remove blank lines and indents outside preformatted text: a tenth of a page's bytes."""
    parts = _VERBATIM.split(html)
    # split gives text, verbatim, its tag name, text, ...
    return "".join(
        _without_blank_space(part) if at % 3 == 0 else part
        for at, part in enumerate(parts)
        if at % 3 < 2
    )


def _without_blank_space(text: str) -> str:
    dense = _INDENT.sub("\n", text)
    return _TRAILING.sub("\n", dense) if " \n" in dense or "\t\n" in dense else dense


Cure: TypeAlias = Callable[[str], str]
AROUND: tuple[Cure, ...] = (
    drop_theme_scripts,
    drop_theme_switches,
    drop_theme_skip_link,
    drop_empty_hosts,
)
CURES: tuple[Cure, ...] = (focus_code, drop_blank_space)


def json_ld_path(html: str) -> str | None:
    """Return the docs path of the structured data that a page asks for, or None."""
    asked = _JSON_LD.search(html)
    return unescape(asked[1]) if asked else None


def with_json_ld(html: str, data: str) -> str:
    """Return the page with ``data``, JSON already safe inside a script element, for its mark."""
    script = f'<script type="application/ld+json">{data}</script>'
    return _JSON_LD.sub(lambda _: script, html, count=1)


def harden(html: str) -> str:
    """Return a page as the theme built it cured of all that is in ``AROUND`` and in ``CURES``, with
    its policy.
    """
    before, begins, rest = html.partition(_CONTENT)
    content, ends, after = rest.rpartition(_CONTENT_ENDS)
    before, after = (_cured(part, AROUND) for part in (before, after))
    return with_policy(_cured(f"{before}{begins}{content}{ends}{after}", CURES))


def _cured(html: str, cures: Iterable[Cure]) -> str:
    for cure in cures:
        html = cure(html)
    return html
