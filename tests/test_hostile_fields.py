"""Hostile and mistaken values, field by field: each refused on its own line, by its own name."""

import pytest

KEY = "expected a key of a-z, 0-9 and single hyphens, like dyn-who"
ADDRESS = "expected an http or https address like https://example.org/report"
PUBLIC = "expected an address on a public host, without a user name"
TIME = "expected a UTC time like 2014-12-22T16:15Z"


@pytest.fixture
def refused(archive, refusals):
    """A function from a field of the smallest record and a value for it to what is said of it.

    The problem must be on the line of that field.
    """
    file = archive / "incidents/2032/2032-02-29-heard-island/incident.yaml"
    lines = file.read_text(encoding="utf-8").split("\n")

    def refused_value(field, value):
        number = next(n for n, line in enumerate(lines) if line.strip().startswith(f"{field}: "))
        indent = lines[number].partition(field)[0]
        changed = [*lines[:number], f"{indent}{field}: {value}", *lines[number + 1 :]]
        problems = refusals("\n".join(changed))
        first = problems[0].split("\n")[0] if problems else f"r.yaml:{number + 1}: taken"
        place, _, said = first.partition(": ")
        assert place == f"r.yaml:{number + 1}"
        return said.partition(": ")[2] if said.startswith((field, "where", "sources")) else said

    return refused_value


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ('""', "expected at least 3 characters, got ''"),
        ('"   "', "expected text, got '   '"),
        ("x" * 141, "141 characters, expected at most 140"),
        ("[a]", "expected text, got a list"),
        ("{a: b}", "expected text, got a mapping"),
        ("~", "has no value"),
        ('"a\\n\\n# Heading"', "expected one line of text, got 'a\\n\\n# Heading'"),
        (
            '"\\u202e escaped"',
            "the hidden character U+202E (RIGHT-TO-LEFT OVERRIDE), written as an escape",
        ),
        ('"a\\u2028b: c"', "the hidden character U+2028 (LINE SEPARATOR), written as an escape"),
        ('"a\\0b"', "the hidden character U+0000 (no name), written as an escape"),
        ('"a\\eb"', "the hidden character U+001B (no name), written as an escape"),
        ('"a\\rb"', "the hidden character U+000D (no name), written as an escape"),
        ('"a\\Nb"', "the hidden character U+0085 (no name), written as an escape"),
        ('"a\\tb"', "a tab in the text"),
        ("a\tb", "a tab in the text"),
        ('"\\ud800"', "a backslash that spells no character"),
        ('"ab\u00adcd"', "the hidden character U+00AD (SOFT HYPHEN) in column 11"),
        ('" ab"', "expected text without space around it, got ' ab'"),
        ("\u00a0ab", "expected text without space around it, got '\\xa0ab'"),
    ],
)
def test_a_title_is_one_line_of_visible_text(value, said, refused):
    found = refused("title", value)

    assert found.removeprefix("not YAML: ") == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("javascript:alert(1)", f"{ADDRESS}, got 'javascript:alert(1)'"),
        ("JaVaScRiPt:alert(1)", f"{ADDRESS}, got 'JaVaScRiPt:alert(1)'"),
        ('"java\\x73cript:alert(1)"', f"{ADDRESS}, got 'javascript:alert(1)'"),
        ("data:text/html,<script>", f"{ADDRESS}, got 'data:text/html,<script>'"),
        ("//evil.example/x", f"{ADDRESS}, got '//evil.example/x'"),
        ("https://a@evil.example/", f"{PUBLIC}, got 'https://a@evil.example/'"),
        ("http://169.254.169.254/latest/", f"{PUBLIC}, got 'http://169.254.169.254/latest/'"),
        ('"https://example.org/\\nx"', f"{ADDRESS}, got 'https://example.org/\\nx'"),
        ("[https://example.org/]", f"{ADDRESS}, got a list"),
    ],
)
def test_a_url_is_an_address_that_is_safe_to_link(value, said, refused):
    assert refused("url", value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("NO", "expected a list, got 'NO'"),
        ("[no]", "expected an ISO 3166 country code like KP, got 'no'"),
        ("[ZZ]", "expected an ISO 3166 country code like KP, got 'ZZ'"),
        ("[true]", "expected an ISO 3166 country code like KP, got 'true'"),
        ("[1]", "expected an ISO 3166 country code like KP, got '1'"),
        ("[ＨＭ]", "expected an ISO 3166 country code like KP, got 'ＨＭ'"),
        ("[[HM]]", "expected an ISO 3166 country code like KP, got a list"),
        ("[~]", "has no value"),
    ],
)
def test_countries_are_a_list_of_codes(value, said, refused):
    assert refused("countries", value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2032-02-30", f"{TIME}, and a date that exists, got '2032-02-30'"),
        ("2032-13", f"{TIME}, and a date that exists, got '2032-13'"),
        ("2032-02-29T12:00:00", f"{TIME}, got '2032-02-29T12:00:00'"),
        ("yesterday", f"{TIME}, got 'yesterday'"),
        ("0001-01-01", "expected a year from 1969 to 2099, got '0001-01-01'"),
        ("9999-12-31", "expected a year from 1969 to 2099, got '9999-12-31'"),
        ("2032-02-29T12:00+99:00", f"{TIME}, got '2032-02-29T12:00+99:00'"),
        ("20320229", f"{TIME}, got '20320229'"),
        ("1.5", f"{TIME}, got '1.5'"),
        (".nan", f"{TIME}, got '.nan'"),
        ("12:00", f"{TIME}, got '12:00'"),
        ("2032-W09-7", f"{TIME}, got '2032-W09-7'"),
        ("true", f"{TIME}, got 'true'"),
    ],
)
def test_a_day_is_a_time_in_the_one_form(value, said, refused):
    assert refused("added", value) == said


