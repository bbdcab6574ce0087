"""How to cite a record: as text, BibTeX, RIS and CSL-JSON, all saying the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from generator.derive.entry import Entry
from generator.render.data.documents import written
from generator.render.data.edition import NAME

_TEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_TERMS = "CC BY 4.0"


@dataclass(frozen=True)
class Cite:
    """A record as something to cite; ``changed`` is the day of the record's last change."""

    key: str
    title: str
    url: str
    changed: datetime

    @property
    def day(self) -> str:
        """The day of the last change, as 2026-11-24."""
        return f"{self.changed:%Y-%m-%d}"


def cite_of(one: Entry, url: str) -> Cite:
    """Return an incident as something to cite; ``url`` is that of its page."""
    return Cite(f"gonedark-{one.id}", one.title, url, one.last_changed.earliest)


def files(cite: Cite) -> dict[str, str]:
    """Return the citation in each format by file name."""
    return {"cite.bib": bibtex(cite) + "\n", "cite.ris": ris(cite), "cite.json": csl(cite)}


def text(cite: Cite) -> str:
    """Return the citation as a line of text."""
    return f"{NAME}, “{cite.title}”, record of {cite.day}, {cite.url}"


def bibtex(cite: Cite) -> str:
    """Return the citation as an entry of BibTeX."""
    return (
        f"@misc{{{cite.key},\n  title = {{{{{_tex(cite.title)}}}}},\n"
        f"  author = {{{{{NAME}}}}},\n  year = {{{cite.changed:%Y}}},\n"
        f"  note = {{Record of {cite.day}, {_TERMS}}},\n  url = {{{cite.url}}}\n}}"
    )


def _tex(plain: str) -> str:
    return plain.translate(_TEX)


def ris(cite: Cite) -> str:
    """Return the citation as RIS, a reference to something electronic."""
    fields = (
        ("TY", "ELEC"), ("ID", cite.key), ("TI", cite.title), ("AU", NAME), ("PB", NAME),
        ("PY", f"{cite.changed:%Y}"), ("DA", f"{cite.changed:%Y/%m/%d}/"), ("LA", "en"),
        ("UR", cite.url), ("N1", f"Record of {cite.day}, {_TERMS}"), ("ER", ""),
    )  # fmt: skip
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


def csl(cite: Cite) -> str:
    """Return the citation as CSL-JSON, a list of one."""
    day = [cite.changed.year, cite.changed.month, cite.changed.day]
    item: dict[str, Any] = {
        "id": cite.key,
        "type": "webpage",
        "title": cite.title,
        "author": [{"literal": NAME}],
        "container-title": NAME,
        "issued": {"date-parts": [day]},
        "language": "en",
        "note": f"Record of {cite.day}, {_TERMS}",
        "URL": cite.url,
    }
    return written([item])
