"""Rows as points of the plane: principal axes and t-SNE."""

import numpy as np
import pytest

from pynn.embedding import Neighbours, Principal, affinities, squares


@pytest.fixture
def heaps(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Four heaps of 25 rows in 20 dimensions."""
    middles = rng.normal(0, 5, (4, 20))
    labels = np.repeat(np.arange(4), 25)
    return middles[labels] + rng.normal(0, 1, (100, 20)), labels


def test_principal_axes_are_those_of_the_covariance(rng: np.random.Generator) -> None:
    rows = rng.normal(0, 1, (200, 5)) * [3.0, 0.1, 2.0, 0.5, 1.0]
    found = Principal(rows)
    values, axes = np.linalg.eigh(np.cov(rows.T))
    np.testing.assert_allclose(np.abs(found.axes @ axes[:, ::-1][:, :2]), np.eye(2), atol=1e-6)
    assert found.share == pytest.approx(values[-2:].sum() / values.sum())
    np.testing.assert_allclose(found.place(rows[7]), found.places[7], atol=1e-9)
    np.testing.assert_allclose(found.places.mean(axis=0), 0.0, atol=1e-9)


def test_axes_keep_their_sides(rng: np.random.Generator) -> None:
    rows = rng.normal(0, 1, (50, 4)) * [3, 2, 1, 1]
    first = Principal(rows)
    first.axes *= -1.0
    again = Principal(rows + 0.01, first)
    assert ((again.axes * first.axes).sum(axis=1) > 0.9).all()


def test_rows_that_are_all_alike_lie_at_one_place() -> None:
    found = Principal(np.ones((5, 3)))
    assert not found.places.any() and found.share == 1.0
    one = Principal(np.ones((4, 1)) * [[1], [2], [3], [4]])
    assert one.places.shape == (4, 2) and not one.places[:, 1].any()


def test_each_row_has_the_perplexity_that_was_asked_for(heaps) -> None:
    rows, _ = heaps
    near = affinities(rows, 10.0)
    assert near.sum() == pytest.approx(1.0) and (near == near.T).all()


def test_heaps_stay_heaps(heaps) -> None:
    rows, labels = heaps
    found = Neighbours(rows, perplexity=15)
    for _ in range(300):
        found.step()
    apart = squares(found.places)
    np.fill_diagonal(apart, np.inf)
    assert (labels[apart.argmin(axis=1)] == labels).all()
    same = labels[:, np.newaxis] == labels
    np.fill_diagonal(apart, 0.0)
    assert apart[~same].min() > np.quantile(apart[same], 0.9)
    # Another row of a heap lies in it.
    place = found.place(rows[3] + 0.01)
    assert np.square(found.places[labels == 0].mean(axis=0) - place).sum() < apart[~same].min()


def test_the_same_rows_give_the_same_places(heaps) -> None:
    places = []
    for _ in range(2):
        found = Neighbours(heaps[0])
        for _ in range(20):
            found.step()
        places.append(found.places)
    np.testing.assert_array_equal(*places)