@pytest.mark.parametrize(
    "key",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "a/b",
        "..",
        "Gazette",
        "a b",
        "-rf",
        "a--b",
        "gаzette",
        "é",
    ],
)
def test_a_key_of_a_source_is_plain_ascii_where_it_is_defined(key, archive, refusals):
    file = archive / "incidents/2032/2032-02-29-heard-island/incident.yaml"
    text = file.read_text(encoding="utf-8").replace("\n  gazette:\n", f'\n  "{key}":\n')

    problems = refusals(text)

    assert [problem.split("\n")[0].split(": ", 2)[2] for problem in problems] == [
        f"{KEY}, got {key!r}"
    ]


@pytest.mark.parametrize("field", ["title", "summary", "where", "episodes", "sources", "added"])
def test_a_field_that_every_record_needs_is_missed(field, archive, refusals):
    file = archive / "incidents/2032/2032-02-29-heard-island/incident.yaml"
    text = file.read_text(encoding="utf-8").replace(f"\n{field}:", f"\nx-{field}:")
    text = text.replace("title:", "x-title:") if field == "title" else text

    problems = [problem.split("\n")[0].partition(": ")[2] for problem in refusals(text)]

    assert f"{field}: missing" in problems
    assert f"x-{field}: no such field here" in problems


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 4,", f"value: {'9' * 400},"),
        ("value: 4,", "value: 1e999,"),
        ("value: 4,", "value: -4,"),
        ("value: 4,", "value: 0x4,"),
        ("asn: AS64500,", f"asn: AS{'9' * 400},"),
        ("asn: AS64500,", "asn: AS4294967296,"),
        ("asn: AS64500,", "asn: 64500,"),
        ("asn: AS64500,", "asn: AS064500,"),
        ("value: 14h31m,", f"value: {'9' * 400}d,"),
        ("value: 14h31m,", "value: 14:31:00,"),
        ("192.0.2.0/24,", f"192.0.2.0/{'9' * 400},"),
        ("192.0.2.0/24,", "3221225984/24,"),
        ("192.0.2.0/24,", "192.0.2.0/024,"),
    ],
)
def test_a_number_that_is_huge_or_written_otherwise_is_one_problem_on_its_line(
    old, new, record, refusals
):
    line = record[: record.index(old)].count("\n") + 1

    problems = refusals(record.replace(old, new, 1))

    assert [problem.split(": ")[0] for problem in problems] == [f"r.yaml:{line}"]
    assert all(len(problem) < 500 for problem in problems)
