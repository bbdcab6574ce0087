"""The nearest in length are found as a look at every incident would find them."""

import math
from dataclasses import replace

import pytest

from generator.derive.entry import Cause, entry_of
from generator.derive.neighbours import Neighbours
from generator.derive.timing import Span
from generator.model.vocabulary import Category, Standing
from generator.read.archive import read_archive


def made(one, number, length_s, cause):
    lasted = Span(length_s, length_s, "times") if length_s else None
    causes = (Cause(cause, Standing.SUPPORTED),)
    return replace(one, id=f"{number:03}", lasted=lasted, causes=causes)


@pytest.fixture(scope="module")
def entries(archive):
    one = entry_of(read_archive(archive)[0].records[0], None)
    causes = list(Category)
    return [made(one, n, n * 7919 % 53 * 60 // (1 + n % 3), causes[n % 4]) for n in range(150)]


def nearest(one, others):
    known = [o for o in others if o.id != one.id and o.length_s]
    pairs = sorted((abs(math.log(o.length_s / one.length_s)), o.id) for o in known)
    return [(far, key) for far, key in pairs][:5]


def test_of_the_same_cause_the_five_nearest_in_length_are_found(entries):
    every = Neighbours(entries)
    for one in (one for one in entries if one.length_s):
        cause = one.causes[0].category
        same = [o for o in entries if o.causes[0].category is cause]

        assert [o.id for o in every.of_cause(one)] == [key for _, key in nearest(one, same)]


def test_of_a_similar_length_are_those_half_as_long_to_twice_as_long(entries):
    every = Neighbours(entries)
    for one in (one for one in entries if one.length_s):
        near = [key for far, key in nearest(one, entries) if far <= math.log(2)]

        assert [o.id for o in every.similar(one)] == near


def test_an_incident_of_unknown_length_has_no_neighbours(entries):
    unknown = made(entries[0], 999, None, Category.POWER)

    assert (Neighbours(entries).of_cause(unknown), Neighbours(entries).similar(unknown)) == ([], [])
