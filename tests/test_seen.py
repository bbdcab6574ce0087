"""The chart of what routing saw: what stands in it, that nothing is hidden, that it stays small."""

import gzip
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from xml.etree import ElementTree

import pytest
import routing_scenes as scene

from generator.derive.measurement import PeerEvent, merged
from generator.derive.outages import outages, stretches_of
from generator.model.incident import Incident
from generator.read.archive import read_archive
from generator.render import measured
from generator.render.chart import NARROW, WIDE, Chart, Rule, Strips, named
from generator.render.draw import draw
from generator.render.panels import LETTER_PX, Panel, placed, slanted
from generator.render.sight import kind_of, sight

HOUR_S = 3600
DAY_S = 24 * HOUR_S
MOST_BYTES = 60_000
FOUR = [scene.prefix(n) for n in range(4)]


@pytest.fixture(scope="module")
def ross(archive):
    found, _ = read_archive(archive)
    return next(one.incident for one in found.records if one.id == "2030-01-31-ross-sea")


def drawn(seen, width=WIDE):
    chart = Chart(seen, width, "x", "A title", "A description.")
    return named(draw(chart).svg, chart)


def texts(svg):
    root = ElementTree.fromstring(svg)
    return [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]


def packed(svg):
    return len(gzip.compress(svg.encode(), 9, mtime=0))


def blackout(length_s=60 * HOUR_S, gaps=(), prefixes=FOUR):
    """A night's flap, and ten hours from 15:40 in which all prefixes were gone one by one."""
    start_s = 15 * HOUR_S + 2400
    out = [(name, 5 * HOUR_S, 5 * HOUR_S + 240) for name in prefixes]
    out += [
        (name, start_s + 60 * n, start_s + 10 * HOUR_S + 60 * n) for n, name in enumerate(prefixes)
    ]
    return scene.measured(scene.down(out, prefixes), length_s, gaps)


def month():
    """Thirty days of 5,000 prefixes, each down four times for 1 min to 25 h: 20,000 outages."""
    names = [scene.prefix(n) for n in range(5000)]
    out = []
    for number in range(20_000):
        n, week = number % 5000, number // 5000
        start_s = week * 7 * DAY_S + n * 7919 % (5 * DAY_S) + 100
        lasted_s = 61 + (n * n * 31 + week * 977) % (4000 if n % 50 else 90_000)
        out.append((names[n], start_s, start_s + lasted_s))
    return scene.measured(scene.down(out, names), 30 * DAY_S)


def frantic():
    """Four prefixes down 12,500 times each within a month: 100,000 changes."""
    out = [
        (name, 100 + 200 * turn + 17 * n, 140 + 200 * turn + 17 * n + (turn * 7919 + n) % 90)
        for n, name in enumerate(FOUR)
        for turn in range(12_500)
    ]
    return scene.measured(scene.down(out, FOUR), 30 * DAY_S)


@pytest.fixture(scope="module")
def of_a_month():
    return month()


@pytest.mark.large
def test_five_thousand_prefixes_and_twenty_thousand_outages_stay_small(of_a_month, ross):
    assert of_a_month.figures.prefixes == 5000
    assert len(of_a_month.dark) == 20_000

    assert packed(drawn(sight(of_a_month, ross, WIDE))) < MOST_BYTES
    assert packed(drawn(sight(of_a_month, ross, NARROW), NARROW)) < MOST_BYTES


@pytest.mark.large
def test_a_hundred_thousand_changes_of_four_prefixes_stay_small_and_are_not_called_dark(ross):
    found = frantic()
    assert len(found.rows) == 4 + 100_000

    seen = sight(found, ross, WIDE)

    assert packed(drawn(seen)) < MOST_BYTES
    assert [[level for *_, level in strip.runs] for strip in seen.below.strips] == [
        ["flicker", "full"]
    ] * 4


def of_networks(found):
    names = sorted(found.rows["prefix"].unique())
    return replace(found, origins={name: f"AS{64496 + n % 3}" for n, name in enumerate(names)})


TWENTY = [scene.prefix(n) for n in range(20)]


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (blackout, "prefixes"),
        (lambda: of_networks(blackout(prefixes=TWENTY)), "networks"),
        (lambda: blackout(prefixes=TWENTY), "lines"),
        (lambda: scene.measured(scene.down([], TWENTY), DAY_S), "nothing"),
    ],
)
def test_what_stands_below_follows_from_how_many_there_are(make, kind, ross):
    found = make()

    assert kind_of(found) == kind
    assert texts(drawn(sight(found, ross, WIDE)))


