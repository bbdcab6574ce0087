"""MRT as a stream: compressed or not, in chunks of any size, whole or broken, in little memory."""

import bz2
import gzip
from hashlib import shake_128
from itertools import pairwise
from pathlib import Path

import mrt_writer as mrt
import pytest

from generator.fetch.mrt import MrtStream, elements
from generator.fetch.mrt.stream import MAX_RECORD_BYTES
from generator.model.problem import Problem

RECORDS = [
    mrt.bgp4mp(mrt.announcement(f"198.51.100.{number}/32"), at_s=mrt.AT_S + number)
    for number in range(200)
]
PLAIN = b"".join(RECORDS)
TOLD = [f"198.51.100.{number}/32" for number in range(200)]
PACKED = {"gzip": gzip.compress(PLAIN, mtime=0), "bzip2": bz2.compress(PLAIN), "plain": PLAIN}


def read(source, name="updates.gz"):
    stream = MrtStream(source, name)
    return [element.prefix for element in elements(stream)], stream


@pytest.mark.parametrize("packing", PACKED)
def test_a_file_is_read_whatever_its_compression(packing, tmp_path):
    file = tmp_path / "updates"
    file.write_bytes(PACKED[packing])

    found, stream = read(file)

    assert (found, stream.problem, stream.records) == (TOLD, None, 200)
    assert stream.last_s == mrt.AT_S + 199


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("size", [1, 7, 4096, 10**9])
def test_chunks_may_be_of_any_size(packing, size):
    packed = PACKED[packing]
    chunks = [packed[at : at + size] for at in range(0, len(packed), size)]

    found, stream = read([b"", *chunks, b""])

    assert (found, stream.problem) == (TOLD, None)


@pytest.mark.parametrize("packing", ["gzip", "bzip2"])
def test_compressed_members_may_follow_one_another_with_zeros_behind(packing):
    module = {"gzip": gzip, "bzip2": bz2}[packing]
    halves = [module.compress(PLAIN[:5000]), module.compress(b""), module.compress(PLAIN[5000:])]

    found, stream = read([b"".join(halves) + bytes(512)])

    assert (found, stream.problem) == (TOLD, None)


def test_a_plain_file_may_begin_with_the_letters_that_bzip2_begins_with():
    at_s = int.from_bytes(b"BZh9", "big")  # 2005-04-11T12:05:29Z
    record = mrt.bgp4mp(mrt.announcement("203.0.113.0/24"), at_s=at_s)

    found, stream = read([record])

    assert (found, stream.problem) == (["203.0.113.0/24"], None)


@pytest.mark.parametrize("packing", ["gzip", "bzip2"])
@pytest.mark.parametrize("junk", [b"<html>gone</html>", b"\x1f", PLAIN])
def test_something_else_behind_compressed_data_is_a_problem(packing, junk):
    found, stream = read([PACKED[packing] + junk])

    assert found == TOLD
    assert stream.problem.field == f"record 201 at byte {len(PLAIN)}"
    assert stream.problem.what in {
        f"something else follows the {packing} data",
        f"the {packing} data break off before their end",
    }


def test_the_problem_of_a_file_that_breaks_off_says_where_in_one_sentence():
    found, stream = read([PLAIN[: len(PLAIN) - 10]])

    last, whole = len(RECORDS[-1]), len(PLAIN)
    assert found == TOLD[:-1]
    assert stream.problem == Problem(
        "updates.gz",
        0,
        f"record 200 at byte {whole - last}",
        f"the file breaks off after {last - 10} of the {last} bytes of its record",
        "Fetch the file again. What 199 sound records tell was taken.",
    )
    assert stream.last_s == mrt.AT_S + 198


def test_a_file_that_breaks_off_anywhere_tells_what_is_whole_and_where_it_ends():
    sizes = [sum(map(len, RECORDS[:count])) for count in range(9)]
    cuts = [cut for cut in range(1, sizes[-1]) if cut not in sizes]

    for cut in cuts:
        found, stream = read([PLAIN[:cut]])
        whole = next(n for n, (low, high) in enumerate(pairwise(sizes)) if low < cut < high)
        assert found == TOLD[:whole]
        assert stream.problem.field == f"record {whole + 1} at byte {sizes[whole]}"


