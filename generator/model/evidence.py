"""Routing evidence: the two forms of its table, and where it came from.

*Messages* has one row per announcement, withdrawal or session change of one peer. *Visibility*
has one row per change of what the peers see of one prefix.

A path is written as its ASNs with a space between, as received, prepending included, an unordered
set of ASNs as ``{64500+64501}``; ``upstreams`` as pairs of an upstream's ASN and the number of
full-feed peer ASNs that reach the prefix through it, sorted as text: ``1299:1 174:1``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from typing_extensions import override

from generator.model.addresses import address_of
from generator.model.claims import Model
from generator.model.resources import Asn, Url
from generator.model.values import Count, Moment, Scalar
from generator.model.vocabulary import Line, Prose


class Grade(StrEnum):
    """What is frozen: the messages themselves, or only the figures computed from them."""

    MESSAGES = "messages"
    VISIBILITY = "visibility"


class Event(StrEnum):
    """What a row of the messages form tells of its peer."""

    STATE = "S"
    ANNOUNCE = "A"
    WITHDRAW = "W"
    SESSION_DOWN = "D"
    SESSION_UP = "U"


@dataclass(frozen=True)
class Form:
    """One form of the table: its file, its columns, and the columns its rows are sorted by.

    Rows of the messages form that agree in ``sorted_by`` stand in the order they happened.
    Those of the visibility form never agree: a prefix has one row per second at most, and its
    first row is the state at the start.
    """

    file: str
    columns: tuple[str, ...]
    sorted_by: tuple[str, ...]


PROVENANCE_FILE = "provenance.yaml"
FORMS = {
    Grade.MESSAGES: Form(
        "messages.csv.gz",
        ("time", "collector", "peer_ip", "peer_asn", "event", "prefix", "origin", "path"),
        ("time", "collector", "peer_ip"),
    ),
    Grade.VISIBILITY: Form(
        "visibility.csv.gz",
        ("time", "prefix", "seeing", "known", "upstreams"),
        ("prefix", "time"),
    ),
}
TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"

CollectorName = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$", max_length=60)
]


class Second(Moment):
    """A time given to the second."""

    pattern = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
    expected = "a UTC second like 2014-12-22T16:15:07Z"


class Day(Moment):
    """A date."""

    pattern = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    expected = "a date like 2014-12-22"


@dataclass(frozen=True)
class _Hex(Scalar):
    text: str

    @classmethod
    @override
    def parse(cls, text: str) -> Self:
        return cls(cls._match(text)[0])

    def __str__(self) -> str:
        return self.text


class Sha256(_Hex):
    """A SHA-256 sum."""

    pattern = r"[0-9a-f]{64}"
    expected = "a SHA-256 sum of 64 hexadecimal digits"


class Commit(_Hex):
    """The name of a Git commit."""

    pattern = r"[0-9a-f]{40}"
    expected = "a Git commit of 40 hexadecimal digits"


@dataclass(frozen=True, order=True)
class IpAddress(Scalar):
    """An IPv4 or IPv6 address, written in its one canonical form."""

    pattern = r"[0-9a-f.:]{2,39}"
    expected = "an IP address like 195.66.224.138"

    text: str

    @classmethod
    @override
    def parse(cls, text: str) -> IpAddress:
        cls._match(text)
        try:
            canonical = address_of(text)
        except ValueError:
            raise ValueError(f"expected {cls.expected}") from None
        if canonical != text:
            raise ValueError(f"expected the canonical form {canonical}")
        return cls(text)

    def __str__(self) -> str:
        return self.text


class Window(Model):
    """The stretch of time that the evidence covers, both ends included."""

    since: Second = Field(alias="from", description="First second covered.")
    until: Second = Field(alias="to", description="Last second covered.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until.earliest < self.since.earliest:
            raise ValueError("expected `to` to be no earlier than `from`")
        return self


class Gap(Window):
    """A stretch in which a collector recorded nothing, so that its peers are unknown."""

    collector: CollectorName = Field(description="The collector.")
    why: Prose = Field(description="How the gap is known.")


class Input(Model):
    """A file that somebody else published and the evidence was made from."""

    name: Line = Field(description="The file's name.")
    url: Url = Field(description="Where it is published.")
    bytes: Count = Field(description="Its size.")
    sha256: Sha256 = Field(description="Its SHA-256 sum.")
    commit: Commit | None = Field(None, description="Its Git commit, when `url` is a repository.")
    retrieved: Day | None = Field(None, description="The day it was retrieved.")


class Peer(Model):
    """A router that told a collector its routes."""

    collector: CollectorName = Field(description="The collector that heard it, such as rrc01.")
    ip: IpAddress = Field(description="Its address.")
    asn: Asn = Field(description="Its network.")
    name: Line | None = Field(None, description="Its network's name.")
    full_feed: Literal["yes", "no"] = Field(
        description="Whether it told its whole table. Only such peers count in figures."
    )
    basis: Prose = Field(description="How its feed is known to be full, or not.")


class Table(Model):
    """The frozen table, and what proves that it is unharmed."""

    file: Literal["messages.csv.gz", "visibility.csv.gz"] = Field(description="Its file.")
    rows: Count = Field(description="Rows under the header.")
    sha256: Sha256 = Field(description="SHA-256 of the file.")
    unpacked_sha256: Sha256 = Field(
        description="SHA-256 of the CSV inside, which does not depend on how it was packed."
    )


class Facts(Model):
    """What is known of the evidence before its table is written."""

    grade: Grade = Field(description="`messages`, or `visibility` where those cannot be passed on.")
    because: Prose = Field(description="Why this grade.")
    messages: Url = Field(description="Where the messages are published.")
    attribution: Prose = Field(description="The line that the data's terms ask for.")
    terms: Url = Field(description="Those terms.")
    generator: Line = Field(description="The version of this archive's software that made it.")
    window: Window = Field(description="The stretch of time covered.")
    inputs: Annotated[tuple[Input, ...], Field(min_length=1)] = Field(
        description="The files it was made from."
    )
    peers: Annotated[tuple[Peer, ...], Field(min_length=1)] = Field(
        description="Whose routes they are."
    )
    gaps: tuple[Gap, ...] = Field((), description="Stretches without data.")
    note: Prose | None = Field(None, description="What else a reader of the figures should know.")

    @model_validator(mode="after")
    def _peers_can_count(self) -> Self:
        if len({(peer.collector, peer.ip) for peer in self.peers}) < len(self.peers):
            raise ValueError("expected each pair of collector and ip once among the peers")
        if not self.vantage_points:
            raise ValueError("expected at least one peer with a full feed")
        return self

    @property
    def vantage_points(self) -> int:
        """How many distinct networks gave a full feed: the most that can see a prefix."""
        return len({peer.asn for peer in self.peers if peer.full_feed == "yes"})

    @property
    def form(self) -> Form:
        """The form of the table that goes with the grade."""
        return FORMS[self.grade]


class Provenance(Facts):
    """THE SCHEMA of ``routing/provenance.yaml``."""

    table: Table = Field(description="The frozen table.")

    @model_validator(mode="after")
    def _table_has_the_grade(self) -> Self:
        if self.table.file != self.form.file:
            raise ValueError(f"expected table.file {self.form.file} for the grade {self.grade}")
        return self
