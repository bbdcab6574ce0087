"""Reported against measured: which outage goes with which episode, and what is told of it."""

import csv
import io
from dataclasses import replace

import pytest
import routing_scenes as scene

from generator.derive.measurement import PeerEvent
from generator.model.incident import Incident
from generator.read.archive import read_archive
from generator.render import series
from generator.render.definitions import definitions
from generator.render.incident import citer_of
from generator.render.sight import routing_episodes
from generator.render.versus import counterparts, versus

HOUR_S = 3600
FOUR = [scene.prefix(n) for n in range(4)]


@pytest.fixture(scope="module")
def ross(archive):
    found, _ = read_archive(archive)
    return next(one.incident for one in found.records if one.id == "2030-01-31-ross-sea")


def told(ross, *episodes):
    """The record with episodes of routing given as (name, from, to, extent)."""
    data = ross.model_dump(mode="json", by_alias=True, exclude_none=True)
    data["episodes"] = [
        {
            "name": name,
            "layer": "routing",
            "extent": extent,
            "start": [{"at": start, "source": "collectors"}],
            "end": [{"at": end, "source": "collectors"}] if end else "unknown",
        }
        for name, start, end, extent in episodes
    ]
    return Incident.model_validate(data)


def down(*spans, after=scene.BOTH, prefixes=FOUR):
    """All prefixes down from one second to another, each a minute later than the one before."""
    out = [
        (name, start + 60 * n, end + 60 * n)
        for start, end in spans
        for n, name in enumerate(prefixes)
    ]
    return scene.measured(scene.down(out, prefixes, after), 60 * HOUR_S)


def hours(at):
    return (at - scene.T0).total_seconds() / HOUR_S


def paired(found, incident):
    """(name, [(hours from, hours to)]) of each episode with something measured."""
    pairs = counterparts(found, routing_episodes(incident))
    return [(episode.name, [(hours(a), hours(b)) for a, b in some]) for episode, some in pairs]


ONE = [FOUR[0]]
BLACKOUT = ("Blackout", "2030-01-31T10:00Z", "2030-01-31T20:00Z", "total")
RELAPSE = ("Relapse", "2030-02-01T02:00Z", "2030-02-01T02:30Z", "total")


def test_blackout_and_relapse_are_each_held_against_their_own_outage(ross):
    found = down((10 * HOUR_S, 20 * HOUR_S), (26 * HOUR_S, 27 * HOUR_S), prefixes=ONE)

    assert paired(found, told(ross, BLACKOUT, RELAPSE)) == [
        ("Blackout", [(10, 20)]),
        ("Relapse", [(26, 27)]),
    ]


def test_an_outage_within_two_hours_of_a_report_goes_with_it_and_no_further(ross):
    near = down((22 * HOUR_S - 60, 23 * HOUR_S), prefixes=ONE)
    far = down((22 * HOUR_S + 60, 23 * HOUR_S), prefixes=ONE)

    assert [name for name, _ in paired(near, told(ross, BLACKOUT))] == ["Blackout"]
    assert paired(far, told(ross, BLACKOUT)) == []


def test_of_several_outages_in_one_episode_the_longest_counts(ross):
    found = down((10 * HOUR_S, 11 * HOUR_S), (12 * HOUR_S, 19 * HOUR_S), prefixes=ONE)

    assert paired(found, told(ross, BLACKOUT)) == [("Blackout", [(12, 19)])]


def test_of_an_episode_that_came_and_went_all_outages_count(ross):
    flickering = ("Flickering", "2030-01-31T02:00Z", "2030-01-31T09:00Z", "intermittent")
    found = down(*((hour * HOUR_S, hour * HOUR_S + 300) for hour in (3, 5, 8)), prefixes=ONE)

    view = versus(found, told(ross, BLACKOUT, flickering), citer_of(ross))

    (group,) = view["groups"]
    rows = {row["what"]: plain(row["measured"]) for row in group["rows"]}
    assert group["name"] == "Flickering"
    assert rows["Start"] == "31 Jan 2030, 03:00:00 UTC (first of 3 outages)"
    assert rows["End"] == "31 Jan 2030, 08:05:00 UTC (last of 3 outages over)"
    assert "Nothing was measured that goes with “Blackout”." in view["note"]


