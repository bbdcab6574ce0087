"""Rules about time, each held and each broken."""

import pytest

LEAD = "{at: 2030-01-31T15:39:20Z, source: collectors}"
END = "- {at: 2030-02-01T06:10Z, source: collectors}"
WINDOW = "  from: 2030-01-30T12:00Z\n  to: 2030-02-02\n"


def test_the_id_of_a_sound_record_is_the_day_it_began(record, findings):
    assert findings(record, "R01") == []


@pytest.mark.parametrize(
    ("identifier", "what"),
    [
        (
            "2030-01-30-ross-sea",
            "the earliest start is 2030-01-31 UTC, but the id says 2030-01-30",
        ),
        (
            "2030-02-01-ross-sea",
            "the earliest start is 2030-01-31 UTC, but the id says 2030-02-01",
        ),
        ("2030-02-30-ross-sea", "the id 2030-02-30-ross-sea names no date that exists"),
    ],
)
def test_an_id_of_another_day_is_found(identifier, what, record, findings):
    assert findings(record, "R01", identifier) == [f"episodes: {what}"]


def test_a_draft_without_an_id_cannot_have_the_wrong_one(record, findings):
    assert findings(record, "R01", "") == []


@pytest.mark.parametrize("day", ["2030-01-01", "2030-01-17", "2030-01-31"])
def test_a_start_of_a_month_fits_each_day_up_to_the_more_precise_claim(
    day, record, findings, edited
):
    text = edited(record, (LEAD, "{at: 2030-01, source: collectors}"))

    assert findings(text, "R01", f"{day}-ross-sea") == []


@pytest.mark.parametrize(
    ("identifier", "count"), [("2030-01-31-ross-sea", 0), ("2030-01-30-ross-sea", 1)]
)
def test_a_doubted_start_and_a_mere_flicker_do_not_set_the_day(identifier, count, record, findings):
    # The blog's doubted claim and the intermittent episode are both of 30 January.
    assert len(findings(record, "R01", identifier)) == count


def test_where_all_episodes_flicker_the_first_of_them_sets_the_day(record, findings, edited):
    text = edited(
        record,
        ("extent: total", "extent: intermittent"),
        ("extent: partial", "extent: intermittent"),
    )

    assert findings(text, "R01", "2030-01-30-ross-sea") == []


def test_where_every_start_is_doubted_no_day_is_expected_but_a_claim_is(
    record, findings, edited, archive
):
    file = archive / "incidents/2032/2032-02-29-heard-island/incident.yaml"
    text = edited(file.read_text(), ("source: gazette}", "source: gazette, doubt: Unlikely.}"))

    assert findings(text, "R01", "1999-01-01-x") == []
    assert findings(text, "R02") == ["episodes[0].start: every claim is doubted"]
    assert findings(text, "R52") == []


def test_a_record_whose_only_start_is_doubted_keeps_its_other_rules(findings, edited, archive):
    file = archive / "incidents/2031/2031-06-15-bouvet-island/incident.yaml"
    text = edited(
        file.read_text(),
        ("source: collector-notes}\n      - {at: 2031-06-15T09:12Z, source: relay-report}",
         "source: collector-notes, doubt: No.}"),
    )  # fmt: skip

    assert [findings(text, rule) for rule in ("R03", "R05", "R51")] == [[], [], []]


@pytest.mark.parametrize(
    "at", ["2030-01-31T15:39Z", "2030-01-31T15Z", "2030-01-31T15:25Z~", "2030-01-31", "2030"]
)
def test_an_end_that_may_be_after_the_start_is_not_called_before_it(at, record, findings, edited):
    text = edited(record, (END, f"- {{at: {at}, source: collectors}}"))

    assert findings(text, "R03") == []


@pytest.mark.parametrize("at", ["2030-01-31T15:38Z", "2030-01-31T14Z", "2030-01-30", "2029"])
def test_an_end_that_is_certainly_before_the_start_is_found(at, record, findings, edited):
    text = edited(record, (END, f"- {{at: {at}, source: collectors}}"))

    assert findings(text, "R03") == [
        f"episodes[1].end[0].at: ends at {at}, before its start at 2030-01-31T15:39:20Z"
    ]


def test_a_later_claim_of_the_end_may_only_not_be_before_every_start(record, findings, edited):
    # The operator's start is about 15:30, so that an end at 15:30 contradicts only the others.
    operator = "- {at: 2030-02-01T09:00Z~, source: operator}"
    between = edited(record, (operator, "- {at: 2030-01-31T15:30Z, source: operator}"))
    before = edited(record, (operator, "- {at: 2030-01-31T15:10Z, source: operator}"))
    doubted = edited(record, (operator, "- {at: 2030-01-31, source: wire, doubt: A guess.}"))

    assert findings(between, "R03") == []
    assert findings(before, "R03") == [
        "episodes[1].end[2].at: ends at 2030-01-31T15:10Z, before its start at 2030-01-31T15:39:20Z"
    ]
    assert findings(doubted, "R03") == []


