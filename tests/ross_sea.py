"""The invented routing messages of the fictional Ross Sea blackout: four prefixes, twelve peers.

A night of flapping, gone from 15:39:20 to 06:10 the next day, back through the same upstream.
"""

import json
from datetime import UTC, datetime, timedelta

PREFIXES = ("192.0.2.0/24", "198.51.100.0/25", "198.51.100.128/25", "2001:db8::/32")
PEERS = tuple((f"203.0.113.{number}", 64510 + number) for number in range(1, 13))
DARK = datetime(2030, 1, 31, 15, 39, 20, tzinfo=UTC)
BACK = datetime(2030, 2, 1, 6, 10, tzinfo=UTC)
FLAPS = tuple(DARK - timedelta(hours=hours) for hours in (17, 14, 9, 5))
FLAP_S = 240


def path(asn):
    return [str(asn), "64501", "64500"]


def state():
    return [
        {"peer_ip": ip, "pfx": prefix, "path": path(asn), "idx": 0}
        for ip, asn in PEERS
        for prefix in PREFIXES
    ]


def lost(at, delay_s=1):
    return _each(at, delay_s, announced=False)


def restored(at, delay_s=2):
    return _each(at, delay_s, announced=True)


def _each(at, delay_s, *, announced):
    """Peers follow one another by ``delay_s``, as messages spread."""
    rows = []
    for place, (ip, asn) in enumerate(PEERS):
        when = int(at.timestamp()) + place * delay_s
        for prefix in PREFIXES:
            row = {"ts": when, "peer_ip": ip, "pfx": prefix, "path": path(asn) if announced else []}
            rows.append(row if announced else {**row, "W": True})
    return rows


def messages():
    """Every message in order, numbered per peer and prefix as the format asks."""
    told = [row for at in FLAPS for row in lost(at) + restored(at + timedelta(seconds=FLAP_S))]
    told += lost(DARK) + restored(BACK)
    counts = {}
    numbered = []
    for row in told:
        key = row["peer_ip"], row["pfx"]
        counts[key] = counts.get(key, 0) + 1
        numbered.append({**row, "idx": counts[key]})
    return state() + numbered


def text():
    return "".join(json.dumps(row) + "\n" for row in messages())


def flags(file):
    """The words of the command that freezes them."""
    peers = [word for ip, asn in PEERS for word in ("--peer", f"rrc99,{ip},AS{asn},Peer {asn}")]
    return [
        "fetch", "2030-01-31-ross-sea", "--from", str(file), "--grade", "messages",
        "--because", "The messages are invented for the tests.",
        "--attribution", "Invented data.",
        "--terms", "https://example.org/terms", "--messages-at", "https://example.org/messages",
        "--full-feed-basis", "Invented peers.", *peers,
        "--since", "2030-01-30T12:00:00Z", "--until", "2030-02-02T00:00:00Z",
    ]  # fmt: skip
