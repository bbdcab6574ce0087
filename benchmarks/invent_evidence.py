"""Frozen messages for invented incidents: four prefixes flap on sixty peers, each at its second."""

from __future__ import annotations

import gzip
import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path

PREFIXES = ("5.8.0.0/24", "5.8.1.0/24", "5.8.2.0/24", "5.8.3.0/24")
PEERS, FLAPS = 60, 20
PERIOD_S, DOWN_S = 300, 120
HEADER = "time,collector,peer_ip,peer_asn,event,prefix,origin,path\n"
PROVENANCE = """grade: messages
because: Invented.
messages: https://example.org/messages
attribution: Nobody.
terms: https://example.org/terms
generator: a benchmark
window:
  from: {day}T00:00:00Z
  to: {day}T23:59:59Z
inputs:
- name: a
  url: https://example.org/a
  bytes: 1
  sha256: {nothing}
peers:
{peers}table:
  file: messages.csv.gz
  rows: {rows}
  sha256: {packed}
  unpacked_sha256: {content}
"""


def write_evidence(folder: Path, begins: datetime, origin: int) -> None:
    """Write the messages of an incident that begins at that time, and their provenance."""
    day = f"{begins:%Y-%m-%d}"
    content = _template(begins.hour).replace("DAY", day).replace("ORIGIN", str(origin)).encode()
    packed = gzip.compress(content, 6, mtime=0)
    provenance = PROVENANCE.format(
        day=day,
        nothing="0" * 64,
        peers="".join(map(_peer, range(PEERS))),
        rows=content.count(b"\n") - 1,
        packed=hashlib.sha256(packed).hexdigest(),
        content=hashlib.sha256(content).hexdigest(),
    )
    folder.mkdir()
    (folder / "messages.csv.gz").write_bytes(packed)
    (folder / "provenance.yaml").write_text(provenance, encoding="ascii")


@cache
def _template(hour: int) -> str:
    rows = [row for peer in range(PEERS) for row in _life(peer, hour * 3600)]
    return HEADER + "".join(row for *_, row in sorted(rows))


def _life(peer: int, begins_s: int) -> list[tuple[int, str, str, str]]:
    rows = [_row(peer, "S", prefix, 0) for prefix in PREFIXES]
    for flap in range(FLAPS):
        lost_s = begins_s + PERIOD_S * flap + peer
        found_s = lost_s + DOWN_S + peer * 37 % 61 - peer
        rows += [_row(peer, "W", prefix, lost_s) for prefix in PREFIXES]
        rows += [_row(peer, "A", prefix, found_s) for prefix in PREFIXES]
    return rows


def _row(peer: int, event: str, prefix: str, at_s: int) -> tuple[int, str, str, str]:
    clock = f"DAYT{at_s // 3600:02}:{at_s // 60 % 60:02}:{at_s % 60:02}Z"
    ip, asn = f"5.9.0.{peer + 1}", 3000 + peer
    said = "," if event == "W" else f"ORIGIN,{asn} {2000 + peer % 3} ORIGIN"
    return at_s, ip, prefix, f"{clock},rrc90,{ip},{asn},{event},{prefix},{said}\n"


def _peer(number: int) -> str:
    return (
        f"- {{collector: rrc90, ip: 5.9.0.{number + 1}, asn: AS{3000 + number}, full_feed: yes, "
        "basis: Invented.}\n"
    )
