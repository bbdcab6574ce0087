"""Drafts from the text of an issue, as GitHub makes it of the form's answers."""

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.__main__ import main
from generator.model.problem import BrokenInputError
from generator.model.questions import QUESTIONS
from generator.read.archive import read_one
from generator.read.form import answers_of
from tests.site_project import tree

# Word for word what GitHub writes: each label as a heading, an empty line, the answer; its own
# words where nothing was answered; the boxes as a list of tasks.
ISSUE = """\
### Countries

Bouvet Island

### Networks

AS64500 Bouvet Net
- Shore Radio

### Start

2041-02-28T14:05Z

### End

_No response_

### Headline

Bouvet Island falls silent

### What happened

The island's only network went off the air.

Nobody has said why.

### What stopped

reachability

### How much of it

total

### Explanations

_No response_

### Sources

https://gazette.example.org/2041/bouvet | Southern Gazette | Bouvet silent | news
https://ice.example.net/status | Ice Telecom | Status

### Before you send it

- [X] I have read each source named, and it says what I write.
- [X] This may be published under CC BY 4.0.
"""


@pytest.fixture
def project(archive, tmp_path):
    """A copy of the fictional archive."""
    shutil.copytree(archive / "incidents", tmp_path / "incidents")
    return tmp_path


@pytest.fixture
def drafted(project, capsys):
    """A function from an issue's text to the exit code, what was told, and the drafts."""

    def draft(issue, *flags):
        file = project / "issue.md"
        file.write_bytes(issue if isinstance(issue, bytes) else issue.encode())
        words = ["--project", str(project), "new", "--documentation-space", "--on=2041-03-05"]
        code = main([*words, "--from-form", str(file), *flags])
        told = capsys.readouterr().err.replace(file.as_posix(), "issue.md")
        return code, told, sorted((project / "build/drafts").rglob("incident.yaml"))

    return draft


def told_of(lines):
    """What is wrong, without the cures."""
    return [line for line in lines.splitlines() if not line.startswith("    ")]


def test_the_answers_of_a_form_become_a_draft(drafted):
    code, told, [draft] = drafted(ISSUE)

    record, problems = read_one(draft)
    assert (code, told, problems) == (0, "", [])
    assert draft.parts[-4:-1] == ("drafts", "2041", "2041-02-28-bouvet-island")
    assert record.incident.model_dump(mode="json", exclude_defaults=True) == {
        "title": "Bouvet Island falls silent",
        "summary": "The island's only network went off the air. Nobody has said why "
        "[@southern-gazette] [@ice-telecom].",
        "where": {
            "countries": ["BV"],
            "networks": [
                {"asn": "AS64500", "name": "Bouvet Net", "role": "affected"},
                {"name": "Shore Radio", "role": "affected"},
            ],
        },
        "episodes": [
            {
                "name": "Outage",
                "layer": "reachability",
                "extent": "total",
                "start": [{"at": "2041-02-28T14:05Z", "source": "southern-gazette"}],
                "end": "unknown",
            }
        ],
        "sources": {
            "southern-gazette": {
                "kind": "news",
                "publisher": "Southern Gazette",
                "title": "Bouvet silent",
                "url": "https://gazette.example.org/2041/bouvet",
                "accessed": "2041-03-05",
            },
            "ice-telecom": {
                "kind": "other",
                "publisher": "Ice Telecom",
                "title": "Status",
                "url": "https://ice.example.net/status",
                "accessed": "2041-03-05",
            },
        },
        "lacking": ["Which source says what: times and explanations all name southern-gazette."],
        "added": "2041-03-05",
    }


def test_an_issue_that_was_edited_on_the_web_has_other_line_ends_and_is_read_the_same(drafted):
    _, _, [draft] = drafted(ISSUE)
    before = draft.read_bytes()
    shutil.rmtree(draft.parent)

    code, _, [again] = drafted(ISSUE.replace("\n", "\r\n"))

    assert (code, again.read_bytes()) == (0, before)


def test_a_draft_that_is_there_is_not_overwritten(drafted):
    _, _, [draft] = drafted(ISSUE)
    draft.write_text("edited", "utf-8")

    code, told, [again] = drafted(ISSUE)

    assert (code, again.read_text("utf-8")) == (1, "edited")
    assert told_of(told)[0].endswith(
        "build/drafts/2041/2041-02-28-bouvet-island: is there already, and nothing is overwritten"
    )


def test_a_place_that_cannot_be_written_is_told(drafted, project):
    (project / "full").write_text("a file where a folder should be", "utf-8")

    code, told, drafts = drafted(ISSUE, "--to", str(project / "full"))

    assert (code, drafts) == (1, [])
    assert told_of(told)[0].endswith(": cannot be written: Not a directory")


