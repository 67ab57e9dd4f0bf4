"""Optimizers: how a gradient g moves a parameter w at learning rate r.

    SGD       w -= r g
    momentum  v = m v - r g;             w += v
    Nesterov  v = m v - r g;             w += m v - r g          (Sutskever et al. 2013)
    RMSprop   s = p s + (1-p) g^2;       w -= r g / (sqrt(s) + e)   (Hinton, lecture 6e)
    Adam      m = b1 m + (1-b1) g;       v = b2 v + (1-b2) g^2
              w -= r (m / (1-b1^t)) / (sqrt(v / (1-b2^t)) + e)   (Kingma, Ba 2015, algorithm 1)
    AdamW     w -= r d w, then as Adam                           (Loshchilov, Hutter 2019)

All work in place, with two working arrays as large as the largest parameter.
"""

import math
import weakref
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from pynn.buffers import Buffers
from pynn.limits import Checks, check_above_0, check_at_least_0, check_flag, check_share
from pynn.matmul import Array, by_kernel
from pynn.schedules import Constant, Schedule, as_schedule


class Optimizer:
    """The contract: `slots` names what is kept per parameter, `_move` changes one.

    An optimizer belongs to the network that it updates first: it keeps v, s and m
    by parameter name, and refuses any other network. Copied or pickled together
    with its network it goes on with the copy; copied alone once it has been used,
    it has no network and is of no use.

    The words of the constructor are attributes that may be set between updates,
    and are checked then as there.
    """

    slots: tuple[str, ...] = ()
    checks: ClassVar[Checks] = {}

    def __init__(self, learning_rate: float | Schedule) -> None:
        self.learning_rate = learning_rate
        self.updates = 0
        self._kept: dict[str, dict[str, Array]] = {}
        self._buffers: dict[np.dtype, Buffers] = {}
        self._owner: Callable[[], Array | None] | None = None

    @property
    def learning_rate(self) -> float | Schedule:
        """A number, or the schedule that gives one for each update."""
        schedule = self._schedule
        return schedule.rate if isinstance(schedule, Constant) else schedule

    @learning_rate.setter
    def learning_rate(self, rate: float | Schedule) -> None:
        self._schedule = as_schedule(rate)

    def __setattr__(self, name: str, value: object) -> None:
        if name in self.checks:
            self.checks[name](type(self).__name__, name, value)
        object.__setattr__(self, name, value)

    def rate(self) -> float:
        """The learning rate of the next update. Raises ValueError for a senseless one."""
        if type(self._schedule) is Constant:
            return self._schedule.rate
        given = self._schedule(self.updates)
        try:
            rate = float(given)
        except (TypeError, ValueError):
            rate = math.nan
        if not 0.0 <= rate < math.inf:
            raise ValueError(
                f"learning_rate: expected a finite number >= 0 from {_named(self._schedule)} "
                f"after {self.updates} updates, got {given!r}"
            )
        return rate

    def check_owner(self, parameters: dict[str, Array]) -> None:
        """ValueError unless these are the parameters updated before, if any were."""
        if self._owner is not None and parameters and self._owner() is not _mark(parameters):
            raise ValueError(
                f"{type(self).__name__}: expected the network that it has trained before, "
                f"got another; make a new optimizer for each network"
            )

    def update(self, parameters: dict[str, Array], gradients: dict[str, Array]) -> None:
        """One update of every parameter, in place, from the gradient of its name."""
        self.check_owner(parameters)
        rate = self.rate()
        if self._owner is None and parameters:
            self._owner = weakref.ref(_mark(parameters))
        # Past the checks, which are for what a person sets.
        object.__setattr__(self, "updates", self.updates + 1)
        for name, w in parameters.items():
            kept = self._kept.get(name)
            if kept is None:
                kept = self._kept[name] = {slot: np.zeros_like(w) for slot in self.slots}
            self._move(w, gradients[name], rate, kept)

    def __getstate__(self) -> dict[str, Any]:
        # The array itself: a deep copy, or a pickle, of both finds the copied one by it.
        return self.__dict__ | {"_owner": self._owner and self._owner()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        owner = state["_owner"]
        if owner is None and state["updates"]:
            owner = np.empty(0)  # of a network that is gone, and so is this at once
        known = None if owner is None else weakref.ref(owner)
        self.__dict__.update(state | {"_owner": known})

    def _move(self, w: Array, g: Array, rate: float, kept: dict[str, Array]) -> None:
        raise NotImplementedError

    def _work(self, name: str, like: Array) -> Array:
        """A working array of `like`'s shape, shared by all parameters."""
        buffers = self._buffers.get(like.dtype)
        if buffers is None:
            buffers = self._buffers[like.dtype] = Buffers(like.dtype)
        return buffers.get(name, like.shape)


class SGD(Optimizer):
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

    def __setattr__(self, name: str, value: object) -> None:
        without = (name == "momentum" and self.nesterov and value == 0) or (
            name == "nesterov" and value and not self.momentum
        )
        if without:
            raise ValueError("SGD: expected momentum above 0 with nesterov, got 0")
        super().__setattr__(name, value)

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


def _mark(parameters: dict[str, Array]) -> Array:
    """What tells one network from another: the last of its parameter arrays."""
    return next(reversed(parameters.values()))


def _named(schedule: Schedule) -> str:
    return getattr(schedule, "__name__", None) or repr(schedule)


# The names that settings and the command line use.
OPTIMIZERS: dict[str, Callable[[float | Schedule], Optimizer]] = {
    "sgd": lambda rate: SGD(rate),
    "momentum": lambda rate: SGD(rate, momentum=0.9),
    "nesterov": lambda rate: SGD(rate, momentum=0.9, nesterov=True),
    "rmsprop": lambda rate: RMSprop(rate),
    "adam": lambda rate: Adam(rate),
    "adamw": lambda rate: AdamW(rate),
}
