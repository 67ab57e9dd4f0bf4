"""Strokes that are one digit, strokes that are several, and specks."""

import numpy as np
import pytest

from pynn.reader.grouping import above_each_other, cut_up, grouped, parted
from pynn.reader.strokes import box_of, length_of, size_of
from pynn.reader.touching import gap, linked, parts_of

BAR = np.array([[0.0, 0.0], [0.0, 1.0]])
DASH = np.array([[0.0, 0.0], [0.5, 0.0]])
DOT = np.array([[0.0, 0.0]])


def at(stroke: np.ndarray, x: float, y: float = 0.0) -> np.ndarray:
    return stroke + np.array([x, y])


def test_strokes_that_cross_or_almost_touch_are_one_part() -> None:
    strokes = [BAR, at(DASH, -0.2, 0.5), at(BAR, 1.0), at(DASH, 1.05, 0.02)]
    assert parts_of(strokes) == [[0, 1], [2, 3]]


def test_what_almost_touches_depends_on_the_size_of_what_is_drawn() -> None:
    assert parts_of([BAR, at(BAR, 0.05)]) == [[0, 1]]
    small = [stroke * 0.2 for stroke in (BAR, at(BAR, 0.25))]
    assert parts_of([*small, at(BAR * 0.2, 3)]) == [[0], [1], [2]]


def test_linked_goes_by_way_of_others() -> None:
    row = [at(DOT, x) for x in (0.0, 0.9, 1.8, 5.0)]
    assert linked(row, 1.0) == [[0, 1, 2], [3]]


def test_measures() -> None:
    assert size_of([BAR, at(DASH, 2)]) == 2.5
    assert length_of([BAR, DASH, DOT]) == 1.5
    assert gap(BAR, at(BAR, 0.3)) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("dot", "stray"),
    [((0.6, 0.5), [1]), ((0.02, 1.02), []), ((5.0, 0.0), [1]), ((0.0, -0.4), [1])],
)
def test_a_dot_is_a_speck_where_it_is_far_from_the_digit(
    dot: tuple[float, float], stray: list[int]
) -> None:
    pieces, found = grouped([BAR, at(DOT, *dot)], pen=0.05)
    assert found == stray
    assert len(pieces) == 1


def test_a_dash_of_half_the_ink_is_never_a_speck_nor_is_a_lone_dot() -> None:
    assert grouped([BAR, at(DASH, 3.0)], pen=0.05)[1] == []
    pieces, stray = grouped([DOT], pen=0.05)
    assert len(pieces) == 1 and stray == []


def test_no_strokes_give_nothing() -> None:
    assert grouped([]) == ([], [])


def test_parts_above_each_other_are_one_and_others_go_from_left_to_right() -> None:
    columns = above_each_other([[at(BAR, 2)], [at(DASH, 0, 0.5)], [at(DASH, 0.1)], [at(BAR, 1)]])
    assert [len(column) for column in columns] == [2, 1, 1]
    assert [box_of(column)[0] for column in columns] == [0.0, 1.0, 2.0]


def test_a_wide_part_is_cut_where_little_ink_is() -> None:
    t = np.linspace(0, 2 * np.pi, 60)
    ring = np.column_stack([np.cos(t), np.sin(t)])
    bridge = np.array([[1.0, 0.0], [1.5, 0.0]])
    pieces = cut_up([ring, bridge, at(ring, 2.5)])
    assert not pieces[0].cut and pieces[-1].cut
    edges = [piece.box[0] for piece in pieces[1:]]
    assert any(0.9 < edge < 1.6 for edge in edges)
    assert len(cut_up([BAR])) == 1


def test_parted_loses_no_ink() -> None:
    t = np.linspace(0, 7, 80)
    stroke = np.column_stack([np.sin(3 * t), np.cos(2 * t)])
    left, right = parted([stroke], 0.25)
    assert max(s[:, 0].max() for s in left) == pytest.approx(0.25)
    assert min(s[:, 0].min() for s in right) == pytest.approx(0.25)
    assert length_of([*left, *right]) == pytest.approx(length_of([stroke]))
