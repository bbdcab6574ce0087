"""Text to a tree with lines: nothing is guessed or dropped, and every fault has its line."""

import pytest

from generator.model.problem import BrokenInputError, Problem
from generator.read.text import Limits
from generator.read.yaml import draft, parse


def refused(text, limits=None):
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    with pytest.raises(BrokenInputError) as error:
        parse(raw, "r.yaml", limits or Limits())
    return [f"{p.line} {p.field}: {p.what}" for p in error.value.problems]


def test_every_plain_word_stays_the_text_it_is():
    document = parse(
        b"a: NO\nb: [yes, on, 0123, 1_000, 1:30, .nan, 1e3, 0x1f]\nc: 2014-12-22\n", "r.yaml"
    )

    assert document.tree == {
        "a": "NO",
        "b": ["yes", "on", "0123", "1_000", "1:30", ".nan", "1e3", "0x1f"],
        "c": "2014-12-22",
    }


def test_a_text_has_the_line_it_begins_on_and_a_mapping_or_list_that_of_its_key():
    document = parse(
        b"# a comment\ntitle:\n  Long\nwhere:\n\n  countries:\n    - AQ\n    - UM\n", "r.yaml"
    )

    lines = {
        (): 2,
        ("title",): 3,
        ("where",): 4,
        ("where", "countries"): 6,
        ("where", "countries", 0): 7,
        ("where", "countries", 1): 8,
    }
    assert {path: document.line(path) for path in lines} == lines
    assert document.key_line(("title",)) == 2


def test_what_is_not_there_has_the_line_of_the_nearest_thing_around_it():
    document = parse(b"a: 1\nb:\n  c: 2\n", "r.yaml")

    assert document.line(("b", "x", 3, "y")) == 2
    assert document.line(("x",)) == 1
    assert document.key_line(("b", "x")) == 2


def test_a_problem_found_later_can_be_put_in_its_place():
    document = parse(b"a:\n  - b: 2\n", "r.yaml")

    problem = document.problem(("a", 0, "b"), "is even", "Make it odd.", "R99", "advice")

    assert problem == Problem("r.yaml", 2, "a[0].b", "is even", "Make it odd.", "R99", "advice")
    assert str(problem) == "r.yaml:2: a[0].b: is even [R99]\n    Make it odd."


def test_windows_line_ends_change_nothing():
    document = parse(b"a: 1\r\nb: >-\r\n  two\r\n  lines\r\n", "r.yaml")

    assert (document.tree, document.line(("b",))) == ({"a": "1", "b": "two lines"}, 2)


def test_comments_a_document_start_and_empty_lines_are_harmless():
    document = parse(b"# yaml-language-server: $schema=x\n---\n\na: 1\t# one\n  \n", "r.yaml")

    assert document.tree == {"a": "1"}


@pytest.mark.parametrize("text", ["''", '""'])
def test_an_empty_text_in_quotes_is_text(text):
    assert parse(f"a: {text}\n".encode(), "r.yaml").tree == {"a": ""}


def test_every_key_written_twice_is_named_with_both_lines():
    problems = refused("a: 1\nb: {c: 1, c: 2}\na: 3\na: {d: 1}\n")

    assert problems == [
        "2 b.c: written twice, first on line 2",
        "3 a: written twice, first on line 1",
        "4 a: written twice, first on line 1",
    ]


def test_a_key_twice_in_a_mapping_that_is_itself_there_twice_is_named_with_its_own_lines():
    problems = refused("a: {x: 1}\na:\n  x: 2\n  x: 3\n")

    assert problems == [
        "2 a: written twice, first on line 1",
        "4 a.x: written twice, first on line 3",
    ]


