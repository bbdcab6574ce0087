"""How unusual an incident's length is, in a sentence that says among how many."""

from __future__ import annotations

from generator.derive.catalogue import LEAST_SAMPLE, Catalogue, Rank
from generator.derive.entry import Entry
from generator.render import words

# In an archive of more than these ranks are told roughly, but for the first: else each new incident
# would change the page of every shorter one, and the total those of all.
_MANY, _TOP = 1000, 100


def unusual(one: Entry, catalogue: Catalogue) -> str:
    """Return where an incident's length lies in the archive and among its network's outages.

    Nothing is claimed among fewer than ``LEAST_SAMPLE`` known lengths.
    """
    everywhere = catalogue.rank(one)
    if not everywhere:
        return "Its length is not known, so it is not ranked among the archive's."
    same = catalogue.rank_of_network(one)
    return f"{_in_the_archive(everywhere)} {_of_the_network(same)}".strip()


def _in_the_archive(found: Rank) -> str:
    known = words.count(found.known, "incident")
    if not found.tells:
        return (
            f"How unusual its length is cannot be said yet: the archive holds {known} of known "
            f"length, and a rank needs at least {LEAST_SAMPLE}."
        )
    if found.known <= _MANY:
        place = f"number {found.place:,} of the {known} of known length on record"
    else:
        place = (
            f"{_about(found.place)} of more than {_floor(found.known)} incidents of known length"
        )
    return f"By length it is {place}{_share(found)}."


def _about(place: int) -> str:
    return f"number {place:,}" if place <= _TOP else f"about number {_floor(place)}"


def _floor(number: int) -> str:
    """Return a number of three digits and more by its first two."""
    step = 10 ** (len(str(number)) - 2)
    return f"{(number - 1) // step * step:,}"


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
    """Say how many of the others were shorter, in whole per cent."""
    shorter = found.known - found.place
    return f": longer than {100 * shorter // (found.known - 1)}{words.NBSP}% of the others"
