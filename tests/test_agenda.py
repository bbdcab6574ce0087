"""The calendar of incidents, as a program for calendars takes it up."""

from datetime import UTC, date, datetime

import pytest
from ical.calendar_stream import IcsCalendarStream

from tests.exported import COMMIT, ROSS, URL, exported


@pytest.fixture(scope="module")
def read(files):
    """The calendar, read."""
    return IcsCalendarStream.calendar_from_ics(files["data/incidents.ics"])


def event(read, name):
    return next(one for one in read.events if one.uid == f"{name}@gone-dark")


def test_an_event_begins_and_ends_by_the_claims_the_archive_leads_with(read):
    assert {one.uid.split("@")[0]: (one.dtstart, one.dtend) for one in read.events} == {
        ROSS: (
            datetime(2030, 1, 31, 15, 39, 20, tzinfo=UTC),
            datetime(2030, 2, 1, 6, 10, tzinfo=UTC),
        ),
        "2031-06-15-bouvet-island": (
            datetime(2031, 6, 15, 9, 12, 7, tzinfo=UTC),
            datetime(2031, 6, 15, 10, 3, tzinfo=UTC),
        ),
        # Known to the day only, and no end.
        "2032-02-29-heard-island": (date(2032, 2, 29), date(2032, 3, 1)),
        # Going on when it was last heard of, two weeks later.
        "2033-11-05-palmyra": (
            datetime(2033, 11, 5, 4, tzinfo=UTC),
            datetime(2033, 11, 19, 4, tzinfo=UTC),
        ),
    }


def test_stamps_are_those_of_the_record_and_no_clock_s(read):
    ross = event(read, ROSS)

    assert ross.dtstamp == datetime(2030, 3, 1, tzinfo=UTC)
    assert ross.last_modified == datetime(2030, 3, 1, tzinfo=UTC)
    assert ross.created == datetime(2030, 2, 11, tzinfo=UTC)
    assert ross.sequence == 1


def test_an_event_says_where_why_and_with_what_certainty(read):
    ross = event(read, ROSS)

    assert ross.summary == "Ross Sea stations drop off: power, attack or anchor?"
    assert ross.location == "Antarctica, U.S. Outlying Islands"
    assert ross.categories == ["cable", "power", "attack", "upstream cut", "maintenance"]
    assert str(ross.url) == f"{URL}incidents/{ROSS}/"
    assert "(14 h 30 min). Cause contested." in ross.description
    assert ross.description.endswith("nobody has owned up.")


def test_a_withdrawn_record_is_an_event_that_did_not_take_place(read):
    palmyra = event(read, "2033-11-05-palmyra")

    assert palmyra.status == "CANCELLED"
    assert palmyra.description.startswith("Withdrawn: The log was an exercise; nothing had failed.")
    assert event(read, ROSS).status == "CONFIRMED"


def test_the_calendar_says_its_licence_its_commit_and_whom_to_name(files):
    text = files["data/incidents.ics"].replace("\r\n ", "")

    assert f"PRODID:-//Gone Dark//{COMMIT}//EN" in text
    assert f"made from commit {COMMIT}. Invented data.\r\n" in text
    assert all(len(line.encode()) <= 75 for line in files["data/incidents.ics"].split("\r\n"))


def test_an_empty_archive_has_an_empty_calendar():
    made = exported([])["data/incidents.ics"]

    assert IcsCalendarStream.calendar_from_ics(made).events == []
