"""How a drawing becomes an image, step by step, each of which can be left out."""

import numpy as np
import pytest
from own_signs import as_bytes, drawn

from pynn.live import Desk
from pynn.reader import image_of
from pynn.reader.steps import steps_of
from pynn.reader.strokes import centre_of, thickness

WIDTH, PEN = 4 / 3, 0.045


def box(image: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = (np.flatnonzero(image.sum(axis=axis) > 0.5) for axis in (1, 0))
    return rows[0], rows[-1] + 1, columns[0], columns[-1] + 1


def test_all_steps_make_the_image_that_the_network_sees(rng) -> None:
    for sign in ("A", "fish", "T"):
        strokes = drawn(sign, rng)
        steps = steps_of(strokes, PEN, WIDTH)
        np.testing.assert_array_equal(steps[3].ravel(), image_of(strokes))
        assert steps.min() >= 0.0 and steps.max() <= 1.0


def test_each_step_does_what_it_says(rng) -> None:
    strokes = [stroke * 0.4 + [0.1, 0.5] for stroke in drawn("A", rng)]
    plain, scaled, inked, centred = steps_of(strokes, PEN, WIDTH)
    top, bottom, left, right = box(plain)
    assert bottom - top < 8 and left < 8  # small, and where it was drawn
    top, bottom, left, right = box(scaled)
    assert 19 <= max(bottom - top, right - left) <= 22
    assert thickness(scaled) > thickness(inked) + 1  # its pen was wide for so small a drawing
    assert thickness(inked) == pytest.approx(2.3, abs=0.4)
    assert np.abs(centre_of(centred) - 14.5).max() <= 0.6


@pytest.mark.parametrize("left_out", ["scale", "ink", "centre"])
def test_a_step_that_is_left_out_changes_nothing(rng, left_out: str) -> None:
    strokes = [stroke * 0.4 + [0.1, 0.5] for stroke in drawn("A", rng)]
    steps = steps_of(strokes, PEN, WIDTH, **{left_out: False})
    at = {"scale": 1, "ink": 2, "centre": 3}[left_out]
    np.testing.assert_array_equal(steps[at], steps[at - 1])
    whole = steps_of(strokes, PEN, WIDTH)[3]
    assert np.abs(steps[3] - whole).max() > 0.1


def test_nothing_and_a_dot_have_steps_too() -> None:
    assert not steps_of([], PEN, WIDTH).any()
    dot = [np.array([[0.5, 0.5]])]
    np.testing.assert_array_equal(steps_of(dot, PEN, WIDTH)[3].ravel(), image_of(dot))
    assert steps_of(dot, PEN, WIDTH, scale=False).any()


def test_the_desk_reads_what_comes_of_it(tmp_path) -> None:
    line = np.array([[0.15, 0.7], [0.15, 0.8], [0.15, 0.9]])
    args = {"strokes": as_bytes(line), "pen": PEN, "width": WIDTH}
    desk = Desk(tmp_path)
    frame = desk.call("reading", "prepare", args)
    assert frame.head["answer"] == 1 and frame.array("steps").shape == (4, 28, 28)
    small = desk.call("reading", "prepare", args | {"scale": False, "centre": False})
    assert small.array("answers")[1] < frame.array("answers")[1]
