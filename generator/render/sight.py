"""From a measurement to what its chart shows, at the resolution of the picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from ipaddress import ip_network

from generator.derive import lanes, timing
from generator.derive.lanes import Grid
from generator.derive.measurement import Measurement
from generator.model.claims import Episode, TimeClaim
from generator.model.incident import Incident
from generator.model.vocabulary import Layer
from generator.render import words
from generator.render.chart import NARROW, WIDE, Raster, Rule, Seen, Share, Strip, Strips

MOST_STRIPS = 16
_MOST_LINES, _MOST_BLOCKS, _MOST_RUNS = 600, 1500, 2400
_LETTER_PX, _NAME_CHARS, _TOO_CLOSE_PX = 6.9, 26, 3
OF_PREFIXES = ("visible", "to most peers", "not known", "to few peers", "dark", "came and went")
OF_NETWORKS = ("all prefixes visible", "most", "not known", "few", "none", "came and went")

Runs = list[lanes.Run]


def routing_episodes(incident: Incident) -> list[Episode]:
    """Return the episodes that routing can confirm, the main one first; else the main one."""
    main = timing.main_episode(incident)
    found = [episode for episode in incident.episodes if episode.layer == Layer.ROUTING]
    return sorted(found, key=lambda one: one is not main) or [main]


def sight(one: Measurement, incident: Incident, width: int) -> Seen:
    """Return what the chart of ``width`` pixels shows."""
    kind = kind_of(one)
    narrow = width <= NARROW
    plot = width - _left_px(one, incident, kind, narrow=narrow)
    grid = Grid(one.figures.since, one.figures.until, plot)
    return Seen(
        plot=plot,
        first=grid.first,
        last=grid.last,
        prefixes=one.figures.prefixes,
        visible=tuple(lanes.visible(one.steps, grid)),
        below=_below(one, incident, kind, grid, narrow=narrow),
        upstreams=_upstreams(one, incident, grid),
        flaps=_columns((down for _, down, _ in one.flaps), grid),
        events=_columns((event.start for event in one.peer_events), grid),
        gaps=tuple(grid.merged(unheard(one))),
        rules=_rules(incident, grid, narrow=narrow),
    )


def unheard(one: Measurement) -> list[tuple[datetime, datetime]]:
    """Return the gaps of collectors, and the time before any peer had spoken of the prefixes."""
    gaps = [(gap.since.earliest, gap.until.earliest) for gap in one.provenance.gaps]
    return [(one.figures.since, before), *gaps] if (before := silent_until(one)) else gaps


def silent_until(one: Measurement) -> datetime | None:
    """Return when the first peer spoke, None where something is known from the beginning."""
    first: datetime = one.rows["time"].min().to_pydatetime()
    return first if first > one.figures.since else None


def kind_of(one: Measurement) -> str:
    """Return what stands below: prefixes, networks, lines, lengths, or nothing.

    Strips for up to 16 prefixes; else for 2 to 16 networks; else a line for each prefix that went
    down while the lines can be told apart; else a strip for each class of length.
    """
    if one.rows["prefix"].nunique() <= MOST_STRIPS:
        return "prefixes"
    if 2 <= len(set(one.origins.values())) <= MOST_STRIPS:
        return "networks"
    if not one.dark:
        return "nothing"
    grid = Grid(one.figures.since, one.figures.until, WIDE)
    few = one.figures.prefixes_down <= _MOST_LINES and len(_blocks(one, grid)) <= _MOST_BLOCKS
    return "lines" if few else "lengths"


def _below(
    one: Measurement, incident: Incident, kind: str, grid: Grid, *, narrow: bool
) -> Strips | Raster | None:
    window, known = one.provenance.window, one.provenance.vantage_points
    if kind == "prefixes":
        found = _few(lambda cut: lanes.of_prefixes(one.rows, window, known, cut), grid)
        found.sort(key=lambda lane: _in_order(lane[0]))
        return Strips("Each prefix", _strips(found), OF_PREFIXES)
    if kind == "networks":
        found = _few(lambda cut: lanes.of_networks(one.rows, one.origins, window, known, cut), grid)
        named = [(_named(asn, incident, narrow=narrow), runs) for asn, runs in found]
        return Strips("Each network, by its prefixes", _strips(named), OF_NETWORKS)
    if kind == "lines":
        number = one.figures.prefixes_down
        heading = f"Each of the {number:,} prefixes that went dark"
        return Raster(heading, number, tuple(_blocks(one, grid)))
    if kind == "lengths":
        classes = _few(lambda cut: _lengths(one, cut), grid)
        return Strips("Outages under way, by how long they lasted", _strips(classes), OF_PREFIXES,
                      labels="scale")  # fmt: skip
    return None


def _few(make: Callable[[Grid], list[tuple[str, Runs]]], grid: Grid) -> list[tuple[str, Runs]]:
    """Return strips at a resolution at which the file stays small: coarser, never incomplete."""
    for share in (1, 2, 3):
        found = make(Grid(grid.first, grid.last, grid.most // share))
        if sum(len(runs) for _, runs in found) <= _MOST_RUNS:
            break
    return found


def _strips(found: Iterable[tuple[str, Runs]]) -> tuple[Strip, ...]:
    return tuple(Strip(label, tuple(runs)) for label, runs in found)


def _in_order(prefix: str) -> tuple[int, object]:
    network = ip_network(prefix)
    return network.version, network


def _lengths(one: Measurement, grid: Grid) -> list[tuple[str, Runs]]:
    return [
        (f"to {words.duration(upper)}" if upper else "over 7 d", runs)
        for upper, runs in lanes.of_lengths(one.dark, grid)
    ]


def _blocks(one: Measurement, grid: Grid) -> list[tuple[int, int, datetime, datetime]]:
    """Return the dark times in columns, equal neighbours as one; none narrower than a column."""
    runs: dict[tuple[datetime, datetime], list[list[int]]] = {}
    for row, start, end in sorted(one.dark):
        stacks = runs.setdefault(grid.cells(start, end), [])
        if stacks and stacks[-1][1] >= row:
            stacks[-1][1] = row + 1
        else:
            stacks.append([row, row + 1])
    return sorted((top, foot, a, b) for (a, b), stacks in runs.items() for top, foot in stacks)


def name_of(asn: str, incident: Incident) -> str:
    """Return an AS number with the name that the record has for it."""
    names = {str(network.asn): network.name for network in incident.where.networks}
    return f"{asn} {names[asn]}" if names.get(asn) else asn


def _named(asn: str, incident: Incident, *, narrow: bool) -> str:
    name = name_of(asn, incident)
    most = 2 * _NAME_CHARS if narrow else _NAME_CHARS
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _left_px(one: Measurement, incident: Incident, kind: str, *, narrow: bool) -> int:
    """Return how much room the words on the left need."""
    letters = [len(f"{one.figures.prefixes:,}"), 4 if one.upstreams else 0]
    if kind == "lengths":
        letters.append(len("to 30 min"))
    elif kind == "prefixes" and not narrow:
        letters += map(len, one.rows["prefix"].unique())
    elif kind == "networks" and not narrow:
        letters += (len(_named(asn, incident, narrow=narrow)) for asn in one.origins.values())
    return int(max(letters) * _LETTER_PX) + 12


def _upstreams(one: Measurement, incident: Incident, grid: Grid) -> tuple[Share, ...]:
    """Return each upstream's share in the stack; their steps are cut at the same columns."""
    found: list[Share] = []
    base: dict[datetime, float] = {}
    for via in one.upstreams:
        steps = lanes.shares(via.steps, grid)
        cuts = sorted({a for a, *_ in steps} | set(base))
        part, under, cut = 0.0, 0.0, []
        begins = {a: share for a, _, share in steps}
        for start, end in zip(cuts, [*cuts[1:], grid.last], strict=True):
            part, under = begins.get(start, part), base.get(start, under)
            cut.append((start, end, part, round(under, 2)))
        base = {start: under + part for start, _, part, under in cut}
        found.append(Share(name_of(via.asn, incident), tuple(cut)))
    return tuple(found)


