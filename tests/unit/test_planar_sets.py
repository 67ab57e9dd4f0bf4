"""The planar sets: seeds, balance, ranges, and the clean shape where there is no noise."""

from collections.abc import Callable

import numpy as np
import pytest

from pynn.chance import stream
from pynn.datasets import (
    PLANAR,
    blobs,
    checkerboard,
    circle,
    gauss,
    hills,
    moons,
    pinwheel,
    quadrants,
    rings,
    slope,
    spiral,
    xor,
    xor_cloud,
)

MAKERS = {
    maker.__name__: maker
    for maker in (
        xor_cloud, circle, gauss, spiral, moons, quadrants, rings, checkerboard, blobs, pinwheel,
    )
}  # fmt: skip
SURFACES = pytest.mark.parametrize("make", [slope, hills])
every_set = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


# By how much the noise is divided where the shapes lie close.
WEAKER = {"spiral": 3.0, "rings": 3.0, "checkerboard": 3.0, "moons": 1.5, "pinwheel": 1.5}


def classes_of(make: Callable) -> int:  # type: ignore[type-arg]
    return PLANAR[make.__name__.replace("_", "-")].classes


def test_xor_is_its_four_points() -> None:
    x, y = xor()
    np.testing.assert_array_equal(x, [[0, 0], [0, 1], [1, 0], [1, 1]])
    np.testing.assert_array_equal(y, [0, 1, 1, 0])
    assert x.dtype == np.float64 and y.dtype == np.int64


@every_set
def test_same_seed_gives_same_points_and_another_others(make: Callable) -> None:  # type: ignore[type-arg]
    one, two, other = make(100, seed=3), make(100, seed=3), make(100, seed=4)
    generator = make(100, seed=stream("test", 3, "points"))
    for part in (0, 1):
        np.testing.assert_array_equal(one[part], two[part])
        np.testing.assert_array_equal(one[part], generator[part])
    assert (one[0] != other[0]).all()


@pytest.mark.parametrize("n", [1, 2, 7, 400])
@every_set
def test_points_have_their_shapes(make: Callable, n: int) -> None:  # type: ignore[type-arg]
    x, y = make(n, noise=0.3, seed=1)
    assert x.shape == (n, 2) and y.shape == (n,)
    assert x.dtype == np.float64 and y.dtype == np.int64
    assert y.min() >= 0 and y.max() < classes_of(make)
    assert np.isfinite(x).all()


@every_set
def test_classes_are_balanced_in_all_and_in_the_first_part(make: Callable) -> None:  # type: ignore[type-arg]
    classes = classes_of(make)
    for seed in range(5):
        y = make(400, seed=seed)[1]
        if make in (xor_cloud, quadrants, checkerboard):  # points fall where they fall
            assert np.bincount(y, minlength=classes).min() > 0.7 * 400 / classes
        else:
            assert np.ptp(np.bincount(y)) <= 1
        assert np.bincount(y[:300], minlength=classes).min() > 0.7 * 300 / classes


@every_set
def test_noise_moves_points_by_about_its_size(make: Callable) -> None:  # type: ignore[type-arg]
    clean, noisy = make(2000, noise=0.0, seed=5), make(2000, noise=0.2, seed=5)
    np.testing.assert_array_equal(clean[1], noisy[1])
    moved = (noisy[0] - clean[0]).std()
    wanted = 0.2 / WEAKER.get(make.__name__, 1.0)
    assert moved == pytest.approx(wanted, rel=0.1)


@every_set
def test_points_lie_in_the_drawn_square(make: Callable) -> None:  # type: ignore[type-arg]
    planar = PLANAR[make.__name__.replace("_", "-")]
    x = make(400, noise=0.0, seed=2)[0]
    assert planar.low < x.min() and x.max() < planar.high
    x = make(400, noise=0.1, seed=2)[0]
    assert np.mean((planar.low < x) & (x < planar.high)) > 0.99


def test_clean_xor_cloud_and_quadrants_follow_the_signs() -> None:
    x, y = xor_cloud(500, noise=0.0, seed=1)
    np.testing.assert_array_equal(y, x[:, 0] * x[:, 1] < 0)
    x, y = quadrants(500, noise=0.0, seed=1)
    for corner, signs in enumerate([(1, 1), (-1, 1), (-1, -1), (1, -1)]):
        np.testing.assert_array_equal(y == corner, (np.sign(x) == signs).all(axis=1))


def test_clean_circle_is_a_disc_in_a_ring() -> None:
    x, y = circle(2000, noise=0.0, seed=1)
    radius = np.hypot(*x.T)
    assert radius[y == 1].max() <= 0.5 and radius[y == 0].min() >= 0.7 and radius.max() <= 1.0
    # Evenly over the disc: a quarter of its points lie within half its radius.
    assert np.mean(radius[y == 1] < 0.25) == pytest.approx(0.25, abs=0.05)


def test_clean_rings_are_a_disc_and_three_rings() -> None:
    x, y = rings(4000, noise=0.0, seed=1)
    radius = np.hypot(*x.T)
    for low, label in ((0.0, 1), (0.28, 0), (0.56, 1), (0.84, 0)):
        ring = (radius >= low - 1e-12) & (radius <= low + 0.16 + 1e-12)
        assert (y[ring] == label).all() and ring.sum() > 300
        radius[ring] = np.nan
    assert np.isnan(radius).all()
    assert nearest_other(x, y) > 0.119


def test_clean_checkerboard_has_sixteen_fields() -> None:
    x, y = checkerboard(4000, noise=0.0, seed=1)
    right, up = np.floor(2 * (x + 1)).astype(int).T
    np.testing.assert_array_equal(y, (right + up) % 2)
    assert set(zip(right, up, strict=True)) == {(i, j) for i in range(4) for j in range(4)}


