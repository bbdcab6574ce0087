"""Invent an archive of any size, to measure with and never to publish.

    python -m benchmarks.invent 1000 FOLDER

The same number gives the same bytes. Prose is of twenty thousand words, the first of them often.
Eight records of ten are brief, three of a hundred are as long as the longest real one, and a tenth
have frozen messages, 9,840 each. Countries, causes and networks come as unevenly as in life: a few
have hundreds of incidents, most have one or two.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, ClassVar
from zlib import crc32

import pycountry
import yaml

from benchmarks.invent_evidence import PREFIXES, write_evidence
from generator.model.vocabulary import Category

PROJECT = Path(__file__).resolve().parent.parent
FIRST, DAYS, SLOT_DAYS = datetime(2001, 1, 1, tzinfo=UTC), 9100, 4
COUNTRIES = sorted(
    (one.alpha_2 for one in pycountry.countries), key=lambda code: crc32(code.encode())
)
CAUSES = sorted((one.value for one in Category), key=lambda word: crc32(word.encode()))
TEXT = """the of and a in to on was it that by for had at its were from as an not
network routes provider ministry evening outage traffic engineers reported fell
returned capital border measured minutes power cable hours statement station exchange peers
withdrawn announced satellite landing repair ship storm election order regulator customers mobile
fixed lines data loss total partial slowly again before after during morning night between
operators said"""
SYLLABLES = [consonant + vowel for consonant in "bdfghjklmnprstvz" for vowel in "aeiou"]
MADE_UP = (
    SYLLABLES[at % 80] + SYLLABLES[at // 80 % 80] + SYLLABLES[at // 6400] for at in range(20_000)
)
# A word comes as often as its rank says, as in any language (after Zipf and Mandelbrot). "Cable" is
# the 37th, as in the archive.
WORDS = [*TEXT.split(), *MADE_UP]
OFTEN = list(accumulate(1 / (rank + 2.7) for rank in range(len(WORDS))))
KINDS = ("measurement", "news", "official", "operator", "social")
# Sources, explanations, findings, statements, events around it, paragraphs of prose in words.
BRIEF, USUAL, LONG = (5, 2, 2, 1, 1, 26), (12, 4, 6, 5, 6, 36), (44, 7, 22, 24, 18, 42)


@dataclass(frozen=True)
class Place:
    """Where and when an invented incident is."""

    day: datetime
    country: str
    network: int

    @property
    def id(self) -> str:
        """The incident's id."""
        return f"{self.day:%Y-%m-%d}-{self.country.lower()}-{self.network}"