@pytest.mark.parametrize("packing", ["gzip", "bzip2"])
def test_compressed_data_that_break_off_anywhere_are_a_problem(packing):
    packed = PACKED[packing]

    for cut in range(10, len(packed), 13):
        found, stream = read([packed[:cut]])
        assert found == TOLD[: len(found)]
        assert f"the {packing} data break off before their end" in stream.problem.what


def test_a_damaged_gzip_gives_all_that_comes_before_the_damage():
    junk = mrt.record(11, 0, shake_128().digest(40_000))
    packed = bytearray(gzip.compress(PLAIN + junk, 1, mtime=0))
    packed[-8] ^= 1  # the first byte of the check sum, behind everything

    found, stream = read([bytes(packed)])

    assert (found, stream.records) == (TOLD, 201)
    assert stream.problem.field == f"record 202 at byte {len(PLAIN + junk)}"
    assert stream.problem.what == "the gzip data are damaged (incorrect data check)"


def test_a_damaged_bzip2_gives_the_blocks_before_the_damage():
    noise = shake_128().digest(300_000)
    packed = bytearray(bz2.compress(PLAIN + mrt.record(11, 0, noise), 1))
    packed[-2000] ^= 0x55

    found, stream = read([bytes(packed)])

    assert found == TOLD
    assert stream.problem.what.startswith("the bzip2 data are damaged")


@pytest.mark.parametrize(
    "empty",
    [b"", gzip.compress(b"", mtime=0), bz2.compress(b"")],
    ids=["plain", "gzip", "bzip2"],
)
def test_an_empty_file_is_a_problem(empty):
    found, stream = read([empty])

    assert found == []
    assert (stream.problem.field, stream.problem.what) == (
        "record 1 at byte 0",
        "the file is empty",
    )
    assert stream.last_s is None


@pytest.mark.parametrize(
    "page", [b"<!DOCTYPE html><title>404</title>", b"\n <html><body>Not Found</body></html>"]
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_web_page_is_a_problem_that_says_so(page, packed):
    found, stream = read([gzip.compress(page, mtime=0) if packed else page])

    assert found == []
    assert stream.problem.what == "a web page stands here: this is not MRT"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (
            b"Not Found\n\n\n\n",
            "a record of type 18031 and 1678379530 bytes, which cannot be: this is not MRT",
        ),
        (b"Not", "the file breaks off after 3 of the 12 bytes of its head"),
        (
            b"\xfd7zXZ\0\0\0\0\0\0\0",
            "a record of type 23040 and 0 bytes, which cannot be: this is not MRT",
        ),
    ],
)
def test_any_other_file_is_a_problem_too(content, what):
    found, stream = read([content])

    assert (found, stream.problem.what) == ([], what)


def test_a_record_longer_than_any_is_a_problem_and_one_at_the_limit_is_not():
    longest = mrt.record(11, 0, bytes(MAX_RECORD_BYTES))
    longer = mrt.record(11, 0, bytes(MAX_RECORD_BYTES + 1))

    found, stream = read([longest + longer])

    assert (found, stream.records) == ([], 1)
    assert stream.problem.what == (
        "a record of type 11 and 2097153 bytes, which cannot be: this is not MRT"
    )


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    file = tmp_path / "updates.gz"
    stream = MrtStream(file)

    found = list(elements(stream))

    assert found == []
    assert (stream.problem.file, stream.problem.what) == (
        file.as_posix(),
        "No such file or directory",
    )


def test_what_goes_wrong_with_a_download_is_the_affair_of_the_downloader():
    def chunks():
        yield PLAIN
        raise ConnectionResetError

    stream = MrtStream(chunks())

    with pytest.raises(ConnectionResetError):
        list(elements(stream))


def test_a_stream_is_read_once():
    _, stream = read([PLAIN])

    with pytest.raises(RuntimeError, match="only once"):
        list(elements(stream))


def test_a_file_is_closed_when_nobody_reads_on(tmp_path):
    file = tmp_path / "updates"
    file.write_bytes(PLAIN * (1 + 2_000_000 // len(PLAIN)))  # more than is read at once
    stream = MrtStream(file)
    reading = elements(stream)

    first = next(reading)
    opened = [each.resolve() for each in Path("/proc/self/fd").iterdir()]
    del reading
    left_open = [each.resolve() for each in Path("/proc/self/fd").iterdir()]

    assert (first.prefix, stream.problem) == (TOLD[0], None)
    assert (file.resolve() in opened, file.resolve() in left_open) == (True, False)
