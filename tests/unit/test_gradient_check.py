"""`check_gradients`: right for every layer, activation and loss, and it finds planted faults."""

import numpy as np
import pytest

from pynn import (
    BatchNorm,
    BinaryCrossEntropy,
    Conv2D,
    CrossEntropy,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool2D,
    Network,
    SquaredError,
    check_gradients,
)
from pynn.activations import ACTIVATIONS, Activation, Tanh
from pynn.losses import Loss

SIZES = [(1, 2, 2), (5, 4, 3), (9, 3, 7)]  # examples, inputs, outputs
LOSSES: list[tuple[type[Loss], str]] = [
    (SquaredError, "linear"),
    (SquaredError, "sigmoid"),
    (SquaredError, "tanh"),
    (SquaredError, "relu"),
    (SquaredError, "leaky_relu"),
    (SquaredError, "softmax"),
    (BinaryCrossEntropy, "sigmoid"),
    (CrossEntropy, "softmax"),
]


def error_of(layers: list[Layer], inputs: int | tuple[int, ...], loss: Loss, n: int = 4) -> float:
    network = Network(layers, inputs, seed=5, dtype="float64")
    rng = np.random.default_rng(8)
    for parameter in network.parameters.values():
        parameter += 0.1 * rng.standard_normal(parameter.shape)
    x = rng.standard_normal((n, *network.input_shape))
    y = rng.random((n, network.outputs)) + 0.05
    y /= y.sum(axis=1, keepdims=True)  # fits every loss
    return check_gradients(network, x, y, loss=loss)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize(("n", "inputs", "outputs"), SIZES)
@pytest.mark.parametrize(("loss", "last"), LOSSES)
def test_gradients_of_every_loss_are_right(
    loss: type[Loss], last: str, n: int, inputs: int, outputs: int, reduction: str
) -> None:
    layers = [Dense(4, "tanh"), Dense(outputs, last)]
    assert error_of(layers, inputs, loss(reduction), n) < 1e-7


@pytest.mark.parametrize("loss", LOSSES[-2:])
@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_gradients_below_every_hidden_activation_are_right(
    hidden: str, loss: tuple[type[Loss], str]
) -> None:
    layers = [Dense(5, hidden, l2=0.1), Dense(4, hidden, bias=False, l1=0.1), Dense(3, loss[1])]
    assert error_of(layers, 3, loss[0]()) < 1e-7


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize("shape", [(6, 6, 1), (7, 8, 2), (9, 6, 3)])
def test_gradients_of_a_convolutional_network_are_right(
    shape: tuple[int, ...], activation: str, padding: str
) -> None:
    layers = [
        Conv2D(3, 3, activation, padding=padding),
        MaxPool2D(2),
        Conv2D(2, 2, activation, padding=padding),
        Flatten(),
        Dense(3, "softmax"),
    ]
    assert error_of(layers, shape, CrossEntropy()) < 1e-7


@pytest.mark.parametrize("n", [1, 2, 9])
def test_gradients_through_dropout_and_batchnorm_are_right(n: int) -> None:
    dense = [Dense(7, "tanh"), BatchNorm(), Dropout(0.3), Dense(5, "sigmoid"), Dropout(), Dense(3)]
    assert error_of(dense, 4, SquaredError(), n) < 1e-7
    images = [BatchNorm(), Conv2D(3, 2, "tanh"), BatchNorm(), MaxPool2D(2), Dropout(0.2)]
    assert error_of([*images, Flatten(), Dense(3, "softmax")], (5, 5, 2), CrossEntropy(), n) < 1e-7


class NoMask(Dropout):
    def backward(self, da: np.ndarray, need_dx: bool = True) -> np.ndarray | None:
        return da


class NoVariance(BatchNorm):
    """As if the variance were a constant."""

    def backward(self, da: np.ndarray, need_dx: bool = True) -> np.ndarray | None:
        super().backward(da, need_dx)
        return (da - da.mean(axis=0)) * self.params["scale"] / self.root


