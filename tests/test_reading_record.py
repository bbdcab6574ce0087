"""Text to a model: the wording of every fault that a schema can find, and no name of a class."""

from typing import Annotated, Literal, Self

import pytest
from pydantic import Field, StringConstraints, model_validator

from generator.model.claims import Model
from generator.model.incident import Incident
from generator.model.values import Count, Moment
from generator.read.record import load, load_model


class Small(Model):
    """A model such as the machine's sidecars have."""

    count: Count | None = Field(None, description="How many.")
    grade: Literal["fine"] = Field("fine", description="The grade.")
    pair: Annotated[tuple[Count, ...], Field(max_length=2)] = Field((), description="A pair.")
    mark: Annotated[str, StringConstraints(pattern="^[A-F]$")] = Field("A", description="A mark.")
    size: int = Field(0, description="A size.")
    first: Moment | None = Field(None, description="The first.")

    @model_validator(mode="after")
    def _is_odd(self) -> Self:
        if self.count and self.count.number % 2 == 0:
            raise ValueError("expected an odd count")
        return self


class Holder(Model):
    """A model that holds others."""

    inner: Small
    many: dict[str, Small] = Field({}, description="Many more.")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("cuont: 1\n", ["r.yaml:1: cuont: no such field here\n    Did you mean 'count'?"]),
        (
            "bogus: 1\n",
            [
                "r.yaml:1: bogus: no such field here\n"
                "    Fields here: count, first, grade, mark, pair, size."
            ],
        ),
        (
            "'': 1\n" + "x" * 70 + ": 2\n",
            [
                "r.yaml:1: ['']: no such field here\n"
                "    Fields here: count, first, grade, mark, pair, size.",
                "r.yaml:2: " + "x" * 59 + "…: no such field here\n"
                "    Fields here: count, first, grade, mark, pair, size.",
            ],
        ),
        (
            "unknown: ~\n",
            [
                "r.yaml:1: unknown: has no value\n    Give it one, or leave it out.",
                "r.yaml:1: unknown: no such field here\n"
                "    Fields here: count, first, grade, mark, pair, size.",
            ],
        ),
        (
            "grade: poor\n",
            ["r.yaml:1: grade: expected one of fine, got 'poor'\n    The grade."],
        ),
        ("pair: [1, 2, 3]\n", ["r.yaml:1: pair: expected at most 2, got 3\n    A pair."]),
        (
            "pair:\n- 1\n- x\n",
            [
                "r.yaml:3: pair[1]: expected a whole number like 1436, got 'x'\n    A pair.",
            ],
        ),
        (
            "mark: G\n",
            ["r.yaml:1: mark: expected text of the form ^[A-F]$, got 'G'\n    A mark."],
        ),
        (
            "size: big\n",
            [
                "r.yaml:1: size: input should be a valid integer, unable to parse string as an "
                "integer\n    A size."
            ],
        ),
        ("count: 2\n", ["r.yaml:1: expected an odd count"]),
        (
            "first: {a: b}\n",
            [
                "r.yaml:1: first: expected a UTC time like 2014-12-22T16:15Z, got a mapping\n"
                "    The first."
            ],
        ),
    ],
)
def test_any_fault_of_any_model_is_told_in_plain_words(text, problems, refusals):
    assert refusals(text, Small) == problems


def test_a_fault_of_a_whole_part_is_told_at_that_part(refusals):
    problems = refusals("inner:\n  count: 2\nmany:\n  b: {count: 4}\n  c: []\n", Holder)

    assert problems == [
        "r.yaml:1: inner: expected an odd count",
        "r.yaml:4: many.b: expected an odd count\n    Many more.",
        "r.yaml:5: many.c: expected a mapping of fields, got a list\n"
        "    Write its fields on lines of their own, indented.",
    ]


def test_a_sound_text_becomes_the_model():
    assert load_model(Small, b"count: 3\nfirst: 2014\n", "r.yaml") == Small(
        count=Count(3), first=Moment.parse("2014")
    )


def test_a_record_comes_with_the_lines_of_its_fields(record):
    incident, document = load(Incident, record.encode(), "r.yaml")

    assert incident.episodes[1].start[0].at == Moment.parse("2030-01-31T15:39:20Z")
    line = document.line(("episodes", 1, "start", 0, "at"))
    assert record.split("\n")[line - 1].strip().startswith("- {at: 2030-01-31T15:39:20Z")


def test_a_record_written_out_as_its_own_words_reads_the_same(record):
    incident, _ = load(Incident, record.encode(), "r.yaml")

    assert Incident.model_validate(incident.model_dump(by_alias=True)) == incident


def test_a_claim_is_not_called_missing_when_it_is_only_wrong(record, edited, refusals):
    text = edited(record, ("{at: 2030-01-31T15:39Z, source: collectors}", "{at: 15:39, source: x}"))

    assert refusals(text) == [
        "r.yaml:24: episodes[0].end[0].at: expected a UTC time like 2014-12-22T16:15Z, got '15:39'"
        "\n    The time claimed, UTC; a trailing ~ means about."
    ]


@pytest.mark.parametrize("ending", ["{claims: []}", "{word: unknown}", "{0: x}"])
def test_an_end_that_is_a_mapping_is_told_as_such_whatever_its_keys(
    ending, record, edited, refusals
):
    text = edited(record, ("    end: unknown", f"    end: {ending}"))

    assert refusals(text) == [
        "r.yaml:51: episodes[2].end: expected a list or one of unknown, ongoing, got a mapping"
        "\n    Write an item a line, each after a hyphen, or all in [ ] with commas."
    ]


def test_a_key_that_looks_like_a_mark_of_the_checker_is_told_as_any_other(refusals):
    problems = refusals('many:\n  "[key]": {x: 1}\ninner: {}\n', Holder)

    assert problems == [
        "r.yaml:2: many['[key]'].x: no such field here\n"
        "    Fields here: count, first, grade, mark, pair, size."
    ]


def test_a_value_that_has_its_problem_already_gets_no_second(refusals):
    problems = refusals("inner: *x\nmany: {a: ~}\n", Holder)

    assert problems == [
        "r.yaml:1: inner: the alias *x\n    Write the value out.",
        "r.yaml:2: many.a: has no value\n    Give it one, or leave it out.",
    ]


def test_a_value_of_great_length_is_shortened_where_it_is_shown(refusals):
    assert refusals(f"count: {'9' * 3000}\n", Small) == [
        f"r.yaml:1: count: expected a whole number like 1436, got '{'9' * 59}…'\n    How many."
    ]


def test_thousands_of_unknown_fields_are_worded_for_those_shown_and_counted_for_the_rest(refusals):
    text = "".join(f"countt{i}: 1\n" for i in range(5000))

    problems = refusals(text, Small)

    assert problems[0] == "r.yaml:1: countt0: no such field here\n    Did you mean 'count'?"
    assert problems[99] == "r.yaml:100: countt99: no such field here\n    Did you mean 'count'?"
    assert problems[100:] == [
        "r.yaml: 4,900 more problems in this file\n"
        "    Mend those above first; the rest will be shown then."
    ]
