"""Invented visibility of any number of prefixes: who was down when, through whom, with which gaps.

Times are seconds from T0. Everything is counted out, nothing drawn by lot.
"""

from datetime import UTC, datetime, timedelta

import pandas as pd

from generator.derive.measurement import measurement
from generator.model.evidence import Gap, Peer, Provenance, Table, Window
from generator.read.evidence import Evidence

T0 = datetime(2030, 1, 31, tzinfo=UTC)
PEERS = 12
BOTH, ONE = "64501:8 64502:4", "64502:12"


def at(second):
    return T0 + timedelta(seconds=second)


def stamp(second):
    return at(second).strftime("%Y-%m-%dT%H:%M:%SZ")


def prefix(number):
    """The number-th prefix, of the documentation range for IPv6."""
    return f"2001:db8:{number:x}::/48"


def provenance(length_s, gaps=(), peers=PEERS):
    return Provenance(
        grade="visibility",
        because="Invented.",
        messages="https://example.org/messages",
        attribution="Invented data",
        terms="https://example.org/terms",
        generator="gone-dark 0.1.0",
        window=Window.model_validate({"from": stamp(0), "to": stamp(length_s)}),
        inputs=[{"name": "a", "url": "https://example.org/a", "bytes": "1", "sha256": "0" * 64}],
        peers=[
            Peer(collector="rrc90", ip=f"192.0.2.{n}", asn=f"AS{64510 + n}", full_feed="yes",
                 basis="Invented.")
            for n in range(1, peers + 1)
        ],
        gaps=[
            Gap.model_validate(
                {"from": stamp(a), "to": stamp(b), "collector": "rrc90", "why": "No file."}
            )
            for a, b in gaps
        ],
        table=Table(file="visibility.csv.gz", rows="1", sha256="0" * 64, unpacked_sha256="0" * 64),
    )  # fmt: skip


def rows(levels):
    """Visibility rows from (prefix, second, seeing, known, upstreams)."""
    table = pd.DataFrame(levels, columns=["prefix", "time", "seeing", "known", "upstreams"])
    table = table.sort_values(["prefix", "time"], kind="stable").reset_index(drop=True)
    table["time"] = pd.to_datetime(table["time"] + int(T0.timestamp()), unit="s", utc=True)
    table["time"] = table["time"].dt.as_unit("s")
    text = {"prefix": str, "upstreams": str, "seeing": "int64", "known": "int64"}
    return table.astype(text)[["time", "prefix", "seeing", "known", "upstreams"]]


def down(outages, prefixes, after=BOTH):
    """Visibility rows: all prefixes seen by all peers, but in ``outages`` (prefix, from, to)."""
    levels = [(name, 0, PEERS, PEERS, BOTH) for name in prefixes]
    for name, start, end in outages:
        levels += [(name, start, 0, PEERS, ""), (name, end, PEERS, PEERS, after)]
    return rows(levels)


def measured(visibility, length_s, gaps=()):
    return measurement(Evidence(provenance(length_s, gaps), visibility=visibility))