def test_episodes_out_of_order_are_found_where_they_certainly_are(record, findings, edited):
    start = "- {at: 2030-02-01T06:10Z, source: operator}"
    out = edited(record, (start, "- {at: 2030-01-31T15:38Z, source: operator}"))
    maybe = edited(record, (start, "- {at: 2030-01-31T15:38Z~, source: operator}"))

    assert findings(record, "R04") == findings(maybe, "R04") == []
    assert findings(out, "R04") == [
        "episodes[2]: begins at 2030-01-31T15:38Z, before the episode above it at "
        "2030-01-31T15:39:20Z"
    ]


@pytest.mark.parametrize(
    ("window", "what"),
    [
        (("2030-01-31T15:39Z", "2030-02-02"), []),
        (("2030-01", "2030-02"), []),
        (("2030-01-31T10Z", "2030-01-31T15Z"), []),
        (("2030-01-31T15:39:20Z", "2030-02-01"), []),
        (("2030-01-30", "2030-01-31T15:39:20Z"), []),
        (
            ("2030-01-31T15:39:21Z", "2030-02-01"),
            [
                "routing: 2030-01-31T15:39:21Z to 2030-02-01 does not hold the start at "
                "2030-01-31T15:39:20Z"
            ],
        ),
        (
            ("2030-01-30", "2030-01-31T15:39:19Z"),
            [
                "routing: 2030-01-30 to 2030-01-31T15:39:19Z does not hold the start at "
                "2030-01-31T15:39:20Z"
            ],
        ),
        (
            ("2030-02-02", "2030-02-02"),
            ["routing: `from` is 2030-02-02, which is not before `to`, 2030-02-02"],
        ),
        (
            ("2030-02-01", "2030-02-05"),
            ["routing: 2030-02-01 to 2030-02-05 does not hold the start at "
             "2030-01-31T15:39:20Z"],
        ),
        (
            ("2030-01-30", "2030-01-31T14Z"),
            ["routing: 2030-01-30 to 2030-01-31T14Z does not hold the start at "
             "2030-01-31T15:39:20Z"],
        ),
    ],
)  # fmt: skip
def test_a_routing_window_runs_forward_and_holds_the_start(window, what, record, findings, edited):
    since, until = window
    text = edited(record, (WINDOW, f"  from: {since}\n  to: {until}\n"))

    assert findings(text, "R05") == what


def test_a_source_read_before_it_was_published_is_found(record, findings, edited):
    published = "    published: 2030-02-01T08:00Z\n"
    later = edited(record, (published, "    published: 2030-02-11\n"))
    same_day = edited(record, (published, "    published: 2030-02-10\n"))

    assert findings(same_day, "R06") == []
    assert findings(later, "R06") == [
        "sources.telegram.published: published on 2030-02-11, but read on 2030-02-10T11:15Z"
    ]


def test_a_history_out_of_order_is_found_at_each_step_back(record, findings):
    steps = "  - {on: 2030-02, what: Same month.}\nwithdrawn: {on: 2029-01-01, reason: It was.}\n"

    assert findings(record, "R07") == []
    assert findings(record + steps, "R07") == [
        "changes[1].on: 2030-02 is before 2030-03-01, the step above it",
        "withdrawn.on: 2029-01-01 is before 2030-02, the step above it",
    ]


def test_a_length_of_each_time_needs_a_series(record, findings, edited):
    once = edited(record, ("value: 20h~", "value: 20h~, each: true"))
    series = edited(once, ("  - name: Slow return", "    recurs: Nightly\n  - name: Slow return"))

    assert findings(record, "R08") == findings(series, "R08") == findings(series, "R51") == []
    assert findings(once, "R08") == [
        "episodes[1].duration[2].each: the length of each time, of something that came once"
    ]


@pytest.mark.parametrize(
    "length",
    [
        "14h31m",
        "14h30m",
        "15h",
        "14h",
        '">14h"',
        '">10h"',
        "<15h",
        "<1d",
        "1d",
        "16h~",
        "0w14h31m",
        "14h30m38s",
        "14h31m41s",
    ],
)
def test_a_duration_that_agrees_as_far_as_it_is_precise_is_no_finding(
    length, record, findings, edited
):
    text = edited(record, ("value: 20h~", f"value: {length}"))

    assert findings(text, "R51") == []


@pytest.mark.parametrize(
    "length", ["14h20m", "16h", "13h", "17h~", '">16h"', "<13h", "3d", "14h30m37s", "14h31m42s"]
)
def test_a_duration_that_disagrees_with_its_times_is_advice(length, record, findings, edited):
    text = edited(record, ("value: 20h~", f"value: {length}"))

    written = length.strip('"')
    assert findings(text, "R51") == [
        f"episodes[1].duration[2].value: {written}, but from 2030-01-31T15:39:20Z "
        "to 2030-02-01T06:10Z it is not"
    ]
