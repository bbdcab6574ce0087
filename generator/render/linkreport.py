"""What the link check found: for a terminal, for an issue, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from generator.model.links import LinkState
from generator.render import words
from generator.render.escape import code_span
from generator.render.report import MOST_BYTES
from generator.render.terminal import printable

_THERE = (LinkState.WORKS, LinkState.MOVED)


@dataclass(frozen=True)
class LinkFinding:
    """One source as it was found, and as it was before (empty: never asked for).

    ``found_copy`` when its archived copy was found by this very check.
    """

    incident: str
    key: str
    title: str
    publisher: str
    url: str
    state: str
    before: str
    since: str
    why: str
    to: str
    archived: str
    found_copy: bool = False

    @property
    def works_again(self) -> bool:
        """True when it is there and was not when it was last asked for."""
        return self.state in _THERE and bool(self.before) and self.before not in _THERE


@dataclass(frozen=True)
class _Part:
    """A part of the report: its title, what to do, and what belongs in it."""

    title: str
    cure: str
    holds: tuple[str, ...]


_PARTS = (
    _Part("Gone", "Cite a copy, or another source.", ("dead", "looks-dead")),
    _Part("Moved for good", "Write the new address into the record.", ("moved",)),
    _Part("Behind a paywall or login", "Nothing is wrong; a copy helps readers.", ("paywalled",)),
    _Part("Not reached", "It may pass: see whether it lasts.", ("unreachable",)),
    _Part("Closed to programs", "A person should look once.", ("refused",)),
)


def summary(found: Sequence[LinkFinding]) -> str:
    """Return in a sentence how many sources were in which state."""
    states = [one.state for one in found]
    counted = ", ".join(
        f"{states.count(state)} {state.value.replace('-', ' ')}"
        for state in LinkState
        if state in states
    )
    copies = sum(one.found_copy for one in found)
    more = f" {words.count(copies, 'archived copy', 'archived copies')} found." if copies else ""
    return f"{words.count(len(found), 'source')} checked: {counted or 'none'}.{more}"


def _grouped(found: Iterable[LinkFinding]) -> Iterator[tuple[_Part, list[LinkFinding]]]:
    in_order = sorted(found, key=lambda one: (one.incident, one.key))
    again = _Part("There again", "Nothing to do.", ())
    yield again, [one for one in in_order if one.works_again]
    for part in _PARTS:
        yield part, [one for one in in_order if one.state in part.holds and not one.works_again]


def as_text(found: Sequence[LinkFinding]) -> str:
    """Return the report for a terminal."""
    lines = [summary(found)]
    for part, members in _grouped(found):
        if members:
            lines += ["", f"{part.title} ({len(members)}). {part.cure}"]
        for one in members:
            told = ", ".join(filter(None, [one.why, f"since {one.since}" if one.since else ""]))
            lines.append(f"  {one.incident} {one.key}: {one.url}{f' ({told})' if told else ''}")
            lines += [f"    now at {one.to}"] if one.to else []
            lines += [f"    copy: {one.archived}"] if one.archived else []
    return "".join(f"{printable(line)}\n" for line in lines)


def as_json(found: Sequence[LinkFinding]) -> str:
    """Return the report as a JSON list, one object for each source checked."""
    rows = [{**asdict(one), "works_again": one.works_again} for one in found]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def as_markdown(found: Sequence[LinkFinding]) -> str:
    """Return the report as the body of an issue, no longer than one may be.

    Text of records stands in it as in a change report: in code, and no link.
    """
    lines = [f"{summary(found)}\n"]
    room = MOST_BYTES - len(lines[0].encode()) - 2_000
    for part, members in _grouped(found):
        if not members:
            continue
        lines += [f"### {part.title} ({len(members):,})\n", f"{part.cure}\n"]
        shown = 0
        for one in members:
            line = _item(one)
            room -= len(line.encode()) + 1
            if room < 0:
                break
            lines.append(line)
            shown += 1
        rest = len(members) - shown
        lines += [f"- and {rest:,} more, for which there is no room"] if rest else []
        lines.append("")
    return "\n".join(lines)


def _item(one: LinkFinding) -> str:
    told = ", ".join(filter(None, [one.why, f"since {one.since}" if one.since else ""]))
    parts = [f"- {code_span(one.incident)} {code_span(one.key)}: {code_span(one.url)}"]
    parts += [f" ({told})"] if told else []
    parts += [f", now at {code_span(one.to)}"] if one.to else []
    parts += [f", copy at {code_span(one.archived)}"] if one.archived else []
    return "".join(parts)
