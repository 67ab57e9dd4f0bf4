"""A network whose last layer follows one loss, and all layers before it another."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pynn.layers import Layer, Shape
from pynn.losses import Loss, get_loss, weighed
from pynn.matmul import Array
from pynn.network import Network


class SplitNetwork(Network):
    """The last layer follows the loss that it is trained with, all others the loss `hidden`.

    What flows back through the last layer begins at dL/dz of `hidden`; that layer's own
    gradients, and the loss that is told, are those of the training. Together they are the
    gradient of no function, so this is a way to train, not a thing to measure.
    """

    def __init__(
        self, layers: Sequence[Layer], inputs: int | Shape, *, hidden: str | Loss, **words: Any
    ) -> None:
        """`words` are a Network's own. Raises ValueError where `hidden` does not suit them."""
        known = get_loss(hidden)
        super().__init__(layers, inputs, **words)
        self.hidden = self.arithmetic.loss(known)
        self.hidden.check_output(self.last.activation)

    def backpropagate(
        self,
        x: Array,
        targets: Array,
        loss: Loss,
        noise: np.random.Generator | None = None,
        weights: Array | None = None,
    ) -> float:
        hidden, last = self.layers[:-1], self.last
        if not hidden:
            return super().backpropagate(x, targets, loss, noise, weights)
        z = self.pre_activation_training(x, noise)
        dz = last.buffers.get("dz", z.shape)
        self.hidden.value(z, targets, last.activation, gradient=dz, **weighed(weights))
        gradient = last.linear_backward(dz, need_dx=True)
        for layer in reversed(hidden):
            assert gradient is not None
            gradient = layer.backward(gradient, need_dx=layer is not hidden[0])
        # The last layer's own gradients replace those with which the others began.
        value = loss.value(z, targets, last.activation, gradient=dz, **weighed(weights))
        last.linear_backward(dz, need_dx=False)
        return value
