"""`SplitNetwork`: the last layer's gradients of one loss, all others of another."""

import copy

import numpy as np
import pytest

from pynn import BinaryCrossEntropy, Conv2D, Dense, Flatten, Network, SquaredError, train
from pynn.layers import Layer
from pynn.losses import Loss
from pynn.optimizers import SGD
from pynn.recipes import skyone
from pynn.recipes.split import SplitNetwork

RNG = np.random.default_rng(12)
X, T = RNG.standard_normal((7, 12)), RNG.random((7, 3))


def gradients(network: Network, loss: Loss) -> tuple[float, dict[str, np.ndarray]]:
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
    words = {"seed": 1, "dtype": "float64"}
    value, split = gradients(SplitNetwork(make(), inputs, hidden=entropy, **words), squared)
    wanted, of_last = gradients(Network(make(), inputs, **words), squared)
    _, of_hidden = gradients(Network(make(), inputs, **words), entropy)
    assert value == wanted
    last = max(name.partition(".")[0] for name in split if name.startswith("dense"))
    for name, array in split.items():
        own = of_last if name.startswith(last) else of_hidden
        np.testing.assert_allclose(array, own[name], rtol=1e-13, atol=1e-15)
        assert not np.allclose(of_last[name], of_hidden[name])


def test_network_of_one_layer_follows_the_last_loss() -> None:
    squared, entropy = SquaredError("sum"), BinaryCrossEntropy("sum")
    _, one = gradients(SplitNetwork([Dense(3, "sigmoid")], 12, hidden=entropy, seed=1), squared)
    _, other = gradients(Network([Dense(3, "sigmoid")], 12, seed=1), squared)
    for name, array in one.items():
        np.testing.assert_array_equal(array, other[name])


def test_groups_of_mini_batches_and_copies_follow_both_losses() -> None:
    layers = [Dense(40, "tanh"), Dense(3, "sigmoid")]
    one = SplitNetwork(layers, 12, hidden="binary_cross_entropy", seed=3, dtype="float64")
    other = copy.deepcopy(one)
    words = {"loss": SquaredError("sum"), "batch_size": 1, "epochs": 1}
    train(one, X, T, optimizer=SGD(0.2), **words).advance(7)
    for _ in train(other, X, T, optimizer=SGD(0.2), **words):
        pass
    for name, array in one.parameters.items():
        np.testing.assert_allclose(array, other.parameters[name], rtol=1e-12)


def test_both_losses_look_at_the_last_layer_and_at_the_targets() -> None:
    with pytest.raises(ValueError, match=r"^binary_cross_entropy: expected a last layer with"):
        SplitNetwork([Dense(3, "tanh")], 12, hidden=BinaryCrossEntropy())
    with pytest.raises(ValueError, match=r"^loss: expected one of squared_error"):
        SplitNetwork([Dense(3, "tanh")], 12, hidden="square")
    with pytest.raises(ValueError, match=r"^binary_cross_entropy: expected targets between 0 and"):
        skyone.start(X=np.zeros((2, 784)), T=np.full((2, 10), 1.5))