@pytest.mark.parametrize("fault", [NoMask, NoVariance])
def test_planted_fault_in_a_layer_that_learns_is_found(fault: type[Layer]) -> None:
    layers = [Dense(6, "tanh"), fault(), Dense(3, "softmax")]
    assert error_of(layers, 4, CrossEntropy()) > 1e-3


def test_statistics_are_as_before_afterwards(rng: np.random.Generator) -> None:
    network = Network([Dense(3), BatchNorm(), Dense(2, "softmax")], inputs=4, dtype="float64")
    network.statistics["batchnorm_1.mean"] = [1.0, 2.0, 3.0]
    check_gradients(network, rng.standard_normal((5, 4)), [0, 1, 1, 0, 1], loss="cross_entropy")
    np.testing.assert_array_equal(network.statistics["batchnorm_1.mean"], [1.0, 2.0, 3.0])
    np.testing.assert_array_equal(network.statistics["batchnorm_1.variance"], np.ones(3))


class WrongSign(Tanh):
    def backward(self, a: np.ndarray, da: np.ndarray, out: np.ndarray) -> np.ndarray:
        return np.negative(super().backward(a, da, out), out=out)


class NoSlope(Tanh):
    def backward(self, a: np.ndarray, da: np.ndarray, out: np.ndarray) -> np.ndarray:
        np.copyto(out, da)
        return out


class ForgetsMean(CrossEntropy):
    def value(self, z, targets, activation, gradient=None):  # type: ignore[no-untyped-def]
        total = super().value(z, targets, activation, gradient)
        if gradient is not None:
            gradient *= len(z)
        return total


class WrongLossSign(CrossEntropy):
    def total(self, z, targets, activation, gradient):  # type: ignore[no-untyped-def]
        total = super().total(z, targets, activation, gradient)
        if gradient is not None:
            gradient *= -1
        return total


@pytest.mark.parametrize("fault", [WrongSign, NoSlope])
def test_planted_fault_in_activation_is_found(fault: type[Activation]) -> None:
    assert error_of([Dense(4, fault()), Dense(3, "softmax")], 3, CrossEntropy()) > 1e-3


@pytest.mark.parametrize("fault", [ForgetsMean, WrongLossSign])
def test_planted_fault_in_loss_is_found(fault: type[Loss]) -> None:
    assert error_of([Dense(4, "tanh"), Dense(3, "softmax")], 3, fault()) > 1e-3


def digits_like() -> Network:
    return Network([Dense(3, "tanh"), Dense(2, "softmax")], inputs=700, dtype="float64")


def test_large_arrays_are_sampled_by_seed(rng: np.random.Generator) -> None:
    x, y = rng.standard_normal((2, 700)), [0, 1]
    every = check_gradients(digits_like(), x, y, loss="cross_entropy", most=10_000)
    some = check_gradients(digits_like(), x, y, loss="cross_entropy", most=50, seed=1)
    again = check_gradients(digits_like(), x, y, loss="cross_entropy", most=50, seed=1)
    others = [
        check_gradients(digits_like(), x, y, loss="cross_entropy", most=50, seed=seed)
        for seed in range(2, 14)
    ]
    assert max(every, some, *others) < 1e-7
    assert some == again and {some} != set(others)


def test_parameters_are_as_before_afterwards(rng: np.random.Generator) -> None:
    network = digits_like()
    before = {name: array.copy() for name, array in network.parameters.items()}
    check_gradients(network, rng.standard_normal((2, 700)), [0, 1], loss="cross_entropy", most=50)
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(array, before[name])


def test_float32_network_is_refused() -> None:
    sentence = r'^check_gradients: expected a network of dtype="float64", got float32$'
    with pytest.raises(ValueError, match=sentence):
        check_gradients(Network([Dense(1)], inputs=2), [[1, 2]], [1.0], loss="squared_error")


def test_targets_of_another_length_are_refused(rng: np.random.Generator) -> None:
    with pytest.raises(ValueError, match=r"got 5 examples and 1 targets$"):
        check_gradients(digits_like(), rng.random((5, 700)), [1], loss="cross_entropy")