def plain(text):
    return text.replace("\u00a0", " ")


def test_a_group_tells_start_end_length_and_when_every_prefix_was_down(ross):
    found = down((10 * HOUR_S + 120, 20 * HOUR_S))

    (group,) = versus(found, told(ross, BLACKOUT), citer_of(ross))["groups"]

    assert [
        tuple(plain(row[part]) for part in ("what", "reported", "measured", "difference"))
        for row in group["rows"]
    ] == [
        ("Start", "31 Jan 2030, 10:00 UTC", "31 Jan 2030, 10:02:00 UTC (first prefix down)",
         "2 min later"),
        ("End", "31 Jan 2030, 20:00 UTC", "31 Jan 2030, 20:03:00 UTC (last prefix restored)",
         "3 min later"),
        ("Length", "10 h", "10 h 1 min", "1 min longer"),
        ("All prefixes down", "", "31 Jan 2030, 10:05:00 to 20:00:00 UTC", ""),
    ]  # fmt: skip


def test_a_report_that_routing_does_not_confirm_stands_with_an_empty_measurement(ross):
    found = down()

    (group,) = versus(found, told(ross, BLACKOUT), citer_of(ross))["groups"]

    assert [row["measured"] for row in group["rows"]] == [
        "no outage", "no outage", "",
    ]  # fmt: skip


def test_of_a_report_outside_the_data_it_is_said_that_they_do_not_tell(ross):
    long_after = ("Later", "2030-03-01T10:00Z", None, "total")

    (group,) = versus(down(), told(ross, long_after), citer_of(ross))["groups"]

    assert [row["measured"] for row in group["rows"]] == [
        "not within the data", "not within the data", "",
    ]  # fmt: skip


def defined(found):
    return {one["name"]: (one["href"], plain(one["value"])) for one in definitions(found)}


def test_every_figure_links_to_its_definition_and_those_that_are_not_there_are_not_named(ross):
    quiet = defined(down())

    assert {name: href.removeprefix("../../method/#") for name, (href, _) in quiet.items()} == {
        "Visible": "visibility",
        "Down": "outage",
        "Fewest visible": "outage",
        "Covered": "evidence",
    }


def test_upstreams_are_told_before_and_after_with_their_change():
    found = defined(down((10 * HOUR_S, 20 * HOUR_S), after=scene.ONE))

    assert found["Upstreams"][1] == (
        "an hour before the longest outage: AS64501 67%, AS64502 33%; "
        "an hour after it: AS64502 100%"
    )
    assert found["Changes of upstream"] == (
        "../../method/#upstream",
        "4, the first of 2001:db8:0::/48 from AS64501 to AS64502 at 31 Jan 2030, 20:00:00 UTC",
    )


def test_where_the_data_do_not_reach_an_hour_further_upstreams_are_told_at_their_ends():
    out = [(FOUR[0], 600, 1200)]
    found = defined(scene.measured(scene.down(out, ONE, scene.ONE), 2000))

    assert found["Upstreams"][1] == (
        "at the beginning of the data: AS64501 67%, AS64502 33%; "
        "at the end of the data: AS64502 100%"
    )


