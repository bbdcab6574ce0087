"""Selecting prefixes: exactly what everything would give of them, and no record decoded in vain."""

from ipaddress import ip_network

import mrt_writer as mrt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.fetch.mrt import Element, MrtStream, elements, select

FOUR = [ip_network("203.0.113.0/24")]
PATH = mrt.path_attributes((64500,))
V2_PATH = mrt.path_attributes((64500,), 2)
CALM = settings(derandomize=True, deadline=None)


def selected(records, networks) -> list[Element]:
    stream = MrtStream(records)
    found = list(select(stream, networks))
    assert stream.problem is None
    return found


def filtered(records, networks) -> list[Element]:
    stream = MrtStream(records)
    found = [each for each in elements(stream) if not each.prefix or _inside(each, networks)]
    assert stream.problem is None
    return found


def _inside(element: Element, networks) -> bool:
    prefix = ip_network(element.prefix)
    return any(
        network.version == prefix.version and prefix.subnet_of(network) for network in networks
    )


@pytest.mark.parametrize(
    ("prefix", "is_told"),
    [
        ("203.0.113.0/24", True),
        ("203.0.113.0/25", True),
        ("203.0.113.77/32", True),
        ("203.0.112.0/23", False),
        ("203.0.114.0/24", False),
        ("0.0.0.0/0", False),
        ("2001:db8:cb00:7100::/56", False),
    ],
)
def test_a_prefix_and_those_inside_it_are_told_and_those_around_it_are_not(prefix, is_told):
    if ":" in prefix:
        message = mrt.update(b"", PATH + mrt.mp_reach(mrt.nlri(prefix)))
    else:
        message = mrt.announcement(prefix)

    found = [element.prefix for element in selected([mrt.bgp4mp(message)], FOUR)]

    assert found == ([prefix] if is_told else [])


def test_of_a_message_with_many_prefixes_only_those_wanted_are_told():
    message = mrt.announcement("198.51.100.0/24", "203.0.113.0/24", "192.0.2.0/24")

    found = selected([mrt.bgp4mp(message)], FOUR)

    assert [element.prefix for element in found] == ["203.0.113.0/24"]


def test_session_changes_are_always_told():
    records = [
        mrt.bgp4mp(mrt.announcement("198.51.100.0/24")),
        mrt.bgp4mp(mrt.states(6, 1), 5),
        mrt.bgp4mp(mrt.states(6, 1), 0),
        mrt.bgp4mp_et(mrt.states(5, 6), 7, 5),
        mrt.legacy_change(6, 1),
    ]

    found = selected(records, FOUR)

    assert [element.event for element in found] == ["D", "D", "U", "D"]


def test_session_changes_that_a_file_begins_with_are_told_one_by_one():
    changes = [(6, 1), (5, 6), (6, 1)]

    found = selected([mrt.bgp4mp(mrt.states(*change), 5) for change in changes], FOUR)

    assert [element.event for element in found] == ["D", "U", "D"]


def test_bytes_of_a_prefix_that_stand_for_something_else_are_no_prefix():
    community = mrt.attribute(8, b"\x18\xcb\x00\x71" * 3, 0xC0)
    message = mrt.update(b"", PATH + community, mrt.nlri("198.51.100.0/24"))
    head = mrt.peers(peer="203.0.113.1")

    found = selected([mrt.bgp4mp(message, head=head, at_s=0x18CB0071)], FOUR)

    assert found == []


def test_a_record_without_the_bytes_of_a_prefix_is_passed_by_unread():
    broken = mrt.bgp4mp(mrt.announcement("198.51.100.0/24")[:-1])
    sought = mrt.bgp4mp(mrt.announcement("203.0.113.0/24"))

    found = selected([broken, sought, broken], FOUR)

    assert [element.prefix for element in found] == ["203.0.113.0/24"]


def test_a_broken_record_with_the_bytes_of_a_prefix_is_a_problem():
    stream = MrtStream([mrt.bgp4mp(mrt.announcement("203.0.113.0/24") + b"\0")])

    found = list(select(stream, FOUR))

    assert found == []
    assert stream.problem.what == "a BGP message of 51 bytes in 52"


