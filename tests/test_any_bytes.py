"""The whole path: any bytes end in problems, or in pages that hold what templates write."""

from dataclasses import replace

import html5lib
import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from poison import ATTACKS

from generator.check.rules import check_record
from generator.model.incident import Incident
from generator.model.problem import BrokenInputError
from generator.read.archive import Archive, Record, read_archive
from generator.read.record import load
from generator.render.archive import archive_files
from tests.undrawn import undrawn

SETTINGS = {"site_url": "https://gone-dark.example/", "repo_url": ""}
EXTENSIONS = ["attr_list", "def_list", "footnotes", "tables", "toc"]
WORDS = [
    "Southern Gazette", "No word from Heard Island", "Heard Island falls silent", "Silence",
    "The island's only network", "gazette", "2032-02-29", "HM", "news", "reachability", "unknown",
]  # fmt: skip
PIECES = st.one_of(st.sampled_from(ATTACKS), st.binary(max_size=12), st.text(max_size=40))


@pytest.fixture(scope="module")
def minimal(archive):
    found, _ = read_archive(archive)
    return next(one for one in found.records if one.id == "2032-02-29-heard-island")


def pages(record):
    made = archive_files(Archive((record,)), {}, SETTINGS, undrawn).pages
    return {name: page for name, page in made.items() if name.endswith(".md")}


def kinds(record):
    """Every kind of element of a record's pages, with its attributes."""
    return {
        (one.tag, tuple(sorted(one.attrib)))
        for page in pages(record).values()
        for one in html5lib.parse(
            markdown.markdown(page.split("---\n", 2)[-1], extensions=EXTENSIONS),
            namespaceHTMLElements=False,
        ).iter()
    }


@pytest.fixture(scope="module")
def known(archive):
    """Every kind of element that the fictional archive's pages have."""
    found, _ = read_archive(archive)
    bare = [replace(one, evidence_folder=None) for one in found.records]
    return set().union(*map(kinds, bare))


def read_and_checked(minimal, raw):
    """The record that bytes are, None where they have problems; each of these has its place."""
    try:
        incident, document = load(Incident, raw, "r.yaml")
    except BrokenInputError as error:
        placed = [one for one in error.problems if one.what and one.line >= 0]
        return None if placed == list(error.problems) != [] else "a problem without its place"
    record = Record(minimal.id, minimal.folder, "r.yaml", incident, document)
    found = check_record(record, documentation_space=True)
    return None if any(one.severity == "error" for one in found) else record


@pytest.mark.large
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from(WORDS), PIECES, st.sampled_from(["", '"', "'"]))
def test_a_record_with_any_bytes_in_it_is_refused_or_makes_only_our_elements(
    minimal, known, word, piece, quote
):
    told = piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogatepass")
    if quote == "'":
        told = told.replace(b"'", b"''")
    elif quote:
        told = told.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    text = (minimal.folder / "incident.yaml").read_bytes()
    raw = text.replace(word.encode(), quote.encode() + told + quote.encode(), 1)

    record = read_and_checked(minimal, raw)

    assert record is None or kinds(record) - known == set()


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_single_quotes_is_read_as_it_stands(minimal, attack):
    text = (minimal.folder / "incident.yaml").read_text("utf-8")
    quoted = "'" + attack.replace("'", "''") + "'"

    record = read_and_checked(minimal, text.replace("Heard Island falls silent", quoted).encode())

    assert record.incident.title == attack
