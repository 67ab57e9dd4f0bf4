"""The contract of an optimizer: what it keeps, whose it is, and at which rate it moves."""

import copy
import inspect
import weakref
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import numpy as np

from pynn.buffers import Buffers, Room
from pynn.limits import Checks, check_whole
from pynn.matmul import Array
from pynn.schedules import (
    Constant,
    Schedule,
    as_schedule,
    plain_schedule,
    rate_after,
    schedule_from,
)
from pynn.state import Restoring, State, StateError


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
    # Whether `_move` moves each number by itself, whatever else is in w: then the parameters of
    # a small network are moved as one. It holds for the class that says it, not for a `_move`
    # that is put in the place of its own.
    elementwise: ClassVar[bool] = False
    checks: ClassVar[Checks] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "_move" in vars(cls) and "elementwise" not in vars(cls):
            cls.elementwise = False

    def __init__(self, learning_rate: float | Schedule) -> None:
        self.learning_rate = learning_rate
        self.updates = 0
        self._kept: dict[str, dict[str, Array]] = {}
        # The same by slot, of a network whose parameters lie side by side; and what was kept of
        # the last of them then.
        self._whole: dict[str, Array] = {}
        self._laid: dict[str, Array] | None = None
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

    def __repr__(self) -> str:
        """Python that makes it again, without what it has kept."""
        rate = self.learning_rate
        said = getattr(rate, "__name__", None) or repr(rate)
        return f"{type(self).__name__}({', '.join([said, *self.words()])})"

    def words(self) -> list[str]:
        """The constructor's words that are not as usual: ["momentum=0.9"], say."""
        usual = inspect.signature(type(self)).parameters
        given = {name: getattr(self, name) for name in self.checks}
        return [f"{name}={v!r}" for name, v in given.items() if v != usual[name].default]

    def __setattr__(self, name: str, value: object) -> None:
        object.__setattr__(self, name, self.checked(name, value))
        object.__setattr__(self, "_laid", None)  # there may be more to keep

    def checked(self, name: str, value: Any) -> Any:
        """The value as the word `name` means it. Raises ValueError."""
        if name == "updates":
            return check_whole(type(self).__name__, name, value, least=0)
        check = self.checks.get(name)
        return value if check is None else check(type(self).__name__, name, value)

    def see(self, measured: Mapping[str, float]) -> None:
        """Tells the schedule what an epoch came to, if it looks at that (`ReduceOnPlateau`)."""
        look = getattr(self._schedule, "see", None)
        if look is not None:
            look(measured)

    def rate(self) -> float:
        """The learning rate of the next update. Raises ValueError for a senseless one."""
        if type(self._schedule) is Constant:
            return self._schedule.rate
        return rate_after(self._schedule, self.updates)

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
            self._own(parameters)
        # Past the checks, which are for what a person sets, and not by __dict__: it costs speed.
        object.__setattr__(self, "updates", self.updates + 1)
        whole, gradient = getattr(parameters, "whole", None), getattr(gradients, "whole", None)
        if self.elementwise and whole is not None and gradient is not None:
            if self._laid is None or self._laid is not self._kept.get(self._last):
                self._lay(parameters, whole)
            self._move(whole, gradient, rate, self._whole)
            return
        for name, w in parameters.items():
            kept = self._kept.get(name)
            if kept is None:
                kept = self._kept[name] = {slot: np.zeros_like(w) for slot in self.slots}
            self._move(w, gradients[name], rate, kept)

    def _lay(self, parameters: dict[str, Array], whole: Array) -> None:
        """Puts what is kept side by side too, as the parameters are in `whole`.

        Each slot is one array then, and what is kept by name are views of it.
        """
        self._whole.clear()
        for slot in self._slots(self._kept.get(self._last, {})):
            room = Room(whole.size, whole.dtype)
            for name, w in parameters.items():
                kept = self._kept.setdefault(name, {})
                kept[slot] = room.place(kept.get(slot, np.zeros_like(w)))
            self._whole[slot] = room.whole
        object.__setattr__(self, "_laid", self._kept.setdefault(self._last, {}))

    def _slots(self, own: dict[str, Array]) -> tuple[str, ...]:
        """What to keep of each parameter, `own` being what is kept of one."""
        return self.slots

    def __getstate__(self) -> dict[str, Any]:
        # The array itself: a deep copy, or a pickle, of both finds the copied one by it.
        return self.__dict__ | {
            "_owner": self._owner and self._owner(),
            "_whole": {},
            "_laid": None,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        owner = state["_owner"]
        if owner is None and state["updates"]:
            owner = np.empty(0)  # of a network that is gone, and so is this at once
        known = None if owner is None else weakref.ref(owner)
        self.__dict__.update(state | {"_owner": known})

    def state(self) -> State:
        """The words of the constructor, how many updates, and what is kept per parameter."""
        slots = {
            f"{name}/{slot}": array.copy()
            for name, kept in self._kept.items()
            for slot, array in kept.items()
        }
        return State(
            slots,
            {
                "kind": type(self).__name__,
                "updates": self.updates,
                "learning_rate": plain_schedule(self._schedule),
                **{name: getattr(self, name) for name in self.checks},
            },
        )

    def restoring(self, state: State, parameters: dict[str, Array]) -> Restoring:
        """What makes this optimizer of these parameters what it was, checked. StateError."""
        state.same("kind", type(self).__name__)
        updates = state.whole("updates", 0)
        try:
            schedule = schedule_from(state.plain.get("learning_rate"), self._schedule)
            words = self._words_in(state)
        except (TypeError, ValueError) as error:
            raise StateError(f"{state.place}: {error}") from error
        kept: dict[str, dict[str, Array]] = {}
        for key, array in state.arrays.items():
            name, _, slot = key.rpartition("/")
            if name not in parameters:
                raise StateError(f"{state.place}: expected parameters of the network, got {key}")
            kept.setdefault(name, {})[slot] = array
        for name in parameters if kept else ():
            for slot in self.slots:
                state.array_like(f"{name}/{slot}", parameters[name])

        def put_back() -> None:
            vars(self).update(words, updates=updates, _schedule=schedule)
            self._kept = {
                name: {slot: array.copy() for slot, array in own.items()}
                for name, own in kept.items()
            }
            if updates:
                self._own(parameters)

        return put_back

    def _words_in(self, state: State) -> dict[str, Any]:
        """The state's words of the constructor, each checked beside the others."""
        wanted = {name: state.plain.get(name) for name in self.checks}
        probe = copy.copy(self)
        vars(probe).update(wanted)
        return {name: probe.checked(name, value) for name, value in wanted.items()}

    def _own(self, parameters: dict[str, Array]) -> None:
        self._owner, self._last = weakref.ref(_mark(parameters)), next(reversed(parameters))

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
