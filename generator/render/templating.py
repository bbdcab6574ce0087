"""The template environment: everything printed is made inert, citations become links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.derive.citations import CITATION
from generator.model.incident import Source
from generator.render.escape import finalize, inert

# A citation stands close to its word, as in print.
_BEFORE_CITATION = re.compile(r"\s+<sup>")


class _Environment(Environment):
    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401  (templates take any value)
        """Return an attribute; of a dict, which most of what is filled in is, first its item.

        The other way round every look at an item begins with an exception.
        """
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


_ENVIRONMENT = _Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    finalize=finalize,
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)


def fill(template: str, **context: Any) -> str:  # noqa: ANN401  (templates take any value)
    """Return a template's text with ``context`` filled in; an unknown name is an error."""
    return _ENVIRONMENT.get_template(template).render(**context)


def html(markup: str) -> Markup:
    """Return our own markup as such. Never called with text from a record."""
    return Markup(markup)  # noqa: S704  # nosec B704  (literal or inert)


def verbatim(text: str) -> Markup:
    """Return text made inert line by line, for code to be copied."""
    return html("\n").join(inert(line) for line in text.splitlines())


@dataclass(frozen=True)
class Cited:
    """A source as a citation shows it."""

    key: str
    number: int
    publisher: str


@dataclass(frozen=True)
class Citer:
    """Turns source keys into numbered links of one page."""

    sources: Mapping[str, Source]
    numbers: Mapping[str, int]

    def cited(self, keys: Iterable[str]) -> list[Cited]:
        """Return the sources of ``keys`` for a template, by number; no key twice."""
        known = {key for key in keys if key in self.sources}
        cites = [Cited(key, self.numbers[key], self.sources[key].publisher) for key in known]
        return sorted(cites, key=lambda cite: cite.number)

    def others(self, keys: Iterable[str], prose: str | None) -> list[Cited]:
        """Return the sources of ``keys`` that ``prose`` does not cite itself."""
        already = set(CITATION.findall(prose or ""))
        return self.cited(key for key in keys if key not in already)

    def prose(self, text: str | None) -> Markup | None:
        """Return a record's prose as inert HTML with its citations as links; None stays None."""
        if text is None:
            return None
        pieces = CITATION.split(text)
        plain = [inert(piece) for piece in pieces[::2]]
        links = [self._link(key) for key in pieces[1::2]]
        joined = "".join(part for pair in zip_longest(plain, links, fillvalue="") for part in pair)
        return html(_BEFORE_CITATION.sub("<sup>", joined).replace("</sup><sup>", ", "))

    def _link(self, key: str) -> Markup:
        number = self.numbers.get(key)
        if number is None:
            return inert(f"[@{key}]")
        title = inert(self.sources[key].publisher)
        link = f'<a class="cite" href="#source-{key}" title="{title}">{number}</a>'
        return html(f"<sup>{link}</sup>")


def without_citations(text: str) -> str:
    """Return prose without its citations, for feeds, descriptions and data."""
    return (
        " ".join(CITATION.sub("", text).split())
        .replace(" .", ".")
        .replace(" ,", ",")
        .replace(" ;", ";")
    )