def _columns(times: Iterable[datetime], grid: Grid) -> tuple[datetime, ...]:
    return tuple(sorted({grid.cells(at, at)[0] for at in times}))


def _rules(incident: Incident, grid: Grid, *, narrow: bool) -> tuple[Rule, ...]:
    """Return the reported instants within the data; of two in one place the more important."""
    episodes = routing_episodes(incident)
    close = timedelta(seconds=grid.step_s * _TOO_CLOSE_PX)
    rules: list[Rule] = []
    for episode in episodes:
        ends = [(timing.lead_start(episode), True), (timing.lead_end(episode), False)]
        for claim, opens in ends:
            at = claim.at.earliest if claim else grid.last
            far = all(abs(at - rule.at) > close for rule in rules)
            if claim and far and grid.first <= at <= grid.last:
                name = "" if episode is episodes[0] else f"{episode.name}: "
                name = "reported " if len(episodes) == 1 else name
                long, short = _rule_words(claim, incident, name, opens=opens)
                rules.append(Rule(at, short if narrow else long, opens, short))
    return tuple(rules)


def _rule_words(claim: TimeClaim, incident: Incident, name: str, *, opens: bool) -> tuple[str, str]:
    """Return the label of a reported instant, with its source, and a short one."""
    about = "about " if claim.at.approximate else ""
    day = f"{claim.at.earliest.day}{words.NBSP}{claim.at.earliest:%b}"
    when = f"{'start' if opens else 'end'} {about}{words.clock(claim.at) or day}"
    publisher = claim.by or incident.sources[claim.first_said_by].publisher
    return f"{name}{when} ({publisher})", re.sub(r"(:\d\d):\d\d$", r"\1", when)
