"""Every layer's gradients against measured ones, for a random linear loss on its outputs.

L = sum(r * a) with random r has the upstream gradient r, so no loss of the
package takes part, and a wrong sign cannot hide as it can behind ones.
"""

from collections.abc import Callable

import numpy as np
import pytest

from pynn import AvgPool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, Layer, MaxPool2D
from pynn.activations import ACTIVATIONS, Activation, Sigmoid, Softmax, Tanh
from pynn.gradient_check import relative_error, slopes

H = 1e-5

DENSE_SIZES = [(1, 1, 1), (4, 3, 2), (7, 5, 6)]  # examples, inputs, units
CONV_SIZES = [(1, (3, 3, 1), 1), (2, (5, 4, 2), 3), (3, (4, 6, 3), 2)]
POOL_SIZES = [(1, (2, 2, 1)), (3, (5, 7, 2)), (2, (6, 4, 3))]


def largest_error(layer: Layer, n: int, inputs: tuple[int, ...]) -> float:
    """Over all parameters and the input, with penalties in the loss."""
    rng = np.random.default_rng(17)
    layer.build(inputs, rng, "float64")
    for parameter in layer.params.values():  # zero biases would hide their part
        parameter += 0.1 * rng.standard_normal(parameter.shape)
    x = rng.standard_normal((n, *inputs))
    r = rng.standard_normal((n, *layer.output_shape))

    def loss() -> float:
        return float(np.sum(r * learned())) + layer.penalty()

    def learned() -> np.ndarray:
        return layer.forward_training(x, np.random.default_rng(5))

    learned()
    dx = layer.backward(r.copy())
    assert dx is not None
    computed = {"x": dx.copy(), **{name: grad.copy() for name, grad in layer.grads.items()}}
    errors = []
    for name, array in {"x": x, **layer.params}.items():
        measured = slopes(loss, array.reshape(-1), np.arange(array.size), H)
        errors.append(relative_error(computed[name].ravel(), measured))
    return max(errors)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize(("n", "inputs", "units"), DENSE_SIZES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_dense_gradients_are_right(
    activation: str, n: int, inputs: int, units: int, bias: bool
) -> None:
    assert largest_error(Dense(units, activation, bias=bias), n, (inputs,)) < 1e-7


@pytest.mark.parametrize(("n", "inputs", "units"), DENSE_SIZES)
def test_dense_gradients_with_penalties_are_right(n: int, inputs: int, units: int) -> None:
    assert largest_error(Dense(units, "tanh", l1=0.3, l2=0.7), n, (inputs,)) < 1e-7


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("n", "inputs", "filters"), CONV_SIZES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_conv_gradients_are_right(
    activation: str, n: int, inputs: tuple[int, ...], filters: int, padding: str
) -> None:
    assert largest_error(Conv2D(filters, 3, activation, padding=padding), n, inputs) < 1e-7


@pytest.mark.parametrize("size", [1, 2, 4])
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_conv_gradients_of_other_windows_and_penalties_are_right(size: int, padding: str) -> None:
    layer = Conv2D(2, size, "tanh", padding=padding, l1=0.3, l2=0.7)
    assert largest_error(layer, 3, (5, 4, 2)) < 1e-7


@pytest.mark.parametrize("stride", [2, 3, 5])
@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_conv_gradients_with_strides_are_right(size: int, stride: int, padding: str) -> None:
    layer = Conv2D(2, size, "tanh", stride=stride, padding=padding)
    assert largest_error(layer, 2, (6, 5, 2)) < 1e-7


@pytest.mark.parametrize(("n", "inputs"), POOL_SIZES)
@pytest.mark.parametrize("make", [MaxPool2D, AvgPool2D, Flatten])
def test_layers_without_parameters_pass_gradients_on_rightly(
    make: Callable[[], Layer], n: int, inputs: tuple[int, ...]
) -> None:
    assert largest_error(make(), n, inputs) < 1e-7


def test_pool_of_three_passes_gradients_on_rightly() -> None:
    assert largest_error(MaxPool2D(3), 2, (7, 8, 2)) < 1e-7
    assert largest_error(AvgPool2D(3), 2, (7, 8, 2)) < 1e-7


NORM_SIZES = [(1, (3,)), (2, (1,)), (7, (5,)), (1, (3, 4, 2)), (4, (2, 3, 3)), (1, (1, 1, 2))]


@pytest.mark.parametrize(("n", "inputs"), NORM_SIZES)
@pytest.mark.parametrize(
    "make", [BatchNorm, lambda: BatchNorm(epsilon=0.5), Dropout, lambda: Dropout(0.2)]
)
def test_layers_that_learn_and_answer_differently_have_right_gradients(
    make: Callable[[], Layer], n: int, inputs: tuple[int, ...]
) -> None:
    assert largest_error(make(), n, inputs) < 1e-7


class ForgetsMean(BatchNorm):
    """As if the mini-batch's mean and variance were constants."""

    def backward(self, da: np.ndarray, need_dx: bool = True) -> np.ndarray | None:
        super().backward(da, need_dx)
        return da * self.params["scale"] / self.root


class KeepsMean(BatchNorm):
    """As if its variance were one."""

    def backward(self, da: np.ndarray, need_dx: bool = True) -> np.ndarray | None:
        super().backward(da, need_dx)
        return (da - da.mean(axis=0)) * self.params["scale"] / self.root


class ForgetsScale(BatchNorm):
    def backward(self, da: np.ndarray, need_dx: bool = True) -> np.ndarray | None:
        dx = super().backward(da, need_dx)
        return None if dx is None else dx / self.params["scale"]


class ForgetsMask(Dropout):
    def backward(self, da: np.ndarray, need_dx: bool = True) -> np.ndarray | None:
        return da / (1.0 - self.config["rate"])


@pytest.mark.parametrize("fault", [ForgetsMean, KeepsMean, ForgetsScale, ForgetsMask])
def test_planted_fault_in_such_a_layer_is_caught(fault: type[Layer]) -> None:
    assert largest_error(fault(), 5, (3,)) > 1e-3


class WrongSign(Tanh):
    def backward(self, a: np.ndarray, da: np.ndarray, out: np.ndarray) -> np.ndarray:
        return np.negative(super().backward(a, da, out), out=out)


class MissingFactor(Sigmoid):
    def backward(self, a: np.ndarray, da: np.ndarray, out: np.ndarray) -> np.ndarray:
        return np.multiply(da, a, out=out)  # a where it should be a (1 - a)


class OnlyDiagonal(Softmax):
    def backward(self, a: np.ndarray, da: np.ndarray, out: np.ndarray) -> np.ndarray:
        return np.multiply(da, a * (1.0 - a), out=out)


class HalfPercentOff(Tanh):
    def backward(self, a: np.ndarray, da: np.ndarray, out: np.ndarray) -> np.ndarray:
        return np.multiply(super().backward(a, da, out), 1.005, out=out)


@pytest.mark.parametrize("fault", [WrongSign, MissingFactor, OnlyDiagonal, HalfPercentOff])
def test_planted_fault_in_activation_is_caught(fault: type[Activation]) -> None:
    assert largest_error(Dense(4, fault()), 5, (3,)) > 1e-3


class AddsUp(Dense):
    """Adds to the gradient that it should replace."""

    def linear_backward(self, dz: np.ndarray, need_dx: bool) -> np.ndarray | None:
        before = self.grads["bias"].copy()
        dx = super().linear_backward(dz, need_dx)
        self.grads["bias"] += before + 0.1
        return dx


def test_planted_fault_in_layer_is_caught() -> None:
    assert largest_error(AddsUp(4), 5, (3,)) > 1e-3
