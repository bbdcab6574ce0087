"""The figures of 21 June 2022, against numbers that were computed without this program.

They need the messages, which may not be passed on: 1,436 prefixes of AS13335 as three peers of RIPE
RIS saw them, from the repository that ``incidents/2022/2022-06-21-cloudflare`` names. Put its file
into a folder and name that in GONE_DARK_ROUTING_DATA.
"""

from dataclasses import asdict
from datetime import UTC, datetime

import pytest
import real_files

from generator.derive.figures import measure
from generator.derive.visibility import visibility
from generator.fetch.jsonlines import Known, read_json_lines
from generator.model.evidence import Peer, Window

NAME = "as13335.2022-06-21.peers-t1set3.init+updates.exact-match.jsonf"
PEERS = (
    ("rrc01", "195.66.227.163", 1299),
    ("rrc01", "195.66.224.138", 2914),
    ("rrc25", "130.117.255.1", 174),
)
# Seen by two or more of the three; the state after all messages of a second; 60 s or more.
EXPECTED = {
    "prefixes": 1436,
    "prefixes_down": 344,
    "still_down": 1,
    "fewest_visible": 1093,
    "fewest_visible_at": "06:33:50",
    "first_start": "06:28:53",
    "median_start": "06:29:44",
    "first_restored": "07:00:05",
    "last_restored": "07:47:20",
    "median_last_restored": "07:11:37",
    "median_longest_s": 2438,
    "down_twice_or_more": 41,
    "brief_losses": 9,
}


@pytest.fixture(scope="module")
def file():
    return real_files.found(NAME)


@pytest.mark.parametrize(
    ("since", "until"),
    [("06:02:22", "07:58:55"), ("06:00:00", "07:59:59")],
    ids=["from the first message to the last", "as long as messages were gathered"],
)
def test_the_figures_are_those_computed_independently(file, since, until):
    window = Window.model_validate({"from": f"2022-06-21T{since}Z", "to": f"2022-06-21T{until}Z"})
    known = {ip: Known(collector, asn) for collector, ip, asn in PEERS}
    messages = read_json_lines(file, known, since=window.since.earliest)

    rows = visibility(messages, [full(*peer) for peer in PEERS])
    measured = measure(rows, window, len(PEERS))

    figures = {name: spelled(value) for name, value in asdict(measured).items()}
    assert {name: figures[name] for name in EXPECTED} == EXPECTED
    assert (measured.restored, measured.extent) == (343, "partial")
    assert measured.end == datetime(2022, 6, 21, 7, 47, 20, tzinfo=UTC)


def test_two_of_three_peers_is_half_of_the_known_in_every_row(file):
    """The rule above counts all three; V counts those known. They part for no row of this file."""
    known = {ip: Known(collector, asn) for collector, ip, asn in PEERS}

    rows = visibility(read_json_lines(file, known), [full(*peer) for peer in PEERS])

    assert ((rows["seeing"] >= 2) == (2 * rows["seeing"] >= rows["known"])).all()
    assert sorted(rows.loc[rows["known"] == 2, "prefix"]) == ["172.68.162.0/24", "172.68.4.0/22"]


def full(collector, ip, asn):
    return Peer(collector=collector, ip=ip, asn=f"AS{asn}", full_feed="yes", basis="Its table.")


def spelled(value):
    return f"{value:%H:%M:%S}" if isinstance(value, datetime) else value
