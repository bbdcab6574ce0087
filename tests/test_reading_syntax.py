"""What is no YAML at all, in plain words, at the line where it begins."""

import pytest

from generator.model.problem import BrokenInputError
from generator.read.yaml import parse


def refused(text):
    with pytest.raises(BrokenInputError) as error:
        parse(text.encode(), "r.yaml")
    return [f"{p.line} {p.field}: {p.what}" for p in error.value.problems]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: 'x\nc: 2\n", "2 : not YAML: a quote that is never closed"),
        ('a: "\\q"\n', "1 : not YAML: a backslash that spells no character"),
        ('a: "\\ud800"\n', "1 : not YAML: a backslash that spells no character"),
        ("a: b: c\n", "1 : not YAML: a `: ` where no field can begin"),
        ("a: @x\n", "1 : not YAML: text that begins with a character reserved by YAML"),
        (
            "a:\n  - {b: c\n  - d\ne: f\n",
            "2 : not YAML: a list or mapping in brackets that is not closed, or lacks a comma",
        ),
        ("a: 1\nfoo\nb: 2\n", "3 : not YAML: a line that is no `field: value`"),
        (
            "a: >24h\n",
            "1 : not YAML: something between `|` or `>-` and the end of the line",
        ),
        (
            "a:\n    b: 1\n  c: 2\n",
            "3 : not YAML: a field out of line, or text after a closing quote",
        ),
        ("a:\n  - x\n  y: 1\n", "3 : not YAML: a field among the items of a list"),
        ("a: !x!y z\n", "1 : not YAML: a tag"),
        ("a: 1\n...\nb: 2\n", "3 : not YAML: something that cannot stand here"),
        ("a: 1\nb", "2 : not YAML: a line that is no `field: value`"),
        ("a: 1\nb\n\n\n", "2 : not YAML: a line that is no `field: value`"),
        ("a: &\n", "1 : not YAML: something that cannot stand here"),
    ],
)
def test_what_is_no_yaml_is_explained_at_the_line_where_it_begins(text, problem):
    assert refused(text) == [problem]


def test_what_was_wrong_before_a_syntax_error_is_told_with_it():
    assert refused("a: ~\na: 1\nb: c: d\n") == [
        "1 a: has no value",
        "2 a: written twice, first on line 1",
        "3 : not YAML: a `: ` where no field can begin",
    ]


def test_each_fault_of_syntax_comes_with_its_cure():
    texts = [
        "a: 'x\n", 'a: "\\q"\n', "a: b: c\n", "a: @x\n", "a: [b\n", "a: 1\nfoo\n", "a: >24h\n",
        "a:\n    b: 1\n  c: 2\n", "a:\n  - x\n  y: 1\n", "a: !x!y z\n", "a: *\n",
    ]  # fmt: skip

    cures = []
    for text in texts:
        with pytest.raises(BrokenInputError) as error:
            parse(text.encode(), "r.yaml")
        cures += [problem.cure for problem in error.value.problems]

    assert cures == [
        "Close it with the mark that opened it; inside single quotes, '' stands for one quote.",
        "Use single quotes; in them a backslash is a backslash.",
        "Put text that holds a colon and a space in quotes; line fields up with their neighbours.",
        "Put the text in quotes; inside { } every text that cites a [@key] needs them.",
        "Close every [ and {, and part the items with commas.",
        "Give it a field, indent it under the text above, or put a # before it.",
        'Begin the text on the next line; put a value like ">5h" in quotes.',
        "Line the field up with its neighbours; put the text in quotes as a whole.",
        "Begin each item with a hyphen; line other fields up with the field above the list.",
        "Leave it out; all is text here.",
        "A text with signs such as : # [ { @ in it is safe in quotes.",
    ]
