"""The contract of `Layer`, held up against every layer with every activation."""

from collections.abc import Callable

import numpy as np
import pytest

from pynn import AvgPool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, Layer, MaxPool2D
from pynn.activations import ACTIVATIONS

Case = tuple[Callable[[], Layer], tuple[int, ...], tuple[int, ...], dict[str, tuple[int, ...]]]

CASES: dict[str, Case] = {
    "dense": (lambda: Dense(3), (5,), (3,), {"weights": (5, 3), "bias": (3,)}),
    "dense-one": (lambda: Dense(1), (1,), (1,), {"weights": (1, 1), "bias": (1,)}),
    "dense-without-bias": (lambda: Dense(3, bias=False), (5,), (3,), {"weights": (5, 3)}),
    "dense-penalties": (
        lambda: Dense(3, l1=0.1, l2=0.2),
        (5,),
        (3,),
        {"weights": (5, 3), "bias": (3,)},
    ),
    "conv-valid": (
        lambda: Conv2D(4, 3),
        (6, 5, 2),
        (4, 3, 4),
        {"weights": (3, 3, 2, 4), "bias": (4,)},
    ),
    "conv-same": (
        lambda: Conv2D(4, 3, padding="same"),
        (6, 5, 2),
        (6, 5, 4),
        {"weights": (3, 3, 2, 4), "bias": (4,)},
    ),
    "conv-same-even": (
        lambda: Conv2D(2, 2, padding="same"),
        (4, 3, 1),
        (4, 3, 2),
        {"weights": (2, 2, 1, 2), "bias": (2,)},
    ),
    "conv-whole-image": (
        lambda: Conv2D(2, 3),
        (3, 3, 1),
        (1, 1, 2),
        {"weights": (3, 3, 1, 2), "bias": (2,)},
    ),
    "conv-stride": (
        lambda: Conv2D(4, 3, stride=2),
        (6, 8, 2),
        (2, 3, 4),
        {"weights": (3, 3, 2, 4), "bias": (4,)},
    ),
    "conv-same-stride": (
        lambda: Conv2D(2, 3, stride=2, padding="same"),
        (6, 5, 1),
        (3, 3, 2),
        {"weights": (3, 3, 1, 2), "bias": (2,)},
    ),
    "conv-stride-beyond-window": (
        lambda: Conv2D(2, 2, stride=3),
        (7, 6, 1),
        (2, 2, 2),
        {"weights": (2, 2, 1, 2), "bias": (2,)},
    ),
    "average": (lambda: AvgPool2D(2), (4, 6, 3), (2, 3, 3), {}),
    "average-remainder": (lambda: AvgPool2D(3), (5, 7, 2), (1, 2, 2), {}),
    "pool": (lambda: MaxPool2D(2), (4, 6, 3), (2, 3, 3), {}),
    "pool-remainder": (lambda: MaxPool2D(2), (5, 7, 3), (2, 3, 3), {}),
    "pool-3-remainder": (lambda: MaxPool2D(3), (5, 7, 1), (1, 2, 1), {}),
    "dropout": (lambda: Dropout(0.4), (5,), (5,), {}),
    "dropout-images": (lambda: Dropout(0.1), (3, 4, 2), (3, 4, 2), {}),
    "batchnorm": (lambda: BatchNorm(), (5,), (5,), {"scale": (5,), "shift": (5,)}),
    "batchnorm-images": (
        lambda: BatchNorm(),
        (3, 4, 2),
        (3, 4, 2),
        {"scale": (2,), "shift": (2,)},
    ),
    "flatten": (lambda: Flatten(), (4, 3, 2), (24,), {}),
    "flatten-flat": (lambda: Flatten(), (4,), (4,), {}),
    **{
        f"dense-{name}": (
            lambda name=name: Dense(3, name),
            (5,),
            (3,),
            {"weights": (5, 3), "bias": (3,)},
        )
        for name in ACTIVATIONS
    },
    **{
        f"conv-{name}": (
            lambda name=name: Conv2D(3, 2, name),
            (3, 4, 2),
            (2, 3, 3),
            {"weights": (2, 2, 2, 3), "bias": (3,)},
        )
        for name in ACTIVATIONS
    },
}

every_case = pytest.mark.parametrize(
    ("make", "inputs", "outputs", "parameters"), CASES.values(), ids=CASES
)


def built(make: Callable[[], Layer], inputs: tuple[int, ...], dtype: str = "float64") -> Layer:
    layer = make()
    layer.build(inputs, np.random.default_rng(3), dtype)
    return layer


