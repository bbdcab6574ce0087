"""Reading frozen evidence: all or nothing, and where the fault lies."""

import gzip
import hashlib

import pytest

from generator.model.evidence import Provenance
from generator.model.problem import BrokenInputError
from generator.read import evidence as reading
from generator.read.evidence import read_evidence

VISIBILITY = (
    "time,prefix,seeing,known,upstreams\n"
    "2020-01-01T10:00:00Z,198.51.100.0/24,2,2,64509:1 64511:1\n"
    "2020-01-01T10:05:00Z,198.51.100.0/24,0,2,\n"
    "2020-01-01T10:00:00Z,2001:db8::/32,1,1,64511:1\n"
)
MESSAGES = (
    "time,collector,peer_ip,peer_asn,event,prefix,origin,path\n"
    "2020-01-01T10:00:00Z,rrc90,192.0.2.1,64501,S,198.51.100.0/24,64510,64501 64511 64510\n"
    "2020-01-01T10:00:00Z,rrc90,192.0.2.2,64502,A,2001:db8::/32,{64509+64510},64502 {64509+64510}\n"
    "2020-01-01T10:05:00Z,rrc90,192.0.2.1,64501,W,198.51.100.0/24,,\n"
    "2020-01-01T10:06:00Z,rrc90,192.0.2.2,64502,D,,,\n"
    "2020-01-01T10:07:00Z,rrc90,192.0.2.2,64502,U,,,\n"
)
PROVENANCE = """\
grade: {grade}
because: A test may say what it likes.
messages: https://example.org/messages
attribution: Nobody's data.
terms: https://example.org/terms
generator: a test
window: {{from: 2020-01-01T10:00:00Z, to: 2020-01-01T11:00:00Z}}
inputs:
  - {{name: messages.jsonl, url: https://example.org/messages, bytes: 100, sha256: {sum}}}
peers:
  - {{collector: rrc90, ip: 192.0.2.1, asn: AS64501, full_feed: yes, basis: Made up.}}
  - {{collector: rrc90, ip: 192.0.2.2, asn: AS64502, full_feed: yes, basis: Made up.}}
table: {{file: {grade}.csv.gz, rows: {rows}, sha256: {packed}, unpacked_sha256: {unpacked}}}
"""


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def frozen(tmp_path, text, *, packed=None, **changes):
    """A routing folder with this table, and a provenance that fits it but for the changes."""
    content = text if isinstance(text, bytes) else text.encode()
    packed = gzip.compress(content, mtime=0) if packed is None else packed
    facts = {
        "grade": "messages" if b"peer_ip" in content[:100] else "visibility",
        "rows": content.count(b"\n") - 1,
        "packed": sha256(packed),
        "unpacked": sha256(content),
        "sum": sha256(b""),
        **changes,
    }
    folder = tmp_path / "incidents" / "routing"
    folder.mkdir(parents=True)
    (folder / f"{facts['grade']}.csv.gz").write_bytes(packed)
    (folder / "provenance.yaml").write_text(PROVENANCE.format(**facts), "utf-8")
    return folder


def refusal(folder, tmp_path):
    """The problems of reading the folder, as first lines; the file without its folder."""
    with pytest.raises(BrokenInputError) as caught:
        read_evidence(folder, tmp_path)
    return [
        str(one).partition("\n")[0].removeprefix("incidents/routing/")
        for one in caught.value.problems
    ]


def test_visibility_is_read_as_a_table_with_its_provenance(tmp_path):
    evidence = read_evidence(frozen(tmp_path, VISIBILITY), tmp_path)

    assert isinstance(evidence.provenance, Provenance)
    assert evidence.provenance.vantage_points == 2
    assert evidence.messages is None
    assert [(f"{row.time:%H:%M}", *row[2:]) for row in evidence.visibility.itertuples()] == [
        ("10:00", "198.51.100.0/24", 2, 2, "64509:1 64511:1"),
        ("10:05", "198.51.100.0/24", 0, 2, ""),
        ("10:00", "2001:db8::/32", 1, 1, "64511:1"),
    ]


def test_messages_are_read_as_a_table_in_the_order_they_happened(tmp_path):
    evidence = read_evidence(frozen(tmp_path, MESSAGES), tmp_path)

    assert evidence.visibility is None
    assert list(evidence.messages["event"]) == ["S", "A", "W", "D", "U"]
    assert list(evidence.messages["peer_asn"]) == [64501, 64502, 64501, 64502, 64502]
    assert list(evidence.messages["origin"]) == ["64510", "{64509+64510}", "", "", ""]


def test_a_table_without_rows_is_read(tmp_path):
    evidence = read_evidence(frozen(tmp_path, "time,prefix,seeing,known,upstreams\n"), tmp_path)

    assert len(evidence.visibility) == 0


def test_a_changed_file_is_refused_by_its_sum(tmp_path):
    folder = frozen(tmp_path, VISIBILITY)
    table = folder / "visibility.csv.gz"
    expected = sha256(table.read_bytes())
    table.write_bytes(gzip.compress(VISIBILITY.replace("0,2,", "1,2,").encode(), mtime=0))

    assert refusal(folder, tmp_path) == [
        f"visibility.csv.gz: the SHA-256 of the file is {sha256(table.read_bytes())}, "
        f"but provenance.yaml says {expected}"
    ]


