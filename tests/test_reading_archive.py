"""The archive on disk: what is read, and how one broken record leaves the others alone."""

import pytest
from pydantic import BaseModel

from generator.model.links import Links
from generator.model.vocabulary import Bearing, EvidenceKind, Extent, Layer, Standing
from generator.read.archive import Archive, read_archive, read_one

MINIMAL = "2032-02-29-heard-island"
LINKS = """sources:
  gazette:
    url: https://gazette.example.org/2032/heard
    checked: 2032-04-01
    state: dead
"""
EVIL_COPY = (
    "    archived: https://evil.example.com/web/20320304101500/https://gazette.example.org/\n"
)


@pytest.fixture
def minimal(archive):
    """The text of the smallest record."""
    return (archive / f"incidents/2032/{MINIMAL}/incident.yaml").read_text(encoding="utf-8")


@pytest.fixture
def laid_out(tmp_path):
    """A function that writes files under ``incidents/`` and returns the project's folder."""

    def lay_out(files):
        (tmp_path / "incidents").mkdir()
        for name, text in files.items():
            file = tmp_path / "incidents" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path

    return lay_out


def lines(problems):
    return [str(problem).split("\n")[0] for problem in problems]


def test_the_fictional_archive_is_read_in_order_of_its_ids(archive):
    found, problems = read_archive(archive)

    assert (problems, found.broken) == ([], frozenset())
    assert [(record.id, record.file) for record in found.records] == [
        (name, f"incidents/{name[:4]}/{name}/incident.yaml")
        for name in (
            "2030-01-31-ross-sea",
            "2031-06-15-bouvet-island",
            "2032-02-29-heard-island",
            "2033-11-05-palmyra",
        )
    ]


def parts_of(value):
    """Every model inside a record, itself first, and every word."""
    yield value
    if isinstance(value, BaseModel):
        inside = [getattr(value, name) for name in type(value).model_fields]
    else:
        inside = value.values() if isinstance(value, dict) else value
    for part in inside if not isinstance(value, str) and hasattr(inside, "__iter__") else ():
        yield from parts_of(part)


def test_the_fictional_archive_uses_every_field_and_the_words_that_matter(archive):
    parts = [
        part for record in read_archive(archive)[0].records for part in parts_of(record.incident)
    ]

    models = [part for part in parts if isinstance(part, BaseModel)]
    used = {(type(part), name) for part in models for name in part.model_fields_set}
    known = {(kind, name) for kind in map(type, models) for name in kind.model_fields}
    words = {
        part
        for part in parts
        if isinstance(part, Bearing | EvidenceKind | Extent | Layer | Standing)
    }
    assert known - used == set()
    assert words == {*Bearing, *EvidenceKind, *Extent, *Layer, *Standing}


def test_a_record_knows_its_folder_and_its_evidence(laid_out, minimal):
    root = laid_out(
        {
            f"2032/{MINIMAL}/incident.yaml": minimal,
            f"2032/{MINIMAL}/links.yaml": LINKS,
            f"2032/{MINIMAL}/routing/messages.csv.gz": "",
            f"2032/{MINIMAL}/routing/provenance.yaml": "",
            "2032/2032-03-01-other/incident.yaml": minimal,
        }
    )

    found, problems = read_archive(root)

    folder = root / "incidents/2032" / MINIMAL
    assert problems == []
    assert [(r.folder, r.evidence_folder) for r in found.records] == [
        (folder, folder / "routing"),
        (root / "incidents/2032/2032-03-01-other", None),
    ]
    assert [r.links and r.links.sources["gazette"].state for r in found.records] == ["dead", None]


