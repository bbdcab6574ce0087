"""What the definitions make of real messages whose story is known.

Update files of RIPE RIS, as the test data of libbgpstream, bgpdump and bgpkit-parser hold them.
"""

from collections import Counter
from datetime import timedelta

import pandas as pd
import pytest
import real_files
from real_files import at

from generator.derive.convergence import appearances, convergence
from generator.derive.figures import measure
from generator.derive.outages import flaps, outages, stretches_of
from generator.derive.pairs import Pairs, pairs
from generator.derive.peer_events import PeerEvent, peer_events
from generator.derive.told import told
from generator.derive.visibility import seen
from generator.model.evidence import Gap

BEACONS = [f"84.205.{number}.0/24" for number in range(64, 80)]
CHILE = ("rrc15.updates.20100227.1600.gz", "rrc15.updates.20100227.1610.gz")
FULL_SHARE = 0.75


@pytest.fixture(scope="module")
def chile():
    """Messages of the 98 prefixes of AS22047, 27 February 2010, 16:00 to 16:05 and from 16:10."""
    prefixes = {
        one.prefix for name in CHILE for one in real_files.told(name) if one.path.endswith(" 22047")
    }
    assert len(prefixes) == 98
    return real_files.table("rrc15", *CHILE, prefixes=prefixes)


def test_98_prefixes_in_chile_came_and_went_on_four_peers_every_93_seconds(chile):
    words = told(chile, real_files.peers(chile))

    assert pairs(words) == Pairs(count=2352, prefixes=98, peers=4, period_s=93, down_s=30)


def test_the_pairs_across_the_missing_file_go_when_it_is_declared_a_gap(chile):
    missing = Gap.model_validate(
        {
            "collector": "rrc15",
            "from": "2010-02-27T16:05:00Z",
            "to": "2010-02-27T16:10:01Z",
            "why": "The file of 16:05 is missing.",
        }
    )

    words = told(chile, real_files.peers(chile), [missing])

    # One of the four peers was waiting to announce each of the 98 again when the file ended.
    assert pairs(words) == Pairs(count=2254, prefixes=98, peers=4, period_s=93, down_s=30)


def test_what_all_four_peers_saw_in_chile_are_588_losses_of_28_to_32_seconds(chile):
    """They are one interval of 30 s between announcements long, at the very edge of a flap.

    So that 204 of them are flaps, at least one of each prefix, and the rest too short by 1 or 2 s.
    """
    rows = seen(told(chile, real_files.peers(chile)), [])
    whole = real_files.window("2010-02-27T16:00:00Z", "2010-02-27T16:15:00Z")

    figures = measure(rows, whole, 4)
    stretches = stretches_of(rows, whole, 4)

    lengths = Counter(stretches.loc[~stretches["up"], "length_s"])
    assert (sum(lengths.values()), min(lengths), max(lengths)) == (98 * 6, 28, 32)
    assert (figures.flaps, figures.prefixes_down, figures.brief_losses) == (204, 0, 588)
    assert flaps(stretches)["prefix"].nunique() == 98


@pytest.fixture(scope="module")
def beacons():
    return real_files.table("rrc21", "ris.updates.20160811.1600.gz", prefixes=BEACONS)


def test_each_beacon_of_2016_is_found_and_its_convergence_is_neither_flap_nor_outage(beacons):
    peers = real_files.peers(beacons)
    rows = seen(told(beacons, peers), [])
    networks = len({peer.asn for peer in peers})
    whole = real_files.window("2016-08-11T16:00:00Z", "2016-08-11T16:04:59Z")

    figures = measure(rows, whole, networks)
    found = appearances(rows, networks)

    assert list(found["prefix"]) == sorted(BEACONS)
    first_s = (found["first_seen"] - at("2016-08-11 16:00:00")).dt.total_seconds()
    assert (first_s.min(), first_s.max()) == (5, 44)
    assert (found["up_at"] - found["first_seen"]).max() == timedelta(seconds=17)
    assert (found["full_at"].count(), networks, figures.prefixes) == (15, 18, 16)
    assert (figures.flaps, figures.prefixes_down, figures.brief_losses) == (0, 0, 0)


