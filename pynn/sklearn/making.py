"""What an estimator's words mean: its network, its optimizer, how many rows go together."""

import copy
import math
from itertools import pairwise
from typing import Any

import numpy as np
from sklearn.utils import check_random_state

from pynn.activations import Activation
from pynn.initializers import Uniform
from pynn.layers import Dense, Layer, row
from pynn.limits import MOST, check_at_least_0, check_float, check_whole, is_int, shown
from pynn.network import Network
from pynn.optimizer import Optimizer
from pynn.optimizers import OPTIMIZERS

# What scikit-learn calls them.
THEIR_NAMES = {"identity": "linear", "logistic": "sigmoid"}
USUAL = [100], "relu"
AUTO = 200


def make_network(who: str, words: Any, features: int, last: Dense, seed: int) -> Network:
    """A new network for rows of so many features, its hidden layers before `last`."""
    shape = features if words.input_shape is None else words.input_shape
    if words.layers is None:
        hidden = _dense_layers(_sizes(who, words), words.activation, features)
    else:
        hidden = _own_layers(who, words, shape, last.config["units"])
    network = Network([*hidden, last], shape, seed=seed, dtype=check_float(who, words.dtype))
    if math.prod(network.input_shape) != features:
        raise ValueError(
            f"{who}: expected an input_shape for {features} features, got {network.input_shape}"
        )
    return network


def _dense_layers(sizes: list[int], activation: Any, features: int) -> list[Layer]:
    """Weights and biases begin as MLPClassifier's do.

    He's weights, pynn's own before rectifiers, are large where there are few features: few
    updates at a small rate then change little. And without biases all rectifiers bend where
    the features have their mean.
    """
    if isinstance(activation, str):
        activation = THEIR_NAMES.get(activation, activation)
    layers: list[Layer] = []
    for inputs, size in pairwise([features, *sizes]):
        limit = math.sqrt(6.0 / (inputs + size))
        start = Uniform(-limit, limit)
        own = copy.deepcopy(activation) if isinstance(activation, Activation) else activation
        layers.append(Dense(size, own, weights=start, bias_start=start))
    return layers


def _own_layers(who: str, words: Any, inputs: object, outputs: int) -> list[Layer]:
    activation, given = words.activation, words.layers
    if isinstance(activation, Activation) or (_sizes(who, words), activation) != USUAL:
        raise ValueError(f"{who}: expected layers, or hidden_layer_sizes and activation, got both")
    makes = callable(given) and not isinstance(given, type)
    made = given(inputs, outputs) if makes else given
    if not isinstance(made, (list, tuple)):
        raise ValueError(f"{who}: expected layers as a list of layers, got {shown(made)}")
    # A network takes layers for its own, and words are never changed by a fit.
    return copy.deepcopy(list(made))


def _sizes(who: str, words: Any) -> list[int]:
    given = words.hidden_layer_sizes
    listed = isinstance(given, (list, tuple)) or (isinstance(given, np.ndarray) and given.ndim == 1)
    sizes = given if listed else [given]
    return [check_whole(who, "hidden_layer_sizes", size, most=MOST) for size in sizes]


def make_optimizer(who: str, words: Any) -> Optimizer:
    """A new optimizer at the rate `learning_rate_init`."""
    given = words.optimizer
    make = OPTIMIZERS.get(given) if isinstance(given, str) else given
    if not callable(make):
        names = ", ".join(OPTIMIZERS)
        raise ValueError(
            f"{who}: expected optimizer as one of {names}, or what makes one for a rate, "
            f"got {shown(given)}"
        )
    made: Optimizer = make(words.learning_rate_init)
    return made


def rows_together(who: str, words: Any, rows: int) -> int:
    """How many examples a mini-batch has."""
    if isinstance(words.batch_size, str) and words.batch_size == "auto":
        return min(AUTO, rows)
    if not is_int(words.batch_size):
        raise ValueError(
            f"{who}: expected batch_size as a whole number >= 1 or 'auto', "
            f"got {shown(words.batch_size)}"
        )
    return min(check_whole(who, "batch_size", words.batch_size), rows)


def seed_of(who: str, words: Any) -> int:
    """Drawn from `random_state`, as scikit-learn has it."""
    try:
        source = check_random_state(words.random_state)
    except Exception:  # whatever NumPy says of it
        raise ValueError(
            f"{who}: expected random_state as None, a whole number from 0 to 2**32 - 1 "
            f"or a RandomState, got {shown(words.random_state)}"
        ) from None
    return int(source.randint(np.iinfo(np.int32).max))


def penalize(who: str, words: Any, network: Network, own: list[float], rows: int) -> None:
    """Each layer's l2: its own, and alpha for mini-batches of so many rows."""
    pull = check_at_least_0(who, "alpha", words.alpha) / rows
    for layer, l2 in zip(network.neurons, own, strict=True):
        layer.penalize(layer.l1, l2 + pull)


def rejoin(network: Network, optimizer: Optimizer) -> None:
    """Makes one array again of those that several names stand for.

    pickle keeps them one, but joblib gives every name an array of its own: what the optimizer
    does to the network's parameters would not be done to its layers'.
    """
    for name, twin in (("parameters", "params"), ("gradients", "grads"), ("statistics",) * 2):
        for key, array in row.named(network.layers, twin).items():
            dict.__setitem__(getattr(network, name), key, array)
    optimizer.restoring(optimizer.state(), network.parameters)()
