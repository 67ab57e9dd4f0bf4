"""Optimizers: how a gradient g moves a parameter w at learning rate r.

    SGD       w -= r g
    momentum  v = m v - r g;             w += v
    Nesterov  v = m v - r g;             w += m v - r g          (Sutskever et al. 2013)
    RMSprop   s = p s + (1-p) g^2;       w -= r g / (sqrt(s) + e)   (Hinton, lecture 6e)
    Adam      m = b1 m + (1-b1) g;       v = b2 v + (1-b2) g^2
              w -= r (m / (1-b1^t)) / (sqrt(v / (1-b2^t)) + e)   (Kingma, Ba 2015, algorithm 1)
    AdamW     w -= r d w, then as Adam                           (Loshchilov, Hutter 2019)

Where Keras and PyTorch define them otherwise, the class says so.

All work in place, with two working arrays as large as the largest parameter (of a small
network, as all of them: they lie side by side and are moved in one go).
"""

import math
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

import numpy as np

from pynn.exact.functions import whole_power
from pynn.limits import Checks, check_above_0, check_at_least_0, check_flag, check_share, shown
from pynn.matmul import Array, by_kernel
from pynn.optimizer import Optimizer
from pynn.schedules import Schedule


class SGD(Optimizer):
    """Down the gradient; with momentum by a velocity, and with Nesterov's a step ahead of it.

    Keras's is the same. PyTorch has v = m v + g and w -= r v, so that a rate that changes
    multiplies all of v, and not only what is added to it from then on; one rate all along comes
    to the same. The usual rate there is 0.001.
    """

    elementwise = True
    checks: ClassVar[Checks] = {
        "momentum": check_share,
        "nesterov": check_flag,
    }
    momentum = 0.0
    nesterov = False

    def __init__(
        self, learning_rate: float | Schedule = 0.01, momentum: float = 0.0, nesterov: bool = False
    ) -> None:
        super().__init__(learning_rate)
        self.momentum = momentum
        self.nesterov = nesterov

    def checked(self, name: str, value: Any) -> Any:
        value = super().checked(name, value)
        without = (name == "momentum" and self.nesterov and value == 0) or (
            name == "nesterov" and value and not self.momentum
        )
        if without:
            raise ValueError("SGD: expected momentum above 0 with nesterov, got 0")
        return value

    def _slots(self, own: dict[str, Array]) -> tuple[str, ...]:
        return ("velocity",) if self.momentum or "velocity" in own else ()

    def _move(self, w: Array, g: Array, rate: float, kept: dict[str, Array]) -> None:
        velocity = kept.get("velocity")
        if velocity is None and self.momentum:
            velocity = kept["velocity"] = np.zeros_like(w)
        if velocity is None:
            done = by_kernel("add_scaled", w, g, -rate)
        else:
            done = by_kernel("momentum", w, g, velocity, rate, self.momentum, self.nesterov)
        if done:
            return
        step = np.multiply(g, -rate, out=self._work("step", w))
        if velocity is not None:
            velocity *= self.momentum
            velocity += step
            if self.nesterov:
                w += step
                np.multiply(velocity, self.momentum, out=step)
            else:
                step = velocity
        w += step


class RMSprop(Optimizer):
    """Each parameter by the size that its gradients have had of late.

    Keras's epsilon stands in the root, sqrt(s + e). PyTorch's stands beside it as here; its
    usual words are a rate of 0.01, rho (alpha) 0.99 and epsilon 1e-8.
    """

    elementwise = True
    slots = ("square",)
    checks: ClassVar[Checks] = {
        "rho": check_share,
        "epsilon": check_above_0,
    }

    def __init__(
        self, learning_rate: float | Schedule = 0.001, rho: float = 0.9, epsilon: float = 1e-7
    ) -> None:
        super().__init__(learning_rate)
        self.rho = rho
        self.epsilon = epsilon

    def _move(self, w: Array, g: Array, rate: float, kept: dict[str, Array]) -> None:
        square = kept["square"]
        if by_kernel("rmsprop", w, g, square, rate, self.rho, self.epsilon):
            return
        work = self._work("step", w)
        running_mean(square, np.multiply(g, g, out=work), self.rho)
        np.sqrt(square, out=work)
        work += self.epsilon
        np.divide(g, work, out=work)
        work *= -rate
        w += work


class Adam(Optimizer):
    """RMSprop with momentum, both means without the bias of their beginning at 0.

    Keras adds epsilon to sqrt(v) before that bias is taken out: its e is e / sqrt(1 - b2^t)
    here. PyTorch adds it where we do, 1e-8 by default.
    """

    elementwise = True
    slots = ("mean", "square")
    checks: ClassVar[Checks] = {
        "beta_1": check_share,
        "beta_2": check_share,
        "epsilon": check_above_0,
    }
    weight_decay = 0.0

    def __init__(
        self,
        learning_rate: float | Schedule = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
    ) -> None:
        super().__init__(learning_rate)
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon

    def _move(self, w: Array, g: Array, rate: float, kept: dict[str, Array]) -> None:
        mean, square = kept["mean"], kept["square"]
        betas = self.beta_1, self.beta_2
        shrink = 1.0 - rate * self.weight_decay
        # Both means start at 0; dividing by 1 - b^t takes that bias out.
        rate /= 1.0 - whole_power(self.beta_1, self.updates)
        root = 1.0 / math.sqrt(1.0 - whole_power(self.beta_2, self.updates))
        if by_kernel("adam", w, g, mean, square, rate, *betas, self.epsilon, root, shrink):
            return
        if self.weight_decay:
            w *= shrink
        work = self._work("step", w)
        np.copyto(work, g)
        running_mean(mean, work, self.beta_1)
        running_mean(square, np.multiply(g, g, out=work), self.beta_2)
        np.sqrt(square, out=work)
        work *= root
        work += self.epsilon
        np.divide(mean, work, out=work)
        work *= -rate
        w += work


class AdamW(Adam):
    """Adam with the weights shrunk apart from the gradient; all parameters alike.

    The decay is times the rate, a schedule's too, as in Keras, where it is 0.004 by default,
    and in PyTorch, where it is 0.01 too.
    """

    checks: ClassVar[Checks] = Adam.checks | {"weight_decay": check_at_least_0}

    def __init__(
        self,
        learning_rate: float | Schedule = 0.001,
        weight_decay: float = 0.01,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
    ) -> None:
        super().__init__(learning_rate, beta_1, beta_2, epsilon)
        self.weight_decay = weight_decay


def running_mean(mean: Array, new: Array, keep: float) -> None:
    """mean = keep mean + (1 - keep) new, in place; `new` is used up."""
    mean *= keep
    new *= 1.0 - keep
    mean += new


# By name, as settings, the command line and `fit(optimizer=...)` have them; each may be given a
# learning rate.
OPTIMIZERS: dict[str, Callable[..., Optimizer]] = {
    "sgd": SGD,
    "momentum": partial(SGD, momentum=0.9),
    "nesterov": partial(SGD, momentum=0.9, nesterov=True),
    "rmsprop": RMSprop,
    "adam": Adam,
    "adamw": AdamW,
}


def get_optimizer(who: str, optimizer: object) -> Optimizer:
    """A new optimizer by name, with its usual rate, or the one given. Raises ValueError."""
    if isinstance(optimizer, Optimizer):
        return optimizer
    if isinstance(optimizer, str) and optimizer in OPTIMIZERS:
        return OPTIMIZERS[optimizer]()
    raise ValueError(
        f"{who}: expected an optimizer, SGD(0.1) say, or one of {', '.join(OPTIMIZERS)}, "
        f"got {shown(optimizer)}"
    )