def test_beacons_known_to_be_withdrawn_at_14_00_are_restored_from_16_00_05_on(beacons):
    """The schedule says that no peer held them: with that each restoration ends an outage."""
    peers = real_files.peers(beacons)
    before = pd.DataFrame(
        [
            {**blank(peer), "event": "W", "prefix": prefix, "time": at("2016-08-11 16:00:00")}
            for peer in peers
            for prefix in BEACONS
        ]
    )
    rows = seen(told(pd.concat([before, beacons], ignore_index=True), peers), [])
    whole = real_files.window("2016-08-11T16:00:00Z", "2016-08-11T16:04:59Z")

    figures = measure(rows, whole, 18)
    out = outages(stretches_of(rows, whole, 18))

    times = [one.first_back for one in convergence(rows, out, 18)]
    assert (min(times), max(times)) == (at("2016-08-11 16:00:05"), at("2016-08-11 16:00:44"))
    assert (len(out), figures.down_before, figures.restored) == (16, 16, 16)
    assert (figures.flaps, figures.down_twice_or_more) == (0, 0)
    assert (figures.first_restored, figures.last_restored) == (
        at("2016-08-11 16:00:20"), at("2016-08-11 16:00:50")
    )  # fmt: skip


def blank(peer):
    return {
        "collector": peer.collector, "peer_ip": str(peer.ip), "peer_asn": peer.asn.number,
        "origin": "", "path": "",
    }  # fmt: skip


def test_the_nine_beacons_that_one_peer_told_of_in_2015_are_found_and_nothing_is_made_of_them():
    messages = real_files.table("rrc06", "rrc06.updates.20150401.0000.gz", prefixes=BEACONS)
    rows = seen(told(messages, real_files.peers(messages)), [])
    whole = real_files.window("2015-04-01T00:00:00Z", "2015-04-01T00:04:59Z")

    figures = measure(rows, whole, 1)
    found = appearances(rows, 1)

    assert len(found) == figures.little_known == messages["prefix"].nunique() == 9
    assert (found["first_seen"].min(), found["first_seen"].max()) == (
        at("2015-04-01 00:00:10"), at("2015-04-01 00:00:48")
    )  # fmt: skip
    assert (figures.flaps, figures.prefixes_down, figures.brief_losses) == (0, 0, 0)


def test_1974_of_2419_withdrawals_by_one_peer_in_2002_are_its_event_and_no_outage():
    """Who has a full feed is as the table of the same evening says: one peer."""
    messages = real_files.table("rrc05", "updates.20020722.2238.gz")
    gone = messages[messages["event"] == "W"]
    sizes = Counter(one.peer_ip for one in real_files.told("bview.20020722.2337.gz"))
    full = {ip for ip, size in sizes.items() if size >= FULL_SHARE * max(sizes.values())}

    words = told(messages, real_files.peers(messages, full))
    events = peer_events(words)
    rows = seen(words, events)
    figures = measure(rows, real_files.window("2002-07-22T22:38:00Z", "2002-07-22T22:53:59Z"), 1)

    assert ((gone["peer_ip"] == "193.203.0.81").sum(), len(gone)) == (1974, 2419)
    assert full == {"193.203.0.1"}
    assert events == [
        PeerEvent(
            collector="rrc05",
            peer_ip="193.203.0.81",
            asn="AS20751",
            start=at("2002-07-22 22:43:13"),
            end=at("2002-07-22 22:44:03"),
            withdrawn=419,
            held_elsewhere=214 / 222,
        )
    ]
    assert (figures.prefixes_down, figures.flaps, figures.brief_losses) == (0, 0, 0)
    assert (figures.prefixes, figures.little_known) == (0, 604)