def test_thousands_of_prefixes_are_sorted_by_the_length_of_their_outages(of_a_month, ross):
    seen = sight(of_a_month, ross, WIDE)

    assert kind_of(of_a_month) == "lengths"
    assert [strip.label for strip in seen.below.strips][:3] == [
        "to 2\u00a0min", "to 5\u00a0min", "to 10\u00a0min",
    ]  # fmt: skip


def long_outages(found, seen):
    """Prefix, start, end of each outage longer than a pixel."""
    out = outages(stretches_of(found.rows, found.provenance.window, found.peers))
    pixel = (seen.last - seen.first) / seen.plot
    assert not out["end"].isna().any()
    return [
        (prefix, start, end)
        for prefix, start, end in zip(out["prefix"], out["start"], out["end"], strict=True)
        if end - start >= pixel
    ]


def ink(strip, levels):
    return merged((a, b) for a, b, level in strip.runs if level in levels)


def hidden(found, seen, drawn_of):
    """The outages that the ink of their strip does not cover; ``drawn_of`` a prefix is that ink."""
    long = long_outages(found, seen)
    assert long
    return [
        (prefix, start, end)
        for prefix, start, end in long
        if not any(a <= start and end <= b for a, b in drawn_of(prefix))
    ]


both_widths = pytest.mark.parametrize("width", [WIDE, NARROW])


@both_widths
def test_no_outage_of_a_prefix_longer_than_a_pixel_is_hidden(width, ross):
    found = blackout()
    seen = sight(found, ross, width)
    strips = {strip.label: ink(strip, {"dark", "low"}) for strip in seen.below.strips}

    assert hidden(found, seen, strips.__getitem__) == []


@both_widths
def test_no_outage_within_a_network_longer_than_a_pixel_is_hidden(width, ross):
    found = of_networks(blackout(prefixes=TWENTY))
    seen = sight(found, ross, width)
    strips = {
        strip.label.split(" ")[0]: ink(strip, {"dark", "low", "most"})
        for strip in seen.below.strips
    }

    assert hidden(found, seen, lambda prefix: strips[found.origins[prefix]]) == []


@both_widths
def test_no_outage_among_many_prefixes_longer_than_a_pixel_is_hidden(width, ross):
    found = blackout(prefixes=TWENTY)
    seen = sight(found, ross, width)
    lines = [
        [(a, b) for top, foot, a, b in seen.below.blocks if top <= line < foot]
        for line in range(seen.below.lines)
    ]

    pixel = (seen.last - seen.first) / seen.plot
    long = [(line, a, b) for line, a, b in found.dark if b - a >= pixel]
    assert len(long) == 20
    assert [
        one for one in long if not any(a <= one[1] and one[2] <= b for a, b in lines[one[0]])
    ] == []


@both_widths
def test_no_outage_among_thousands_longer_than_a_pixel_is_hidden(width, ross, of_a_month):
    seen = sight(of_a_month, ross, width)
    uppers = {strip.label: ink(strip, {"dark"}) for strip in seen.below.strips}
    spans = [span for spans in uppers.values() for span in spans]

    assert hidden(of_a_month, seen, lambda _: spans) == []


def test_every_prefix_has_its_own_ink_for_each_of_its_outages(ross):
    seen = sight(blackout(), ross, WIDE)

    for strip in seen.below.strips:
        assert [level for *_, level in strip.runs] == ["full", "dark", "full", "dark", "full"]


def test_lines_of_prefixes_down_in_the_same_columns_are_one_block(ross):
    start, end = 10 * HOUR_S, 20 * HOUR_S
    out = [(name, start, end) for name in TWENTY[:5]] + [(TWENTY[7], start, end + 4 * HOUR_S)]
    seen = sight(scene.measured(scene.down(out, TWENTY), 60 * HOUR_S), ross, WIDE)

    assert [block[:2] for block in seen.below.blocks] == [(0, 5), (5, 6)]


def test_an_outage_shorter_than_a_pixel_is_drawn_one_pixel_wide(ross):
    out = [(TWENTY[3], 10 * HOUR_S, 10 * HOUR_S + 61)]
    seen = sight(scene.measured(scene.down(out, TWENTY), 60 * HOUR_S), ross, WIDE)

    ((_, _, start, end),) = seen.below.blocks

    assert end - start >= (seen.last - seen.first) / seen.plot


def test_strips_bear_the_names_of_their_prefixes_in_both_widths(ross):
    for width in (WIDE, NARROW):
        words = texts(drawn(sight(blackout(), ross, width), width))

        assert [word for word in words if word in FOUR][: len(FOUR)] == FOUR


