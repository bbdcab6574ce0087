"""The nearest in length are found as a look at every incident would find them."""

import math
from types import SimpleNamespace

import pytest

from generator.derive.catalogue import Entry
from generator.derive.neighbours import Neighbours
from generator.derive.timing import Span
from generator.model.vocabulary import Category, Standing


def made(number, length_s, cause):
    explanation = SimpleNamespace(category=cause, standing=Standing.SUPPORTED)
    incident = SimpleNamespace(explanations=(explanation,))
    lasted = Span(length_s, length_s, "times") if length_s else None
    return Entry(f"{number:03}", incident, (), lasted, "unknown", has_evidence=False)


@pytest.fixture(scope="module")
def entries():
    causes = list(Category)
    return [made(n, n * 7919 % 53 * 60 // (1 + n % 3), causes[n % 4]) for n in range(150)]


def nearest(one, others):
    known = [o for o in others if o.id != one.id and o.length_s]
    pairs = sorted((abs(math.log(o.length_s / one.length_s)), o.id) for o in known)
    return [(far, key) for far, key in pairs][:5]


def test_of_the_same_cause_the_five_nearest_in_length_are_found(entries):
    every = Neighbours(entries)
    for one in (one for one in entries if one.length_s):
        cause = one.incident.explanations[0].category
        same = [o for o in entries if o.incident.explanations[0].category is cause]

        assert [o.id for o in every.of_cause(one)] == [key for _, key in nearest(one, same)]


def test_of_a_similar_length_are_those_half_as_long_to_twice_as_long(entries):
    every = Neighbours(entries)
    for one in (one for one in entries if one.length_s):
        near = [key for far, key in nearest(one, entries) if far <= math.log(2)]

        assert [o.id for o in every.similar(one)] == near


def test_an_incident_of_unknown_length_has_no_neighbours(entries):
    unknown = made(999, None, Category.POWER)

    assert (Neighbours(entries).of_cause(unknown), Neighbours(entries).similar(unknown)) == ([], [])
