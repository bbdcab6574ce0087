"""Citations of a record, as programs that keep references take them up."""

import json
from datetime import UTC, datetime

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as form
from citeproc.source.json import CiteProcJSON

from generator.render.cite import Cite, cite_of, files, text
from tests.exported import ROSS, URL

ODD = Cite("gonedark-odd", r"100% of A & B: {x}_y, $5, #1 ~ ^ \ “é”", f"{URL}incidents/odd/",
           datetime(2031, 2, 3, tzinfo=UTC))  # fmt: skip


@pytest.fixture(scope="module")
def ross(dossiers):
    """A record to cite."""
    entry = next(one.entry for one in dossiers if one.entry.id == ROSS)
    return cite_of(entry, f"{URL}incidents/{ROSS}/")


def test_a_record_is_cited_by_its_title_and_the_day_it_was_last_changed(ross):
    assert text(ross) == (
        "Gone Dark, “Ross Sea stations drop off: power, attack or anchor?”, record of 2030-03-01, "
        f"{URL}incidents/{ROSS}/"
    )


def test_bibtex_is_read_back_whole(ross):
    library = bibtexparser.parse_string(files(ross)["cite.bib"])

    (entry,) = library.entries
    assert library.failed_blocks == []
    assert (entry.entry_type, entry.key) == ("misc", f"gonedark-{ROSS}")
    assert {field.key: field.value for field in entry.fields} == {
        "title": "{Ross Sea stations drop off: power, attack or anchor?}",
        "author": "{Gone Dark}",
        "year": "2030",
        "note": "Record of 2030-03-01, CC BY 4.0",
        "url": f"{URL}incidents/{ROSS}/",
    }


def test_characters_that_tex_knows_do_not_break_bibtex():
    library = bibtexparser.parse_string(files(ODD)["cite.bib"])
    plain = bibtexparser.middlewares.LatexDecodingMiddleware()

    assert library.failed_blocks == []
    (entry,) = plain.transform(library).entries
    # What TeX calls ^ is another character of nearly that shape.
    assert entry["title"].strip("{}").replace("ˆ", "^") == ODD.title


@pytest.mark.parametrize("which", ["ross", "odd"])
def test_ris_is_read_back_whole(which, ross):
    cite = ross if which == "ross" else ODD

    assert rispy.loads(files(cite)["cite.ris"]) == [
        {
            "type_of_reference": "ELEC",
            "id": cite.key,
            "title": cite.title,
            "authors": ["Gone Dark"],
            "publisher": "Gone Dark",
            "year": f"{cite.changed.year}",
            "date": f"{cite.changed:%Y/%m/%d}/",
            "language": "en",
            "urls": [cite.url],
            "notes": [f"Record of {cite.day}, CC BY 4.0"],
        }
    ]


def test_a_style_sets_the_reference_from_csl_json(ross):
    kept = CiteProcJSON(json.loads(files(ross)["cite.json"]))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    references = CitationStylesBibliography(style, kept, form.plain)
    references.register(Citation([CitationItem(ross.key)]))

    (told,) = map(str, references.bibliography())

    assert told == (
        "Gone Dark (2030) Ross Sea stations drop off: power, attack or anchor?, Gone Dark. "
        f"Available at: {URL}incidents/{ROSS}/."
    )