def test_flaps_pairs_events_and_gaps_are_told_where_there_are_any():
    flapped = down((10 * HOUR_S, 10 * HOUR_S + 240))
    event = PeerEvent("rrc90", "192.0.2.1", "AS64511", scene.at(60), scene.at(70), 1200, 1.0)
    found = replace(
        flapped,
        figures=replace(flapped.figures, pairs=48, pair_period_s=360),
        provenance=scene.provenance(60 * HOUR_S, gaps=[(0, 60)]),
        peer_events=[event] * 6,
    )

    told_of = defined(found)

    assert told_of["Flaps"][1] == "4: a prefix gone for 30 s to 30 min, up before and after"
    assert told_of["Raw pairs"][1].startswith("48 times a single peer withdrew a prefix and")
    assert "every 6 min at the median" in told_of["Raw pairs"][1]
    assert (
        "AS64511 at rrc90, 31 Jan 2030, 00:01:00 UTC, 1,200 prefixes" in told_of["Peer events"][1]
    )
    assert told_of["Peer events"][1].endswith("; and 2 more")
    assert told_of["Gaps"][1].startswith("1 stretch in which")


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_outages_come_out_with_their_convergence():
    made = series.files(down((10 * HOUR_S, 20 * HOUR_S)))

    assert rows_of(made["outages.csv"])[1] == {
        "prefix": FOUR[1],
        "start": "2030-01-31T10:01:00Z",
        "end": "2030-01-31T20:01:00Z",
        "length_s": "36000",
        "onset": "2030-01-31T10:01:00Z",
        "dark_at": "2030-01-31T10:01:00Z",
        "first_back": "2030-01-31T20:01:00Z",
        "full_at": "2030-01-31T20:01:00Z",
        "withdrawal_s": "0",
        "announcement_s": "0",
    }


def test_an_open_outage_has_neither_end_nor_length():
    rows = scene.rows([(FOUR[0], 0, 12, 12, ""), (FOUR[0], 500, 0, 12, "")])

    (row,) = rows_of(series.files(scene.measured(rows, 1000))["outages.csv"])

    assert (row["start"], row["end"], row["length_s"]) == ("2030-01-31T00:08:20Z", "", "")


def test_shares_and_blocks_come_out_as_series():
    made = series.files(down((10 * HOUR_S, 20 * HOUR_S), after=scene.ONE))

    shares = rows_of(made["upstreams.csv"])
    assert shares[0] == {"time": "2030-01-31T00:00:00Z", "upstream": "AS64501", "share": "0.6667"}
    assert shares[1] == {"time": "2030-01-31T00:00:00Z", "upstream": "AS64502", "share": "0.3333"}
    blocks = rows_of(made["slash24.csv"])
    assert len(blocks) == 60 * 12 + 1
    assert blocks[1] == {"time": "2030-01-31T00:05:00Z", "visible_slash24s": "0"}


def test_without_upstreams_there_is_no_file_of_them():
    rows = scene.rows([(FOUR[0], 0, 12, 12, "")])
    found = scene.measured(rows, 1000)

    assert sorted(series.files(found)) == ["outages.csv", "slash24.csv", "visible.csv"]
    assert "upstreams.csv" not in [one["href"] for one in series.downloads(found)]


def test_few_prefixes_are_told_as_changes_of_state():
    table = series.table(down((10 * HOUR_S, 20 * HOUR_S), prefixes=ONE))

    assert [[plain(str(cell)) for cell in row] for row in table.rows] == [
        ["31 Jan 2030, 10:00:00", FOUR[0], "down"],
        ["31 Jan 2030, 20:00:00", FOUR[0], "up"],
    ]


def test_many_prefixes_are_told_by_number_at_each_change_while_these_are_few():
    twenty = [scene.prefix(n) for n in range(20)]
    table = series.table(down((10 * HOUR_S, 20 * HOUR_S), prefixes=twenty))

    assert table.caption == "Prefixes visible, at each change"
    assert len(table.rows) == 41
    assert [row[1:] for row in table.rows[:2]] == [["20", "0"], ["19", "1"]]


def test_many_changes_are_told_as_samples():
    spans = [(hour * HOUR_S, hour * HOUR_S + 600) for hour in range(1, 40)]

    table = series.table(down(*spans))

    assert plain(table.caption) == "Prefixes visible, every 1 h 15 min"
    assert len(table.rows) == 49