def test_a_broken_file_of_links_is_told_with_its_line_and_hides_no_record(laid_out, minimal):
    root = laid_out(
        {
            f"2032/{MINIMAL}/incident.yaml": minimal,
            f"2032/{MINIMAL}/links.yaml": LINKS.replace("dead", "ded") + EVIL_COPY,
        }
    )

    found, problems = read_archive(root)

    assert [record.links for record in found.records] == [None]
    assert [(p.file[-10:], p.line, p.what.split(", got")[0]) for p in problems] == [
        ("links.yaml", 5, "expected one of works, moved, paywalled, refused, looks-dead, dead, "
         "unreachable"),
        ("links.yaml", 6, "expected a copy like https://web.archive.org/web/20141222161500/"
         "https://example.org/"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("copy", "legal"),
    [
        ("https://web.archive.org/web/20320304101500/http://www.gazette.example.org/2032/h", True),
        ("https://web.archive.org/web/20320304101500/https://evil.example.com/2032/heard", False),
        ("https://web.archive.org/web/20320230101500/https://gazette.example.org/2032", False),
        ("https://web.archive.example.org/web/20320304101500/https://gazette.example.org/", False),
    ],
)
def test_a_copy_is_in_the_archive_of_a_day_that_exists_and_of_the_host_asked(copy, legal, refusals):
    assert (refusals(f"{LINKS}    archived: {copy}\n", Links) == []) == legal


def test_every_problem_of_every_file_is_told_and_the_sound_records_are_there(laid_out, minimal):
    root = laid_out(
        {
            f"2032/{MINIMAL}/incident.yaml": minimal,
            "2032/2032-03-01-broken/incident.yaml": "a: b: c\n",
            "2032/2032-03-02-wrong/incident.yaml": minimal.replace("HM", "ZZ").replace("/", "|"),
            "2033/2033-01-01-empty/links.yaml": "",
        }
    )

    found, problems = read_archive(root)

    assert [record.id for record in found.records] == [MINIMAL]
    assert found.broken == {
        "2032-03-01-broken",
        "2032-03-02-wrong",
        "2033-01-01-empty",
    }
    assert lines(problems) == [
        "incidents/2032/2032-03-01-broken/incident.yaml:1: not YAML: a `: ` where no field can "
        "begin",
        "incidents/2032/2032-03-02-wrong/incident.yaml:4: where.countries[0]: expected an ISO 3166 "
        "country code like KP, got 'ZZ'",
        "incidents/2032/2032-03-02-wrong/incident.yaml:17: sources.gazette.url: expected an http "
        "or https address like https://example.org/report, got "
        "'https:||gazette.example.org|2032|heard'",
        "incidents/2033/2033-01-01-empty: incident.yaml is missing",
    ]


def test_a_project_without_incidents_is_told_so(tmp_path):
    found, problems = read_archive(tmp_path)

    assert (found, lines(problems)) == (Archive(), ["incidents: there is no such folder"])


def test_one_record_is_read_by_its_folder_or_by_its_file(archive):
    folder = archive / "incidents/2032" / MINIMAL

    by_folder, problems = read_one(folder)
    by_file, others = read_one(folder / "incident.yaml")

    assert problems == others == []
    assert (by_folder.id, by_folder.file) == (by_file.id, by_file.file)
    assert by_file.file == f"incidents/2032/{MINIMAL}/incident.yaml"


def test_a_draft_outside_the_archive_has_no_id_yet(tmp_path, minimal):
    draft = tmp_path / "draft.yaml"
    draft.write_text(minimal, encoding="utf-8")

    record, problems = read_one(draft)

    assert (record.id, record.file, record.evidence_folder, problems) == (
        "",
        "draft.yaml",
        None,
        [],
    )


def test_a_broken_draft_is_no_record(tmp_path):
    draft = tmp_path / "draft.yaml"
    draft.write_text("- a\n", encoding="utf-8")

    record, problems = read_one(draft)

    assert (record, lines(problems)) == (None, ["draft.yaml:1: expected fields, got a list"])


def test_what_is_not_there_is_told_so(tmp_path):
    record, problems = read_one(tmp_path / "nothing.yaml", tmp_path)

    assert (record, lines(problems)) == (None, ["nothing.yaml: no such file"])


def test_a_file_outside_the_project_is_named_as_it_was_given(tmp_path, archive):
    missing = tmp_path / "nothing.yaml"

    _, problems = read_one(missing, archive)

    assert lines(problems) == [f"{missing.as_posix()}: no such file"]


def test_a_record_file_in_a_folder_that_is_no_id_is_told_so(tmp_path, minimal):
    file = tmp_path / "somewhere/incident.yaml"
    file.parent.mkdir()
    file.write_text(minimal, encoding="utf-8")

    record, problems = read_one(file, tmp_path)

    assert (record, lines(problems)) == (
        None,
        ["somewhere: expected the folder's name to be an id"],
    )
