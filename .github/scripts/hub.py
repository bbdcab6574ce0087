"""GitHub's API, as little of it as the workflows need. Python's own library only.

What runs with leave to write installs nothing.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import Any

TIMEOUT_S = 30
MOST_ANSWER_BYTES = 20_000_000
PAGE_LENGTH = 100
MOST_PAGES = 10
BOT = "github-actions[bot]"


class HubError(Exception):
    """What GitHub, or what it sent, would not do; in words for the workflow's log."""


class UnfitError(HubError):
    """What a run left behind cannot be used; asking again would not help."""


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing by itself: a redirect would carry the token to another host."""

    def redirect_request(self, *_: Any) -> None:
        """Return no further request, so that the redirect itself is the answer."""
        return


@dataclass(frozen=True)
class Hub:
    """One repository at one address of the API."""

    api: str
    repository: str
    token: str

    @classmethod
    def here(cls) -> Hub:
        """Return the repository whose workflow is running."""
        names = ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN")
        if lacking := [name for name in names if not os.environ.get(name)]:
            raise HubError(f"not in the environment: {', '.join(lacking)}")
        return cls(*(os.environ[name] for name in names))

    def get(self, path: str, **query: str | int) -> Any:
        """Return what ``path``, below the repository, holds."""
        return self._asked("GET", path, None, query)

    def send(self, method: str, path: str, body: object) -> Any:
        """Post or patch ``body``, and return the answer."""
        return self._asked(method, path, body, {})

    def pages(self, path: str, **query: str | int) -> Iterator[Any]:
        """Yield the entries of a list, page by page; at most a thousand."""
        for number in range(1, MOST_PAGES + 1):
            found = self.get(path, **query, per_page=PAGE_LENGTH, page=number)
            yield from found
            if len(found) < PAGE_LENGTH:
                return

    def download(self, path: str, most_bytes: int) -> bytes:
        """Return the bytes that ``path`` leads to, elsewhere too; the token stays here."""
        with self._opened("GET", path, None, {}) as answer:
            place = answer.headers.get("Location", "")
            if not place:
                return _bounded(answer, most_bytes)
        same_scheme = urllib.parse.urlsplit(self.api).scheme
        if urllib.parse.urlsplit(place).scheme != same_scheme:
            raise HubError(f"{path}: led to an address that is not {same_scheme}")
        with _opened(urllib.request.Request(place), path) as answer:  # noqa: S310  (checked above)
            return _bounded(answer, most_bytes)

    def _asked(self, method: str, path: str, body: object, query: dict[str, str | int]) -> Any:
        with self._opened(method, path, body, query) as answer:
            content = _bounded(answer, MOST_ANSWER_BYTES)
        try:
            return json.loads(content)
        except ValueError:
            raise HubError(f"{method} {path}: the answer is no JSON") from None

    def _opened(
        self, method: str, path: str, body: object, query: dict[str, str | int]
    ) -> HTTPResponse:
        asked = f"?{urllib.parse.urlencode(query)}" if query else ""
        request = urllib.request.Request(  # noqa: S310  (the API's own address)
            f"{self.api}/repos/{self.repository}/{path}".rstrip("/") + asked,
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "User-Agent": "gone-dark-workflows",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        return _opened(request, f"{method} {path}")


def _opened(request: urllib.request.Request, told: str) -> HTTPResponse:
    opener = urllib.request.build_opener(Stay)
    try:
        answer: HTTPResponse = opener.open(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError as error:
        if 300 <= error.code < 400:
            return error  # type: ignore[return-value]  # the same methods, by duck typing
        raise HubError(f"{told}: GitHub answered {error.code}") from None
    except OSError as error:
        raise HubError(f"{told}: {error}") from None
    return answer


def _bounded(answer: HTTPResponse, most_bytes: int) -> bytes:
    try:
        content = answer.read(most_bytes + 1)
    except (OSError, HTTPException) as error:
        raise HubError(f"the answer broke off: {error}") from None
    if len(content) > most_bytes:
        raise HubError(f"more than {most_bytes:,} bytes were sent")
    return content
