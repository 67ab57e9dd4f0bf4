"""SiLU, GELU, ELU and softplus: their values by the books, and slopes that fit them."""

import math

import numpy as np
import pytest

from pynn import ELU, Activation, Conv2D, Dense, Flatten, Network, check_gradients, load, save
from pynn.activations import get_activation

Z = np.concatenate([np.linspace(-9.0, 9.0, 721), [-1e3, -50.0, 50.0, 1e3, -1e-9, 1e-9]])
FORMULAS = {
    "silu": lambda z: z / (1.0 + math.exp(-z)) if z > -700 else 0.0,
    "gelu": lambda z: z * 0.5 * math.erfc(-z / math.sqrt(2.0)),
    "elu": lambda z: z if z > 0 else math.expm1(z),
    "softplus": lambda z: max(z, 0.0) + math.log1p(math.exp(-abs(z))),
}


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize(("dtype", "near"), [("float64", 1e-13), ("float32", 1e-6)])
def test_values_are_those_of_the_formula(name: str, dtype: str, near: float) -> None:
    z = Z.astype(dtype)
    wanted = np.array([FORMULAS[name](float(value)) for value in z])
    got = get_activation(name).forward(z, out=np.empty_like(z))
    assert got.dtype == dtype
    np.testing.assert_allclose(got, wanted, rtol=near, atol=near)
    place = z.copy()
    assert get_activation(name).forward(place, out=place) is place
    np.testing.assert_array_equal(place, got)


@pytest.mark.parametrize("name", FORMULAS)
def test_values_of_the_papers(name: str) -> None:
    """What PyTorch prints for z = 1 and -1, to six places."""
    wanted = {
        "silu": (0.731059, -0.268941),
        "gelu": (0.841345, -0.158655),
        "elu": (1.0, -0.632121),
        "softplus": (1.313262, 0.313262),
    }[name]
    z = np.array([1.0, -1.0])
    got = get_activation(name).forward(z, out=np.empty_like(z))
    np.testing.assert_allclose(got, wanted, atol=5e-7)


@pytest.mark.parametrize("activation", [*FORMULAS, ELU(0.3), ELU(2.5)], ids=str)
def test_slopes_are_right_in_every_place(activation: str | Activation) -> None:
    rng = np.random.default_rng(2)
    layers = [Conv2D(3, 2, activation), Flatten(), Dense(4, activation), Dense(2, activation)]
    network = Network(layers, inputs=(3, 4, 2), dtype="float64")
    x, t = 3.0 * rng.standard_normal((6, 3, 4, 2)), rng.standard_normal((6, 2))
    assert check_gradients(network, x, t, loss="squared_error") < 1e-7


@pytest.mark.parametrize("name", FORMULAS)
def test_far_values_have_slopes_of_nought_and_one(name: str) -> None:
    activation = get_activation(name)
    z = np.array([-1e4, 1e4])
    a = activation.forward(z, out=np.empty_like(z))
    slope = activation.backward(z if activation.needs_z else a, np.ones(2), out=np.empty(2))
    np.testing.assert_allclose(slope, [0.0, 1.0], atol=1e-12)


@pytest.mark.parametrize("name", FORMULAS)
def test_network_is_saved_and_loaded_by_name(name: str, tmp_path: object) -> None:
    network = Network([Dense(4, name), Dense(1)], inputs=3)
    save(network, f"{tmp_path}/n.npz")
    x = np.random.default_rng(0).standard_normal((5, 3))
    np.testing.assert_array_equal(load(f"{tmp_path}/n.npz").predict(x), network.predict(x))


def test_exact_network_says_which_it_takes() -> None:
    with pytest.raises(ValueError, match=r"^Network: expected activations of .+ with exact=True"):
        Network([Dense(4, "gelu"), Dense(1)], inputs=3, exact=True)


@pytest.mark.parametrize("scale", [0.0, -1.0, math.inf, "a"])
def test_senseless_scale_is_refused(scale: object) -> None:
    with pytest.raises(ValueError, match="ELU: expected a finite scale above 0"):
        ELU(scale)  # type: ignore[arg-type]
