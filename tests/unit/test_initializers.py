"""Initializers: mean, spread and limits of many numbers, fans, and names."""

import math

import numpy as np
import pytest

from pynn import Conv2D, Dense, Normal, Uniform
from pynn.activations import get_activation
from pynn.initializers import INITIALIZERS, get_initializer
from pynn.spreads import fans

WIDE, IMAGE = (400, 300), (5, 4, 60, 50)  # fan_in 400 and 1200, fan_out 300 and 1000
GLOROT = {WIDE: math.sqrt(6 / 700), IMAGE: math.sqrt(6 / 2200)}
# name, shape, standard deviation, the value that none exceeds (None: unbounded)
SPREADS = [
    ("uniform", WIDE, 0.1 / math.sqrt(12), 0.05),
    ("normal", WIDE, 0.05, None),
    ("lecun", WIDE, math.sqrt(1 / 400), None),
    ("lecun", IMAGE, math.sqrt(1 / 1200), None),
    ("he", WIDE, math.sqrt(2 / 400), None),
    ("he", IMAGE, math.sqrt(2 / 1200), None),
    *(("glorot", shape, limit / math.sqrt(3), limit) for shape, limit in GLOROT.items()),
    *(("glorot_uniform", shape, limit / math.sqrt(3), limit) for shape, limit in GLOROT.items()),
    ("xavier_uniform", IMAGE, math.sqrt(2 / 2200), GLOROT[IMAGE]),
    ("xavier_normal", IMAGE, math.sqrt(2 / 2200), None),
    ("he_uniform", IMAGE, math.sqrt(2 / 1200), math.sqrt(6 / 1200)),
    ("kaiming_uniform", WIDE, math.sqrt(2 / 400), math.sqrt(6 / 400)),
    ("kaiming_normal", IMAGE, math.sqrt(2 / 1200), None),
    ("lecun_uniform", IMAGE, math.sqrt(1 / 1200), math.sqrt(3 / 1200)),
    ("pytorch", WIDE, math.sqrt(1 / 1200), 1 / 20),
    # Cut off at two deviations of the normal distribution, made wider for it.
    ("glorot_normal", WIDE, math.sqrt(2 / 700), 2 * math.sqrt(2 / 700) / 0.8796256610),
    ("he_normal", IMAGE, math.sqrt(2 / 1200), 2 * math.sqrt(2 / 1200) / 0.8796256610),
    ("lecun_normal", IMAGE, math.sqrt(1 / 1200), 2 * math.sqrt(1 / 1200) / 0.8796256610),
]


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(("name", "shape", "std", "limit"), SPREADS)
def test_initializer_has_its_mean_and_spread(
    name: str, shape: tuple[int, ...], std: float, limit: float | None, seed: int
) -> None:
    drawn = INITIALIZERS[name](shape, np.random.default_rng(seed))
    assert drawn.shape == shape and drawn.dtype == np.float64
    assert abs(drawn.mean()) < 5 * std / math.sqrt(drawn.size)
    assert drawn.std() == pytest.approx(std, rel=0.02)
    if limit is not None:
        assert 0.99 * limit < np.abs(drawn).max() <= limit
    else:  # a Gaussian: a third outside one deviation, 4.55 % outside two
        assert np.mean(np.abs(drawn) > std) == pytest.approx(0.3173, abs=0.01)
        assert np.mean(np.abs(drawn) > 2 * std) == pytest.approx(0.0455, abs=0.005)


def test_initializers_with_words_use_them() -> None:
    rng = np.random.default_rng(0)
    drawn = Uniform(2.0, 3.0)((1000,), rng)
    assert 2.0 <= drawn.min() < 2.02 and 2.98 < drawn.max() <= 3.0
    assert Normal(7.0)((100_000,), rng).std() == pytest.approx(7.0, rel=0.02)
    assert not INITIALIZERS["zeros"]((3, 2), rng).any()


@pytest.mark.parametrize("shape", [(8, 5), (5, 8), (6, 6), (3, 2, 4, 5)])
def test_orthogonal_columns_or_rows_stand_at_right_angles(shape: tuple[int, ...]) -> None:
    drawn = INITIALIZERS["orthogonal"](shape, np.random.default_rng(3))
    assert drawn.shape == shape
    flat = drawn.reshape(-1, shape[-1])
    inner = flat.T @ flat if len(flat) >= shape[-1] else flat @ flat.T
    np.testing.assert_allclose(inner, np.eye(len(inner)), atol=1e-12)


@pytest.mark.parametrize(
    ("shape", "fan_in", "fan_out"),
    [((5, 3), 5, 3), ((3, 3, 2, 8), 18, 72), ((1, 1, 4, 6), 4, 6), ((7,), 1, 7)],
)
def test_fans_are_inputs_of_a_neuron_and_neurons_of_an_input(
    shape: tuple[int, ...], fan_in: int, fan_out: int
) -> None:
    assert fans(shape) == (fan_in, fan_out)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_initializer_gives_same_bits_for_same_generator_state(name: str) -> None:
    one, two = (INITIALIZERS[name]((4, 3), np.random.default_rng(5)) for _ in range(2))
    np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize(
    ("activation", "name"),
    [("relu", "he"), ("leaky_relu", "he"), ("tanh", "glorot"), ("sigmoid", "glorot"),
     ("linear", "glorot"), ("softmax", "glorot")],
)  # fmt: skip
def test_default_initializer_fits_the_activation(activation: str, name: str) -> None:
    assert get_initializer(None, get_activation(activation).start) is INITIALIZERS[name]
    for layer, inputs in ((Dense(4, activation), (3,)), (Conv2D(4, 2, activation), (3, 3, 2))):
        layer.build(inputs, np.random.default_rng(1), "float64")
        weights = layer.params["weights"]
        wanted = INITIALIZERS[name](weights.shape, np.random.default_rng(1))
        np.testing.assert_array_equal(weights, wanted)


def test_initializer_is_found_by_name_or_given() -> None:
    given = Normal(1.0)
    assert get_initializer(given, "relu") is given
    assert get_initializer("lecun", "relu") is INITIALIZERS["lecun"]
    with pytest.raises(ValueError) as caught:
        get_initializer("xavier", "relu")
    names = "uniform, normal, lecun, glorot, he, zeros, ones, or a name of Keras's or PyTorch's"
    assert str(caught.value) == f"initializer: expected one of {names}, got 'xavier'"


@pytest.mark.parametrize(("low", "high"), [(1.0, 1.0), (2.0, 1.0), (float("nan"), 1.0)])
def test_uniform_without_room_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match=r"^Uniform: expected low < high, got "):
        Uniform(low, high)


@pytest.mark.parametrize("std", [0.0, -1.0, float("nan")])
def test_normal_without_spread_is_refused(std: float) -> None:
    with pytest.raises(ValueError, match=r"^Normal: expected a finite std above 0, got "):
        Normal(std)