def test_what_is_wrong_is_told_at_once_with_the_line_of_its_heading(drafted, edited):
    issue = edited(
        ISSUE,
        ("Bouvet Island\n\n### Net", "Freedonia\n\n### Net"),
        ("2041-02-28T14:05Z", "yesterday at 16:15"),
        ("reachability", "None"),
        ("Bouvet Island falls silent", "_No response_"),
    )
    needed = edited(issue, ("_No response_\n\n### What happened", "x\n\n### What happened"),
                    ("None", "the wire"))  # fmt: skip

    assert told_of(drafted(issue)[1]) == [
        "issue.md:18: Headline: no answer",
        "issue.md:28: What stopped: no answer",
    ]
    code, told, drafts = drafted(needed)
    assert (code, drafts) == (1, [])
    assert told_of(told) == [
        "issue.md:1: Countries: expected a country, got 'Freedonia'",
        "issue.md:10: Start: expected a UTC time like 2014-12-22T16:15Z, got 'yesterday at 16:15'",
        "issue.md:18: Headline: expected at least 3 characters, got 'x'",
        "issue.md:28: What stopped: expected one of routing, reachability, traffic, service, got "
        "'the wire'",
    ]


def test_headings_that_are_missing_are_all_named(drafted):
    code, told, drafts = drafted("One sentence, and a link: https://gazette.example.org/\n")

    assert (code, drafts) == (1, [])
    assert told_of(told) == sorted(
        f"issue.md: {question.label}: no heading '### {question.label}'" for question in QUESTIONS
    )


def test_a_heading_in_an_answer_is_text_unless_it_is_one_of_the_forms(drafted, edited):
    harmless = edited(ISSUE, ("Nobody has said why.", "### My view\n\n# Nobody has said why."))
    twice = edited(ISSUE, ("Nobody has said why.", "### Sources\n\nhttps://evil.example.org/"))

    _, told, drafts = drafted(twice)
    assert told_of(told) == ["issue.md:42: '### Sources' again, first on line 26"]
    assert drafts == []
    code, told, [draft] = drafted(harmless)
    assert (code, told) == (0, "")
    summary = read_one(draft)[0].incident.summary
    assert "### My view # Nobody has said why [@southern-gazette]" in summary


def test_an_outage_that_the_archive_may_hold_is_refused_unless_it_is_said_how_it_relates(
    drafted, edited
):
    issue = edited(ISSUE, ("Bouvet Island\n\n", "HM\n\n"), ("2041-02-28T14:05Z", "2032-03-01"))

    code, told, drafts = drafted(issue)

    assert (code, drafts) == (1, [])
    assert told_of(told) == [
        "issue.md: 2032-02-29-heard-island, of the archive, began within 48 hours of it, also in HM"
    ]
    code, _, [draft] = drafted(issue, "--related", "sequel:2032-02-29-heard-island")
    assert (code, draft.parent.name) == (0, "2032-03-01-heard-mcdonald-islands")


@pytest.mark.parametrize(
    ("issue", "told"),
    [
        (b"", "issue.md: Countries: no heading '### Countries'"),
        (b"\xff\xfe#", "issue.md:1: the file is UTF-16 or UTF-32, not UTF-8"),
        (b"### Countries\n\n\xe9", "issue.md:3: the byte 0xe9 is not UTF-8"),
        (b"x" * 300_000, "issue.md:1: the file has more than 262,144 bytes"),
        (ISSUE.replace("silent\n", "silent\u200b\n", 1).encode(),
         "issue.md:20: the hidden character U+200B (ZERO WIDTH SPACE)"),
        (ISSUE.replace("Ice Telecom | Status", "x | y |").encode(),
         "issue.md:40: Sources: expected address | publisher | title | kind"),
        (ISSUE.replace("https://ice.example.net/status", "javascript:alert(1)").encode(),
         "issue.md:40: Sources: expected an http or https address"),
        (ISSUE.replace("- Shore Radio", "x\n" * 101).encode(),
         "issue.md:5: Networks: 102 lines, expected at most 100"),
        (ISSUE.replace("Nobody has said why", "word " * 500).encode(),
         "issue.md:22: What happened: 2,"),
        (ISSUE.replace("Nobody has said why", "As it says [@gazette]").encode(),
         "issue.md:22: What happened: no source called 'gazette' [R11]"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_sound_form_is_told_and_leaves_nothing(issue, told, drafted, project):
    before = tree(project / "incidents")

    code, problems, drafts = drafted(issue)

    assert (code, drafts) == (1, [])
    assert any(line.startswith(told) for line in told_of(problems)), problems
    assert tree(project / "incidents") == before


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "{{ config }} {% raw %}",
        "![x](https://evil.example.org/x.png) <img src=x onerror=alert(1)>",
        "@everyone #1 `$(id)` ${{ github.token }}",
        "*a &b !!python/name:os.system {c: d} ]]>",
    ],
)
def test_any_answer_is_only_text(text, drafted):
    code, told, [draft] = drafted(ISSUE.replace("Bouvet Island falls silent", text))

    assert (code, told) == (0, "")
    assert read_one(draft)[0].incident.title == text


@settings(max_examples=60)
@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_for_an_answer_are_answers_or_problems(raw):
    issue = ISSUE.encode().replace(b"Nobody has said why.", raw)

    try:
        answers, problems = answers_of(issue, "issue.md"), ()
    except BrokenInputError as error:
        answers, problems = {}, error.problems

    assert all(problem.what for problem in problems)
    assert problems or set(answers) == {question.id for question in QUESTIONS}
    assert problems or answers["source"].text.startswith("https://gazette.example.org/2041/")
