"""The values a record is written in: what each takes, what it gives back, what it refuses."""

from datetime import UTC, datetime

import pytest

from generator.model.resources import Asn, CountryCode, Prefix, RegionCode, Url
from generator.model.values import Count, Length, Moment, Quantity, Scalar


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2014", utc(2014, 1, 1), utc(2015, 1, 1)),
        ("2014-12", utc(2014, 12, 1), utc(2015, 1, 1)),
        ("2016-02-29", utc(2016, 2, 29), utc(2016, 3, 1)),
        ("2014-12-22T16Z", utc(2014, 12, 22, 16), utc(2014, 12, 22, 17)),
        ("2014-12-22T16:15Z", utc(2014, 12, 22, 16, 15), utc(2014, 12, 22, 16, 16)),
        ("2014-12-31T23:59:59Z", utc(2014, 12, 31, 23, 59, 59), utc(2015, 1, 1)),
    ],
)
def test_a_time_means_as_much_as_is_written_of_it(text, earliest, latest):
    moment = Moment.parse(text)

    assert (moment.earliest, moment.latest, str(moment)) == (earliest, latest, text)


@pytest.mark.parametrize(
    ("text", "is_exact"),
    [
        ("2014-12-22T16:15Z", True),
        ("2014-12-22T16:15:07Z", True),
        ("2014-12-22T16Z", False),
        ("2014-12-22T16:15Z~", False),
    ],
)
def test_a_time_is_exact_to_the_minute_unless_it_is_marked_as_about(text, is_exact):
    moment = Moment.parse(text)

    assert (moment.exact, str(moment)) == (is_exact, text)


@pytest.mark.parametrize(
    ("kind", "text", "complaint"),
    [
        (Moment, "16:15", "expected a UTC time like 2014-12-22T16:15Z"),
        (Moment, "2014-12-22 16:15Z", "expected a UTC time like 2014-12-22T16:15Z"),
        (Moment, "2014-12-22T16:15", "expected a UTC time like 2014-12-22T16:15Z"),
        (Moment, "2014-12-22T16:15+00:00", "expected a UTC time like 2014-12-22T16:15Z"),
        (Moment, "2014-W40-1", "expected a UTC time like 2014-12-22T16:15Z"),
        (Moment, "20141222", "expected a UTC time like 2014-12-22T16:15Z"),
        (Moment, "٢٠١٤-12-22", "expected a UTC time like 2014-12-22T16:15Z"),
        (Moment, "2014-12-22\n", "expected a UTC time like 2014-12-22T16:15Z"),
        (
            Moment,
            "2015-02-29",
            "expected a UTC time like 2014-12-22T16:15Z, and a date that exists",
        ),
        (
            Moment,
            "2014-12-22T24:00Z",
            "expected a UTC time like 2014-12-22T16:15Z, and a date that exists",
        ),
        (Moment, "1968", "expected a year from 1969 to 2099"),
        (Moment, "2100", "expected a year from 1969 to 2099"),
        (Length, "9 h", "expected a duration like 9h31m, 38d or 5d4h"),
        (Length, "31m9h", "expected a duration like 9h31m, 38d or 5d4h"),
        (Length, "0h", "expected a duration like 9h31m, 38d or 5d4h"),
        (Length, ">", "expected a duration like 9h31m, 38d or 5d4h"),
        (Length, "9", "expected a duration like 9h31m, 38d or 5d4h"),
        (Quantity, "1e9", "expected a number like 4, 5.97, >510000 or 2400000~"),
        (Quantity, "-1", "expected a number like 4, 5.97, >510000 or 2400000~"),
        (Quantity, "1_000", "expected a number like 4, 5.97, >510000 or 2400000~"),
        (Quantity, "0123", "expected a number like 4, 5.97, >510000 or 2400000~"),
        (Quantity, ".nan", "expected a number like 4, 5.97, >510000 or 2400000~"),
        (Count, "01", "expected a whole number like 1436"),
        (Asn, "64500", "expected an AS number like AS131279"),
        (Asn, "AS0", "expected an AS number like AS131279"),
        (Asn, "AS4294967296", "expected an AS number below AS4294967296"),
        (Asn, "AS" + "9" * 5000, "expected an AS number like AS131279"),
        (Prefix, "192.0.2.0", "expected a prefix like 175.45.176.0/24"),
        (Prefix, "192.0.2.0/33", "expected a prefix like 175.45.176.0/24"),
        (Prefix, "192.0.2.1/24", "expected the canonical form 192.0.2.0/24"),
        (Prefix, "2001:0db8::/32", "expected the canonical form 2001:db8::/32"),
        (CountryCode, "ZZ", "expected an ISO 3166 country code like KP"),
        (CountryCode, "no", "expected an ISO 3166 country code like KP"),
        (CountryCode, "False", "expected an ISO 3166 country code like KP"),
        (RegionCode, "US-ZZZ", "expected an ISO 3166-2 region code like US-CA"),
        (RegionCode, "California", "expected an ISO 3166-2 region code like US-CA"),
    ],
)
def test_a_value_in_any_other_form_is_refused_by_saying_what_was_expected(kind, text, complaint):
    with pytest.raises(ValueError, match=r".") as error:
        kind.parse(text)

    assert str(error.value) == complaint