def test_nothing_wanted_gives_session_changes_alone():
    records = [mrt.bgp4mp(mrt.announcement("203.0.113.0/24")), mrt.bgp4mp(mrt.states(6, 1), 5)]

    found = selected(records, [])

    assert [element.event for element in found] == ["D"]


def addresses(version):
    """Addresses that share their first bytes more often than not."""
    width = 4 if version == 4 else 16
    octet = st.sampled_from([0, 1, 32, 113, 127, 128, 184, 203, 255])
    start = st.sampled_from([b"\xcb\0\x71", b"\xcb\0", b"\xcb\xcb", b"\x20\1\x0d\xb8", b""])
    rest = st.lists(octet, min_size=width, max_size=width).map(bytes)
    return st.builds(lambda head, tail: (head + tail)[:width], start, rest)


def networks(version):
    most = 32 if version == 4 else 128
    return st.builds(
        lambda address, bits: ip_network((address, bits), strict=False),
        addresses(version),
        st.integers(0, most),
    )


NETWORKS = networks(4) | networks(6)


def as_message(withdrawn, announced, add_path):
    block = {
        (version, part): b"".join(
            mrt.nlri(str(each), 1 if add_path else None)
            for each in prefixes
            if each.version == version
        )
        for part, prefixes in (("withdrawn", withdrawn), ("announced", announced))
        for version in (4, 6)
    }
    attributes = mrt.mp_unreach(block[6, "withdrawn"]) + PATH + mrt.mp_reach(block[6, "announced"])
    message = mrt.update(block[4, "withdrawn"], attributes, block[4, "announced"])
    return mrt.bgp4mp(message, 9 if add_path else 4)


def as_new_table(network, add_path):
    subtype = (8 if add_path else 2) + (0 if network.version == 4 else 2)
    return mrt.rib(str(network), (0, 5, PATH) if add_path else (0, PATH), subtype=subtype)


def as_old_table(network):
    peer = "192.0.2.1" if network.version == 4 else "2001:db8::1"
    return mrt.table_dump(str(network), V2_PATH, peer)


MESSAGES = st.builds(as_message, st.lists(NETWORKS), st.lists(NETWORKS), st.booleans())
RECORDS = st.one_of(
    MESSAGES,
    st.builds(as_new_table, NETWORKS, st.booleans()),
    NETWORKS.map(as_old_table),
    st.just(mrt.bgp4mp(mrt.states(6, 1), 5)),
)
INDEX = mrt.peer_index((mrt.PEER, 64500, 4))


@pytest.mark.large
@CALM
@given(st.lists(RECORDS, max_size=12), st.lists(NETWORKS, max_size=12))
def test_selecting_is_reading_everything_and_keeping_what_is_wanted(records, wanted):
    stream = [INDEX, *records]

    found = selected(stream, wanted)

    assert found == filtered(stream, wanted)


@pytest.mark.large
@CALM
@given(st.lists(RECORDS, min_size=1, max_size=6), st.data())
def test_whatever_is_told_can_be_selected_by_any_prefix_around_it(records, data):
    stream = [INDEX, *records]
    told = filtered(stream, [ip_network("0.0.0.0/0"), ip_network("::/0")])
    prefixes = [ip_network(each.prefix) for each in told if each.prefix]
    prefix = data.draw(st.sampled_from(prefixes or FOUR))
    around = prefix.supernet(new_prefix=data.draw(st.integers(0, prefix.prefixlen)))

    found = selected(stream, [around])

    assert found == [each for each in told if not each.prefix or _inside(each, [around])]


def test_more_prefixes_than_can_be_searched_for_are_selected_all_the_same():
    wanted = [ip_network(f"{first}.0.113.0/24") for first in range(1, 100)]
    records = [mrt.bgp4mp(mrt.announcement(f"{first}.0.113.0/24")) for first in range(1, 200)]

    found = selected(records, wanted)

    assert [element.prefix for element in found] == [str(network) for network in wanted]
