"""Files to measure with where none are given, made by the tests' own writer."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

import mrt_writer as mrt

MESSAGES = 60_000
PREFIXES = 8_192
PEERS = range(20)


def made_up(folder: Path) -> list[Path]:
    """Write a file of updates and a table into a folder; return where they are."""
    files = {folder / "updates.gz": updates(), folder / "table.gz": table()}
    for file, records in files.items():
        file.write_bytes(gzip.compress(b"".join(records), 6))
    return list(files)


def updates() -> Iterator[bytes]:
    """Yield messages about prefixes that come again and again."""
    heads = [mrt.peers(peer=f"192.0.2.{peer + 1}", peer_asn=64500 + peer) for peer in PEERS]
    for number in range(MESSAGES):
        peer = number * 7 % len(PEERS)
        prefixes = [f"198.18.{(number * step) % 256}.0/24" for step in (3, 5, 11)]
        path = (64500 + peer, 64510 + number % 97, 64520 + number % 13, 65536 + number % 31)
        if number % 9:
            message = mrt.announcement(*prefixes, path=path)
        else:
            message = mrt.withdrawal("203.0.113.0/24" if number % 900 == 0 else prefixes[0])
        yield mrt.bgp4mp(message, head=heads[peer], at_s=mrt.AT_S + number // 200)


def table() -> Iterator[bytes]:
    """Yield a table in which each peer has each prefix."""
    yield mrt.peer_index(*((f"192.0.2.{peer + 1}", 64500 + peer, 4) for peer in PEERS))
    for number in range(PREFIXES):
        prefix = f"198.{18 + number // 4096}.{number // 16 % 256}.{number % 16 * 16}/28"
        paths = [(64500 + peer, 64600 + number % 97, 65536 + number // 8) for peer in PEERS]
        entries = [(peer, mrt.path_attributes(path)) for peer, path in enumerate(paths)]
        yield mrt.rib(prefix, *entries)