@pytest.mark.parametrize(
    ("text", "value", "again"),
    [
        ("9h31m", Length(34_260), "9h31m"),
        ("1w", Length(604_800), "7d"),
        ("90m", Length(5_400), "1h30m"),
        (">5h", Length(18_000, ">"), ">5h"),
        ("<10h~", Length(36_000, "<", approximate=True), "<10h~"),
        ("55m53s", Length(3_353), "55m53s"),
    ],
)
def test_a_duration_is_seconds_with_its_bound_and_its_doubt(text, value, again):
    length = Length.parse(text)

    assert (length, str(length)) == (value, again)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", Quantity("4")),
        ("5.97", Quantity("5.97")),
        (">510000", Quantity("510000", ">")),
        ("2400000~", Quantity("2400000", "", approximate=True)),
    ],
)
def test_a_number_keeps_the_digits_its_source_gave(text, value):
    number = Quantity.parse(text)

    assert (number, str(number)) == (value, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Count, "1436"),
        (Asn, "AS64500"),
        (Asn, "AS4294967295"),
        (Prefix, "192.0.2.0/24"),
        (Prefix, "2001:db8::/32"),
        (Prefix, "0.0.0.0/0"),
        (CountryCode, "NO"),
        (RegionCode, "UM-95"),
        (Url, "https://example.org/a_(b)?c=d&e=f#g"),
        (Url, "http://203-0-113-1.example.org:8080/"),
        (Url, "https://example.org/Ōsaka"),
    ],
)
def test_a_value_is_written_as_it_was_read(kind, text):
    value = kind.parse(text)

    assert str(value) == text


ADDRESS = "expected an http or https address like https://example.org/report"
PUBLIC = "expected an address on a public host, without a user name"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("javascript:alert(1)", ADDRESS),
        ("JaVaScRiPt:alert(1)", ADDRESS),
        ("java\tscript:alert(1)", ADDRESS),
        ("data:text/html,<b>", ADDRESS),
        ("file:///etc/passwd", ADDRESS),
        ("ftp://example.org/", ADDRESS),
        ("HTTPS://example.org/", ADDRESS),
        ("//evil.example/x", ADDRESS),
        ("https://", ADDRESS),
        ("https://example.org/a b", ADDRESS),
        ('https://example.org/"onmouseover=alert(1)', ADDRESS),
        ("https://example.org/](javascript:alert(1))", ADDRESS),
        ("https://example.org/\nx", ADDRESS),
        ("https://example.org/" + "x" * 2000, ADDRESS),
        ("https://example.org:port/", ADDRESS),
        ("https://example.org@evil.example/", PUBLIC),
        ("https://@evil.example/", PUBLIC),
        ("https://localhost/", PUBLIC),
        ("https://localhost./", PUBLIC),
        ("https://printer.local/", PUBLIC),
        ("https://nas.home.arpa/", PUBLIC),
        ("http://127.0.0.1/", PUBLIC),
        ("http://127.1/", PUBLIC),
        ("http://0x7f.1/", PUBLIC),
        ("http://2130706433/", PUBLIC),
        ("http://127%2e0.0.1/", PUBLIC),
        ("http://１２７.0.0.1/", PUBLIC),
        ("http://169.254.169.254/latest/", PUBLIC),
        ("https://exаmple.org/", PUBLIC),  # the third letter is Cyrillic
    ],
)
def test_an_address_is_http_and_its_host_is_public_and_plain(text, complaint):
    with pytest.raises(ValueError, match=r".") as error:
        Url.parse(text)

    assert str(error.value) == complaint


def test_an_address_may_be_a_public_number():
    assert str(Url.parse("http://1.1.1.1/")) == "http://1.1.1.1/"


def test_a_value_that_no_kind_reads_is_an_error_of_the_programmer():
    with pytest.raises(NotImplementedError):
        Scalar.parse("anything")
