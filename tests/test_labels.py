"""Names beside marks: where there is room, and never one over another."""

from generator.render.labels import Spot, placed


def test_a_name_stands_to_the_right_and_at_the_right_edge_to_the_left():
    assert placed([Spot(50, 50, "Egypt"), Spot(295, 100, "Iran")], 300) == {0: "right", 1: "left"}


def test_of_two_marks_close_together_the_later_name_gives_way():
    spots = [Spot(100, 50, "Egypt"), Spot(104, 52, "Sudan"), Spot(108, 50, "Libya")]

    assert placed(spots, 300) == {0: "left", 2: "right"}
    assert placed([Spot(100, 50, "Egypt"), Spot(112, 58, "Sudan")], 300) == {0: "left", 1: "right"}


def test_a_name_is_written_once():
    assert placed([Spot(50, 20, "Iran"), Spot(50, 90, "Iran")], 300) == {0: "right"}


def test_a_mark_without_a_name_takes_its_room_all_the_same():
    assert placed([Spot(30, 50, "Egypt"), Spot(70, 50, "")], 300) == {}
