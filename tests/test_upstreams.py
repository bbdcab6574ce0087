"""Through whom a prefix is reached, and what counts as a change of it."""

import pytest
from routing_by_hand import clock, visibility_rows, window

from generator.derive.upstreams import UpstreamChange, upstream_changes, upstreams

A, B = "198.51.100.0/24", "203.0.113.0/24"


def rows(**prefixes):
    """Rows of four known networks: ``a="10:00:00 64511:3+64509:1 10:05:00 -"``."""
    told = []
    for name, text in prefixes.items():
        words = text.split(" ")
        for at, pairs in zip(words[::2], words[1::2], strict=True):
            spelled, _, known = pairs.partition("/")
            via = "" if spelled == "-" else spelled.replace("+", " ")
            seeing = sum(int(pair.partition(":")[2]) for pair in via.split())
            told.append(f"{at}Z,{ {'a': A, 'b': B}[name] },{seeing},{known or 4},{via}")
    return visibility_rows(*told)


def shares(**prefixes):
    return {
        via.asn: [(clock(at), round(share, 3)) for at, share in via.steps]
        for via in upstreams(rows(**prefixes), window(), 4)
    }


def changes(text, since="10:00:00", until="11:00:00"):
    found = upstream_changes(rows(a=text), window(since, until), 4)
    return [(clock(one.at), one.before, one.after) for one in found]


def test_the_share_of_an_upstream_is_over_all_known_pairs_of_a_network_and_a_prefix():
    assert shares(
        a="10:00:00 64511:4 10:10:00 64509:1+64511:3 10:30:00 -",
        b="10:00:00 64511:4 10:20:00 64511:2/2",
    ) == {
        "AS64511": [
            ("10:00:00", 1.0), ("10:10:00", 0.875), ("10:20:00", 0.833), ("10:30:00", 0.333)
        ],
        "AS64509": [
            ("10:00:00", 0.0), ("10:10:00", 0.125), ("10:20:00", 0.167), ("10:30:00", 0.0)
        ],
    }  # fmt: skip


def test_the_main_upstream_comes_first_and_the_others_as_they_appear():
    text = "10:00:00 64505:4 10:05:00 64507:1+64511:3 10:10:00 64506:1+64511:3 10:50:00 64511:4"

    assert list(shares(a=text)) == ["AS64511", "AS64505", "AS64507", "AS64506"]


@pytest.mark.parametrize(("networks", "named"), [(9, 2), (10, 2), (11, 1)])
def test_an_upstream_that_never_has_a_tenth_is_not_named(networks, named):
    told = visibility_rows(f"10:00:00Z,{A},{networks},{networks},64509:1 64511:{networks - 1}")

    assert len(upstreams(told, window(), networks)) == named


def test_what_too_few_networks_tell_has_no_share():
    assert shares(a="10:00:00 64509:1/1 10:05:00 64511:4 10:10:00 64509:1/1 10:20:00 64511:4") == {
        "AS64511": [("10:05:00", 1.0), ("10:10:00", 0.0), ("10:20:00", 1.0)]
    }


def test_where_enough_is_never_known_there_is_no_upstream():
    assert shares(a="10:00:00 64509:1/1") == {}


def test_another_main_upstream_is_a_change_from_its_first_second_on():
    told = rows(
        a="10:00:00 64511:4 10:10:00 64509:2+64511:2 10:10:05 64509:3+64511:1",
        b="10:00:00 64511:4 10:09:00 64509:4",
    )

    found = upstream_changes(told, window(), 4)

    assert [(one.prefix, clock(one.at)) for one in found] == [(B, "10:09:00"), (A, "10:10:05")]
    assert isinstance(found[0], UpstreamChange)
    assert (found[0].before, found[0].after) == ("AS64511", "AS64509")


@pytest.mark.parametrize(("back", "found"), [("10:10:59", 0), ("10:11:00", 2)])
def test_a_change_holds_sixty_seconds(back, found):
    assert len(changes(f"10:00:00 64511:4 10:10:00 64509:4 {back} 64511:4")) == found


def test_the_sixty_seconds_may_pass_from_one_row_to_the_next():
    text = "10:00:00 64511:4 10:10:00 64509:4 10:10:30 64509:3+64511:1 10:11:10 64511:4"

    assert changes(text)[0] == ("10:10:00", "AS64511", "AS64509")


def test_an_equal_number_of_networks_leaves_the_one_that_was_the_main_upstream():
    stays = "10:00:00 64511:4 10:10:00 64509:2+64511:2 10:40:00 64511:4"
    swayed = "10:00:00 64511:4 10:10:00 64509:3+64511:1 10:10:20 64509:2+64511:2"

    assert changes(stays) == []
    assert changes(swayed) == []


def test_of_several_new_ones_with_as_many_networks_the_smallest_asn_is_it():
    text = "10:00:00 64511:4 10:10:00 64509:2+64508:2 10:20:00 64511:4"

    assert changes(text)[0] == ("10:10:00", "AS64511", "AS64508")


def test_of_several_new_ones_the_one_that_led_stays():
    text = "10:00:00 64511:4 10:10:00 64509:3+64508:1 10:10:30 64509:2+64508:2 10:20:00 64511:4"

    assert changes(text)[0] == ("10:10:00", "AS64511", "AS64509")


def test_a_time_without_any_path_is_no_change_by_itself():
    assert changes("10:00:00 64511:4 10:10:00 - 10:30:00 64511:4") == []


def test_another_upstream_after_a_time_without_any_path_is_a_change_at_the_return():
    assert changes("10:00:00 64511:4 10:10:00 - 10:30:00 64509:4") == [
        ("10:30:00", "AS64511", "AS64509")
    ]


def test_a_detour_just_before_the_paths_go_is_no_change():
    assert changes("10:00:00 64511:4 10:10:00 64509:1 10:10:30 - 10:30:00 64511:4") == []


def test_the_first_upstream_is_no_change_and_one_that_does_not_hold_is_none():
    assert changes("10:00:00 64509:4 10:00:20 64511:4") == []


def test_one_that_has_not_held_for_sixty_seconds_when_the_window_ends_is_none():
    assert changes("10:00:00 64511:4 10:59:02 64509:4", until="11:00:00") == []
    assert len(changes("10:00:00 64511:4 10:59:01 64509:4", until="11:00:00")) == 1
