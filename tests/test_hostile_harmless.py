"""Strange but right: refusing these would be as much a fault as taking the hostile ones."""

import pytest

from generator.model.incident import Incident
from generator.read.record import load_model


@pytest.fixture
def minimal(archive):
    """The text of the smallest record."""
    file = archive / "incidents/2032/2032-02-29-heard-island/incident.yaml"
    return file.read_text(encoding="utf-8")


def taken(text):
    return load_model(Incident, text.encode(), "r.yaml")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("'<b>bold</b> & <script>alert(1)</script>'", "<b>bold</b> & <script>alert(1)</script>"),
        ("'{{ 7*7 }} {% raw %}'", "{{ 7*7 }} {% raw %}"),
        ("'[x](javascript:alert(1)) | `a` # b'", "[x](javascript:alert(1)) | `a` # b"),
        ("'=HYPERLINK(1)'", "=HYPERLINK(1)"),
        ("'it''s \"quoted\"'", 'it\'s "quoted"'),
        ("Störung in Ōsaka – 東京 – القاهرة", "Störung in Ōsaka – 東京 – القاهرة"),
        ("']]> --> </title></script>'", "]]> --> </title></script>"),
        ("'C:\\temp\\n'", "C:\\temp\\n"),
        ('"\\u00e9\\x21 \\U0001f6f0"', "é! 🛰"),
        ("yes", "yes"),
        ("off", "off"),
        ("12:30:45", "12:30:45"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("2032-02-29", "2032-02-29"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("'null'", "null"),
        ("a # a comment", None),
        ("a#b", "a#b"),
        ("-rf is no option", "-rf is no option"),
        (">-\n  Two lines\n  in one", "Two lines in one"),
        ("A plain text\n  over two lines", "A plain text over two lines"),
    ],
)
def test_a_title_says_what_it_says(written, title, minimal):
    text = minimal.replace("Heard Island falls silent", written)

    if title is None:  # shorter than three characters once the comment is gone
        text = text.replace("a # a comment", "abc # a comment")
        title = "abc"
    assert taken(text).title == title


@pytest.mark.parametrize("codes", ["[NO]", '["NO"]', "['NO']", "\n  - NO", "\n    - NO # Norway"])
def test_norway_is_a_country_however_it_is_written(codes, minimal):
    incident = taken(minimal.replace("[HM]", codes))

    assert [str(code) for code in incident.where.countries] == ["NO"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "# a comment\n" + text,
        lambda text: "---\n" + text,
        lambda text: text + "...\n",
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("\n", "   \n"),
        lambda text: text.removesuffix("\n"),
        lambda text: text + "# the end\n" * 100,
        lambda text: text.replace("added: 2032-03-05", '"added": "2032-03-05"'),
        lambda text: text.replace("added: 2032-03-05", "? added\n: 2032-03-05"),
        lambda text: text.replace("countries: [HM]", "countries: [\n    HM,\n  ]"),
    ],
)
def test_the_same_record_in_other_clothes_is_the_same_record(change, minimal):
    assert taken(change(minimal)) == taken(minimal)


def test_a_text_of_the_greatest_length_is_taken_to_the_last_character(minimal):
    longest = "x" * 1990 + " [@gazette]"
    assert len(longest) > 2000

    summary = longest[1:2001]
    text = minimal.replace(
        "The island's only network went off the air on a leap day [@gazette].", summary
    )
    assert taken(text).summary == summary


def test_one_mark_of_emoji_style_is_no_hidden_character(minimal):
    assert taken(minimal.replace("falls silent", "falls silent ☎\ufe0f")).title.endswith("☎\ufe0f")
