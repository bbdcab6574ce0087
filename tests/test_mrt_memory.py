"""Memory: little, whatever the size of a file, and whoever made it."""

import subprocess
import sys

import pytest

from generator.fetch.mrt.memo import MOST_KEPT, Memo

ENDLESS = """
import gzip, random, re, resource, sys, zlib
from pathlib import Path
from ipaddress import ip_network
import mrt_writer as mrt
from generator.fetch.mrt import MrtStream, elements, select

def varied():
    numbers = random.Random(1)
    paths = [[numbers.randrange(2**32) for _ in range(20)] for _ in range(99)]
    attributes = [mrt.path_attributes(path) for path in paths]

    def message():
        changed = numbers.choice(attributes)[:-2] + numbers.randbytes(2)
        prefixes = b"".join(b"\\x20" + numbers.randbytes(4) for _ in range(40))
        return mrt.bgp4mp(mrt.update(b"", changed, prefixes))

    for _ in range(8):
        yield b"".join(message() for _ in range(1500))

def same():
    block = mrt.bgp4mp(mrt.announcement("203.0.113.0/24")) * 10_000
    for _ in range(50):
        yield block

def long():
    communities = mrt.attribute(8, bytes(4000), 0xC0)
    message = mrt.update(b"", communities, mrt.nlri("203.0.113.0/24"))
    member = gzip.compress(mrt.bgp4mp(message) * 2500, 1, mtime=0)  # 10 MB of content
    for _ in range(40):
        yield member

def bomb():
    packer = zlib.compressobj(wbits=31)
    for _ in range(100):
        yield packer.compress(mrt.record(11, 0, bytes(1_000_000)))
    yield packer.flush()

def large():
    yield mrt.peer_index(*(("192.0.2.1", 64500, 4) for _ in range(65535)))
    attributes = mrt.path_attributes((64500,) * 3)
    yield mrt.rib("203.0.113.0/24", *((number, attributes) for number in range(50_000)))
    yield mrt.bgp4mp(mrt.update(b"", attributes, bytes(65_000)))

source, speed = sys.argv[1:]
stream = MrtStream(globals()[source]())
if speed == "select":
    found = select(stream, [ip_network("203.0.113.0/24")])
else:
    found = elements(stream)
count = sum(1 for _ in found)
assert stream.problem is None, stream.problem
status = Path("/proc/self/status")
if status.exists():  # what getrusage says includes the parent's memory there
    peak_kb = int(re.search(r"VmHWM:\\s*([0-9]+)", status.read_text())[1])
else:
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(count, peak_kb)
"""


@pytest.mark.large
@pytest.mark.parametrize(
    ("source", "speed", "count"),
    [
        ("varied", "elements", 8 * 1500 * 40),
        ("varied", "select", 0),
        ("same", "select", 500_000),
        ("long", "select", 100_000),
        ("long", "elements", 100_000),
        ("bomb", "select", 0),
        ("bomb", "elements", 0),
        ("large", "elements", 115_000),
    ],
)
def test_memory_stays_under_64_mb_whatever_the_size(source, speed, count):
    code = f"import sys; sys.path[:0] = {['.', 'tests']!r}\n{ENDLESS}"

    done = subprocess.run(
        [sys.executable, "-c", code, source, speed], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    found, peak_kb = map(int, done.stdout.split())
    print(f"{peak_kb} KB")
    assert found == count
    assert peak_kb < 64 * 1024


def test_what_was_made_once_is_not_made_again_unless_it_is_long_or_there_is_much():
    made = []
    memo = Memo(lambda key: made.append(key) or len(key), longest=3)
    many = [number.to_bytes(3, "big") for number in range(MOST_KEPT)]

    lengths = [memo[key] for key in (b"one", b"one", b"three", b"three", *many, b"one")]

    assert lengths == [3, 3, 5, 5, *[3] * MOST_KEPT, 3]
    assert made == [b"one", b"three", b"three", *many, b"one"]
    assert len(memo) <= MOST_KEPT