def places(count: int) -> list[Place]:
    """Return where and when, no two in one country within four days of each other."""
    chance = Random(f"places {count}")
    weights = [1 / (rank + 4) for rank in range(len(COUNTRIES))]
    drawn = chance.choices(COUNTRIES, weights, k=count)
    found = []
    for at, country in enumerate(COUNTRIES):
        most = drawn.count(country)
        for slot in chance.sample(range(DAYS // SLOT_DAYS), most):
            day = FIRST + timedelta(days=slot * SLOT_DAYS + at % 2, hours=chance.randrange(20))
            # The first networks of a country fail again and again, most only once.
            found.append(
                Place(day, country, int(chance.paretovariate(0.6)) % max(1, most * 3 // 4))
            )
    return sorted(found, key=lambda place: (place.id, place.country))


class Writer:
    """Writes one record; the same place and number give the same text."""

    def __init__(self, place: Place, number: int) -> None:
        self.place, self.number = place, number
        self.chance = Random(f"record {place.id}")
        size = self.chance.random()
        self.shape = BRIEF if size < 0.8 else USUAL if size < 0.97 else LONG
        self.keys = [f"source-{at}" for at in range(self.shape[0])]

    def prose(self, cites: int = 1) -> str:
        """Return a sentence or two with citations."""
        words = self.chance.choices(WORDS, cum_weights=OFTEN, k=self.shape[5])
        marks = "".join(f" [@{key}]" for key in self.chance.sample(self.keys, cites))
        return f"{' '.join(words).capitalize()}{marks}."

    def at(self, hours: float) -> str:
        """Return a time so many hours after the beginning."""
        return f"{self.place.day + timedelta(hours=hours):%Y-%m-%dT%H:%MZ}"

    def some(self, most: int = 2) -> list[str]:
        """Return a few keys of sources."""
        return sorted(self.chance.sample(self.keys, self.chance.randint(1, most)))

    def record(self, *, evidence: bool) -> dict[str, object]:
        """Return the record as it is written."""
        country, asn = self.place.country, 400_000 + hash_of(self.place)
        hit = {
            "asn": f"AS{asn}",
            "name": f"Net {self.place.network} of {country}",
            "role": "origin",
        }
        via = {"asn": f"AS{asn // 50 * 50 + 500_000}", "name": "An upstream", "role": "upstream"}
        places = {"countries": [country], "networks": [hit, via]}
        if evidence:
            places["prefixes"] = list(PREFIXES)
        record: dict[str, object] = {
            "title": f"Net {self.place.network} of {country} goes dark: "
            f"{' '.join(self.chance.choices(WORDS, cum_weights=OFTEN, k=3))}",
            "summary": " ".join(self.prose(cites=min(2, len(self.keys))) for _ in range(2)),
            "where": places,
            "episodes": list(self.episodes()),
            "explanations": list(self.explanations()),
            "evidence": list(self.findings()),
            "statements": [self.statement() for _ in range(self.shape[3])],
            "context": [
                {"at": self.at(at - 30), "what": self.prose(), "sources": self.some()}
                for at in range(self.shape[4])
            ],
            "related": [
                {"how": "compared", "at": "2000", "what": self.prose(), "sources": self.keys}
            ],
            "sources": {key: self.source(at) for at, key in enumerate(self.keys)},
            "added": "2026-10-01",
        }
        return {key: value for key, value in record.items() if value}

    def episodes(self) -> Iterator[dict[str, object]]:
        """Yield the blackout, and what followed in the longer records."""
        lasted_h = min(self.chance.lognormvariate(2.2, 1.6), 5000) + 0.1
        for number in range(1 + self.shape[0] // 12):
            begins = number * (lasted_h + 5)
            yield {
                "name": f"Blackout {number + 1}",
                "layer": self.chance.choice(("routing", "reachability", "traffic", "service")),
                "extent": self.chance.choice(("total", "partial")),
                "start": [
                    {"at": self.at(begins + claim / 30), "source": key}
                    for claim, key in enumerate(
                        self.keys[: 1 + len(self.some(min(8, self.shape[0])))]
                    )
                ],
                "end": [
                    {"at": self.at(begins + lasted_h + 0.3 + claim / 20), "source": key}
                    for claim, key in enumerate(self.some(min(6, self.shape[0])))
                ],
                "about": self.prose(),
            }

    def explanations(self) -> Iterator[dict[str, object]]:
        """Yield explanations: the first supported, the others disputed."""
        weights = [1 / (rank + 2) for rank in range(len(CAUSES))]
        for number in range(self.shape[1]):
            category = self.chance.choices(CAUSES, weights)[0]
            yield {
                "id": f"why-{number}",
                "title": f"{category.replace('-', ' ').capitalize()}, it is thought",
                "category": category,
                "standing": "disputed" if number else "supported",
                "gist": self.prose(),
                "proposed_by": [{"who": "Somebody", "on": self.at(9), "source": self.some(1)[0]}],
            }

    def findings(self) -> Iterator[dict[str, object]]:
        """Yield what speaks for the first explanation and against the others."""
        against = {f"why-{number}": "weakens" for number in range(1, self.shape[1])}
        for number in range(self.shape[2]):
            yield {
                "id": f"finding-{number}",
                "finding": self.prose(),
                "kind": "circumstance",
                "sources": self.some(),
                "bears_on": {"why-0": "supports", **against},
            }

    def statement(self) -> dict[str, object]:
        """Return what somebody said."""
        said = {"who": "A speaker", "role": "spokesperson", "org": "A ministry", "on": self.at(30)}
        return {**said, "stance": "declines", "gist": self.prose(), "sources": self.some()}

    def source(self, at: int) -> dict[str, object]:
        """Return a source."""
        kind = KINDS[(self.number + at) % len(KINDS)]
        name = f"{kind.capitalize()} desk {(self.number * 7 + at) % 40}"
        return {
            "kind": kind, "publisher": name, "title": f"Report {at} of {self.place.id}",
            "published": f"{self.place.day:%Y-%m-%d}",
            "url": f"https://desk.example.org/{self.place.id}/{at}",
            "archived": f"https://archive.example.org/{self.place.id}/{at}",
            "accessed": "2026-10-01",
        }  # fmt: skip


def hash_of(place: Place) -> int:
    """Return a number that stands for a network of a country."""
    return COUNTRIES.index(place.country) * 1000 + place.network


def invent(count: int, folder: Path) -> None:
    """Write a project with so many invented incidents into ``folder``, which must not exist."""
    shutil.copytree(PROJECT / "docs", folder / "docs")
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    for number, place in enumerate(places(count)):
        home = folder / "incidents" / place.id[:4] / place.id
        home.mkdir(parents=True)
        record = Writer(place, number).record(evidence=number % 10 == 3)
        text = yaml.dump(record, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=98)
        (home / "incident.yaml").write_text(f"# Invented.\n{text}", encoding="utf-8")
        if number % 10 == 3:
            write_evidence(home / "routing", place.day, 400_000 + hash_of(place))


class _Plain(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):
    """Writes text as people do: without quotes where they are not needed."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


if __name__ == "__main__":
    invent(int(sys.argv[1]), Path(sys.argv[2]))