def test_what_the_first_of_two_mappings_lacks_has_the_line_where_the_second_has_it():
    document = draft(b"a: {b: {c: 1}}\na:\n  b:\n    c: 2\n    d: 3\n  e: 4\n", "r.yaml").document

    assert document.tree == {"a": {"b": {"c": "1"}}}
    assert [document.line(("a", *path)) for path in (("b", "c"), ("b", "d"), ("e",))] == [1, 5, 6]


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_a_field_without_a_value_is_named(nothing):
    assert refused(f"a: {nothing}\nb:\n- x\n- {nothing}\n") == [
        "1 a: has no value",
        "4 b[1]: has no value",
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: &x 1\nb: *x\n", ["1 a: the anchor &x", "2 b: the alias *x"]),
        ("a: &x [*x]\n", ["1 a: the anchor &x", "1 a[0]: the alias *x"]),
        ("&r\na: 1\n", ["1 : the anchor &r"]),
        ("<<: {a: 1}\n", ["1 : the merge key <<"]),
        ("b:\n  <<: [1]\n", ["2 b: the merge key <<"]),
        ("a: !local x\n", ["1 a: the tag '!local'"]),
        ("a: !!set {b}\n", ["1 a: the tag 'tag:yaml.org,2002:set'", "1 a.b: has no value"]),
        ("a: !!binary aGVsbG8=\n", ["1 a: the tag 'tag:yaml.org,2002:binary'"]),
        ("a: !<x%E2%80%AEy> z\n", ["1 a: the tag 'x\\u202ey'"]),
        ("!!map\na: 1\n", ["1 : the tag 'tag:yaml.org,2002:map'"]),
        ("*x : 1\n", ["1 : expected a key of text, got something else", "1 : the alias *x"]),
        ("? [a, b]\n: 1\n", ["1 : expected a key of text, got something else"]),
        ("a: 1\n? {b: c}\n: 1\n", ["2 : expected a key of text, got something else"]),
        ("a: 1\n---\nb: 2\n", ["2 : a second document in the file"]),
        ("- a\n- b\n", ["1 : expected fields, got a list"]),
        ("hello\n", ["1 : expected fields, got text"]),
        ("\n", ["1 : expected fields, got nothing"]),
        ("# only a comment\n", ["1 : expected fields, got nothing"]),
        ("--- ''\n", ["1 : expected fields, got nothing"]),
    ],
)
def test_markup_that_means_more_than_it_says_is_refused(text, problems):
    assert refused(text) == problems


def test_quotes_make_a_merge_key_a_key_like_any_other():
    assert parse(b'"<<": x\n', "r.yaml").tree == {"<<": "x"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: 2\n# more\n", "1 : the file has more than 10 bytes"),
        ("a: 12345\n", "1 : the line has more than 6 characters"),
        ("a:\n b:\n  - c\n", "2 : nested more than 2 deep"),
        ("a: 1\nb: 2\nc: 3\n", "3 : the file holds more than 5 keys and values"),
    ],
)
def test_a_file_over_a_limit_is_refused_where_it_passes_it(text, problem):
    one_limit = {
        "bytes": Limits(size_bytes=10),
        "characters": Limits(line_chars=6),
        "deep": Limits(depth=2),
        "values": Limits(nodes=5),
    }[problem.split()[-1]]

    assert refused(text, one_limit) == [problem]


def test_a_file_that_just_keeps_its_limits_is_taken():
    text = b"a:\n- b: c\n"

    document = parse(text, "r.yaml", Limits(size_bytes=10, line_chars=6, depth=3, nodes=6))

    assert document.tree == {"a": [{"b": "c"}]}


def test_of_thousands_of_problems_a_hundred_are_shown_and_the_rest_are_counted():
    text = "".join(f"k{i}: ~\n" for i in range(1100))

    problems = refused(text)

    shown = [f"{i + 1} k{i}: has no value" for i in range(100)]
    assert problems == [*shown, "0 : 1,000 more problems in this file"]


def test_each_fault_of_form_comes_with_its_cure():
    text = 'a: &x 1\nb: *x\n<<: {c: d}\na: 2\ne: ~\nf: !t x\ng: ["\\t", "\\0"]\n---\n'

    with pytest.raises(BrokenInputError) as error:
        parse(text.encode(), "r.yaml")

    assert [problem.cure for problem in error.value.problems] == [
        "Leave it out.",
        "Write the value out.",
        "Write the fields out.",
        "Keep one of the two.",
        "Give it one, or leave it out.",
        "Leave it out; all is text here.",
        "Write a space.",
        "Leave it out.",
        "Keep one record in each file.",
    ]
