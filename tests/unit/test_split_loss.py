"""`SplitLoss`: the last layer's gradients of one loss, all others of another."""

import numpy as np
import pytest

from pynn import BinaryCrossEntropy, Conv2D, Dense, Flatten, Network, SplitLoss, SquaredError
from pynn.activations import Sigmoid
from pynn.layers import Layer
from pynn.losses import CrossEntropy, Loss
from pynn.targets import as_targets

RNG = np.random.default_rng(12)
X, T = RNG.standard_normal((7, 12)), RNG.random((7, 3))


def gradients(layers: list[Layer], loss: Loss, inputs: tuple[int, ...] = (12,)) -> tuple:
    network = Network(layers, inputs, seed=1, dtype="float64")
    value = network.backpropagate(network.as_input(X), T, loss)
    return value, {name: array.copy() for name, array in network.gradients.items()}


def dense() -> list[Layer]:
    return [Dense(5, "tanh"), Dense(4, "relu"), Dense(3, "sigmoid", l2=0.1)]


def images() -> list[Layer]:
    return [Conv2D(2, 2), Flatten(), Dense(3, "sigmoid", bias=False)]


@pytest.mark.parametrize("reduction", ["sum", "mean"])
@pytest.mark.parametrize(("make", "inputs"), [(dense, (12,)), (images, (3, 4, 1))])
def test_last_layer_follows_one_loss_and_the_others_the_other(make, inputs, reduction) -> None:  # type: ignore[no-untyped-def]
    squared, entropy = SquaredError(reduction), BinaryCrossEntropy(reduction)
    value, split = gradients(make(), SplitLoss(last=squared, hidden=entropy), inputs)
    wanted, of_last = gradients(make(), squared, inputs)
    _, of_hidden = gradients(make(), entropy, inputs)
    assert value == wanted
    last = max(name.partition(".")[0] for name in split if name.startswith("dense"))
    for name, array in split.items():
        own = of_last if name.startswith(last) else of_hidden
        np.testing.assert_allclose(array, own[name], rtol=1e-13, atol=1e-15)
        assert not np.allclose(of_last[name], of_hidden[name])


def test_network_of_one_layer_follows_the_last_loss() -> None:
    squared = SquaredError("sum")
    split = SplitLoss(last=squared, hidden=BinaryCrossEntropy("sum"))
    _, one = gradients([Dense(3, "sigmoid")], split)
    _, other = gradients([Dense(3, "sigmoid")], squared)
    for name, array in one.items():
        np.testing.assert_array_equal(array, other[name])


@pytest.mark.parametrize("reduction", ["sum", "mean"])
@pytest.mark.parametrize(
    ("kind", "activation"), [(SquaredError, "tanh"), (BinaryCrossEntropy, "sigmoid")]
)
def test_slope_alone_is_the_gradient_beside_the_value(kind, activation, reduction) -> None:  # type: ignore[no-untyped-def]
    loss, layer = kind(reduction), Dense(3, activation)
    z = RNG.standard_normal((7, 3))
    one, other = np.empty_like(z), np.empty_like(z)
    loss.value(z, T, layer.activation, gradient=one)
    loss.slope(z, T, layer.activation, out=other)
    np.testing.assert_allclose(one, other, rtol=1e-14)


def test_both_losses_look_at_the_last_layer_and_at_the_targets() -> None:
    split = SplitLoss(last=SquaredError(), hidden=BinaryCrossEntropy())
    with pytest.raises(ValueError, match=r"^binary_cross_entropy: expected a last layer with"):
        split.check_output(Dense(3, "tanh").activation)
    split.check_output(Sigmoid())
    with pytest.raises(ValueError, match=r"^binary_cross_entropy: expected targets between 0 and"):
        as_targets(T + 1.0, 3, split, "float64")
    with pytest.raises(ValueError, match=r"^cross_entropy: expected a last layer with"):
        SplitLoss(last=CrossEntropy(), hidden=SquaredError()).check_output(Sigmoid())
