"""Robustness curves: right where nothing is changed, and worse the more is."""

import numpy as np
import pytest

from pynn.live import Desk
from pynn.live.robustness import CHANGES


@pytest.fixture
def tested(desk: Desk) -> Desk:
    desk.call("digits", "open", {"subset": "1000", "architecture": "784-30-10"})
    desk.call("digits", "advance", {"milliseconds": 60_000})
    return desk


@pytest.mark.parametrize("change", CHANGES)
def test_curves_fall_from_where_nothing_is_changed(tested: Desk, change: str) -> None:
    curves = {
        name: tested.call(name, "robustness", {"change": change}).array("robustness")
        for name in ("reading", "digits")
    }
    for curve in curves.values():
        assert curve[:, 0] == pytest.approx(CHANGES[change], abs=1e-6)
        unchanged = curve[curve[:, 0] == 0.0, 1]
        assert unchanged == curve[:, 1].max() or change == "thickness"
        assert ((curve[:, 1] >= 0) & (curve[:, 1] <= 1)).all()
    # The page's network has learned from digits that were changed, though not from noisy ones.
    assert change == "noise" or curves["reading"][:, 1].mean() > curves["digits"][:, 1].mean()


def test_the_same_curve_each_time_and_nothing_without_images(tested: Desk, tmp_path) -> None:
    one, other = (
        tested.call("digits", "robustness", {"change": "noise"}).array("robustness")
        for _ in range(2)
    )
    np.testing.assert_array_equal(one, other)
    assert Desk(tmp_path).call("reading", "robustness", {"change": "turn"}).head["arrays"] == []
    error = tested.call("digits", "robustness", {"change": "colour"}).head["error"]
    assert error["code"] == "choice"
