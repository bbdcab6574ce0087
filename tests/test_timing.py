"""How long an episode lasted, and how its claims agree."""

import pytest

from generator.derive import timing
from generator.derive.timing import Span, Spread
from generator.model.claims import Episode
from generator.model.values import Length, Moment


def episode(start, end, duration=(), extent="total"):
    claims = {"start": _claims(start), "duration": [{"value": d, "source": "a"} for d in duration]}
    end = end if isinstance(end, str) else _claims(end)
    return Episode.model_validate(
        {"name": "Loss", "layer": "routing", "extent": extent, "end": end, **claims}
    )


def _claims(rows):
    keys = ("at", "source", "origin", "doubt")
    return [dict(zip(keys, row, strict=False)) for row in rows]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2030-01-31T16:15Z", "2030-02-01T01:46Z", Span(34_260, 34_260, "times")),
        ("2030-01-31T16:15:30Z", "2030-01-31T16:16:00Z", Span(30, 30, "times")),
        ("2030-01-31", "2030-02-01T06:00Z", Span(21_600, 108_000, "times")),
        ("2030-01-31T16Z", "2030-01-31T18Z", Span(3_600, 10_800, "times")),
        ("2030-01-31T16:00Z~", "2030-01-31T18:00Z", Span(6_300, 8_100, "times", rough=True)),
        ("2030-01-30~", "2030-01-31", Span(0, 259_200, "times", rough=True)),
    ],
)
def test_a_length_is_as_uncertain_as_the_times_it_comes_from(start, end, expected):
    span = timing.between(Moment.parse(start), Moment.parse(end))

    assert span == expected


def test_exact_times_decide_over_a_stated_length():
    one = episode([("2030-01-31T16:15Z", "a")], [("2030-01-31T17:15Z", "a")], duration=["2h"])

    assert timing.span(one) == Span(3_600, 3_600, "times")


def test_a_stated_length_is_better_than_the_difference_of_two_dates():
    one = episode([("2030-01-31", "a")], [("2030-02-01T06:00Z", "a")], duration=[">24h"])

    assert timing.span(one) == Span(86_400, None, "stated")


def test_without_an_end_or_a_length_nothing_is_said():
    assert timing.span(episode([("2030-01-31T16:15Z", "a")], "unknown")) is None


def test_the_length_of_each_time_is_the_length_of_what_came_again():
    whole = {"value": "2d", "source": "a"}
    each = {"value": "3h", "each": True, "source": "b"}
    nights = {
        "name": "Nights", "layer": "routing", "extent": "total", "recurs": "Nightly",
        "start": [{"at": "2030-01-31T16:15Z", "source": "a"}],
        "end": [{"at": "2030-02-02T16:15Z", "source": "a"}],
    }  # fmt: skip
    said = Episode.model_validate({**nights, "duration": [whole, each]})
    doubted = Episode.model_validate({**nights, "duration": [whole, {**each, "doubt": "A guess."}]})

    assert timing.span(said) == Span(10_800, 10_800, "stated", each=True)
    assert timing.span(doubted) == Span(172_800, 172_800, "times")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9h31m", Span(34_260, 34_260, "stated")),
        (">5h", Span(18_000, None, "stated")),
        ("<10h", Span(0, 36_000, "stated")),
        ("2h~", Span(7_200, 7_200, "stated", rough=True)),
    ],
)
def test_a_stated_length_keeps_its_more_than_less_than_and_about(text, expected):
    assert timing.stated_span(Length.parse(text)) == expected


def test_a_doubted_claim_is_in_no_figure():
    one = episode(
        [
            ("2030-01-31T03:41Z", "press", None, "A misprint."),
            ("2030-01-31T15:41Z", "monitor"),
            ("2030-01-31T15:41Z", "paper", "monitor"),
            ("2030-01-31T15:43Z", "operator"),
        ],
        "ongoing",
    )

    lead, spread = timing.lead_start(one), timing.spread(one.start)

    assert lead.source == "monitor"
    assert spread == Spread(widest_s=120, origins=2, claims=3, doubted=1)
    assert timing.confirmations(one.start, lead) == 1


def test_when_every_claim_is_doubted_the_first_still_stands_for_the_start():
    one = episode([("2030-01-31T03:41Z", "press", None, "A misprint.")], "unknown")

    assert timing.lead_start(one) is one.start[0]
    assert timing.spread(one.start) == Spread(widest_s=0, origins=0, claims=0, doubted=1)
    assert timing.lead_end(one) is None
