"""What became of a record's sources on the web: ``links.yaml``, which the machine writes."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from typing_extensions import override

from generator.model.claims import Model
from generator.model.evidence import Day
from generator.model.incident import Source
from generator.model.resources import Url
from generator.model.values import Count
from generator.model.vocabulary import Key, Line


class LinkState(StrEnum):
    """What asking for an address showed. Only ``works`` and ``moved`` bring the page."""

    WORKS = "works"
    MOVED = "moved"
    PAYWALLED = "paywalled"
    REFUSED = "refused"
    LOOKS_DEAD = "looks-dead"
    DEAD = "dead"
    UNREACHABLE = "unreachable"


class Snapshot(Url):
    """An address of a copy in the Wayback Machine, at one second."""

    pattern = r"https://web\.archive\.org/web/[0-9]{14}/https?://[^\s<>\"'\\\[\]{}|^`\x00-\x20\x7f]{1,2000}"
    expected = "a copy like https://web.archive.org/web/20141222161500/https://example.org/"

    @property
    def original(self) -> str:
        """The address that it is a copy of."""
        return self.text.split("/", 5)[5]

    @property
    def at(self) -> datetime:
        """When the copy was made; its address is known to hold a date that exists."""
        return datetime.strptime(self.text.split("/")[4], "%Y%m%d%H%M%S").replace(tzinfo=UTC)

    @classmethod
    @override
    def parse(cls, text: str) -> Snapshot:
        super().parse(text)
        copy = cls(text)
        try:
            copy.at  # noqa: B018  (raises ValueError for a date that does not exist)
        except ValueError:
            raise ValueError(f"expected {cls.expected}") from None
        return copy


class Link(Model):
    """One source as it was last asked for."""

    url: Url = Field(description="The address that was asked for; the record's, at that time.")
    checked: Day | None = Field(None, description="The day it was asked for.")
    state: LinkState | None = Field(None, description="What that showed.")
    since: Day | None = Field(None, description="The first check in a row that showed the same.")
    status: Count | None = Field(None, description="The status of the answer, where one came.")
    to: Url | None = Field(None, description="Where it has moved to for good.")
    why: Line | None = Field(None, description="How the state is known, in a few words.")
    archived: Snapshot | None = Field(None, description="A copy in the Wayback Machine.")

    @model_validator(mode="after")
    def _copy_is_of_that_address(self) -> Self:
        if self.archived and _host(self.archived.original) != _host(self.url.text):
            raise ValueError("expected `archived` to be a copy from the host of `url`")
        return self


class Links(Model):
    """THE SCHEMA of ``links.yaml``."""

    sources: Annotated[dict[Key, Link], Field(min_length=1)] = Field(
        description="What was found of each source, by its key."
    )

    def of(self, key: str, source: Source) -> Link | None:
        """Return what was found of a source; None where that was at another address."""
        link = self.sources.get(key)
        return link if link and link.url == source.url else None


def copy_of(key: str, source: Source, links: Links | None) -> Url | None:
    """Return the address of a source's archived copy: the record's own, or one that was found."""
    link = links.of(key, source) if links else None
    return source.archived or (link.archived if link else None)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