def test_networks_are_named_as_the_record_names_them(ross):
    found = blackout(prefixes=TWENTY)
    told = replace(found, origins=dict.fromkeys(TWENTY, "AS64500") | {TWENTY[0]: "AS64510"})

    labels = [strip.label for strip in sight(told, ross, WIDE).below.strips]

    assert labels == ["AS64500 Ross Sea Telecom", "AS64510"]


def test_a_gap_is_hatched_and_explained_only_where_there_is_one(ross):
    without = sight(blackout(), ross, WIDE)
    gapped = sight(blackout(gaps=[(40 * HOUR_S, 44 * HOUR_S)]), ross, WIDE)

    assert "no data" not in texts(drawn(without))
    assert "no data" in texts(drawn(gapped))
    (gap,) = gapped.gaps
    assert gap[0] <= scene.at(40 * HOUR_S) < scene.at(44 * HOUR_S) <= gap[1]
    assert "Hatched:" in measured.picture(blackout(gaps=[(0, 60)]), ross).caption
    assert "Hatched:" not in measured.picture(blackout(), ross).caption


@pytest.mark.parametrize("rectangle", [(0, 40, 90), (13, 15, 90), (100, 300, 60)])
def test_hatching_stays_within_the_gap_and_fills_it(rectangle):
    left, right, height = rectangle

    lines = slanted(left, right, height)

    assert len(lines) >= (right - left + height) // 7 - 1
    for x0, y0, x1, y1 in lines:
        assert left <= x0 < x1 <= right
        assert 0 <= y1 < y0 <= height


def test_flaps_and_peer_events_are_marked_where_they_begin(ross):
    event = PeerEvent(
        "rrc90", "192.0.2.1", "AS64511", scene.at(9 * HOUR_S), scene.at(9 * HOUR_S), 120, 1.0
    )
    seen = sight(replace(blackout(), peer_events=[event]), ross, WIDE)

    step = timedelta(seconds=seen_step_s(seen))
    assert [scene.at(5 * HOUR_S) - at < step for at in seen.flaps] == [True]
    assert [scene.at(9 * HOUR_S) - at < step for at in seen.events] == [True]
    assert {"flap", "trouble of one peer"} <= set(texts(drawn(seen)))