def numbers(n: int, shape: tuple[int, ...], dtype: str, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((n, *shape)).astype(dtype)


def learned(layer: Layer, x: np.ndarray) -> np.ndarray:
    """What comes out in the pass that learns, with the same noise each time."""
    return layer.forward_training(x, np.random.default_rng(8))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@every_case
def test_layer_keeps_shapes_dtype_and_arrays(
    make: Callable[[], Layer],
    inputs: tuple[int, ...],
    outputs: tuple[int, ...],
    parameters: dict[str, tuple[int, ...]],
    dtype: str,
) -> None:
    layer = make()
    assert layer.build(inputs, np.random.default_rng(0), dtype) == outputs == layer.output_shape
    assert {name: array.shape for name, array in layer.params.items()} == parameters
    assert {name: array.shape for name, array in layer.grads.items()} == parameters
    own = {**layer.params}, {**layer.grads}
    statistics = {**layer.statistics}
    for n in (3, 5, 2, 1, 5):  # the batch size changes between steps
        x = numbers(n, inputs, dtype, seed=n)
        kept = x.copy()
        for a in (layer.forward(x), learned(layer, x)):
            assert a.shape == (n, *outputs) and a.dtype == dtype
        dx = layer.backward(numbers(n, outputs, dtype, seed=9))
        assert dx is not None and dx.shape == x.shape and dx.dtype == dtype
        np.testing.assert_array_equal(x, kept)  # the caller's array is only read
    for name in parameters:
        assert layer.params[name] is own[0][name] and layer.params[name].dtype == dtype
        assert layer.grads[name] is own[1][name] and layer.grads[name].dtype == dtype
    for name, array in statistics.items():
        assert layer.statistics[name] is array and array.dtype == dtype


@every_case
def test_second_backward_replaces_gradients(
    make: Callable[[], Layer],
    inputs: tuple[int, ...],
    outputs: tuple[int, ...],
    parameters: dict[str, tuple[int, ...]],
) -> None:
    layer = built(make, inputs)
    learned(layer, numbers(4, inputs, "float64", seed=1))
    first_dx = layer.backward(numbers(4, outputs, "float64", seed=2)).copy()
    first = {name: gradient.copy() for name, gradient in layer.grads.items()}
    # Another batch in between, then the first again: the same numbers, bit for bit.
    learned(layer, numbers(6, inputs, "float64", seed=3))
    layer.backward(numbers(6, outputs, "float64", seed=4))
    learned(layer, numbers(4, inputs, "float64", seed=1))
    for _ in range(2):
        dx = layer.backward(numbers(4, outputs, "float64", seed=2))
        np.testing.assert_array_equal(dx, first_dx)
        for name, gradient in first.items():
            assert np.abs(gradient).sum() > 0
            np.testing.assert_array_equal(layer.grads[name], gradient)


@every_case
def test_first_layer_gets_no_input_gradient_but_all_others(
    make: Callable[[], Layer],
    inputs: tuple[int, ...],
    outputs: tuple[int, ...],
    parameters: dict[str, tuple[int, ...]],
) -> None:
    layer = built(make, inputs)
    learned(layer, numbers(4, inputs, "float64", seed=1))
    layer.backward(numbers(4, outputs, "float64", seed=2))
    wanted = {name: gradient.copy() for name, gradient in layer.grads.items()}
    for gradient in layer.grads.values():
        gradient.fill(7.0)
    assert layer.backward(numbers(4, outputs, "float64", seed=2), need_dx=False) is None
    for name, gradient in wanted.items():
        np.testing.assert_array_equal(layer.grads[name], gradient)


@every_case
def test_same_seed_gives_same_bits_in_both_dtypes(
    make: Callable[[], Layer],
    inputs: tuple[int, ...],
    outputs: tuple[int, ...],
    parameters: dict[str, tuple[int, ...]],
) -> None:
    one, two = built(make, inputs), built(make, inputs)
    single, other = built(make, inputs, "float32"), make()
    other.build(inputs, np.random.default_rng(4), "float64")
    for name, array in one.params.items():
        np.testing.assert_array_equal(array, two.params[name])
        np.testing.assert_array_equal(array.astype("float32"), single.params[name])
    if "weights" in parameters:
        assert (one.params["weights"] != other.params["weights"]).all()


@every_case
def test_one_example_gives_the_same_alone_and_in_a_batch(
    make: Callable[[], Layer],
    inputs: tuple[int, ...],
    outputs: tuple[int, ...],
    parameters: dict[str, tuple[int, ...]],
) -> None:
    layer = built(make, inputs)
    x = numbers(5, inputs, "float64", seed=6)
    together = layer.forward(x).copy()
    alone = [layer.forward(x[row : row + 1]).copy() for row in range(5)]
    np.testing.assert_allclose(together, np.concatenate(alone), rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize(
    ("layer", "said"),
    [
        (Dense(8, "tanh", l2=0.1), "Dense(8, activation='tanh', l2=0.1)"),
        (MaxPool2D(3), "MaxPool2D(3)"),
        (Flatten(), "Flatten()"),
    ],
)
def test_layer_says_what_it_is_as_python_that_makes_it_again(layer: Layer, said: str) -> None:
    assert repr(layer) == said
    assert eval(said).config == layer.config