def test_blobs_and_pinwheel_are_the_same_turned_for_each_class() -> None:
    x, y = blobs(6000, noise=0.05, seed=1)
    for label, angle in enumerate((90, 210, 330)):
        centre = 0.6 * np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
        np.testing.assert_allclose(x[y == label].mean(axis=0), centre, atol=0.02)
        np.testing.assert_allclose(x[y == label].std(axis=0), 0.17, rtol=0.06)
    x, y = pinwheel(4000, noise=0.0, seed=1)
    radius = np.hypot(*x.T)
    turn = 2 * np.pi * (radius / 3 + y / 4)
    wanted = radius[:, np.newaxis] * np.column_stack([np.cos(turn), np.sin(turn)])
    np.testing.assert_allclose(x, wanted, atol=1e-12)


def test_clean_surfaces_are_their_formulas() -> None:
    x, y = slope(500, noise=0.0, seed=1)
    np.testing.assert_array_equal(y, (x[:, 0] + x[:, 1]) / 2)
    x, y = hills(500, noise=0.0, seed=1)
    tops = [(-0.55, 0.55, 1), (0.3, 0.6, -1), (0.65, -0.1, 1), (0.0, -0.6, -1)]
    wanted = sum(
        high * np.exp(-((x[:, 0] - right) ** 2 + (x[:, 1] - up) ** 2) / 0.18)
        for right, up, high in tops
    )
    np.testing.assert_allclose(y, wanted, atol=1e-14)
    assert 0.8 < y.max() <= 1.0 and -1.0 <= y.min() < -0.8


@SURFACES
def test_the_noise_of_a_surface_moves_values_and_not_points(make: Callable) -> None:  # type: ignore[type-arg]
    clean, noisy = make(4000, noise=0.0, seed=5), make(4000, noise=0.2, seed=5)
    np.testing.assert_array_equal(clean[0], noisy[0])
    assert (noisy[1] - clean[1]).std() == pytest.approx(0.2, rel=0.05)
    assert clean[1].dtype == np.float64 and clean[0].shape == (4000, 2)


def test_gauss_has_its_centres_and_spread() -> None:
    for noise in (0.0, 0.2):
        x, y = gauss(4000, noise=noise, seed=1)
        for label, centre in ((1, 0.4), (0, -0.4)):
            np.testing.assert_allclose(x[y == label].mean(axis=0), centre, atol=0.03)
            np.testing.assert_allclose(x[y == label].std(axis=0), 0.15 + noise, rtol=0.05)


def nearest_other(x: np.ndarray, y: np.ndarray) -> float:
    apart = np.linalg.norm(x[y == 0][:, np.newaxis] - x[y == 1][np.newaxis], axis=2)
    return float(apart.min())


def test_clean_spiral_arms_stay_apart_and_are_half_turns_of_each_other() -> None:
    x, y = spiral(2000, noise=0.0, seed=1)
    outside = np.hypot(*x.T) > 0.3
    # Arms are 1/1.75/2 = 0.286 apart along a ray, a little less across.
    assert nearest_other(x[outside], y[outside]) > 0.2
    radius = np.hypot(*x.T)
    assert radius.min() >= 0.05 and radius.max() <= 1.0
    turn = 1.75 * 2 * np.pi * radius
    arm = np.column_stack([radius * np.sin(turn), radius * np.cos(turn)])
    np.testing.assert_allclose(x, np.where(y == 0, 1, -1)[:, np.newaxis] * arm, atol=1e-12)


def test_clean_moons_are_two_half_circles_that_reach_into_one_another() -> None:
    x, y = moons(2000, noise=0.0, seed=1)
    for label, centre in ((1, (-1 / 3, -1 / 6)), (0, (1 / 3, 1 / 6))):
        np.testing.assert_allclose(np.hypot(*(x[y == label] - centre).T), 2 / 3, rtol=1e-9)
    assert nearest_other(x, y) > 0.2
    upper, lower = x[y == 1], x[y == 0]
    assert lower[:, 1].max() > upper[:, 1].min() and upper[:, 0].max() > lower[:, 0].min()


def test_spiral_noise_leaves_the_arms_to_be_told_apart() -> None:
    x, y = spiral(400, noise=0.1, seed=0)
    apart = np.linalg.norm(x[:, np.newaxis] - x[np.newaxis], axis=2)
    np.fill_diagonal(apart, np.inf)
    assert np.mean(y[apart.argmin(axis=1)] == y) > 0.95  # each point's nearest neighbour


@pytest.mark.parametrize(("n", "noise"), [(0, 0.1), (-1, 0.1), (5, -0.1), (5, float("nan"))])
@every_set
def test_sizes_and_noise_outside_are_refused(make: Callable, n: int, noise: float) -> None:  # type: ignore[type-arg]
    with pytest.raises(ValueError) as caught:
        make(n, noise)
    assert str(caught.value) == (
        f"{make.__name__}: expected n from 1 to 10,000,000 and noise from 0 to 1,000,000, "
        f"got {n!r} and {noise!r}"
    )


def test_table_of_sets_has_all_names_in_their_order() -> None:
    names = ["xor", "xor-cloud", "circle", "gauss", "spiral", "moons", "quadrants", "rings",
             "checkerboard", "blobs", "pinwheel", "slope", "hills"]  # fmt: skip
    assert list(PLANAR) == names
    classes = [planar.classes for planar in PLANAR.values()]
    assert classes == [2, 2, 2, 2, 2, 2, 4, 2, 2, 3, 4, 0, 0]
    for planar in PLANAR.values():
        x, y = planar.make(400, 0.1, 1)
        assert len(x) == len(y) in (4, 400)