def seen_step_s(seen):
    return -(-int((seen.last - seen.first).total_seconds()) // seen.plot)


def test_upstreams_are_stacked_and_named(ross):
    seen = sight(blackout(), ross, WIDE)

    assert [share.label for share in seen.upstreams] == [
        "AS64501 Southern Transit",
        "AS64502 Erebus Hosting",
    ]
    below, above = seen.upstreams
    assert below.steps[0][2:] == (0.67, 0.0)
    assert above.steps[0][2:] == (0.33, 0.67)
    assert {"AS64501 Southern Transit", "AS64502 Erebus Hosting"} <= set(texts(drawn(seen)))


def test_without_known_upstreams_there_is_no_panel_of_them(ross):
    rows = scene.rows([(FOUR[0], 0, 12, 12, "")])
    seen = sight(scene.measured(rows, DAY_S), ross, WIDE)

    assert seen.upstreams == ()
    assert not [word for word in texts(drawn(seen)) if "upstream" in word]


def test_reported_times_stand_across_the_chart_with_their_sources(ross):
    wide, narrow = (sight(blackout(), ross, width).rules for width in (WIDE, NARROW))

    assert [rule.label for rule in wide] == [
        "start 15:39:20 (Example Route Collectors)",
        "end 06:10 (Example Route Collectors)",
    ]
    assert [rule.label for rule in narrow] == ["start 15:39", "end 06:10"]


def test_an_only_episode_needs_no_name(ross):
    alone = ross.model_copy(update={"episodes": (ross.episodes[1],)})

    labels = [rule.label for rule in sight(blackout(), alone, WIDE).rules]

    assert labels == [
        "reported start 15:39:20 (Example Route Collectors)",
        "reported end 06:10 (Example Route Collectors)",
    ]


def test_of_two_reports_in_one_place_the_main_one_is_drawn(ross):
    data = ross.model_dump(mode="json", by_alias=True, exclude_none=True)
    data["episodes"][0]["start"][0]["at"] = "2030-01-31T02:00Z"
    told = Incident.model_validate(data)

    labels = [rule.short for rule in sight(blackout(), told, WIDE).rules]

    assert labels == ["start 15:39", "end 06:10", "start 02:00"]


def boxes(words, panel):
    """Left, right and row of each label."""
    for word in words:
        x, width = panel.px(word.at), len(word.text) * LETTER_PX
        yield (x, x + width, word.row) if word.rightward else (x - width, x, word.row)


@pytest.mark.parametrize("apart_min", [0, 4, 30, 90, 240, 600, 1200])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_labels_of_reported_times_are_never_printed_over_each_other(apart_min, width, ross):
    times = [scene.at(60 * (600 + apart_min * n)) for n in range(4)]
    rules = tuple(
        Rule(at, f"reported start {n} (A Long Name)", bool(n % 2), f"start {n}")
        for n, at in enumerate(times)
    )
    panel = Panel(replace(sight(blackout(), ross, width), rules=rules), 100, 4, 0)

    words = placed(rules, panel)

    assert words
    for one, other in combinations(boxes(words, panel), 2):
        assert one[2] != other[2] or one[1] <= other[0] or other[1] <= one[0]


def test_a_label_too_long_for_its_place_is_shortened_rather_than_left_out(ross):
    rule = Rule(scene.at(30 * HOUR_S), "reported start " + "very " * 30, True, "start 06:00")
    panel = Panel(replace(sight(blackout(), ross, WIDE), rules=(rule,)), 100, 4, 0)

    assert [word.text for word in placed((rule,), panel)] == ["start 06:00"]


def test_reports_outside_the_data_are_not_drawn(ross):
    seen = sight(blackout(length_s=16 * HOUR_S), ross, WIDE)

    assert [rule.short for rule in seen.rules] == ["start 15:39"]


def test_caption_and_description_say_how_many_peers_there_were(ross):
    many = measured.picture(blackout(), ross)
    few = replace(blackout(), figures=replace(blackout().figures, vantage_points=3))

    assert "Seen by 12\u00a0peers; times in UTC." in many.caption
    assert "Seen by 12\u00a0peers." in many.description
    assert "few vantage points" not in many.caption
    assert "Seen by 3\u00a0peers: few vantage points" in measured.picture(few, ross).caption
    assert "Seen by 3\u00a0peers: few vantage points" in measured.picture(few, ross).description


def test_the_picture_is_told_in_plain_words_first(ross):
    lead = measured.picture(blackout(), ross).lead.replace("\u00a0", " ")

    assert lead == (
        "From 31 Jan 2030, 15:40:00 UTC on, routers elsewhere no longer knew a way to all 4 blocks "
        "of addresses (prefixes); the last came back at 1 Feb 2030, 01:43:00 UTC, 10 h 3 min "
        "later. All of them were gone at once for 9 h 57 min. One shorter outage came before."
    )


def test_routes_that_stayed_up_are_a_result_worth_a_sentence(ross):
    found = scene.measured(scene.down([], TWENTY), DAY_S)

    assert measured.picture(found, ross).lead.replace("\u00a0", " ") == (
        "The routes to all 20 blocks of addresses (prefixes) stayed up: none of them went down."
    )


def test_losses_too_short_for_an_outage_are_told_and_so_is_what_the_data_leave_out(ross):
    lost = scene.down([(name, 600, 640) for name in TWENTY], TWENTY)

    told = [
        measured.picture(scene.measured(lost, length_s), ross).lead.replace("\u00a0", " ")
        for length_s in (DAY_S, HOUR_S)
    ]

    brief = (
        "None of 20 blocks of addresses (prefixes) was gone for a minute or more, but they were "
        "lost 20 times for less."
    )
    assert told == [
        brief,
        f"{brief} The data are of 31 Jan 2030, 00:00:00 UTC to 01:00:00 UTC only, and not of the "
        "time when the outage began.",
    ]


def test_the_time_before_anybody_spoke_is_hatched(ross):
    rows = scene.down([], TWENTY)
    late = rows.assign(time=rows["time"] + timedelta(hours=1))

    found = scene.measured(late, DAY_S)

    assert sight(found, ross, WIDE).gaps[0][0] == scene.at(0)
    assert "no peer had spoken yet" in measured.picture(found, ross).caption
    assert "a collector recorded nothing" not in measured.picture(found, ross).caption


def test_a_strip_of_the_key_is_there_for_every_level_shown_and_no_other(ross):
    seen = sight(blackout(), ross, WIDE)
    shown = {level for strip in seen.below.strips for *_, level in strip.runs}

    assert isinstance(seen.below, Strips)
    assert shown == {"full", "dark"}
    words = texts(drawn(seen))
    assert [word for word in words if word in seen.below.words] == ["visible", "dark"]
