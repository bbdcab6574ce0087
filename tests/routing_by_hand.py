"""Routing messages and visibility rows that a reader can follow by hand, of 1 January 2020."""

from generator.model.evidence import Gap, Peer, Provenance, Window
from generator.read.rows import table

HEADER = "time,collector,peer_ip,peer_asn,event,prefix,origin,path\n"
P = "203.0.113.0/24"


def peer(number, asn, full_feed="yes", collector="rrc90"):
    return Peer(
        collector=collector,
        ip=f"192.0.2.{number}",
        asn=f"AS{asn}",
        full_feed=full_feed,
        basis="Made up.",
    )


FOUR = tuple(peer(number, 64500 + number) for number in (1, 2, 3, 4))


def message(clock, number, event, path="", *, prefix=P, collector="rrc90"):
    """One row: peer 192.0.2.<number> in AS6450<number>; session events name no prefix."""
    origin = path.split(" ")[-1]
    where = "" if event in "DU" else prefix
    asn = 64500 + number
    return f"2020-01-01T{clock}Z,{collector},192.0.2.{number},{asn},{event},{where},{origin},{path}"


def messages(*rows):
    return table(HEADER + "".join(f"{row}\n" for row in rows))


def states(*numbers, prefix=P):
    """The same state at the start for each peer: the path 6450<number> 64511 64510."""
    return [message("10:00:00", n, "S", f"6450{n} 64511 64510", prefix=prefix) for n in numbers]


def seen(rows):
    """Rows as (clock, prefix, seeing, known, upstreams)."""
    return [
        (f"{row.time:%H:%M:%S}", row.prefix, row.seeing, row.known, row.upstreams)
        for row in rows.itertuples()
    ]


def visibility_rows(*rows):
    header = "time,prefix,seeing,known,upstreams\n"
    return table(header + "".join(f"2020-01-01T{row}\n" for row in rows))


def provenance():
    return Provenance.model_validate(
        {
            "grade": "messages",
            "because": "Made up.",
            "messages": "https://example.org/messages",
            "attribution": "Nobody.",
            "terms": "https://example.org/terms",
            "generator": "a test",
            "window": {"from": "2020-01-01T10:00:00Z", "to": "2020-01-01T11:00:00Z"},
            "inputs": [
                {"name": "a", "url": "https://example.org/a", "bytes": "1", "sha256": "0" * 64}
            ],
            "peers": FOUR,
            "table": {
                "file": "messages.csv.gz",
                "rows": "2",
                "sha256": "0" * 64,
                "unpacked_sha256": "0" * 64,
            },
        }
    )


def window(since="10:00:00", until="11:00:00"):
    return Window.model_validate({"from": f"2020-01-01T{since}Z", "to": f"2020-01-01T{until}Z"})


def gap(since, until, collector="rrc91"):
    return Gap.model_validate(
        {
            "collector": collector,
            "from": f"2020-01-01T{since}Z",
            "to": f"2020-01-01T{until}Z",
            "why": "A file is missing.",
        }
    )


def clock(at):
    """A time as HH:MM:SS, "none" for none."""
    return "none" if at is None or at != at else f"{at:%H:%M:%S}"  # noqa: PLR0124  (NaT)
