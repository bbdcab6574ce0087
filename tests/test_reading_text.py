"""Bytes to text: only UTF-8, and nothing that a reviewer cannot see."""

import pytest

from generator.model.problem import BrokenInputError
from generator.read.place import spelled
from generator.read.text import RECORD, SIDECAR, Limits, decoded, hidden_characters


def refused(raw):
    with pytest.raises(BrokenInputError) as error:
        decoded(raw, "r.yaml")
    return [f"{problem.line}: {problem.what}" for problem in error.value.problems]


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"a: 1\nb: \xff\n", "2: the byte 0xff is not UTF-8"),
        (b"a: 1\nb: \xed\xa0\x80\n", "2: the byte 0xed is not UTF-8"),
        (b"\xef\xbb\xbfa: 1\n", "1: the file begins with a byte order mark"),
        ("a: 1\n".encode("utf-16"), "1: the file is UTF-16 or UTF-32, not UTF-8"),
        ("a: 1\n".encode("utf-32"), "1: the file is UTF-16 or UTF-32, not UTF-8"),
        (b"\0\0\xfe\xff\0\0\0a", "1: the file is UTF-16 or UTF-32, not UTF-8"),
    ],
)
def test_bytes_that_are_no_plain_utf_8_are_refused(raw, problem):
    assert refused(raw) == [problem]


def test_all_hidden_characters_tabs_and_directives_are_told_at_once():
    text = "%YAML 1.1\na: x\u202ey\n\tb: 1\nc: 1 # \u200b\u200b and \u00ad\n  \t- d\n\t\n"

    assert refused(text.encode()) == [
        "1: a YAML directive",
        "2: the hidden character U+202E (RIGHT-TO-LEFT OVERRIDE) in column 5",
        "3: a tab in the indentation",
        "4: the hidden character U+00AD (SOFT HYPHEN) in column 15",
        "4: the hidden character U+200B (ZERO WIDTH SPACE) in column 8",
        "5: a tab in the indentation",
        "6: a tab in the indentation",
    ]


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000 (no name)"),
        ("\x1b", "U+001B (no name)"),
        ("\x0c", "U+000C (no name)"),
        ("\x7f", "U+007F (no name)"),
        ("\x85", "U+0085 (no name)"),
        ("\u2066", "U+2066 (LEFT-TO-RIGHT ISOLATE)"),
        ("\u200e", "U+200E (LEFT-TO-RIGHT MARK)"),
        ("\ufeff", "U+FEFF (ZERO WIDTH NO-BREAK SPACE)"),
        ("\u2029", "U+2029 (PARAGRAPH SEPARATOR)"),
        ("\ue000", "U+E000 (no name)"),
        ("\ufffe", "U+FFFE (no name)"),
        ("\U000e0041", "U+E0041 (TAG LATIN CAPITAL LETTER A)"),
        ("\U000e0101", "U+E0101 (VARIATION SELECTOR-18)"),
        ("\u3164", "U+3164 (HANGUL FILLER)"),
        ("\u2800", "U+2800 (BRAILLE PATTERN BLANK)"),
        ("\u034f", "U+034F (COMBINING GRAPHEME JOINER)"),
    ],
)
def test_each_kind_of_hidden_character_is_refused_by_name(character, name):
    assert refused(f"a: x{character}y\n".encode()) == [
        f"1: the hidden character {name} in column 5"
    ]


def test_a_line_separator_does_not_shift_the_lines_that_follow():
    assert refused("a: ok\u2028b: evil\nc: \u2028\n".encode()) == [
        "1: the hidden character U+2028 (LINE SEPARATOR) in column 6",
        "2: the hidden character U+2028 (LINE SEPARATOR) in column 4",
    ]


def test_a_carriage_return_alone_is_hidden_and_before_a_line_feed_it_is_not():
    assert decoded(b"a: 1\r\nb: 2\r\n", "r.yaml") == "a: 1\nb: 2\n"
    assert refused(b"a: 1\rb: 2\n") == ["1: the hidden character U+000D (no name) in column 5"]


def test_every_script_and_sign_that_can_be_seen_is_taken():
    text = "a: Störung in Ōsaka – 東京 – القاهرة – ไทย – ☎️ – é – 🛰\n# a tab after: \there\n"

    assert decoded(text.encode(), "r.yaml") == text


def test_hidden_characters_come_each_once_in_order():
    assert hidden_characters("b\u200ba\u202e\u200b\t\n") == ["\u200b", "\u202e"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("episodes", 0, "start", 1, "at"), "episodes[0].start[1].at"),
        (("sources", "dyn-who", "url"), "sources.dyn-who.url"),
        (("sources", "A b"), "sources['A b']"),
        (("a\u202eb",), "['a\\u202eb']"),
        (("k" * 61,), "k" * 59 + "…"),
    ],
)
def test_a_path_is_spelled_as_people_write_it(path, text):
    assert spelled(path) == text


def test_the_machines_own_files_may_be_larger_than_a_record():
    assert (Limits(200_000, 4_000, 12, 20_000), Limits(6_291_456, 4_000, 12, 500_000)) == (
        RECORD,
        SIDECAR,
    )


def test_each_fault_of_a_text_comes_with_its_cure():
    faults = [b"\xff", b"x" * 4_001, b"x" * 200_001, b"%", b"\t", b"\x00"]

    cures = []
    for raw in faults:
        with pytest.raises(BrokenInputError) as error:
            decoded(raw, "r.yaml")
        cures += [problem.cure for problem in error.value.problems]

    assert cures == [
        "Save it as UTF-8 without a byte order mark.",
        "Break it; `>-` folds lines into one.",
        "Shorten it; long material belongs in its sources.",
        "Leave it out; a record needs none.",
        "Indent with spaces.",
        "Delete it; what nobody can see, nobody can review.",
    ]


@pytest.mark.parametrize(
    ("first", "last"), [(0x180B, 0x180F), (0xFE00, 0xFE0D), (0xE0100, 0xE01EF)]
)
def test_selectors_of_variants_are_hidden_from_the_first_to_the_last(first, last):
    around = f"{chr(0x1810)}{chr(0xFE0E)}{chr(0xFE0F)}"

    found = hidden_characters(f"{chr(first)}{around}{chr(last)}")

    assert found == [chr(first), chr(last)]
