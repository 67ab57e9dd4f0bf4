"""Optimizers: how a gradient g moves a parameter w at learning rate r.

    SGD       w -= r g
    momentum  v = m v - r g;             w += v
    Nesterov  v = m v - r g;             w += m v - r g          (Sutskever et al. 2013)
    RMSprop   s = p s + (1-p) g^2;       w -= r g / (sqrt(s) + e)   (Hinton, lecture 6e)
    Adam      m = b1 m + (1-b1) g;       v = b2 v + (1-b2) g^2
              w -= r (m / (1-b1^t)) / (sqrt(v / (1-b2^t)) + e)   (Kingma, Ba 2015, algorithm 1)
    AdamW     w -= r d w, then as Adam                           (Loshchilov, Hutter 2019)

All work in place, with two working arrays as large as the largest parameter.
An optimizer belongs to one network: it keeps v, s and m by parameter name.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np

from pynn.buffers import Buffers
from pynn.matmul import Array, by_kernel
from pynn.schedules import Schedule, as_schedule


class Optimizer:
    """The contract: `slots` names what is kept per parameter, `_move` changes one."""

    slots: tuple[str, ...] = ()

    def __init__(self, learning_rate: float | Schedule) -> None:
        self.schedule = as_schedule(learning_rate)
        self.updates = 0
        self._kept: dict[str, dict[str, Array]] = {}
        self._buffers: dict[np.dtype, Buffers] = {}

    def update(self, parameters: Mapping[str, Array], gradients: Mapping[str, Array]) -> None:
        """One update of every parameter, in place, from the gradient of its name."""
        rate = self.schedule(self.updates)
        self.updates += 1
        for name, w in parameters.items():
            kept = self._kept.get(name)
            if kept is None:
                kept = self._kept[name] = {slot: np.zeros_like(w) for slot in self.slots}
            self._move(w, gradients[name], rate, kept)

    def _move(self, w: Array, g: Array, rate: float, kept: dict[str, Array]) -> None:
        raise NotImplementedError

    def _work(self, name: str, like: Array) -> Array:
        """A working array of `like`'s shape, shared by all parameters."""
        buffers = self._buffers.get(like.dtype)
        if buffers is None:
            buffers = self._buffers[like.dtype] = Buffers(like.dtype)
        return buffers.get(name, like.shape)


class SGD(Optimizer):
    def __init__(
        self, learning_rate: float | Schedule = 0.01, momentum: float = 0.0, nesterov: bool = False
    ) -> None:
        super().__init__(learning_rate)
        self.momentum = check_share("SGD", "momentum", momentum)
        if nesterov and not momentum:
            raise ValueError("SGD: expected momentum above 0 with nesterov, got 0")
        self.nesterov = nesterov
        self.slots = ("velocity",) if momentum else ()

    def _move(self, w: Array, g: Array, rate: float, kept: dict[str, Array]) -> None:
        velocity = kept.get("velocity")
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
    slots = ("square",)

    def __init__(
        self, learning_rate: float | Schedule = 0.001, rho: float = 0.9, epsilon: float = 1e-7
    ) -> None:
        super().__init__(learning_rate)
        self.rho = check_share("RMSprop", "rho", rho)
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
    slots = ("mean", "square")
    weight_decay = 0.0

    def __init__(
        self,
        learning_rate: float | Schedule = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
    ) -> None:
        super().__init__(learning_rate)
        self.beta_1 = check_share("Adam", "beta_1", beta_1)
        self.beta_2 = check_share("Adam", "beta_2", beta_2)
        self.epsilon = epsilon

    def _move(self, w: Array, g: Array, rate: float, kept: dict[str, Array]) -> None:
        mean, square = kept["mean"], kept["square"]
        betas = self.beta_1, self.beta_2
        shrink = 1.0 - rate * self.weight_decay
        # Both means start at 0; dividing by 1 - b^t takes that bias out.
        rate /= 1.0 - self.beta_1**self.updates
        root = 1.0 / math.sqrt(1.0 - self.beta_2**self.updates)
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
    """Adam with the weights shrunk apart from the gradient; all parameters alike."""

    def __init__(
        self,
        learning_rate: float | Schedule = 0.001,
        weight_decay: float = 0.01,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
    ) -> None:
        super().__init__(learning_rate, beta_1, beta_2, epsilon)
        if not weight_decay >= 0.0:
            raise ValueError(f"AdamW: expected weight_decay >= 0, got {weight_decay!r}")
        self.weight_decay = weight_decay


def running_mean(mean: Array, new: Array, keep: float) -> None:
    """mean = keep mean + (1 - keep) new, in place; `new` is used up."""
    mean *= keep
    new *= 1.0 - keep
    mean += new


def check_share(who: str, name: str, value: float) -> float:
    """`value` itself; ValueError unless 0 <= value < 1."""
    if not 0.0 <= value < 1.0:
        raise ValueError(f"{who}: expected 0 <= {name} < 1, got {value!r}")
    return value


# The names that settings and the command line use.
OPTIMIZERS: dict[str, Callable[[float | Schedule], Optimizer]] = {
    "sgd": lambda rate: SGD(rate),
    "momentum": lambda rate: SGD(rate, momentum=0.9),
    "nesterov": lambda rate: SGD(rate, momentum=0.9, nesterov=True),
    "rmsprop": lambda rate: RMSprop(rate),
    "adam": lambda rate: Adam(rate),
    "adamw": lambda rate: AdamW(rate),
}
