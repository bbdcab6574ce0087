"""Each source: what it would ask for, what it makes of the answer, and when it is chosen."""

import contextlib
from dataclasses import replace
from datetime import UTC, datetime

import fetch_scene
import pytest
from fetch_scene import P, Scene

from generator.fetch import bgplay, collectors, ris, routeviews
from generator.fetch.choice import SOURCES, collectors_for, source_for
from generator.fetch.estimate import Estimate, spelled_bytes, spelled_time
from generator.fetch.gaps import gaps
from generator.fetch.http import Web
from generator.fetch.listing import newest
from generator.fetch.task import TABLE, UPDATES, Found, Outcome, Scope, Task
from generator.fetch.times import stamp, window_s
from generator.model.evidence import Grade
from generator.model.problem import BrokenInputError
from generator.model.values import Moment


def at(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def scope(since, until, *names):
    return Scope(at(since), at(until), (P,), names)


def urls(source, wanted):
    return [task.url for task in source.tasks(wanted, Web())]


def test_ris_has_a_file_for_every_five_minutes():
    found = urls(ris, scope("2014-12-22T23:52", "2014-12-23T00:05", "rrc00", "rrc16"))

    assert found == [
        f"https://data.ris.ripe.net/{name}/2014.12/updates.{stem}.gz"
        for name in ("rrc00", "rrc16")
        for stem in ("20141222.2350", "20141222.2355", "20141223.0000")
    ]


def test_routeviews_has_a_file_for_every_quarter_hour_and_no_folder_for_its_first_collector():
    wanted = scope("2015-10-31T23:50", "2015-11-01T00:10", "route-views2", "route-views.jinx")

    assert urls(routeviews, wanted) == [
        "https://archive.routeviews.org/bgpdata/2015.10/UPDATES/updates.20151031.2345.bz2",
        "https://archive.routeviews.org/bgpdata/2015.11/UPDATES/updates.20151101.0000.bz2",
        "https://archive.routeviews.org/route-views.jinx/bgpdata/2015.10/UPDATES/"
        "updates.20151031.2345.bz2",
        "https://archive.routeviews.org/route-views.jinx/bgpdata/2015.11/UPDATES/"
        "updates.20151101.0000.bz2",
    ]


def test_a_window_that_ends_on_the_hour_does_not_take_the_file_that_begins_then():
    tasks = ris.tasks(scope("2014-12-22T23:55", "2014-12-23T00:00", "rrc00"), Web())

    assert [(stamp(task.since_s), stamp(task.until_s)) for task in tasks] == [
        ("2014-12-22T23:55:00Z", "2014-12-23T00:00:00Z")
    ]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("2014-12-25T00:00Z", "2014-12-24T23:59:59Z"),
        ("2014-12-25T00:00:30Z", "2014-12-25T00:00:29Z"),
        ("2014-12-25T00Z", "2014-12-25T00:59:59Z"),
        ("2014-12-25", "2014-12-25T23:59:59Z"),
    ],
)
def test_a_window_to_a_minute_ends_then_and_one_to_a_day_holds_the_day(until, last):
    since_s, until_s = window_s(Moment.parse("2014-12-20"), Moment.parse(until))

    assert (stamp(since_s), stamp(until_s - 1)) == ("2014-12-20T00:00:00Z", last)


