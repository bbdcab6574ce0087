"""What a picture of few columns shows of many seconds: the darkest of them, and no outage lost."""

from datetime import timedelta

import pytest
import routing_scenes as scene

from generator.derive import lanes
from generator.derive.lanes import LENGTHS_S, Grid

P, Q = scene.prefix(1), scene.prefix(2)


def grid(length_s, columns):
    return Grid(scene.at(0), scene.at(length_s), columns)


def window(length_s):
    return scene.provenance(length_s).window


def of_prefixes(rows, length_s, columns):
    """The runs of each prefix, as seconds from the beginning."""
    found = lanes.of_prefixes(rows, window(length_s), scene.PEERS, grid(length_s, columns))
    return {name: in_seconds(runs) for name, runs in found}


def in_seconds(runs):
    return [(second(start), second(end), level) for start, end, level in runs]


def second(at):
    return int((at - scene.T0).total_seconds())


def columns_of(runs, step_s):
    """The level of each column."""
    return [level for start, end, level in runs for _ in range(-(-(end - start) // step_s))]


def test_a_grid_has_columns_of_whole_seconds_and_no_more_than_asked_for():
    assert (grid(1000, 720).step_s, grid(1000, 720).columns) == (2, 500)
    assert (grid(600, 720).step_s, grid(600, 720).columns) == (1, 600)
    assert (grid(86_400, 700).step_s, grid(86_400, 700).columns) == (124, 697)
    assert grid(0, 700).columns == 1


def test_the_last_column_ends_with_the_window():
    assert grid(1001, 500).at(grid(1001, 500).columns) == scene.at(1001)


@pytest.mark.parametrize(
    ("seeing", "known", "level"),
    [
        (12, 12, "full"),
        (11, 12, "most"),
        (6, 12, "most"),
        (5, 12, "low"),
        (1, 12, "low"),
        (0, 12, "dark"),
        (5, 5, "unknown"),
        (6, 6, "full"),
        (0, 0, "unknown"),
    ],
)
def test_a_strip_has_the_band_of_visibility_that_the_method_gives(seeing, known, level):
    rows = scene.rows([(P, 0, seeing, known, "")])

    assert of_prefixes(rows, 100, 10) == {P: [(0, 100, level)]}


def test_before_its_first_row_a_prefix_is_unknown():
    rows = scene.rows([(P, 0, 12, 12, ""), (Q, 30, 12, 12, "")])

    assert of_prefixes(rows, 100, 10) == {
        P: [(0, 100, "full")],
        Q: [(0, 30, "unknown"), (30, 100, "full")],
    }


def test_a_column_shows_its_darkest_second():
    levels = [(0, 12), (41, 11), (42, 4), (43, 0), (44, 12), (75, 5), (78, 12)]
    rows = scene.rows([(P, second, seeing, 12, "") for second, seeing in levels])

    assert of_prefixes(rows, 100, 10) == {
        P: [(0, 40, "full"), (40, 50, "dark"), (50, 70, "full"), (70, 80, "low"),
            (80, 100, "full")]
    }  # fmt: skip


@pytest.mark.parametrize("length_s", [100, 101, 150, 199, 250, 1000])
@pytest.mark.parametrize("start_s", [0, 1, 50, 99, 100, 137])
def test_an_outage_as_long_as_a_column_is_dark_wherever_it_lies(start_s, length_s):
    start, end = 3000 + start_s, 3000 + start_s + length_s
    noise = [(P, at, at + 40) for at in [*range(0, 2900, 90), *range(end + 50, 9000, 90)]]
    rows = scene.down([*noise, (P, start, end)], [P])

    shown = columns_of(of_prefixes(rows, 10_000, 100)[P], 100)

    assert set(shown[start // 100 : (end - 1) // 100 + 1]) == {"dark"}


def test_routes_that_come_and_go_within_every_column_are_neither_up_nor_dark():
    rows = scene.down([(P, at, at + 40) for at in range(300, 600, 90)], [P])

    assert of_prefixes(rows, 1000, 10) == {
        P: [(0, 300, "full"), (300, 700, "flicker"), (700, 1000, "full")]
    }


def test_two_columns_of_coming_and_going_are_drawn_dark():
    rows = scene.down([(P, 310, 340), (P, 410, 440)], [P])

    assert of_prefixes(rows, 1000, 10)[P][1] == (300, 500, "dark")


def test_the_outage_of_one_prefix_among_a_hundred_shows_in_its_network():
    names = [scene.prefix(n) for n in range(101)]
    origins = dict.fromkeys(names[:100], "AS64500") | {names[100]: "AS4200000000"}
    rows = scene.down([(names[7], 500, 700), (names[100], 100, 200)], names)

    found = lanes.of_networks(rows, origins, window(1000), scene.PEERS, grid(1000, 10))

    assert [(asn, in_seconds(runs)) for asn, runs in found] == [
        ("AS64500", [(0, 500, "full"), (500, 700, "most"), (700, 1000, "full")]),
        ("AS4200000000", [(0, 100, "full"), (100, 200, "dark"), (200, 1000, "full")]),
    ]


def test_outages_are_sorted_by_how_long_they_lasted():
    dark = [
        (0, scene.at(100), scene.at(220)),
        (1, scene.at(150), scene.at(1000)),
        (2, scene.at(2000), scene.at(2900)),
    ]

    found = lanes.of_lengths(dark, grid(10_000, 100))

    assert [(upper, in_seconds(runs)) for upper, runs in found] == [
        (120, [(100, 300, "dark")]),
        (300, []),
        (600, []),
        (1200, [(100, 1000, "dark"), (2000, 2900, "dark")]),
    ]


def test_an_outage_longer_than_the_longest_class_is_in_one_without_an_upper_end():
    week_s = LENGTHS_S[-1]

    (found,) = lanes.of_lengths([(0, scene.at(0), scene.at(week_s + 1))], grid(2 * week_s, 10))

    assert found[0] == 0


def test_the_fewest_and_the_most_visible_of_each_column_are_kept():
    steps = [(scene.at(second), n) for second, n in ((0, 4), (12, 0), (15, 3), (31, 4))]

    found = lanes.visible(steps, grid(50, 5))

    assert [(second(a), second(b), low, high) for a, b, low, high in found] == [
        (0, 10, 4, 4), (10, 20, 0, 4), (20, 30, 3, 3), (30, 40, 3, 4), (40, 50, 4, 4),
    ]  # fmt: skip


def test_a_share_is_its_mean_over_the_column():
    steps = [(scene.at(second), share) for second, share in ((0, 1.0), (15, 0.0), (17, 1.0))]

    found = lanes.shares(steps, grid(40, 4))

    assert [(second(a), second(b), share) for a, b, share in found] == [
        (0, 10, 1.0), (10, 20, 0.8), (20, 40, 1.0),
    ]  # fmt: skip


def test_there_is_no_share_before_the_first():
    found = lanes.shares([(scene.at(10), 0.5)], grid(20, 2))

    assert [share for *_, share in found] == [0.0, 0.5]


def test_gaps_that_touch_in_the_picture_are_one_and_those_outside_none():
    minute = timedelta(minutes=1)
    told = [(5, 12), (19, 25), (60, 70)]

    found = grid(50, 5).merged((scene.at(a), scene.at(b)) for a, b in told)

    assert found == [(scene.at(0), scene.at(30))]
    assert grid(50, 5).merged([(scene.T0 - minute, scene.at(3))]) == [(scene.T0, scene.at(10))]
