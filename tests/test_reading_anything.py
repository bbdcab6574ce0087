"""Whatever the bytes are, they give a record or problems with lines: never another exception."""

import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.check.rules import check_record
from generator.model.incident import Incident
from generator.model.problem import BrokenInputError
from generator.read.archive import Record
from generator.read.record import load

LONGEST_S = 5.0
CALM = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)

PIECES = st.sampled_from(
    [
        *(
            "a: 1\n",
            "- ",
            "? ",
            ": ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "&x ",
            "*x",
            "!t ",
            "<<: ",
            "#",
            "%",
        ),
        *(
            "'",
            '"',
            "\\",
            ">-\n",
            "\n",
            "  ",
            "\t",
            "---\n",
            "...\n",
            "@",
            "`",
            "~",
            "null",
            "\r\n",
        ),
        *("\\u202e", "\u202e", "é", "\x00", "\ufeff", "title", "sources", "end: ", "unknown"),
        *("2030-01-31", "AS64500", "[@wire]"),
    ]
)


def read(raw):
    """Read bytes as a record, in time; return it, or the problems that it has."""
    began = time.perf_counter()
    try:
        incident, document = load(Incident, raw, "r.yaml")
        found = Record("2030-01-31-any", None, "r.yaml", incident, document), ()
    except BrokenInputError as error:
        found = None, error.problems
    assert time.perf_counter() - began < LONGEST_S
    return found


def read_or_refused(raw):
    """Read bytes as a record; see that each problem has a place and is in plain words."""
    record, problems = read(raw)
    last = raw.count(b"\n") + 1
    assert record or problems
    assert [p for p in problems if not (p.what and 0 <= p.line <= last)] == []
    assert [p for p in problems if re.search("Incident|Episode|Claim|Tuple", p.what)] == []
    return record


@CALM
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw):
    read_or_refused(raw)


@CALM
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    read_or_refused(text.encode("utf-8", "surrogatepass"))


@CALM
@given(st.lists(PIECES, max_size=60))
def test_any_heap_of_yaml_signs_is_read_or_refused(pieces):
    read_or_refused("".join(pieces).encode())


@CALM
@given(data=st.data())
def test_a_record_with_anything_done_to_it_is_checked_or_refused(data, record):
    raw = record.encode()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 40)))
    middle = data.draw(st.one_of(st.binary(max_size=20), PIECES.map(str.encode)))

    found = read_or_refused(raw[:start] + middle + raw[end:])

    if found:
        problems = check_record(found, documentation_space=True)
        assert all(problem.line > 0 and problem.cure and problem.rule for problem in problems)


@CALM
@given(data=st.data())
def test_a_record_that_lost_or_doubled_a_line_is_checked_or_refused(data, record):
    lines = record.split("\n")
    place = data.draw(st.integers(0, len(lines) - 1))
    times = data.draw(st.sampled_from([0, 2]))

    found = read_or_refused(
        "\n".join([*lines[:place], *[lines[place]] * times, *lines[place + 1 :]]).encode()
    )

    if found:
        check_record(found)


@pytest.mark.parametrize(
    "unit", ["- [", "a: {", "? ", "'", "- x\n", "k: ", "[@", "\n", "&a ", "*a,"]
)
def test_what_is_repeated_to_the_limit_is_still_read_in_time(unit):
    for size in (3_900, 199_000):
        assert read_or_refused(("context:\n" + unit * (size // len(unit))).encode()) is None