def test_another_table_packed_in_the_file_is_refused_by_the_sum_of_what_is_inside(tmp_path):
    folder = frozen(tmp_path, VISIBILITY, unpacked=sha256(b"another"))

    assert refusal(folder, tmp_path) == [
        f"visibility.csv.gz: the SHA-256 of the CSV inside is {sha256(VISIBILITY.encode())}, "
        f"but provenance.yaml says {sha256(b'another')}"
    ]


PACKED = gzip.compress(VISIBILITY.encode(), mtime=0)


@pytest.mark.parametrize(
    ("packed", "expected"),
    [
        (PACKED[:-9], "the gzip file ends too early"),
        (b"", "the gzip file ends too early"),
        (PACKED + b"more", "the gzip file goes on after its end"),
        (VISIBILITY.encode(), "not a sound gzip file: Error -3 while decompressing data: "
                              "incorrect header check"),
        (PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:], "not a sound gzip file: Error -3 while "
                                                  "decompressing data: incorrect data check"),
    ],
)  # fmt: skip
def test_a_gzip_file_that_is_not_whole_is_refused(tmp_path, packed, expected):
    folder = frozen(tmp_path, VISIBILITY, packed=packed)

    assert refusal(folder, tmp_path) == [f"visibility.csv.gz: {expected}"]


def test_a_gzip_bomb_is_not_unpacked_past_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_UNPACKED_BYTES", 1 << 20)
    folder = frozen(tmp_path, VISIBILITY, packed=gzip.compress(bytes(64 << 20), mtime=0))

    assert refusal(folder, tmp_path) == ["visibility.csv.gz: unpacks to more than 1,048,576 bytes"]


def test_a_packed_file_over_the_limit_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_PACKED_BYTES", 100)

    folder = frozen(tmp_path, VISIBILITY)

    assert refusal(folder, tmp_path) == ["visibility.csv.gz: holds more than 100 bytes"]


@pytest.mark.parametrize("name", ["provenance.yaml", "visibility.csv.gz"])
def test_a_missing_file_is_named(tmp_path, name):
    folder = frozen(tmp_path, VISIBILITY)
    (folder / name).unlink()

    assert refusal(folder, tmp_path) == [f"{name}: cannot be read: No such file or directory"]


def test_a_missing_folder_is_named(tmp_path):
    assert refusal(tmp_path / "routing", tmp_path) == ["routing: there is no such folder"]


def test_stray_files_folders_and_links_are_all_named(tmp_path):
    folder = frozen(tmp_path, VISIBILITY)
    (folder / "notes.txt").write_text("mine", "utf-8")
    (folder / "raw").mkdir()
    (folder / "messages.csv.gz").symlink_to(folder / "visibility.csv.gz")

    assert refusal(folder, tmp_path) == [
        "messages.csv.gz: does not belong here",
        "notes.txt: does not belong here",
        "raw: does not belong here",
    ]


def test_a_table_of_the_other_grade_beside_it_is_refused(tmp_path):
    folder = frozen(tmp_path, VISIBILITY)
    (folder / "messages.csv.gz").write_bytes(gzip.compress(MESSAGES.encode(), mtime=0))

    assert refusal(folder, tmp_path) == [
        "messages.csv.gz: does not belong to evidence of the grade visibility"
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("grade: visibility", "grade: hearsay", "provenance.yaml:1: grade: "),
        ("from: 2020-01-01T10:00:00Z", "from: 2020-01-01", "provenance.yaml:7: window.from: "),
        ("to: 2020-01-01T11:00:00Z", "to: 2019-01-01T11:00:00Z", "provenance.yaml:7: window: "),
        ("ip: 192.0.2.2", "ip: 192.0.2.02", "provenance.yaml:12: peers[1].ip: "),
        ("bytes: 100", "bytes: many", "provenance.yaml:9: inputs[0].bytes: "),
        ("rows: 3", "rows: -3", "provenance.yaml:13: table.rows: "),
        ("because", "why", "provenance.yaml:2: why: "),
    ],
)
def test_provenance_is_read_as_strictly_as_a_record(tmp_path, old, new, expected):
    folder = frozen(tmp_path, VISIBILITY)
    file = folder / "provenance.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")

    assert any(line.startswith(expected) for line in refusal(folder, tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("file: visibility.csv.gz", "file: messages.csv.gz", "table.file visibility.csv.gz"),
        ("ip: 192.0.2.2", "ip: 192.0.2.1", "each pair of collector and ip once"),
        ("full_feed: yes", "full_feed: no", "at least one peer with a full feed"),
    ],
)
def test_provenance_must_agree_with_itself(tmp_path, old, new, what):
    folder = frozen(tmp_path, VISIBILITY)
    file = folder / "provenance.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")

    found = refusal(folder, tmp_path)

    assert len(found) == 1
    assert what in found[0]
