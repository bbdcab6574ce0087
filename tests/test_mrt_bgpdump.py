"""Element for element, what bgpdump tells: of the tests' own files, and of real ones where given.

Set GONE_DARK_ROUTING_DATA to a folder of MRT files to have each of them compared.
"""

from __future__ import annotations

import bz2
import gzip
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from itertools import zip_longest
from pathlib import Path

import mrt_writer as mrt
import pytest

from generator.fetch.mrt import Element, MrtStream, elements, select

needs_bgpdump = pytest.mark.skipif(
    not shutil.which("bgpdump"), reason="bgpdump, a Debian package, is not installed"
)
FOLDER = os.environ.get("GONE_DARK_ROUTING_DATA", "")
FILES = sorted(
    file
    for file in (Path(FOLDER).rglob("*") if FOLDER else ())
    if file.suffix in {".gz", ".bz2", ".mrt"} and not file.name.endswith(".dat.gz")
)
EVENTS = {"A": "A", "W": "W", "B": "S"}
ESTABLISHED = "6"


def bgpdump(*arguments: str | Path) -> list[str]:
    done = subprocess.run(["bgpdump", *map(str, arguments)], capture_output=True, check=False)
    return done.stdout.decode("ascii").splitlines()


def dumped(file: Path) -> Iterator[Element]:
    """Yield what bgpdump tells of unicast and of sessions, as elements."""
    lines = [line for line in bgpdump("-m", file) if not _is_idle_change(line)]
    multicast = _multicast(bgpdump(file), lines)
    for line, is_multicast in zip_longest(lines, multicast, fillvalue=False):
        if not is_multicast:
            yield _element(line.split("|"))


def _is_idle_change(line: str) -> bool:
    fields = line.split("|")
    return fields[2] == "STATE" and (fields[5] == ESTABLISHED) == (fields[6] == ESTABLISHED)


def _multicast(verbose: list[str], lines: list[str]) -> list[bool]:
    """Return which lines are of multicast, which bgpdump says in its other form only."""
    if not any("Multicast" in line for line in verbose):
        return []
    prefixes, flags = [], []
    for block in "\n".join(verbose).split("\n\n"):
        found = re.findall(r"^  (\S+/\d+)", block, re.MULTILINE)
        prefixes += found
        flags += ["Multicast" in block] * len(found)
    assert prefixes == [line.split("|")[5] for line in lines]
    return flags


def _element(fields: list[str]) -> Element:
    second, _, microsecond = fields[1].partition(".")
    peer = str(ip_address(fields[3])), int(fields[4])
    when = int(second), int(microsecond or 0)
    if fields[2] == "STATE":
        event = "U" if fields[6] == ESTABLISHED else "D"
        return Element(*when, *peer, event, "", "", 0)
    path_id = int(fields.pop(6)) if fields[0].endswith("_AP") else 0
    # bgpdump leaves bits behind a prefix as they are, and shortens one zero of IPv6 too many.
    prefix = str(ip_network(fields[5], strict=False))
    path = _path(fields[6]) if fields[2] != "W" else ""
    return Element(*when, *peer, EVENTS[fields[2]], prefix, path, path_id)


def _path(text: str) -> str:
    return re.sub(r"[{(\[][^\])}]*", lambda group: re.sub("[ ,]", "+", group[0]), text)


def assert_same(file: Path) -> int:
    """Compare everything, and then some prefixes with those inside them; return how many told."""
    theirs = list(dumped(file))
    stream = MrtStream(file)
    for ours, their in zip_longest(elements(stream), theirs):
        assert ours == their
    for wanted in _some(theirs):
        held = [each for each in theirs if not each.prefix or _is_inside(each.prefix, wanted)]
        assert list(select(MrtStream(file), [wanted])) == held
    assert ("break off" in str(stream.problem)) == (not _is_whole(file))
    return len(theirs)


