"""Objects become bytes and come back, and the collector of garbage is as it was."""

import gc

import pytest

from generator.packing import pack, unpack, unpack_each


def test_what_was_packed_comes_back():
    thing = {"a": (1, [2, None]), "b": frozenset(("x",))}

    assert unpack(pack(thing), dict) == thing
    assert unpack_each(map(pack, ([1], [2], [3])), list) == [[1], [2], [3]]


def test_what_is_of_another_kind_is_refused():
    with pytest.raises(TypeError, match="expected dict, got list"):
        unpack(pack([1]), dict)


@pytest.mark.parametrize("is_on", [True, False])
def test_the_collector_is_afterwards_as_it_was_also_where_bytes_are_damaged(is_on):
    (gc.enable if is_on else gc.disable)()
    try:
        unpack(pack([1]), list)
        with pytest.raises(Exception, match="truncated"):
            unpack_each([pack([1]), pack([1])[:-4]], list)
        after = gc.isenabled()
    finally:
        gc.enable()

    assert after == is_on
