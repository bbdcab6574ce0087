"""Times, lengths and numbers as the pages print them."""

from datetime import UTC, datetime

import pytest

from generator.derive.timing import Span
from generator.model.values import Length, Moment, Quantity
from generator.render import words


def plain(text):
    return text.replace(words.NBSP, " ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2030", "2030"),
        ("2030-01", "January 2030"),
        ("2030-01-31", "31 Jan 2030"),
        ("2030-01-31~", "about 31 Jan 2030"),
        ("2030-01-31T16Z", "31 Jan 2030, 16 h UTC"),
        ("2030-01-31T16:15Z", "31 Jan 2030, 16:15 UTC"),
        ("2030-01-31T16:15Z~", "about 31 Jan 2030, 16:15 UTC"),
        ("2030-01-31T16:15:07Z", "31 Jan 2030, 16:15:07 UTC"),
    ],
)
def test_a_time_is_printed_as_precisely_as_it_was_given(text, expected):
    assert plain(words.time(Moment.parse(text))) == expected


@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_is_named_in_english(month):
    on = datetime(2030, month, 9, tzinfo=UTC)

    assert plain(words.day(on)) == f"{on:9 %B 2030}"
    assert plain(words.short_day(on)) == f"{on:9 %b 2030}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2030-01-31T16Z", "2030-01-31T16:00Z"),
        ("2030-01-31T16:15Z~", "2030-01-31T16:15Z"),
        ("2030-01", "2030-01"),
    ],
)
def test_a_machine_reads_a_time_in_a_form_that_html_allows(text, expected):
    assert words.iso(Moment.parse(text)) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "0 s"),
        (45, "45 s"),
        (60, "1 min"),
        (113, "1 min 53 s"),
        (34_260, "9 h 31 min"),
        (36_000, "10 h"),
        (86_400, "24 h"),
        (172_800, "2 d"),
        (180_000, "2 d 2 h"),
        (3_283_200, "38 d"),
    ],
)
def test_a_duration_is_told_in_its_two_largest_units_and_in_hours_up_to_two_days(seconds, expected):
    assert plain(words.duration(seconds)) == expected


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (None, "unknown"),
        (Span(34_260, 34_260, "times"), "9 h 31 min"),
        (Span(18_000, None, "stated"), "over 5 h"),
        (Span(0, 36_000, "stated"), "under 10 h"),
        (Span(7_200, 7_200, "stated", rough=True), "about 2 h"),
        (Span(32_400, 36_000, "times", rough=True), "about 9 h to 10 h"),
        (Span(3_600, 10_800, "times"), "1 h to 3 h"),
        (Span(10_800, 10_800, "stated", each=True), "3 h each time"),
    ],
)
def test_a_length_is_printed_as_certain_as_it_is(span, expected):
    assert plain(words.span(span)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("9h31m", "9 h 31 min"), (">5h", "over 5 h"), ("<10h~", "under about 10 h")],
)
def test_a_stated_length_is_printed_with_its_bound(text, expected):
    assert plain(words.length(Length.parse(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4", "4"),
        (">510000", "over 510,000"),
        ("2400000~", "about 2,400,000"),
        ("5.97", "5.97"),
        ("1.70", "1.70"),
        ("<10", "under 10"),
    ],
)
def test_a_number_is_grouped_by_thousands_and_keeps_its_digits(text, expected):
    assert words.quantity(Quantity.parse(text)) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "the same"), (113, "1 min 53 s later"), (-120, "2 min earlier")],
)
def test_a_difference_says_its_direction(seconds, expected):
    assert plain(words.difference(seconds)) == expected


def test_numbers_up_to_ten_are_written_out_and_lists_are_joined():
    assert words.spelled(7, "explanation") == "seven explanations"
    assert words.spelled(1, "explanation") == "one explanation"
    assert words.spelled(12, "explanation") == "12 explanations"
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b"]) == "a and b"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert plain(words.count(1, "loss", "losses")) == "1 loss"
    assert plain(words.count(1200, "loss", "losses")) == "1,200 losses"
