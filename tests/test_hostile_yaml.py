"""Hostile files: each is a sound record with one thing done to it, refused at the right line."""

import time

import pytest

# A file is refused well within this, whatever is in it; the slowest known takes half a second.
LONGEST_S = 5.0


@pytest.fixture
def first_line(record, refusals):
    """A function from what is put after a sound record to the first problem, and its line.

    The line counts from the end of the sound part: 1 is the first line added.
    """

    def first_line_of(added):
        raw = added if isinstance(added, bytes) else added.encode("utf-8", "surrogatepass")
        began = time.process_time()
        problems = refusals(record.encode() + raw)
        assert time.process_time() - began < LONGEST_S
        place, _, what = problems[0].split("\n")[0].partition(": ")
        return int(place.removeprefix("r.yaml:")) - record.count("\n"), what

    return first_line_of


def merge_bomb(levels):
    lines = [
        f"x{i}: &x{i}\n  <<: [" + ", ".join([f"*x{i - 1}"] * 9) + "]\n" for i in range(1, levels)
    ]
    return "x0: &x0 {k: v}\n" + "".join(lines)


LAUGHS = "a0: &a0 [x,x]\n" + "".join(
    f"a{i}: &a{i} [" + ",".join([f"*a{i - 1}"] * 9) + "]\n" for i in range(1, 10)
)


@pytest.mark.parametrize(
    ("added", "line", "what"),
    [
        (LAUGHS, 1, "a0: no such field here"),
        (merge_bomb(12), 1, "x0: no such field here"),
        ("added: &x 2030\n", 1, "added: the anchor &x"),
        ("x: &x [*x]\n", 1, "x: no such field here"),
        ("<<: {title: evil}\n", 1, "the merge key <<"),
        ("x: !!python/object/apply:os.system ['true']\n", 1, "x: no such field here"),
        (
            "withdrawn: !!python/name:os.system ''\n",
            1,
            "withdrawn: expected a mapping of fields, got ''",
        ),
        ("x: 1" + ":59" * 1200 + "\n", 1, "x: no such field here"),
        ("x: " + "9" * 3900 + "\n", 1, "x: no such field here"),
        ("x: 0x" + "f" * 3900 + "\n", 1, "x: no such field here"),
        ("---\ntitle: second\n", 1, "a second document in the file"),
        ("...\n---\ntitle: second\n", 2, "a second document in the file"),
        ("%YAML 1.1\n---\n", 1, "a YAML directive"),
        ("title: something else\n", 1, "title: written twice, first on line 2"),
        ("titel: typo\n", 1, "titel: no such field here"),
        ("__proto__: x\n", 1, "__proto__: no such field here"),
        ("? [a, b]\n: 1\n", 1, "expected a key of text, got something else"),
        ("1: x\n", 1, "1: no such field here"),
        ("~: x\n", 1, "['~']: no such field here"),
        ("'': x\n", 1, "['']: no such field here"),
        ("x:\n\t- b\n", 2, "a tab in the indentation"),
        ('x: "abc\n', 1, "not YAML: a quote that is never closed"),
        (
            "x: [a\n\n\n",
            1,
            "not YAML: a list or mapping in brackets that is not closed, or lacks a comma",
        ),
        (b"x: 1\ny: \xff\xfe\n", 2, "the byte 0xff is not UTF-8"),
        ("x: a\0b\n", 1, "the hidden character U+0000 (no name) in column 5"),
        (
            "x: ok\u2028injected: evil\n",
            1,
            "the hidden character U+2028 (LINE SEPARATOR) in column 6",
        ),
        ("x: ok\u0085injected: evil\n", 1, "the hidden character U+0085 (no name) in column 6"),
        (
            "# \u202e a comment\n",
            1,
            "the hidden character U+202E (RIGHT-TO-LEFT OVERRIDE) in column 3",
        ),
        ("x: " + "[" * 90_000 + "]" * 90_000 + "\n", 1, "the line has more than 4,000 characters"),
        ("x: " + "[" * 190_000 + "\n", 1, "the line has more than 4,000 characters"),
        ("x: " + "[\n" * 90_000, 12, "nested more than 12 deep"),
        ("x: " + "[" * 3_000 + "\n", 1, "nested more than 12 deep"),
        ("x:\n" + "".join(" " * i + " a:\n" for i in range(300)), 12, "nested more than 12 deep"),
        ("x: " + "- " * 1_900 + "\n", 1, "not YAML: something that cannot stand here"),
        ("x:\n" + "- " * 1_900 + "\n", 2, "nested more than 12 deep"),
        ("? " * 1_900 + "\n", 1, "expected a key of text, got something else"),
        ("x: " + "{a: " * 900 + "\n", 1, "nested more than 12 deep"),
        ("x: '" + "''" * 1_900 + "'\n", 1, "x: no such field here"),
        ('x: "' + "\\u0041" * 600 + '"\n', 1, "x: no such field here"),
        ("x: " + "!" * 3_900 + " y\n", 1, "x: no such field here"),
    ],
)
def test_a_hostile_line_is_refused_where_it_stands(added, line, what, first_line):
    assert first_line(added) == (line, what)


def test_sixty_thousand_keys_are_refused_unread(record, refusals):
    text = record + "".join(f"k{i}: 1\n" for i in range(60_000))

    assert refusals(text) == [
        "r.yaml:1: the file has more than 200,000 bytes\n"
        "    Shorten it; long material belongs in its sources."
    ]


def test_ten_thousand_keys_are_refused_in_time(first_line):
    assert first_line("".join(f"k{i}: 1\n" for i in range(9_000))) == (
        1,
        "k0: no such field here",
    )


def test_more_values_than_any_record_has_are_refused_where_they_pass_the_limit(refusals):
    problems = refusals("context:\n" + "- x\n" * 40_000)

    assert problems[0].split("\n")[0] == (
        "r.yaml:19999: the file holds more than 20,000 keys and values"
    )


def test_five_megabytes_of_comment_are_refused_unread(record, refusals):
    problems = refusals(record + "# " + "x" * 5_000_000 + "\n")

    assert problems[0].startswith("r.yaml:1: the file has more than 200,000 bytes\n")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "r.yaml:1: expected fields, got nothing"),
        ("# nothing\n", "r.yaml:1: expected fields, got nothing"),
        ("- a\n", "r.yaml:1: expected fields, got a list"),
        ("hello\n", "r.yaml:1: expected fields, got text"),
    ],
)
def test_a_file_without_fields_is_refused_on_its_first_line(text, problem, refusals):
    assert [refusal.split("\n")[0] for refusal in refusals(text)] == [problem]


def test_a_record_in_utf_16_is_refused(record, refusals):
    assert refusals(record.encode("utf-16")) == [
        "r.yaml:1: the file is UTF-16 or UTF-32, not UTF-8\n"
        "    Save it as UTF-8 without a byte order mark."
    ]


def test_no_report_shows_a_hidden_character(record, refusals):
    hostile = '"\\u202e": "\\u200b"\n"x\\ny": 1\nx: !<a%E2%80%AEb> "\\u2028"\n'

    report = "".join(refusals(record + hostile))

    assert report.isprintable() or set(report) - {"\n"} == {c for c in report if c.isprintable()}


def test_what_a_merge_key_brings_is_left_out_and_not_complained_of(record, refusals):
    line = record.count("\n") + 1

    assert refusals(record + "<<: {title: evil, x: y}\n") == [
        f"r.yaml:{line}: the merge key <<\n    Write the fields out."
    ]
