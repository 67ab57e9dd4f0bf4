"""Strokes of a pen as images: of MNIST's size and place, and with its lines, however drawn."""

import numpy as np
import pytest

from pynn.reader.strokes import as_strokes, centre_of, image_of, thickness

L = [np.array([[0.0, 0.0], [0.0, 10.0], [6.0, 10.0]])]


def box(image: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
    return rows[0], rows[-1], columns[0], columns[-1]


@pytest.mark.parametrize("scale", [1e-6, 0.15, 1.0, 352.0, 1e6])
@pytest.mark.parametrize("moved", [(0.0, 0.0), (-3.0, 0.7)])
def test_size_and_place_on_the_paper_do_not_matter(
    scale: float, moved: tuple[float, float]
) -> None:
    image = image_of([stroke * scale + np.array(moved) * scale for stroke in L])
    np.testing.assert_allclose(image, image_of(L), atol=1e-4)


def test_ink_fills_20_pixels_and_its_mass_lies_in_the_middle() -> None:
    image = image_of(L).reshape(28, 28)
    top, bottom, left, right = box(image)
    assert bottom - top + 1 == 20 and 12 <= right - left + 1 <= 14
    assert abs(centre_of(image) - 14.5).max() <= 0.5
    assert image.min() == 0.0 and image.max() == 1.0


def test_a_line_is_as_wide_as_mnist_lines_and_a_filled_one_too() -> None:
    line = image_of(L).reshape(28, 28)
    rows = [np.array([[0.0, y], [6.0 if y > 8 else 1.0, y]]) for y in np.arange(0, 10.1, 0.5)]
    filled = image_of(rows).reshape(28, 28)
    assert 2.1 < thickness(line) < 2.6
    assert thickness(filled) < 1.25 * thickness(image_of(rows, pen=1.2).reshape(28, 28))


def test_pen_is_as_wide_as_asked_for() -> None:
    widths = [thickness(image_of(L, pen=pen).reshape(28, 28)) for pen in (1.5, 2.5, 3.5)]
    assert widths == sorted(widths) and widths[2] > 2 * widths[0]


def test_a_dot_fills_the_box_and_no_strokes_leave_paper() -> None:
    dot = image_of([np.array([[5.0, 5.0]])]).reshape(28, 28)
    assert box(dot) == (4, 23, 4, 23)
    assert 300 < dot.sum() < 325, "a disc of 20 pixels covers 314"
    assert not image_of([]).any()


def test_direction_order_and_density_do_not_matter() -> None:
    way = L[0]
    dense = np.column_stack(
        [np.interp(np.linspace(0, 2, 400), [0, 1, 2], way[:, axis]) for axis in (0, 1)]
    )
    np.testing.assert_allclose(image_of([dense]), image_of(L), atol=0.15)  # at the corner
    np.testing.assert_allclose(image_of([way[::-1]]), image_of(L), atol=1e-6)
    apart = [way[:2], way[1:]]
    np.testing.assert_allclose(image_of(apart[::-1]), image_of(apart), atol=1e-6)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([[1.0, 2.0]], r"expected strokes of places \(x, y\), got one of shape \(2,\)"),
        ([[[1.0, 2.0, 3.0]]], r"got one of shape \(1, 3\)"),
        ([np.zeros((0, 2))], r"got one of shape \(0, 2\)"),
        ([[[1.0, float("nan")]]], "expected finite places of the pen, got NaN or infinity"),
        ([[["a", "b"]]], "expected strokes of places"),
    ],
)
def test_other_than_strokes_is_refused(given: list, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        as_strokes("Reader", given)
