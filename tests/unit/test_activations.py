"""Activations: values worked out by hand, derivatives, far ends, work in place."""

import warnings

import numpy as np
import pytest

from pynn.activations import ACTIVATIONS, LeakyReLU, get_activation

VALUES = {
    "sigmoid": ([0.0, 1.0, -2.0], [0.5, 0.7310585786300049, 0.11920292202211755]),
    "tanh": ([0.0, 1.0, -2.0], [0.0, 0.7615941559557649, -0.9640275800758169]),
    "relu": ([0.0, 1.5, -2.0], [0.0, 1.5, 0.0]),
    "leaky_relu": ([0.0, 1.5, -2.0], [0.0, 1.5, -0.02]),
    "linear": ([0.0, 1.5, -2.0], [0.0, 1.5, -2.0]),
    "softmax": ([0.0, np.log(2.0), np.log(5.0)], [0.125, 0.25, 0.625]),
}
FAR = {
    "sigmoid": [0.0, 0.5, 1.0],
    "tanh": [-1.0, 0.0, 1.0],
    "relu": [0.0, 0.0, 1000.0],
    "leaky_relu": [-10.0, 0.0, 1000.0],
    "linear": [-1000.0, 0.0, 1000.0],
    "softmax": [0.0, 0.0, 1.0],
}
names = pytest.mark.parametrize("name", VALUES)  # the smooth ones have a file of their own
dtypes = pytest.mark.parametrize("dtype", ["float32", "float64"])


def forward(name: str, z: np.ndarray) -> np.ndarray:
    return get_activation(name).forward(z, out=np.empty_like(z))


@names
def test_activation_gives_hand_worked_values(name: str) -> None:
    z, a = VALUES[name]
    np.testing.assert_allclose(forward(name, np.array([z])), [a], rtol=1e-14)


@dtypes
@names
def test_activation_far_out_is_finite_without_a_warning(name: str, dtype: str) -> None:
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        a = forward(name, np.array([[-1000.0, 0.0, 1000.0]], dtype))
        slope = get_activation(name).backward(a, np.ones_like(a), out=np.empty_like(a))
    np.testing.assert_allclose(a, [FAR[name]], atol=1e-30, rtol=1e-6)
    assert a.dtype == slope.dtype == dtype and np.isfinite(slope).all()


@names
def test_activation_derivative_equals_measured(name: str, rng: np.random.Generator) -> None:
    z, da = rng.standard_normal((2, 4, 5))
    measured = np.empty_like(z)
    for index in np.ndindex(*z.shape):
        step = np.zeros_like(z)
        step[index] = 1e-5
        rise = forward(name, z + step) - forward(name, z - step)
        measured[index] = np.sum(da * rise) / 2e-5
    dz = get_activation(name).backward(forward(name, z), da, out=np.empty_like(z))
    np.testing.assert_allclose(dz, measured, rtol=1e-7, atol=1e-9)


@names
def test_activation_may_write_over_its_inputs(name: str, rng: np.random.Generator) -> None:
    activation = get_activation(name)
    z, da = rng.standard_normal((2, 4, 5))
    a = forward(name, z)
    dz = activation.backward(a, da, out=np.empty_like(da))
    z_in_place, da_in_place = z.copy(), da.copy()
    assert activation.forward(z_in_place, out=z_in_place) is z_in_place
    assert activation.backward(a, da_in_place, out=da_in_place) is da_in_place
    np.testing.assert_array_equal(z_in_place, a)
    np.testing.assert_array_equal(da_in_place, dz)


@names
def test_activation_leaves_other_arrays_alone(name: str, rng: np.random.Generator) -> None:
    z, da = rng.standard_normal((2, 4, 5))
    z_before, da_before = z.copy(), da.copy()
    a = forward(name, z)
    a_before = a.copy()
    get_activation(name).backward(a, da, out=np.empty_like(da))
    np.testing.assert_array_equal(z, z_before)
    np.testing.assert_array_equal(da, da_before)
    np.testing.assert_array_equal(a, a_before)


@names
def test_activation_passes_nan_on(name: str) -> None:
    with np.errstate(invalid="ignore"):
        assert np.isnan(forward(name, np.array([[np.nan, 0.0]]))[0, 0])


def test_softmax_rows_sum_to_one_and_do_not_change_with_a_shift(rng: np.random.Generator) -> None:
    z = rng.standard_normal((6, 4)) * 5
    a = forward("softmax", z)
    np.testing.assert_allclose(a.sum(axis=1), 1.0, rtol=1e-14)
    np.testing.assert_allclose(forward("softmax", z + 700.0), a, rtol=1e-10)


def test_leaky_relu_slope_is_used_both_ways() -> None:
    activation = LeakyReLU(0.25)
    a = activation.forward(np.array([[-4.0, 4.0]]), out=np.empty((1, 2)))
    np.testing.assert_array_equal(a, [[-1.0, 4.0]])
    np.testing.assert_array_equal(activation.backward(a, np.ones((1, 2)), out=a), [[0.25, 1.0]])


@pytest.mark.parametrize("slope", [0.0, 1.0, -0.1, float("nan")])
def test_leaky_relu_slope_outside_is_refused(slope: float) -> None:
    with pytest.raises(ValueError, match=r"^LeakyReLU: expected slope between 0 and 1, got "):
        LeakyReLU(slope)


def test_activation_is_found_by_name_or_given() -> None:
    given = LeakyReLU(0.3)
    assert get_activation(given) is given
    assert all(get_activation(name).name == name for name in ACTIVATIONS)
    with pytest.raises(ValueError, match=r"^activation: expected one of tanh, .*, got 'ReLU'$"):
        get_activation("ReLU")
