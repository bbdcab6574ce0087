"""What a published page may load and run, and which pages break it.

The policy has no hash and no 'unsafe-inline': the site has no inline script and no inline style
at all, so nothing that gets into a page by mistake can run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

# frame-ancestors and reports are not possible in a meta element. 'wasm-unsafe-eval' is for the
# search engine's WebAssembly; it does not allow eval.
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
_METAS = (
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    '<meta name="referrer" content="no-referrer">'
)
_CHARSET = '<meta charset="utf-8">'

_TAG = r"""<([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>"""
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_BANNED = frozenset({"applet", "base", "embed", "frame", "iframe", "object", "portal", "style"})
_LOADING = frozenset({"audio", "embed", "img", "input", "script", "source", "track", "video"})
_LOADING_LINKS = re.compile(r"icon|manifest|preload|prefetch|preconnect|stylesheet")
_DATA_SCRIPTS = frozenset({"application/ld+json", "application/json"})
# Of twenty tags nineteen: one that loads nothing, each attribute in double quotes, none that could
# be a breach by its name, and an address that begins as no script's does. They need no closer look.
# No group is possessive: Python 3.11.2 goes on behind what such a group began and did not match.
_INERT = (
    r"<(?!(?:applet|audio|base|embed|frame|iframe|img|input|link|meta|object|portal|script|source"
    r"|style|track|video)[\s/>])[a-z][a-z0-9-]*+"
    r"(?:\s++(?:(?!on|style|href|src|action|xlink)(?:viewBox|[a-z][a-z0-9-]*+)(?:=\"[^\"]*+\")?"
    r"|href=\"[.#h][^\"]*+\")(?=[\s/>]))*\s*+/?>"
)
_TAGS = re.compile(f"{_INERT}|{_TAG}")
_LIVE_ADDRESS = re.compile(r"(?:javascript|vbscript|file|data:text/html)[:/]?", re.IGNORECASE)


def with_policy(html: str) -> str:
    """Return the page with its policy before anything that the policy governs."""
    return html.replace(_CHARSET, _CHARSET + _METAS, 1)


def breaches(html: str) -> list[str]:
    """Return what in a page its policy would block or must not be there, as short sentences."""
    tags = ((tag.lower(), rest) for tag, rest in _TAGS.findall(html) if tag)
    found = [fault for tag, rest in tags for fault in _faults(tag, rest)]
    if _METAS not in html:
        found.append("no content security policy")
    return found


def _faults(tag: str, rest: str) -> Iterator[str]:
    pairs = _ATTRIBUTE.findall(rest)
    attributes = {name.lower(): unescape(value.strip("\"'")) for name, value in pairs}
    if tag in _BANNED:
        yield f"a <{tag}> element"
    if tag == "script" and "src" not in attributes and attributes.get("type") not in _DATA_SCRIPTS:
        yield "an inline script"
    if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        yield "a page that sends its reader away"
    for name, value in attributes.items():
        yield from _attribute_faults(tag, name, value)
    if _loads(tag, attributes) and _is_foreign(attributes.get("src") or attributes.get("href", "")):
        yield f"a <{tag}> that loads from another site"


def _attribute_faults(tag: str, name: str, value: str) -> Iterator[str]:
    if name == "style":
        yield f"a style attribute on <{tag}>"
    if re.fullmatch(r"on[a-z]+", name):
        yield f"an {name} attribute on <{tag}>"
    if name in ("href", "src", "action", "xlink:href") and _LIVE_ADDRESS.match(_bare(value)):
        yield f"a <{tag}> whose address is a script"


def _bare(address: str) -> str:
    """An address without the blanks and controls that browsers ignore."""
    return re.sub(r"[\x00-\x20]", "", address)


def _loads(tag: str, attributes: dict[str, str]) -> bool:
    by_link = tag == "link" and bool(_LOADING_LINKS.search(attributes.get("rel", "")))
    return by_link or tag in _LOADING


def _is_foreign(address: str) -> bool:
    return bool(re.match(r"(?:[a-z]+:)?//", _bare(address), re.IGNORECASE))