LIST = """<html><a href="../">up</a>
<a href="bview.20020722.2337.gz">bview</a> <a href="updates.20020722.2208.gz">updates</a>
<a href="updates.20020722.2223.gz">updates</a> <a href="updates.20020722.2238.gz">updates</a>
<a href="updates.20020722.2253.gz">updates</a> <a href="updates.20020722.2323.gz">updates</a>
<a href="http://169.254.169.254/updates.20020722.2338.gz">updates</a></html>"""


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    return fetch_scene.secured(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def scene(tls, tmp_path):
    made = Scene(tls, tmp_path, {})
    with contextlib.closing(made):
        yield made


def test_before_2008_files_are_those_that_the_archive_lists(scene):
    scene.server.files["/rrc00/2002.07/"] = LIST.encode()
    web = scene.web()

    tasks = ris.tasks(scope("2002-07-22T22:40", "2002-07-22T23:30", "rrc00"), web)

    assert [(task.name, stamp(task.until_s)) for task in tasks] == [
        ("rrc00/updates.20020722.2238.gz", "2002-07-22T22:53:00Z"),
        ("rrc00/updates.20020722.2253.gz", "2002-07-22T23:08:00Z"),
        ("rrc00/updates.20020722.2323.gz", "2002-07-22T23:38:00Z"),
    ]


def tables_of(source, collector, at_text, web=None):
    archive = source.tables(collector)
    starts = newest(archive, collector, at(at_text), web or Web())
    return [archive.address(collector, start_s) for start_s in starts]


@pytest.mark.parametrize(
    ("start", "stems"),
    [
        ("2014-12-20T00:00", ["20141220.0000", "20141219.1600"]),
        ("2014-12-22T15:59:59", ["20141222.0800", "20141222.0000"]),
    ],
)
def test_ris_has_a_table_every_eight_hours_and_the_one_before_is_the_second_choice(start, stems):
    assert tables_of(ris, "rrc11", start) == [
        f"https://data.ris.ripe.net/rrc11/2014.12/bview.{stem}.gz" for stem in stems
    ]


def test_routeviews_has_a_table_every_two_hours_and_no_folder_for_its_first_collector():
    assert tables_of(routeviews, "route-views2", "2015-11-01T01:10") == [
        "https://archive.routeviews.org/bgpdata/2015.11/RIBS/rib.20151101.0000.bz2",
        "https://archive.routeviews.org/bgpdata/2015.10/RIBS/rib.20151031.2200.bz2",
    ]
    assert tables_of(routeviews, "route-views.jinx", "2015-11-01T01:10")[0] == (
        "https://archive.routeviews.org/route-views.jinx/bgpdata/2015.11/RIBS/rib.20151101.0000.bz2"
    )


def test_before_2008_tables_are_those_that_the_archive_lists_of_the_last_day(scene):
    listed = LIST + '<a href="bview.20020721.2330.gz"><a href="bview.20020722.2345.gz">'
    scene.server.files["/rrc00/2002.07/"] = listed.encode()
    web = scene.web()

    assert tables_of(ris, "rrc00", "2002-07-22T23:40", web) == [
        "https://data.ris.ripe.net/rrc00/2002.07/bview.20020722.2337.gz"
    ]
    assert [url[-16:] for url in tables_of(ris, "rrc00", "2002-07-22T23:50", web)] == [
        "20020722.2345.gz",
        "20020722.2337.gz",
    ]
    assert tables_of(ris, "rrc00", "2002-07-27T00:00", web) == []


def test_a_table_is_taken_to_be_far_larger_than_a_file_of_messages():
    task = Task(UPDATES, "https://data.ris.ripe.net/f", at("2014-12-20T00:00"), 0, "rrc00")
    table = replace(task, kind=TABLE)

    assert (ris.typical_bytes(task), ris.typical_bytes(table)) == (100_000, 60_000_000)
    assert (routeviews.typical_bytes(task), routeviews.typical_bytes(table)) == (
        1_000_000, 70_000_000
    )  # fmt: skip


def test_the_list_of_the_month_before_is_read_at_the_first_of_a_month(scene):
    scene.server.files["/rrc00/2002.06/"] = b'<a href="updates.20020630.2353.gz">'
    scene.server.files["/rrc00/2002.07/"] = b'<a href="updates.20020701.0008.gz">'
    web = scene.web()

    tasks = ris.tasks(scope("2002-07-01T00:00", "2002-07-01T00:10", "rrc00"), web)

    assert [task.name for task in tasks] == [
        "rrc00/updates.20020630.2353.gz",
        "rrc00/updates.20020701.0008.gz",
    ]


def test_a_collector_without_a_list_has_no_files(scene):
    web = scene.web()

    assert ris.tasks(scope("2002-07-01T00:00", "2002-07-01T00:10", "rrc09"), web) == []


@pytest.mark.parametrize(
    ("since", "named", "chosen"),
    [
        ("2014-12-20T00:00", None, "ris"),
        ("2023-12-31T23:59", None, "ris"),
        ("2024-01-01T00:00", None, "bgplay"),
        ("2025-06-07T00:00", "ris", "ris"),
        ("2014-12-20T00:00", "routing-history", "routing-history"),
    ],
)
def test_the_source_follows_from_the_window_unless_it_is_named(since, named, chosen):
    wanted = Scope(at(since), at(since) + 3600, (P,))

    assert source_for(wanted, named) is SOURCES[chosen]


def test_bgplay_is_refused_for_what_it_does_not_hold():
    with pytest.raises(BrokenInputError, match="only since January 2024"):
        source_for(scope("2014-12-20T00:00", "2014-12-21T00:00"), "bgplay")


@pytest.mark.parametrize(
    ("since", "source", "wanted", "chosen"),
    [
        ("2014-12-20", ris, (), ("rrc00", "rrc01", "rrc03", "rrc11", "rrc12")),
        ("2003-01-20", ris, (), ("rrc00", "rrc01", "rrc03")),
        ("2000-01-20", ris, (), ("rrc00",)),
        ("2014-12-20", ris, ("rrc16", "rrc04", "rrc16"), ("rrc04", "rrc16")),
        ("2014-12-20", routeviews, (), ("route-views2",)),
        ("2024-12-20", bgplay, (), ()),
        ("2024-12-20", bgplay, ("all",), ()),
        ("2024-12-20", bgplay, ("rrc01",), ("rrc01",)),
    ],
)
def test_collectors_are_those_named_or_a_known_few_that_existed(since, source, wanted, chosen):
    window = scope(f"{since}T00:00", f"{since}T01:00")

    assert collectors_for(window, source, wanted) == chosen


def test_all_collectors_are_those_known_to_have_recorded_then():
    window = scope("2014-12-20T00:00", "2014-12-21T00:00")

    assert collectors_for(window, ris, ("all",)) == (
        "rrc00", "rrc01", "rrc03", "rrc04", "rrc05", "rrc06", "rrc07", "rrc10", "rrc11", "rrc12",
        "rrc13", "rrc14", "rrc15", "rrc16",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["route-views2", "rrc1", "rrc001", "../rrc00", "RRC00"])
def test_what_is_no_collector_of_the_source_is_refused_with_those_that_are(name):
    with pytest.raises(BrokenInputError) as caught:
        collectors_for(scope("2014-12-20T00:00", "2014-12-21T00:00"), ris, (name,))

    assert "Known: rrc00, rrc01" in caught.value.problems[0].cure


def test_before_any_collector_the_cure_is_to_name_one():
    with pytest.raises(BrokenInputError, match="no collector of ris is known"):
        collectors_for(scope("1999-01-01T00:00", "1999-01-02T00:00"), ris, ())


def test_no_collector_ends_before_it_begins_and_names_are_told_once():
    tables = (*collectors.RIS, *collectors.ROUTEVIEWS)

    assert [one.name for one in tables if one.since >= one.until] == []
    assert len({one.name for one in tables}) == len(tables)
    assert set(collectors.RIS_DEFAULT) <= {one.name for one in collectors.RIS}


def test_the_grade_is_that_of_the_sources_terms():
    assert {name: source.TERMS.grade for name, source in SOURCES.items()} == {
        "ris": Grade.MESSAGES,
        "routeviews": Grade.MESSAGES,
        "bgplay": Grade.VISIBILITY,
        "routing-history": Grade.VISIBILITY,
    }
    assert all(source.TERMS.attribution and source.TERMS.because for source in SOURCES.values())


def outcome(since_s, **changes):
    task = Task("mrt", "https://data.ris.ripe.net/f", since_s, since_s + 300, "rrc00")
    return task, Outcome(**changes)


def test_gaps_that_touch_and_have_one_reason_are_one_and_end_with_the_window():
    told = [
        outcome(0, missing="HTTP 404"),
        outcome(300, missing="HTTP 404"),
        outcome(600, failed="HTTP 500"),
        outcome(900),
        outcome(1200, found=Found(broken="it breaks off", sound_s=1250)),
        outcome(1500, missing="HTTP 404"),
    ]

    found = gaps(reversed(told), Scope(60, 1620, (P,)))

    assert [(str(one.since)[11:19], str(one.until)[11:19], one.why) for one in found] == [
        ("00:01:00", "00:09:59", "The archive has no file for this time (HTTP 404)."),
        ("00:10:00", "00:14:59", "The file could not be fetched: HTTP 500"),
        ("00:20:51", "00:24:59", "The archive's file is damaged: it breaks off"),
        ("00:25:00", "00:26:59", "The archive has no file for this time (HTTP 404)."),
    ]


@pytest.mark.parametrize(
    ("size_bytes", "time_s", "expected"),
    [
        (0, 0, ("0 bytes", "0 s")),
        (999, 89, ("999 bytes", "89 s")),
        (1_500, 91, ("1.5 KB", "2 min")),
        (340_000, 3_540, ("340 KB", "59 min")),
        (12_340_000, 3_600, ("12 MB", "1 h")),
        (1_240_000_000, 12_000, ("1.2 GB", "3 h 20 min")),
        (5_000_000_000_000, 360_000, ("5000 GB", "100 h")),
    ],
)
def test_costs_are_spelled_as_people_read_them(size_bytes, time_s, expected):
    assert (spelled_bytes(size_bytes), spelled_time(time_s)) == expected


def test_an_estimate_says_what_is_here_already_and_where_it_comes_from():
    assert str(Estimate(7201, 1200, 61_200_000, 95, "from the sizes of 15 of them")) == (
        "7,201 files (1,200 of them kept from before), about 61 MB, about 2 min "
        "(from the sizes of 15 of them)"
    )
    assert str(Estimate(9, 0, 61_200_000, 95, "a guess", tables=1, tables_bytes=60_000_000)) == (
        "9 files, about 61 MB, 60 MB of it in 1 table, about 2 min (a guess)"
    )
