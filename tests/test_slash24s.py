"""The series to compare with IODA's: /24s in the union of what half of all networks see."""

from hypothesis import given, settings
from hypothesis import strategies as st
from routing_by_hand import clock, visibility_rows, window

from generator.derive.slash24s import slash24s


def found(*rows, until="10:10:00", vantage_points=4):
    series = slash24s(visibility_rows(*rows), window("09:58:00", until), vantage_points)
    return [(clock(at), number) for at, number in series]


def count(*prefixes):
    rows = [f"09:58:00Z,{prefix},4,4," for prefix in prefixes]
    return found(*rows, until="10:00:00")[0][1]


def test_each_bin_of_five_minutes_has_the_state_at_its_start():
    assert found(
        "09:58:00Z,192.0.2.0/24,4,4,",
        "10:00:00Z,192.0.2.0/24,1,4,",
        "10:04:59Z,192.0.2.0/24,2,4,",
        "10:05:01Z,192.0.2.0/24,0,4,",
    ) == [("10:00:00", 0), ("10:05:00", 1), ("10:10:00", 0)]


def test_half_is_of_all_networks_and_not_only_of_those_known():
    rows = ["09:58:00Z,192.0.2.0/24,2,2,", "10:03:00Z,192.0.2.0/24,2,4,"]

    assert found(*rows, vantage_points=4) == [("10:00:00", 1), ("10:05:00", 1), ("10:10:00", 1)]
    assert found(*rows, vantage_points=5) == [("10:00:00", 0), ("10:05:00", 0), ("10:10:00", 0)]


def test_a_prefix_not_yet_told_of_is_not_visible():
    assert found("10:03:00Z,192.0.2.0/24,4,4,", until="10:05:00") == [
        ("10:00:00", 0), ("10:05:00", 1)
    ]  # fmt: skip


def test_prefixes_inside_one_another_count_once():
    assert count("198.18.0.0/15") == 512
    assert count("198.18.0.0/15", "198.18.7.0/24", "198.19.0.0/16") == 512
    assert count("198.18.0.0/24", "198.18.1.0/24", "198.18.0.0/23", "198.18.4.0/23") == 4


def test_longer_than_24_shorter_than_6_and_ipv6_count_nothing():
    assert count("192.0.2.0/25", "2001:db8::/32", "192.0.0.0/5") == 0
    assert count("192.0.0.0/6", "192.0.2.0/25") == 1 << 18


def test_a_window_in_which_no_bin_starts_has_none():
    rows = visibility_rows("10:01:00Z,192.0.2.0/24,4,4,")

    assert slash24s(rows, window("10:01:00", "10:04:59"), 4) == []


@given(st.sets(st.tuples(st.integers(20, 25), st.integers(0, 31)), min_size=1))
@settings(max_examples=60, deadline=None)
def test_the_union_is_what_writing_every_24_down_gives(blocks):
    written, prefixes = set(), set()
    for length, place in blocks:
        size = 1 << max(0, 24 - length)
        first = place * size % 64
        prefixes.add(f"198.18.{first}.0/{length}")
        written |= set(range(first, first + size)) if length <= 24 else set()

    assert count(*sorted(prefixes)) == len(written)
