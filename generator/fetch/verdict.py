"""What a visit means for a source: there, moved, gone, or closed to programs. Rules of thumb.

- *works*: an answer of success. From http to https, to or from ``www.``, or a slash at the end, is
  the same place.
- *moved*: success after redirects for good (301, 308) to another place.
- *dead*: 404, 410, or a host whose name does not exist.
- *looks dead*: success, but the title says that the page is not found, or a deep address leads to
  the front page.
- *paywalled*: 402, 401, or a page whose own markup says ``isAccessibleForFree: false``
  (schema.org, which search engines ask of paywalled pages).
- *refused*: 403, 406, 429, 451, 999: programs are not let in. People may be, so it is no fault.
- *unreachable*: anything else, which may pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import SplitResult, urlsplit

from generator.fetch.visit import Visit
from generator.model.links import LinkState

_DEAD, _LOGIN = frozenset({404, 410}), frozenset({401, 402})
_REFUSED = frozenset({403, 405, 406, 429, 451, 999})
_TITLE = re.compile(r"<title[^>]*>(.{0,300}?)</title", re.IGNORECASE | re.DOTALL)
_NOT_FOUND = re.compile(
    r"^\W*404\b|\berror[: ]+404\b|\b404\W+(?:not found|error|page)|"
    r"\b(?:page|article|story|content|file)\b.{0,20}\b(?:not|no longer|cannot|can't) "
    r"(?:be )?(?:found|available|exist)|^not found|nicht gefunden|introuvable|no encontrada|"
    r"не найдена|ページが見つかりません|页面不存在",
    re.IGNORECASE,
)
_NOT_FREE = re.compile(r"isAccessibleForFree\"?\s*[:=]\s*\"?\s*false", re.IGNORECASE)
_FRONT = frozenset(("", "/", "/index.html", "/index.php", "/home", "/404"))


@dataclass(frozen=True)
class Verdict:
    """What became of an address; ``to`` where it has moved, ``why`` in a few words."""

    state: LinkState
    status: int | None = None
    to: str = ""
    why: str = ""
    nameless: bool = False


def judged(url: str, visit: Visit) -> Verdict:
    """Return what a visit to ``url`` shows of it."""
    status = visit.status
    if status is None:
        state = LinkState.DEAD if visit.nameless else LinkState.UNREACHABLE
        return Verdict(state, why=visit.why, nameless=visit.nameless)
    if status in _DEAD:
        return Verdict(LinkState.DEAD, status, why=f"HTTP {status}")
    if status in _LOGIN:
        return Verdict(LinkState.PAYWALLED, status, why=f"HTTP {status}")
    if status in _REFUSED:
        return Verdict(LinkState.REFUSED, status, why=f"HTTP {status}: programs are not let in")
    if not 200 <= status < 300:
        return Verdict(LinkState.UNREACHABLE, status, why=f"HTTP {status}")
    return _present(url, visit, status)


def _present(url: str, visit: Visit, status: int) -> Verdict:
    asked, found = urlsplit(url), urlsplit(visit.url)
    if _is_deep(asked) and not _is_deep(found):
        return Verdict(LinkState.LOOKS_DEAD, status, why="leads to the front page")
    title = _TITLE.search(visit.page)
    if title and _NOT_FOUND.search(" ".join(unescape(title[1]).split())):
        return Verdict(LinkState.LOOKS_DEAD, status, why="its title says that it is not found")
    if _NOT_FREE.search(visit.page):
        return Verdict(LinkState.PAYWALLED, status, why="says itself that it is not free")
    if visit.moved and _place(urlsplit(visit.moved)) != _place(asked):
        return Verdict(LinkState.MOVED, status, to=visit.moved)
    return Verdict(LinkState.WORKS, status)


def _is_deep(parts: SplitResult) -> bool:
    return parts.path.lower() not in _FRONT or bool(parts.query)


def _place(parts: SplitResult) -> tuple[str, str, str]:
    host = (parts.hostname or "").removeprefix("www.")
    return host, parts.path.rstrip("/"), parts.query
