"""How many points of each class there are, and which of them train."""

from collections.abc import Callable

import numpy as np
import pytest

from pynn.datasets import balanced, blobs, hills, mixed, pinwheel, quadrants, spiral, split

every_balance = pytest.mark.parametrize("balance", [0.05, 0.3, 1.0, 4.0, 20.0])


@every_balance
@pytest.mark.parametrize("make", [spiral, quadrants, blobs, pinwheel])
def test_the_last_class_has_its_share_in_any_part(make: Callable, balance: float) -> None:  # type: ignore[type-arg]
    x, y = balanced(make, 400, balance, noise=0.2, seed=3)
    counts = np.bincount(y)
    assert x.shape == (400, 2) and len(y) == 400
    wanted = 400 * balance / (len(counts) - 1 + balance)
    assert counts[-1] == pytest.approx(wanted, abs=1)
    assert np.ptp(counts[:-1]) <= 1
    part = np.bincount(y[:200], minlength=len(counts))
    np.testing.assert_allclose(part, counts / 2, atol=1.01)


def test_balanced_points_are_those_of_the_set() -> None:
    drawn = {tuple(point) for point in spiral(400, noise=0.2, seed=3)[0]}
    kept = balanced(spiral, 200, 1.0, noise=0.2, seed=3)[0]
    # As many as are asked for are drawn, and 200 of 200 would be other ones.
    assert {tuple(point) for point in kept} == {tuple(p) for p in spiral(200, 0.2, 3)[0]} != drawn


@pytest.mark.parametrize("balance", [0.0, -1.0, float("nan"), 2000.0, "much"])
def test_balance_outside_is_refused(balance: float) -> None:
    with pytest.raises(ValueError, match=r"balanced: expected balance from 0.001 to 1000, got "):
        balanced(spiral, 100, balance)


def test_a_surface_has_no_balance() -> None:
    with pytest.raises(ValueError, match="expected a set with classes, got a surface"):
        balanced(hills, 100, 0.5)


def test_mixed_points_are_the_same_in_another_order() -> None:
    x, y = np.arange(20.0).reshape(10, 2), np.arange(10)
    again, labels = mixed(x, y, seed=1)
    np.testing.assert_array_equal(again[:, 0], 2 * labels)
    assert sorted(labels) == list(y) and list(labels) != list(y)
    np.testing.assert_array_equal(labels, mixed(x, y, seed=1)[1])
    assert list(labels) != list(mixed(x, y, seed=2)[1])


@pytest.mark.parametrize(
    ("count", "share", "train", "test"),
    [(400, 0.75, 300, 100), (4, 0.5, 2, 2), (10, 0.1, 1, 9), (10, 0.99, 9, 1), (10, 0.0, 1, 9),
     (10, 1.0, 10, 10), (1, 0.5, 1, 1), (3, 0.5, 2, 1)],
)  # fmt: skip
def test_each_part_has_its_share_and_one_point_at_least(
    count: int, share: float, train: int, test: int
) -> None:
    x, y = np.arange(2.0 * count).reshape(count, 2), np.arange(count)
    first, last = split(x, y, share)
    assert len(first[0]) == len(first[1]) == train and len(last[0]) == len(last[1]) == test
    if share < 1 and count > 1:
        np.testing.assert_array_equal(np.concatenate([first[1], last[1]]), y)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan"), None])
def test_a_share_outside_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="split: expected share from 0 to 1, got "):
        split(np.zeros((3, 2)), np.zeros(3, np.int64), share)
