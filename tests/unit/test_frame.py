"""Frames: plain data in the head, all arrays in one vector, scaling for pictures."""

import json

import numpy as np
import pytest

from pynn.frame import Frame, make_frame, to_scale

ARRAYS = {
    "map": np.arange(6, dtype=np.float64).reshape(2, 3),
    "empty": np.zeros((0, 4)),
    "counts": np.array([[7]], np.intp),
    "turned": np.arange(6.0).reshape(2, 3).T,
}


def test_arrays_stand_one_after_another_with_offset_and_shape() -> None:
    frame = make_frame({"epoch": 3}, ARRAYS)
    assert frame.head["arrays"] == [
        ["map", 0, [2, 3]], ["empty", 6, [0, 4]], ["counts", 6, [1, 1]], ["turned", 7, [3, 2]],
    ]  # fmt: skip
    assert frame.numbers.dtype == np.float32 and frame.numbers.shape == (13,)
    assert frame.numbers.flags.c_contiguous and frame.numbers.flags.owndata
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(frame.array(name), array)
    with pytest.raises(KeyError):
        frame.array("other")


def test_frame_without_arrays_is_empty() -> None:
    frame = make_frame({"a": 1})
    assert frame.head == {"a": 1, "arrays": []} and frame.numbers.shape == (0,)
    assert frame.blob is None and make_frame({}, blob=b"x").blob == b"x"
    assert Frame({}).numbers.dtype == np.float32


def test_numbers_do_not_change_with_the_arrays_they_came_from() -> None:
    own = np.ones(3, np.float32)
    frame = make_frame({}, {"own": own})
    own[...] = 5
    np.testing.assert_array_equal(frame.array("own"), [1, 1, 1])


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_json_does_not_have_become_none(value: float) -> None:
    frame = make_frame({"loss": value, "fine": 0.5})
    assert frame.head["loss"] is None and frame.head["fine"] == 0.5
    json.dumps(frame.head, allow_nan=False)


@pytest.mark.parametrize(
    ("array", "axis", "wanted"),
    [
        ([1.0, -4.0], None, [0.25, -1.0]),
        ([[2.0, 1.0], [0.0, 0.5]], (1,), [[1.0, 0.5], [0.0, 1.0]]),
        ([0.0, 0.0], None, [0.0, 0.0]),
        (np.zeros((2, 0)), None, np.zeros((2, 0))),
    ],
)
def test_to_scale_fits_into_minus_one_to_one(array, axis, wanted) -> None:  # type: ignore[no-untyped-def]
    np.testing.assert_allclose(to_scale(np.array(array), axis), wanted)
