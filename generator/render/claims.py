"""Each episode's claims as a table: who said what, who repeats whom, what is not followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.derive import timing
from generator.model.claims import Claim, Episode, LengthClaim, TimeClaim, followed
from generator.model.incident import Incident
from generator.render import words
from generator.render.templating import Cited, Citer


@dataclass(frozen=True)
class ClaimRow:
    """One claim as the page shows it."""

    what: str
    figure: str
    by: str
    sources: list[Cited]
    origin: Cited | None
    repeats: list[Cited]
    note: Any
    doubt: Any
    lead: bool


def episode_views(incident: Incident, citer: Citer) -> list[dict[str, Any]]:
    """Return every episode for the template: its claims, and a sentence on how they agree."""
    main = timing.main_episode(incident)
    return [
        {
            "main": episode is main,
            "lead": _lead(episode),
            "count": words.count(_claims(episode), "claim") + ", each with its source",
            "name": episode.name,
            "slug": f"episode-{number}",
            "layer": episode.layer.value,
            "extent": episode.extent.value,
            "recurs": episode.recurs,
            "about": citer.prose(episode.about),
            "claims": _rows(episode, citer),
            "agreement": agreement(episode),
        }
        for number, episode in enumerate(incident.episodes, start=1)
    ]


def _claims(episode: Episode) -> int:
    return len(episode.start) + len(episode.ends) + len(episode.duration)


def _lead(episode: Episode) -> str:
    end = timing.lead_end(episode)
    until = f" to {words.time(end.at)}" if end else ""
    lasted = "ongoing" if episode.end == "ongoing" else words.span(timing.span(episode))
    length = "length unknown" if lasted == "unknown" else lasted
    return f"{words.time(timing.lead_start(episode).at)}{until}: {length}"


def _rows(episode: Episode, citer: Citer) -> list[ClaimRow]:
    rows = _group("Start", episode.start, citer)
    rows += _group("End", episode.ends, citer) or [_no_end(episode)]
    rows += _group("Length", episode.in_all, citer)
    return rows + _group("Each time", episode.each_time, citer)


def _group(what: str, claims: tuple[Claim, ...], citer: Citer) -> list[ClaimRow]:
    kept = followed(claims)
    lead = kept[0] if kept else None
    merged: dict[tuple[str, ...], list[Claim]] = {}
    for place, claim in enumerate(claims):
        key = (figure(claim), claim.first_said_by)
        # A repetition that adds nothing of its own stands with what it repeats.
        says_more = claim.doubt or (claim.note and key in merged)
        merged.setdefault((*key, str(place)) if says_more else key, []).append(claim)
    return [_row(what, same, citer, lead=lead in same) for same in merged.values()]


def _row(what: str, same: list[Claim], citer: Citer, *, lead: bool) -> ClaimRow:
    claim, *repeats = same
    source = citer.sources[claim.source]
    origin = citer.cited([claim.origin])[0] if claim.origin else None
    return ClaimRow(
        what=what,
        figure=figure(claim),
        by=f"{claim.by}, by way of {source.publisher}" if claim.by else source.publisher,
        sources=citer.cited([claim.source]),
        origin=origin,
        repeats=citer.cited(repeat.source for repeat in repeats),
        note=citer.prose(claim.note),
        doubt=citer.prose(claim.doubt),
        lead=lead,
    )


def _no_end(episode: Episode) -> ClaimRow:
    word = episode.end if isinstance(episode.end, str) else "unknown"
    return ClaimRow("End", word, "no source gives one", [], None, [], None, None, lead=False)


def figure(claim: Claim) -> str:
    """Return the time or length a claim gives, in words."""
    if isinstance(claim, TimeClaim):
        return words.time(claim.at)
    return words.length(claim.value) if isinstance(claim, LengthClaim) else ""


def agreement(episode: Episode) -> str:
    """Return a sentence on how the claims of an episode agree: origins, gap, doubts, sums."""
    parts = [_group_agreement("start", episode.start)]
    if episode.ends:
        parts.append(_group_agreement("end", episode.ends))
    return " ".join([*parts, *_sums(episode)])


def _group_agreement(what: str, claims: tuple[TimeClaim, ...]) -> str:
    agreed = timing.spread(claims)
    if not agreed.claims:
        return f"No claim of its {what} is followed."
    voices = words.count(agreed.origins, "origin")
    said = f"Its {what}: {words.count(agreed.claims, 'claim')} from {voices}"
    gap = f", up to {words.duration(agreed.widest_s)} apart" if agreed.widest_s else ""
    doubted = f"; {agreed.doubted} not followed" if agreed.doubted else ""
    return f"{said}{gap}{doubted}."


def _sums(episode: Episode) -> list[str]:
    """Say whether each stated length is the difference of the leading times."""
    end = timing.lead_end(episode)
    stated = followed(episode.in_all)
    if not end or not stated:
        return []
    lasted = timing.between(timing.lead_start(episode).at, end.at)
    length = timing.stated_span(stated[0].value)
    fits = lasted.shortest_s <= (length.longest_s or lasted.shortest_s) and (
        length.shortest_s <= (lasted.longest_s or length.shortest_s)
    )
    verdict = "agrees with" if fits else "does not agree with"
    return [f"The stated length {verdict} these times, which give {words.span(lasted)}."]
