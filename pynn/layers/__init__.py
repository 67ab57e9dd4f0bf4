"""Layers: the contract in `layer`, that of neurons in `neurons`, then a file for each kind."""

from pynn.layers.convolution import Conv2D
from pynn.layers.dense import Dense
from pynn.layers.dropout import Dropout
from pynn.layers.layer import Layer, Shape, layer_names
from pynn.layers.neurons import Neurons
from pynn.layers.normalization import BatchNorm
from pynn.layers.pooling import AvgPool2D, Flatten, MaxPool2D

# By name, for model files; `pynn.register` enters one's own.
LAYERS: dict[str, type[Layer]] = {
    kind.__name__.lower(): kind
    for kind in (Dense, Conv2D, MaxPool2D, AvgPool2D, Flatten, Dropout, BatchNorm)
}

__all__ = [
    "LAYERS",
    "AvgPool2D",
    "BatchNorm",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "Layer",
    "MaxPool2D",
    "Neurons",
    "Shape",
    "layer_names",
]