def _some(told: list[Element]) -> set[IPv4Network | IPv6Network]:
    """Return the first prefix told, and one with what is around it from the middle and the end."""
    prefixes = [ip_network(each.prefix) for each in told if each.prefix]
    if not prefixes:
        return set()
    around = (
        prefixes[at].supernet(min(prefixes[at].prefixlen, 4)) for at in (len(prefixes) // 2, -1)
    )
    return {prefixes[0], *around}


def _is_inside(prefix: str, wanted: IPv4Network | IPv6Network) -> bool:
    found = ip_network(prefix)
    return found.version == wanted.version and found.subnet_of(wanted)


def _is_whole(file: Path) -> bool:
    with (
        suppress(EOFError),
        {".gz": gzip.open, ".bz2": bz2.open}.get(file.suffix, open)(file, "rb") as content,
    ):
        while content.read(1 << 18):
            pass
        return True
    return False


PATH = (64500, 64500, frozenset({64511, 65536}), (64601, 64602), 4_200_000_000)
ATTRIBUTES = mrt.path_attributes(PATH)
V6 = mrt.mp_unreach(mrt.nlris(["2001:db8:1::/48"])) + mrt.mp_reach(mrt.nlris(["2001:db8::/32"]))
UPDATE = mrt.update(
    mrt.nlris(["198.51.100.0/24", "0.0.0.0/0"]),
    ATTRIBUTES + V6,
    mrt.nlris(["203.0.113.0/25", "203.0.113.128/25", "10.0.0.0/8"]),
)
HALVED = mrt.path_attributes((64500, 64501, 23456, 23456), 2) + mrt.as4_path((65536, 65537))
HALVED_UPDATE = mrt.update(b"", HALVED, mrt.nlri("203.0.113.0/24"))
INDEX = mrt.peer_index((mrt.PEER, 64500, 2), ("2001:db8::1", 65536, 4))
V6_HEAD = mrt.peers(peer="2001:db8::2", local="2001:db8::3")
ADD_PATH_UPDATE = mrt.update(b"", ATTRIBUTES, mrt.nlris([("203.0.113.0/24", 9)]))
ADD_PATH_HALVED = mrt.update(b"", HALVED, mrt.nlris([("203.0.113.0/24", 9)]))
# Not among them: who tells in MESSAGE_LOCAL without path identifiers, for bgpdump says the other
# side there; and withdrawals of 1999, of which bgpdump prints bytes that stand elsewhere.
OURS = {
    "MESSAGE": mrt.bgp4mp(HALVED_UPDATE, 1),
    "MESSAGE_AS4": mrt.bgp4mp(UPDATE),
    "MESSAGE_AS4 of an IPv6 peer": mrt.bgp4mp(UPDATE, 4, V6_HEAD),
    "MESSAGE in extended time": mrt.bgp4mp_et(HALVED_UPDATE, 1, 1),
    "MESSAGE_AS4 in extended time": mrt.bgp4mp_et(UPDATE, 999_999),
    "MESSAGE_AS4 with path identifiers": mrt.bgp4mp(ADD_PATH_UPDATE, 9),
    "STATE_CHANGE": mrt.bgp4mp(mrt.states(6, 1), 0) + mrt.bgp4mp(mrt.states(5, 6), 0),
    "STATE_CHANGE_AS4": mrt.bgp4mp(mrt.states(6, 3), 5) + mrt.bgp4mp(mrt.states(1, 2), 5),
    "MESSAGE with path identifiers": mrt.bgp4mp(ADD_PATH_HALVED, 8),
    "MESSAGE with path identifiers in extended time": mrt.bgp4mp_et(ADD_PATH_HALVED, 1, 8),
    "MESSAGE_AS4 with path identifiers in extended time": mrt.bgp4mp_et(ADD_PATH_UPDATE, 1, 9),
    "MESSAGE_LOCAL with path identifiers": mrt.bgp4mp(ADD_PATH_HALVED, 10),
    "MESSAGE_AS4_LOCAL with path identifiers": mrt.bgp4mp(ADD_PATH_UPDATE, 11),
    "UPDATE of 1999": mrt.legacy_update(mrt.contents(b"", HALVED, mrt.nlri("203.0.113.0/24"))),
    "STATE_CHANGE of 1999": mrt.legacy_change(6, 1) + mrt.legacy_change(5, 6),
    "KEEPALIVE": mrt.bgp4mp(mrt.bgp(4)),
    "TABLE_DUMP": mrt.table_dump("203.0.113.0/24", HALVED)
    + mrt.table_dump("2001:db8::/32", HALVED, "2001:db8::1"),
    "TABLE_DUMP_V2": INDEX
    + mrt.rib("203.0.113.0/24", (0, ATTRIBUTES), (1, ATTRIBUTES))
    + mrt.rib("2001:db8::/32", (1, ATTRIBUTES), subtype=4),
    "TABLE_DUMP_V2 with path identifiers": INDEX
    + mrt.rib("203.0.113.0/24", (0, 7, ATTRIBUTES), (0, 9, ATTRIBUTES), subtype=8)
    + mrt.rib("2001:db8::/32", (1, 1, ATTRIBUTES), subtype=10),
}


@needs_bgpdump
@pytest.mark.parametrize("kind", OURS)
def test_each_kind_of_record_is_read_as_bgpdump_reads_it(kind, tmp_path):
    file = tmp_path / "file.mrt"
    file.write_bytes(OURS[kind])

    count = assert_same(file)

    assert count == sum(1 for _ in dumped(file))


@needs_bgpdump
@pytest.mark.skipif(not FILES, reason="GONE_DARK_ROUTING_DATA names no folder of MRT files")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_real_file_is_read_as_bgpdump_reads_it(file):
    count = assert_same(file)

    assert count > 0
    print(f"{count:,} elements")
