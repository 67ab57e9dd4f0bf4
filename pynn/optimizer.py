"""The contract of an optimizer: what it keeps, whose it is, and at which rate it moves."""

import math
import weakref
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from pynn.buffers import Buffers
from pynn.limits import Checks, as_float, check_whole, shown
from pynn.matmul import Array
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
        # The network, by its last array and that one's name.
        self._owner: Callable[[], Array | None] | None = None
        self._last = ""

    @property
    def learning_rate(self) -> float | Schedule:
        """A number, or the schedule that gives one for each update."""
        schedule = self._schedule
        return schedule.rate if isinstance(schedule, Constant) else schedule

    @learning_rate.setter
    def learning_rate(self, rate: float | Schedule) -> None:
        self._schedule = as_schedule(rate)

    def __setattr__(self, name: str, value: object) -> None:
        object.__setattr__(self, name, self.checked(name, value))

    def checked(self, name: str, value: Any) -> Any:
        """The value as the word `name` means it. Raises ValueError."""
        if name == "updates":
            return check_whole(type(self).__name__, name, value, least=0)
        check = self.checks.get(name)
        return value if check is None else check(type(self).__name__, name, value)

    def rate(self) -> float:
        """The learning rate of the next update. Raises ValueError for a senseless one."""
        if type(self._schedule) is Constant:
            return self._schedule.rate
        given: Any = self._schedule(self.updates)
        single = isinstance(given, np.ndarray) and given.ndim == 0
        rate = as_float(given.item() if single else given)
        if not 0.0 <= rate < math.inf:
            raise ValueError(
                f"learning_rate: expected a finite number >= 0 from {_named(self._schedule)} "
                f"after {self.updates} updates, got {shown(given)}"
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
        owner = self._owner
        if owner is None or owner() is not parameters.get(self._last):
            self.check_owner(parameters)
        schedule = self._schedule
        rate = schedule.rate if type(schedule) is Constant else self.rate()
        if owner is None and parameters:
            self._owner, self._last = weakref.ref(_mark(parameters)), next(reversed(parameters))
        # Past the checks, which are for what a person sets, and not by __dict__: it costs speed.
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


def _mark(parameters: dict[str, Array]) -> Array:
    """What tells one network from another: the last of its parameter arrays."""
    return next(reversed(parameters.values()))


def _named(schedule: Schedule) -> str:
    return getattr(schedule, "__name__", None) or shown(schedule)
