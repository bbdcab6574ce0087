"""Step functions of time, as numbers."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd

from generator.derive.steps import (
    NEVER,
    firsts,
    lasts,
    levels,
    moment,
    ranges,
    seconds,
    times,
    total,
)


def numbers(*given):
    return np.array(given, dtype="int64")


def test_changes_of_one_second_count_together_and_those_that_cancel_out_are_none():
    at_s, sums = total(numbers(30, 10, 20, 10, 20), numbers(-3, 1, 5, 2, -5))

    assert (at_s.tolist(), sums.tolist()) == ([10, 30], [3, 0])


def test_each_key_has_a_sum_of_its_own():
    keys, at_s, sums = levels(numbers(7, 2, 2, 7), numbers(1, 1, 3, 2), numbers(1, 4, -1, 1))

    assert list(zip(keys.tolist(), at_s.tolist(), sums.tolist(), strict=True)) == [
        (2, 1, 4), (2, 3, 3), (7, 1, 1), (7, 2, 2)
    ]  # fmt: skip


def test_an_entry_is_a_first_where_any_column_differs_from_the_one_before():
    names, ups = np.array(["a", "a", "b", "b"], dtype=object), np.array([1, 0, 0, 0], dtype=bool)

    assert firsts(names, ups).tolist() == [True, True, True, False]
    assert lasts(names, ups).tolist() == [True, True, False, True]
    assert firsts(names[:0]).tolist() == lasts(names[:0]).tolist() == []


def test_ranges_of_numbers_follow_one_another_and_an_empty_one_leaves_nothing():
    assert ranges(numbers(5, 9, 0), numbers(2, 0, 3)).tolist() == [5, 6, 0, 1, 2]


def test_a_time_that_is_not_known_stays_so_in_seconds_and_back():
    at = datetime(2030, 1, 31, 16, 15, 7, tzinfo=UTC)
    column = pd.Series([at, None], dtype="datetime64[s, UTC]")

    at_s = seconds(column)

    assert at_s.tolist() == [int(at.timestamp()), NEVER]
    assert moment(at_s[0]) == at
    assert times(at_s).equals(pd.DatetimeIndex(column))
