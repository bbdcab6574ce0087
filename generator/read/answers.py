"""Answers to the questions of ``new`` and of the issue form: to the fields of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.model.problem import Problem
from generator.model.questions import BY_ID
from generator.model.resources import CountryCode
from generator.model.slugs import slug
from generator.model.values import Moment
from generator.model.vocabulary import Category, Extent, Layer, SourceKind
from generator.read.countries import country_named
from generator.read.place import shortened
from generator.read.text import hidden_characters, named

_MOST_PARTS = 100  # of one answer; more is no answer
_LONGEST_KEY = 40
_ASN = re.compile(r"(AS[0-9]+)\b[\s,:-]*(.*)")


def fields_of(answers: Mapping[str, str], on: Moment) -> tuple[dict[str, Any], list[Problem]]:
    """Return the fields of a record that says what was answered, written on a day, and problems.

    ``answers`` are by the ids of questions; ``related`` names other incidents, as ``how:id``, one a
    line. Problems have such an id as their ``field``, and no place; only those are told that
    neither the schema nor a rule would find.
    """
    given = {key: text for key in BY_ID if (text := answers.get(key, "").strip())}
    problems = list(_hidden(given))
    sources = _sources(given.get("source", ""), on, problems)
    first = next(iter(sources), "source")
    fields = {
        "title": _line(given.get("title", "")),
        "summary": _cited(_line(given.get("summary", "")), sources),
        "where": _where(given, problems),
        "episodes": [_episode(given, first)],
        "explanations": _explanations(given.get("claim", ""), first, problems),
        "related": list(_related(answers.get("related", ""), problems)),
        "sources": sources,
        "lacking": list(_lacking(given, sources)),
        "added": str(on),
    }
    return fields, problems


def _hidden(given: Mapping[str, str]) -> Iterator[Problem]:
    cure = "Delete it; what nobody can see, nobody can review."
    for key, text in given.items():
        for character in hidden_characters(text):
            yield Problem("", 0, key, f"the hidden character {named(character)}", cure)


def parts_of(text: str) -> list[str]:
    """Return the parts of an answer that has one a line, without the marks of a list."""
    lines = (_line(re.sub(r"^\s*[-*]\s+", "", line)) for line in text.splitlines())
    return [line for line in lines if line]


def _line(text: str) -> str:
    return " ".join(text.split())


def _told(problems: list[Problem], key: str, what: str, cure: str) -> None:
    problems.append(Problem("", 0, key, what, cure))


def _few(key: str, text: str, problems: list[Problem]) -> list[str]:
    parts = parts_of(text)
    if len(parts) > _MOST_PARTS:
        cure = "Give the few that matter; the rest can be added to the record later."
        _told(problems, key, f"{len(parts):,} lines, expected at most {_MOST_PARTS}", cure)
    return parts[:_MOST_PARTS]


def _sources(text: str, on: Moment, problems: list[Problem]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for part in _few("source", text, problems):
        cells = [cell.strip() for cell in part.split("|")]
        if not 3 <= len(cells) <= 4 or not all(cells):
            what = f"expected address | publisher | title | kind, got {shortened(part)!r}"
            _told(problems, "source", what, "Part them with |. Kind may be left out.")
            continue
        found[_free(cells[1], found)] = {
            "kind": cells[3] if cells[3:] else SourceKind.OTHER.value,
            "publisher": cells[1],
            "title": cells[2],
            "url": cells[0],
            "accessed": str(on),
        }
    return found


def _free(name: str, taken: Mapping[str, object]) -> str:
    """A key made of a name that is not taken yet."""
    key = slug(name)[:_LONGEST_KEY].strip("-")
    numbers = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (key, *numbers) if one not in taken)


def _cited(summary: str, sources: Mapping[str, object]) -> str:
    """The summary, with a citation of each source that it does not cite itself, at its end."""
    missing = [f"[@{key}]" for key in sources if f"[@{key}]" not in summary]
    if not missing or not summary:
        return summary
    return f"{summary.removesuffix('.')} {' '.join(missing)}."


def _where(given: Mapping[str, str], problems: list[Problem]) -> dict[str, Any]:
    said = {
        "countries": [str(one) for one in _countries(given.get("country", ""), problems)],
        "networks": list(_networks(_few("network", given.get("network", ""), problems))),
    }
    # A mapping with nothing in it cannot be written; this one is, and a rule says what it lacks.
    return {name: value for name, value in said.items() if value} or {"countries": []}


def _countries(text: str, problems: list[Problem]) -> dict[CountryCode, None]:
    found: dict[CountryCode, None] = {}
    names = [text] if country_named(_line(text)) else re.split(r"[,;\n]", text)
    for name in filter(None, map(_line, names)):
        country = country_named(name.upper() if len(name) == 2 else name)
        if country:
            found[country] = None
        else:
            cure = "Write an ISO 3166 code like KP, or an English name; commas between them."
            _told(problems, "country", f"expected a country, got {shortened(name)!r}", cure)
    return found


def _networks(lines: list[str]) -> Iterator[dict[str, str]]:
    for line in lines:
        number, name = found.groups() if (found := _ASN.fullmatch(line)) else ("", line)
        asn = {"asn": number} if number else {}
        yield {**asn, "name": name or number, "role": "affected"}


def _episode(given: Mapping[str, str], source: str) -> dict[str, Any]:
    end = _line(given.get("end", "unknown"))
    is_word = end in ("unknown", "ongoing")
    return {
        "name": "Outage",
        "layer": given.get("layer", Layer.REACHABILITY.value),
        "extent": given.get("extent", Extent.UNKNOWN.value),
        "start": [{"at": _line(given.get("start", "")), "source": source}],
        "end": end if is_word else [{"at": end, "source": source}],
    }


def _explanations(text: str, source: str, problems: list[Problem]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for part in _few("claim", text, problems):
        cells = [cell.strip() for cell in part.split("|")]
        if not 2 <= len(cells) <= 3 or not all(cells):
            what = f"expected who | what | kind, got {shortened(part)!r}"
            _told(problems, "claim", what, "Part them with |. Kind may be left out.")
            continue
        key = _free(cells[1], found)
        found[key] = {
            "id": key,
            "title": cells[1],
            "category": cells[2] if cells[2:] else Category.UNKNOWN.value,
            "standing": "proposed",
            "proposed_by": [{"who": cells[0], "source": source}],
        }
    return list(found.values())


def _related(text: str, problems: list[Problem]) -> Iterator[dict[str, str]]:
    for part in parts_of(text):
        how, colon, record_id = part.partition(":")
        if colon:
            yield {"how": how.strip(), "id": record_id.strip()}
        else:
            what = f"expected how:id, got {shortened(part)!r}"
            _told(problems, "related", what, "As in sequel:2031-06-15-bouvet-island.")


def _lacking(given: Mapping[str, str], sources: Mapping[str, object]) -> Iterator[str]:
    if len(sources) > 1:
        yield f"Which source says what: times and explanations all name {next(iter(sources))}."
    if given.get("claim"):
        yield "What was found that speaks for each explanation or against it."
