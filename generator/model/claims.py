"""Claims of time and duration, and the episodes that are made of them."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from generator.model.values import Length, Moment
from generator.model.vocabulary import Extent, Key, Layer, Line, Prose


class Model(BaseModel):
    """Frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Claim(Model):
    """Who says so, and whether somebody else said it first."""

    source: Key = Field(description="Key of the source that makes the claim.")
    origin: Key | None = Field(
        None,
        description="Key of the source whose figure this one repeats. "
        "Confirmations are counted by distinct origins.",
    )
    by: Line | None = Field(
        None,
        description="Who found it, where that is not the source's publisher and nothing of theirs "
        "was read: a monitor or operator that a newspaper names. With `origin`, leave it out.",
    )
    note: Prose | None = Field(None, description="How the source puts it, where that matters.")
    doubt: Prose | None = Field(
        None,
        description="Why the archive does not follow this claim. "
        "A doubted claim is shown, and left out of every figure.",
    )

    @property
    def first_said_by(self) -> str:
        """Whom this claim goes back to: a name, or the key of a source. Equal for one voice."""
        return self.by or self.origin or self.source


class TimeClaim(Claim):
    """A time, as one source gives it."""

    at: Moment = Field(description="The time claimed, UTC; a trailing ~ means about.")


class LengthClaim(Claim):
    """A duration, as one source gives it."""

    value: Length = Field(
        description="The duration claimed: 9h31m, 38d, >5h for more than, <10h for less than."
    )
    each: bool = Field(
        False,
        description="True where it is the length of each time, in an episode that `recurs`, and "
        "not of the whole series.",
    )


C = TypeVar("C", bound=Claim)


def followed(claims: tuple[C, ...]) -> tuple[C, ...]:
    """Return the claims that the archive does not doubt, in the order written."""
    return tuple(claim for claim in claims if not claim.doubt)


def _ending_kind(value: object) -> str:
    return "word" if isinstance(value, str) else "claims"


TimeClaims = Annotated[tuple[TimeClaim, ...], Field(min_length=1)]
EndWord = Literal["unknown", "ongoing"]
Ending = Annotated[
    Annotated[TimeClaims, Tag("claims")] | Annotated[EndWord, Tag("word")],
    Discriminator(_ending_kind),
]


class Episode(Model):
    """One stretch of the incident. Relapses and recurring cuts are episodes of their own."""

    name: Line = Field(description="A short name for this stretch, such as Blackout.")
    layer: Layer = Field(description="What stopped.")
    extent: Extent = Field(description="How much of the place named in `where` was gone.")
    start: TimeClaims = Field(
        description="When it began, one claim per source. The archive leads with the first."
    )
    end: Ending = Field(
        description="When it ended, one claim per source; or the word unknown, or ongoing."
    )
    duration: tuple[LengthClaim, ...] = Field((), description="How long, where a source says so.")
    recurs: Line | None = Field(
        None,
        description="How often it came again between start and end, where each time is not an "
        "episode of its own: nightly, 01:00 to 09:00 local time.",
    )
    about: Prose | None = Field(None, description="What happened in this stretch, with citations.")

    @property
    def each_time(self) -> tuple[LengthClaim, ...]:
        """The lengths claimed of each time, where it came again."""
        return tuple(claim for claim in self.duration if claim.each)

    @property
    def in_all(self) -> tuple[LengthClaim, ...]:
        """The lengths claimed of the stretch from start to end."""
        return tuple(claim for claim in self.duration if not claim.each)

    @property
    def ends(self) -> tuple[TimeClaim, ...]:
        """The claims of its end; empty when that is unknown or still to come."""
        return () if isinstance(self.end, str) else self.end
