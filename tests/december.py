"""A scenario with the published shape of December 2014, invented message by message.

Four /24s behind one upstream, twelve peers at two collectors; a day of flapping, dark from 16:15 to
01:46, and a relapse from 15:41 to 16:12 the next day. The second collector's peers know no ASNs of
four bytes, so that the origin is in their AS4_PATH. Documentation networks and prefixes throughout.
"""

from datetime import UTC, datetime, timedelta

import mrt_writer as mrt

from generator.fetch.assemble import table_of
from generator.fetch.updates import messages
from generator.freeze import freeze
from generator.model.evidence import Facts
from generator.read.evidence import read_evidence

PREFIXES = ("192.0.2.0/24", "198.18.0.0/24", "198.51.100.0/24", "203.0.113.0/24")
ORIGIN, UPSTREAM, AS_TRANS = 65551, 64511, 23456
PEERS = {
    "rrc00": tuple((f"192.0.2.{number}", 64495 + number) for number in range(1, 7)),
    "rrc01": tuple((f"198.51.100.{number}", 64501 + number) for number in range(1, 7)),
}
SINCE = datetime(2014, 12, 21, 12, tzinfo=UTC)
UNTIL = datetime(2014, 12, 23, 23, 59, 59, tzinfo=UTC)
DARK = datetime(2014, 12, 22, 16, 15, tzinfo=UTC)
BACK = datetime(2014, 12, 23, 1, 46, tzinfo=UTC)
AGAIN = datetime(2014, 12, 23, 15, 41, tzinfo=UTC)
OVER = datetime(2014, 12, 23, 16, 12, tzinfo=UTC)
# A day of them: how long before the loss, and how long down. A flicker is too short to be one.
FLAPS = tuple((timedelta(hours=hours), timedelta(seconds=45)) for hours in range(9, 25))
LONG_FLAPS = tuple((timedelta(hours=hours), timedelta(minutes=5)) for hours in range(1, 9))
FLICKER = (timedelta(minutes=20), timedelta(seconds=20))
LOSS_STEP_S, RETURN_STEP_S = 5, 6  # the seventh of twelve loses it 30 s in, the sixth has it then
PEER_ALONE, TIMES_ALONE = ("rrc00", 0), 30


def records(collector):
    """What the collector records, as (second, MRT record) in order of time."""
    places = {peer: place for place, peer in enumerate(everyone())}
    told = []
    for place, peer in enumerate(PEERS[collector]):
        at = places[collector, *peer]
        told += _life(collector, peer, at, alone=(collector, place) == PEER_ALONE)
    return sorted(told, key=lambda one: one[0])


def everyone():
    return [(collector, *peer) for collector, peers in PEERS.items() for peer in peers]


def _life(collector, peer, place, *, alone):
    """What one peer tells, as (time, record)."""
    yield _told(collector, peer, SINCE, back=True)
    for ahead, length in (*FLAPS, *LONG_FLAPS, FLICKER):
        yield _told(collector, peer, DARK - ahead, back=False)
        yield _told(collector, peer, DARK - ahead + length, back=True)
    for start, end in ((DARK, BACK), (AGAIN, OVER)):
        lost = start + timedelta(seconds=LOSS_STEP_S * place)
        found = end + timedelta(seconds=RETURN_STEP_S * place)
        yield _told(collector, peer, lost, back=False)
        yield _told(collector, peer, found, back=True)
    for time in range(TIMES_ALONE if alone else 0):
        start = BACK + timedelta(minutes=30 + 4 * time)
        yield _told(collector, peer, start, back=False)
        yield _told(collector, peer, start + timedelta(seconds=90), back=True)


def _told(collector, peer, at, *, back):
    asn_bytes = 4 if collector == "rrc00" else 2
    message = _announced(peer[1], asn_bytes) if back else mrt.withdrawal(*PREFIXES)
    head = mrt.peers(asn_bytes, peer=peer[0], peer_asn=peer[1])
    at_s = int(at.timestamp())
    subtype = 4 if asn_bytes == 4 else 1
    return at_s, mrt.bgp4mp(message, subtype, head=head, at_s=at_s)


def _announced(asn, asn_bytes):
    path = (asn, UPSTREAM, ORIGIN)
    if asn_bytes == 4:
        return mrt.announcement(*PREFIXES, path=path)
    attributes = mrt.path_attributes((asn, UPSTREAM, AS_TRANS), 2) + mrt.as4_path(path)
    return mrt.update(b"", attributes, mrt.nlris(PREFIXES))


def evidence(folder):
    """The scenario read from MRT, frozen into a folder and read back."""
    rows = []
    for collector in PEERS:
        archive = b"".join(record for _, record in records(collector))
        found = messages([archive], collector, PREFIXES, f"{collector}.mrt")
        assert not found.broken
        rows += found.rows
    freeze(folder, table_of(sorted(rows, key=lambda row: row[:3])), facts())
    return read_evidence(folder / "routing")


def facts():
    return Facts.model_validate(
        {
            "grade": "messages",
            "because": "The messages are invented for the tests.",
            "messages": "https://example.org/messages",
            "attribution": "Invented data.",
            "terms": "https://example.org/terms",
            "generator": "a test",
            "window": {"from": f"{SINCE:%Y-%m-%dT%H:%M:%SZ}", "to": f"{UNTIL:%Y-%m-%dT%H:%M:%SZ}"},
            "inputs": [
                {"name": "a", "url": "https://example.org/a", "bytes": "1", "sha256": "0" * 64}
            ],
            "peers": [
                {
                    "collector": collector,
                    "ip": ip,
                    "asn": f"AS{asn}",
                    "full_feed": "yes",
                    "basis": "Made up.",
                }
                for collector, ip, asn in everyone()
            ],
        }
    )
