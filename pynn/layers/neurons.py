"""Layers of neurons: weighted sums of the inputs, and an activation.

They are two maps in a row. The first has the parameters and makes z from x; the
second makes the output a = f(z):

    forward:   x --linear--> z --activation--> a
    backward:  dx <--linear_backward-- dz <--activation-- da

The cut in the middle is there for the last layer: a loss starts at its z.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from pynn.activations import Linear, get_activation
from pynn.arithmetic import Fast
from pynn.fixed import Fixed
from pynn.layers.layer import Layer
from pynn.limits import check_at_least_0
from pynn.matmul import Array, by_kernel


class Neurons(Layer):
    """What `Dense` and `Conv2D` have in common; a network ends in a layer like these.

    config may have an `activation` (a name or an Activation; none is linear) and the
    penalties `l1` and `l2` on the parameter "weights", which may be set between two mini-batches.
    """

    may_change = frozenset({"l1", "l2"})

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__(config)
        self._penalties = float(config.get("l1", 0.0)), float(config.get("l2", 0.0))

    @property
    def l1(self) -> float:
        return self._penalties[0]

    @l1.setter
    def l1(self, value: float) -> None:
        self.penalize(value, self.l2)

    @property
    def l2(self) -> float:
        return self._penalties[1]

    @l2.setter
    def l2(self, value: float) -> None:
        self.penalize(self.l1, value)

    def penalize(self, l1: float, l2: float) -> None:
        """Both penalties from now on. Raises ValueError."""
        who = type(self).__name__
        self._penalties = check_at_least_0(who, "l1", l1), check_at_least_0(who, "l2", l2)
        said = {name: getattr(self, name) for name in self.may_change if name in self.config}
        self.config = Fixed(who, self.config | said)

    def use(self, arithmetic: Fast) -> None:
        super().use(arithmetic)
        activation = get_activation(self.config.get("activation", Linear()))
        self.activation = arithmetic.activation(activation)

    def linear(self, x: Array) -> Array:
        """z from x; keeps what `linear_backward` needs."""
        raise NotImplementedError

    def linear_backward(self, dz: Array, need_dx: bool) -> Array | None:
        """Replaces `grads` and returns dx, or None where it is not needed."""
        raise NotImplementedError

    def forward(self, x: Array) -> Array:
        z = self.linear(x)
        if self.activation.needs_z:
            self.output = self.activation.forward(z, out=self.buffers.get("a", z.shape))
            self._tells_slope = z
        else:
            self.output = self._tells_slope = self.activation.forward(z, out=z)
        return self.output

    def backward(self, da: Array, need_dx: bool = True) -> Array | None:
        return self.linear_backward(self.activation_backward(da), need_dx)

    def activation_backward(self, da: Array) -> Array:
        """dz, in the place of da."""
        return self.activation.backward(self._tells_slope, da, out=da)

    def penalty(self) -> float:
        """l1 sum |w| + l2/2 sum w^2 over the weights."""
        weights = self.params.get("weights")
        if weights is None:
            return 0.0
        return self.arithmetic.penalty(weights, *self._penalties)

    @property
    def penalized(self) -> bool:
        return any(self._penalties)

    def _said(self, word: str) -> str:
        return self.activation.name if word == "activation" else super()._said(word)

    def add_penalty_gradient(self) -> None:
        """Into `grads`, what the penalties change in them."""
        l1, l2 = self._penalties
        weights, gradient = self.params["weights"], self.grads["weights"]
        if l2 and not by_kernel("add_scaled", gradient, weights, l2):
            gradient += np.multiply(weights, l2, out=self.buffers.get("penalty", weights.shape))
        if l1:
            sign = np.sign(weights, out=self.buffers.get("penalty", weights.shape))
            sign *= l1
            gradient += sign
