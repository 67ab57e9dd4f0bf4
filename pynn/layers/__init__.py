"""Layers: the contract in `layer`, then a file for each kind."""

from pynn.layers.convolution import Conv2D
from pynn.layers.dense import Dense
from pynn.layers.layer import Layer, Shape
from pynn.layers.pooling import Flatten, MaxPool2D

__all__ = ["Conv2D", "Dense", "Flatten", "Layer", "MaxPool2D", "Shape"]
