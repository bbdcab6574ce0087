"""How unusual an incident's length is, in a sentence that says among how many."""

from __future__ import annotations

from generator.derive.catalogue import LEAST_SAMPLE, Catalogue, Rank, rank
from generator.derive.entry import Entry
from generator.render import words


def unusual(one: Entry, catalogue: Catalogue) -> str:
    """Return where an incident's length lies in the archive and among its network's outages.

    Nothing is claimed among fewer than ``LEAST_SAMPLE`` known lengths.
    """
    everywhere = catalogue.rank(one)
    if not everywhere:
        return "Its length is not known, so it is not ranked among the archive's."
    same = rank(one, catalogue.same_network(one))
    return f"{_in_the_archive(everywhere)} {_of_the_network(same)}".strip()


def _in_the_archive(found: Rank) -> str:
    known = words.count(found.known, "incident")
    if not found.tells:
        return (
            f"How unusual its length is cannot be said yet: the archive holds {known} of known "
            f"length, and a rank needs at least {LEAST_SAMPLE}."
        )
    place = f"number {found.place:,} of the {known} of known length on record"
    return f"By length it is {place}{_share(found)}."


def _of_the_network(found: Rank | None) -> str:
    if not found or found.known < 2:
        return "No other outage of the same network is on record with its length."
    others = words.count(found.known, "outage")
    if not found.tells:
        return (
            f"Of the same network there are {others} of known length on record, too few to say "
            "how unusual this one is."
        )
    return f"Among the {others} of the same network it is number {found.place:,}{_share(found)}."


def _share(found: Rank) -> str:
    """Say how many of the others were shorter, in per cent."""
    shorter = found.known - found.place
    return f": longer than {100 * shorter / (found.known - 1):.0f}{words.NBSP}% of the others"
