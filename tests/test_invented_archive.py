"""The archive that is invented to measure with: sound, and the same each time."""

import pytest

from benchmarks.invent import invent, places
from generator.build import check
from tests.site_project import tree


@pytest.mark.large
def test_an_invented_archive_breaks_no_rule_and_a_tenth_of_it_has_evidence(tmp_path):
    invent(20, tmp_path / "invented")

    checked = check(tmp_path / "invented")

    assert (checked.readable, checked.errors) == (20, ())
    assert sum(bool(one.place.evidence_folder) for one in checked.asked) == 2


def test_the_same_number_gives_the_same_bytes(tmp_path):
    for name in ("one", "other"):
        invent(4, tmp_path / name)

    assert tree(tmp_path / "one") == tree(tmp_path / "other")


def test_ten_thousand_incidents_have_ids_of_their_own():
    found = [place.id for place in places(10_000)]

    assert len(set(found)) == 10_000
