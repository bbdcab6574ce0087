"""How long it takes to measure an incident, by its number of messages, in processor time.

    python benchmarks/derive.py [flaps]

Four prefixes flap on sixty peers, every five minutes, each peer at its own second; every message is
invented. Without a number: as many flaps as make 100,000 messages.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta

from generator.derive.measurement import measurement
from generator.model.evidence import Provenance
from generator.read.evidence import Evidence
from generator.read.rows import table

PREFIXES = ("192.0.2.0/24", "198.18.0.0/24", "198.51.100.0/24", "203.0.113.0/24")
PEERS = 60
START = datetime(2020, 1, 1, tzinfo=UTC)
PERIOD_S, DOWN_S = 300, 120
HEADER = "time,collector,peer_ip,peer_asn,event,prefix,origin,path\n"
FLAPS = 208
RUNS = 3


def incident(flaps: int) -> Evidence:
    """Return evidence of so many flaps of each prefix on each peer, and its state before."""
    rows = [row for number in range(PEERS) for row in _life(number, flaps)]
    rows.sort(key=lambda row: (row[0], row[1]))
    text = HEADER + "".join(f"{row}\n" for _, _, row in rows)
    return Evidence(_provenance(rows[-1][0], len(rows)), messages=table(text))


def _life(number: int, flaps: int) -> list[tuple[str, str, str]]:
    rows = [_row(number, "S", prefix, 0) for prefix in PREFIXES]
    for flap in range(flaps):
        lost_s = PERIOD_S * (flap + 1) + number
        found_s = lost_s + DOWN_S + number * 37 % 61 - number
        rows += [_row(number, "W", prefix, lost_s) for prefix in PREFIXES]
        rows += [_row(number, "A", prefix, found_s) for prefix in PREFIXES]
    return rows


def _row(number: int, event: str, prefix: str, after_s: int) -> tuple[str, str, str]:
    at = f"{START + timedelta(seconds=after_s):%Y-%m-%dT%H:%M:%SZ}"
    ip, asn = f"192.0.2.{number + 1}", 64496 + number
    said = "," if event == "W" else f"64510,{asn} {64501 + number % 3} 64510"
    return at, ip, f"{at},rrc90,{ip},{asn},{event},{prefix},{said}"


def _provenance(until: str, rows: int) -> Provenance:
    return Provenance.model_validate(
        {
            "grade": "messages",
            "because": "Invented.",
            "messages": "https://example.org/messages",
            "attribution": "Nobody.",
            "terms": "https://example.org/terms",
            "generator": "a benchmark",
            "window": {"from": f"{START:%Y-%m-%dT%H:%M:%SZ}", "to": until},
            "inputs": [
                {"name": "a", "url": "https://example.org/a", "bytes": "1", "sha256": "0" * 64}
            ],
            "peers": [
                {
                    "collector": "rrc90",
                    "ip": f"192.0.2.{number + 1}",
                    "asn": f"AS{64496 + number}",
                    "full_feed": "yes",
                    "basis": "Invented.",
                }
                for number in range(PEERS)
            ],
            "table": {
                "file": "messages.csv.gz",
                "rows": str(rows),
                "sha256": "0" * 64,
                "unpacked_sha256": "0" * 64,
            },
        }
    )


def best_s(evidence: Evidence) -> float:
    """Return the processor time of the fastest of three runs of everything that is derived."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        measurement(evidence)
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    made = incident(int(sys.argv[1]) if len(sys.argv) > 1 else FLAPS)
    count = 0 if made.messages is None else len(made.messages)
    print(f"{count:,} messages: {best_s(made):.3f} s")
