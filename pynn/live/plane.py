"""The plane as a network sees it: its answers everywhere in a square, and those of its neurons."""

import math

import numpy as np

from pynn.frame import to_scale
from pynn.matmul import Array
from pynn.network import Network

MAP_SIDE = 60
# Every third point of the map is enough for the small picture of a neuron.
NEURON_STEP = 3
NEURON_SIDE = MAP_SIDE // NEURON_STEP


def pictures(network: Network, points: Array, classes: int) -> dict[str, Array]:
    """What the network and each of its neurons answer at the points of a `grid`, and its weights.

    points   (MAP_SIDE^2, inputs) what the network is told of them
    classes  0 for a surface
    map      (MAP_SIDE, MAP_SIDE) in -1 to 1 for two classes and for a surface, which is cut off
             there; else (classes, MAP_SIDE, MAP_SIDE)
    neurons  (hidden units, NEURON_SIDE, NEURON_SIDE) in -1 to 1
    weights/I and biases/I  of each layer, from 0
    """
    shown = {"map": answers(network, points, classes)}
    with np.errstate(invalid="ignore"):
        neurons = [_small_pictures(layer.output) for layer in network.neurons[:-1]]
    empty = np.zeros((0, NEURON_SIDE, NEURON_SIDE))
    shown["neurons"] = np.concatenate([empty, *neurons])
    for place, layer in enumerate(network.neurons):
        shown[f"weights/{place}"] = layer.params["weights"]
        shown[f"biases/{place}"] = layer.params["bias"]
    return shown


def answers(network: Network, points: Array, classes: int) -> Array:
    """The `map` of `pictures`."""
    with np.errstate(over="ignore", invalid="ignore"):
        outputs: Array = np.nan_to_num(network.forward(network.as_input(points)))
    side = math.isqrt(len(points))
    if classes == 0:
        return np.clip(outputs, -1.0, 1.0).reshape(side, side)
    if classes == 2:
        return (2.0 * outputs - 1.0).reshape(side, side)
    return outputs.T.reshape(classes, side, side)


def gradients(network: Network) -> dict[str, Array]:
    """By which the last mini-batch has moved the weights and biases of each layer, from 0."""
    shown: dict[str, Array] = {}
    for place, layer in enumerate(network.neurons):
        shown[f"gradients/{place}"] = np.nan_to_num(layer.grads["weights"])
        shown[f"bias_gradients/{place}"] = np.nan_to_num(layer.grads["bias"])
    return shown


def feature_pictures(points: Array) -> Array:
    """(inputs, NEURON_SIDE, NEURON_SIDE) in -1 to 1, what is told of the points of a `grid`."""
    return _small_pictures(points)


def way(network: Network, point: Array) -> dict[str, Array]:
    """One point on its way through the network.

    point           (1, inputs) what the network is told of it
    touch/values/I  (units,) what each unit says: from 0, the inputs, to the answer
    touch/shares/I  (fan in, fan out) what each connection carries: value times weight
    touch/sums/I    (units,) what comes together in each unit: the shares and its bias
    """
    with np.errstate(over="ignore", invalid="ignore"):
        row = network.as_input(point)
        network.forward(row)
        values, shown = row[0], {"touch/values/0": row[0]}
        for place, layer in enumerate(network.neurons):
            shares = values[:, np.newaxis] * layer.params["weights"]
            values = layer.output[0]
            shown[f"touch/shares/{place}"] = shares
            shown[f"touch/sums/{place}"] = shares.sum(axis=0) + layer.params["bias"]
            shown[f"touch/values/{place + 1}"] = values
    return {name: np.nan_to_num(array) for name, array in shown.items()}


def grid(low: float, high: float, side: int = MAP_SIDE) -> Array:
    """Points (side^2, 2) in the middle of each pixel, the top row first."""
    along = low + (np.arange(side) + 0.5) * (high - low) / side
    x, y = np.meshgrid(along, along[::-1])
    return np.column_stack([x.ravel(), y.ravel()]).astype(np.float32)


def _small_pictures(outputs: Array) -> Array:
    """(units, NEURON_SIDE, NEURON_SIDE) in -1 to 1 from outputs (MAP_SIDE^2, units)."""
    pictures = outputs.T.reshape(-1, MAP_SIDE, MAP_SIDE)[:, 1::NEURON_STEP, 1::NEURON_STEP]
    return to_scale(np.nan_to_num(pictures), axis=(1, 2))
