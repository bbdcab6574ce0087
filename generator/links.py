"""The ``links`` command: are the sources still there, and is a copy of each kept somewhere?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from generator import build as building
from generator.fetch.flags import add_mirrors
from generator.fetch.links import PAUSE_S
from generator.fetch.orders import refuse_unreadable
from generator.fetch.verdict import Verdict
from generator.model.incident import Source
from generator.model.links import Link, Links, Snapshot, copy_of
from generator.model.problem import BrokenInputError, Problem
from generator.read.archive import Record, read_one, read_place
from generator.read.folders import LINKS_FILE
from generator.render.linkreport import LinkFinding, as_json, as_markdown, as_text
from generator.render.problems import as_text as problem_text
from generator.sidecar import as_yaml
from generator.visiting import Due, Harvest, ask, look_for_copies, refuse_silence
from generator.writing import write_if_changed

HEAD = "# Written by `python -m generator links`. Run it again rather than edit.\n"
INTERRUPTED = 130  # as a shell says it
_FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}
_ABOUT = """Ask for every source whether it is still there, politely: one request at a time to a
host, with a pause between. Look for archived copies of those that have none. Writes links.yaml
beside each record. What it finds stops no build; the exit code is 0."""
_EXAMPLES = """examples:
  python -m generator links 2014-12-22-north-korea
  python -m generator links --older-than 7 --most 2000 --format markdown > issue.md
  python -m generator links --save incidents/2014/2014-12-22-north-korea"""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ``links`` command; its ``run`` takes the parsed arguments, returns the exit code."""
    command = commands.add_parser(
        "links", help="ask whether the sources are still there, and look for archived copies",
        description=_ABOUT, epilog=_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    add = command.add_argument
    add("records", nargs="*", help="ids or folders of single records (default: all)")
    add("--format", choices=tuple(_FORMATS), default="text", help="of the report (default: text)")
    add("--older-than", type=int, default=0, metavar="DAYS", help="leave out what was asked since")
    add("--most", type=int, metavar="N", help="ask for no more addresses, longest unasked first")
    add("--no-copies", action="store_true", help="do not look for archived copies")
    add("--save", action="store_true", help="have a copy made where there is none (slow)")
    add("--dry-run", action="store_true", help="report only, write no file")
    add("--today", type=date.fromisoformat, metavar="DATE", help="the day to write down")
    add("--pause", type=float, default=PAUSE_S, metavar="S", help="between requests to one host")
    add_mirrors(command.add_argument_group("whom to ask"))
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Ask, write ``links.yaml`` and print the report; 0, or 130 when somebody interrupted it.

    Raises BrokenInputError, with nothing written, where nothing at all answers.
    """
    today = options.today or datetime.now(UTC).date()  # the one use of the clock
    refuse_unreadable(options.ca_file)
    records = _records(options)
    due = _due(records, options, today)
    harvest, is_whole = Harvest(), True
    try:
        ask(due, options, harvest)
        refuse_silence(harvest)
        if not options.no_copies:
            look_for_copies(due, options, harvest)
    except KeyboardInterrupt:
        is_whole = False
        sys.stderr.write("\nStopped. What was found by now is written.\n")
    found = [one for one in due if one.url in harvest.verdicts]
    links = {one.record.id: _links(one.record, found, harvest, today) for one in found}
    if not options.dry_run:
        for record in {one.record.id: one.record for one in found}.values():
            content = as_yaml(links[record.id], HEAD)
            write_if_changed(record.folder / LINKS_FILE, content)
    told = [_finding(one, links[one.record.id].sources[one.key]) for one in found]
    sys.stdout.write(_FORMATS[options.format](told))
    return 0 if is_whole else INTERRUPTED


def _records(options: argparse.Namespace) -> Sequence[Record]:
    """Return the records asked for; what is broken among all is told, and left out."""
    if not options.records:
        checked = building.check(options.project, documentation_space=True)
        for problem in checked.errors:
            sys.stderr.write(problem_text(problem) + "\n")
        found = (read_place(one.place) for one in checked.asked)
        return [record for record, _ in found if record]
    read = [read_one(_path(name, options.project)) for name in options.records]
    broken = [problem for record, problems in read if not record for problem in problems]
    broken += [_draft(record) for record, _ in read if record and not record.id]
    if broken:
        raise BrokenInputError(*broken)
    return [record for record, _ in read if record]


def _draft(record: Record) -> Problem:
    cure = "Put it into the archive first: incidents/<year>/<id>/incident.yaml"
    return Problem(record.file, 0, "", "a draft has no folder for links.yaml", cure)


def _path(name: str, project: Path) -> Path:
    by_id = project / "incidents" / name[:4] / name
    return by_id if "/" not in name and by_id.is_dir() else Path(name)


def _due(records: Sequence[Record], options: argparse.Namespace, today: date) -> list[Due]:
    """Return what is to be asked for, longest unasked first."""
    every = [Due(r, key, source) for r in records for key, source in r.incident.sources.items()]
    last = datetime.fromordinal(today.toordinal() - options.older_than).date().isoformat()
    waiting = [one for one in every if not options.older_than or one.asked <= last]
    waiting.sort(key=lambda one: (one.asked, one.record.id))
    urls = list(dict.fromkeys(one.url for one in waiting))[: options.most]
    chosen = set(urls)
    return [one for one in waiting if one.url in chosen]


def _links(record: Record, found: Iterable[Due], harvest: Harvest, today: date) -> Links:
    """Return a record's links: those just asked for, others as they were, none that is no more."""
    mine = {one.key: one for one in found if one.record.id == record.id}
    sources: dict[str, Link] = {}
    for key, source in record.incident.sources.items():
        before = record.links.of(key, source) if record.links else None
        if key in mine:
            verdict = harvest.verdicts[source.url.text]
            sources[key] = _link(source, before, verdict, harvest.copies, today)
        elif before:
            sources[key] = before
    return Links(sources=sources)


def _link(
    source: Source, before: Link | None, verdict: Verdict, copies: Mapping[str, Snapshot],
    today: date,
) -> Link:  # fmt: skip
    is_same = before is not None and before.state == verdict.state
    since = str(before.since) if before and is_same and before.since else str(today)
    told: dict[str, Any] = {
        "url": source.url, "checked": str(today), "state": verdict.state, "since": since,
        "status": str(verdict.status) if verdict.status is not None else None,
        "to": verdict.to or None, "why": verdict.why or None,
        "archived": copies.get(source.url.text) or (before.archived if before else None),
    }  # fmt: skip
    try:
        return Link.model_validate(told)
    except ValueError:  # where it has moved to is no address that a record may hold
        return Link.model_validate({**told, "to": None})


def _finding(one: Due, link: Link) -> LinkFinding:
    before = one.before
    copy = copy_of(one.key, one.source, None) or link.archived
    return LinkFinding(
        incident=one.record.id, key=one.key, title=one.source.title,
        publisher=one.source.publisher, url=one.url, state=str(link.state),
        before=str(before.state) if before and before.state else "",
        since=str(link.since or ""), why=link.why or "", to=str(link.to or ""),
        archived=str(copy or ""),
        found_copy=bool(link.archived) and not (before and before.archived),
    )  # fmt: skip
