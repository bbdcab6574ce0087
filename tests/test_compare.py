"""Incidents side by side: offsets from a common beginning, and whom to compare with."""

import json
from dataclasses import replace

import pytest

from generator.derive.catalogue import Catalogue
from generator.derive.compare import Company, alike, company
from generator.derive.entry import entry, entry_of
from generator.derive.measurement import measurement
from generator.derive.neighbours import Neighbours
from generator.derive.stretches import Stretch, visible
from generator.derive.timing import Span
from generator.read.archive import read_archive
from generator.read.evidence import read_evidence
from generator.render.chart import Chart, Extent, Row, Together
from generator.render.compare import row_json, together
from generator.render.draw import draw

ROSS, BOUVET = "2030-01-31-ross-sea", "2031-06-15-bouvet-island"
HEARD, PALMYRA = "2032-02-29-heard-island", "2033-11-05-palmyra"


@pytest.fixture(scope="module")
def entries(archive):
    records = read_archive(archive)[0].records
    return {r.id: entry(r.id, r.incident, has_evidence=bool(r.evidence_folder)) for r in records}


@pytest.fixture(scope="module")
def ross(archive):
    folder = archive / f"incidents/2030/{ROSS}/routing"
    record = next(one for one in read_archive(archive)[0].records if one.id == ROSS)
    found = measurement(read_evidence(folder, archive))
    return entry_of(record, found), visible(record.incident, found)


def test_stretches_and_measured_darkness_count_from_the_main_beginning(ross):
    one, _ = ross

    assert one.stretches[:2] == (
        Stretch("Flickering", -63_560, -20, "intermittent"),
        Stretch("Blackout", 0, 52_240, "total"),
    )
    assert one.dark_s[-1] == (6, 52_250)


def test_a_stretch_without_an_end_is_as_long_as_somebody_says_at_least(entries):
    one = entries[PALMYRA]

    assert one.stretches[0] == Stretch("Degraded uplink", 0, 14 * 86_400, "partial")
    assert one.stretches[1].end_s is None


def test_company_is_of_the_same_network_cause_or_length(entries):
    one = entries[BOUVET]
    again = replace(one, id="2035-01-01-again", lasted=lasting(100 * 86_400))
    longer = replace(entries[ROSS], lasted=lasting(one.length_s * 2))
    longest = replace(entries[PALMYRA], lasted=lasting(one.length_s * 3))

    every = Catalogue([one, longer, longest, again])

    assert company(one, every, Neighbours(every)) == [
        Company("other outages of the same network", (again,)),
        Company("the same kind of cause", (again,)),
        Company("a similar length", (longer,)),
    ]


def lasting(seconds):
    return Span(seconds, seconds, "times")


def test_a_script_reads_an_incident_as_the_chart_shows_it(ross):
    read = json.loads(row_json(*ross))

    assert read["stretches"][1] == ["Blackout", 0, 52_240, "total"]
    assert read["measured"][-1] == [6, 52_250]
    assert read["visible"][0] == [-99_560, 1.0]
    assert min(share for _, share in read["visible"]) == 0
    assert read["length"] == "14\u00a0h 30\u00a0min"


def test_at_most_six_incidents_share_an_axis(entries):
    ones = [entries[BOUVET]] * 9

    assert len(together(ones).rows) == 6


def test_bars_have_their_places_on_the_common_axis():
    rows = (
        Row("a", "First", (Extent(0, 3600, "total"),), ((60, 3000),)),
        Row("b", "Second", (Extent(-1800, 0, "partial"),), ()),
    )

    svg = draw(Chart(Together(rows), 600, "together", "", "")).svg

    assert [title in svg for title in ("First", "Second", "start", "incidents/a/")] == [True] * 4
    assert "+60\u00a0min" not in svg


def test_of_many_the_six_nearest_to_the_middle_length_share_the_axis(entries):
    days = (1, 400, 2, 3, 4, 5, 6, 300)
    found = [replace(entries[BOUVET], id=str(day), lasted=lasting(day * 86_400)) for day in days]

    assert [one.id for one in alike(found)] == ["1", "2", "3", "4", "5", "6"]
    assert alike([replace(found[0], lasted=None)]) == [replace(found[0], lasted=None)]
