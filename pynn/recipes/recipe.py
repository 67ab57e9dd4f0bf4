"""The contract of the recipes: `start` gives a `Program`.

A recipe is a module with

    TITLE, SOURCE   the post's title, and where it was published
    start(weights=None, seed=None, **overrides) -> Program

and a program of its name in `programs/`. `start` begins the post's program anywhere: from
weights by hand or drawn by `seed`, on the post's training arrays or others, with its
hyper-parameters or others.
"""

import functools
import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from pynn.limits import as_float, as_numbers, check_flag, check_whole, shown
from pynn.matmul import Array
from pynn.network import Network
from pynn.training_steps import Training

Weights = Mapping[str, npt.ArrayLike]
Start = Callable[..., "Program"]


class Program:
    """A recipe that has been started.

    network, training  on pynn, in float64
    weights            the arrays it starts with, under the post's names and in its shapes,
                       in the order of the network's parameters
    turned             the post keeps a layer's weights as (units, inputs), and works on columns
    """

    def __init__(
        self, network: Network, training: Training, weights: Mapping[str, Array], turned: bool
    ) -> None:
        self.network, self.training, self.turned = network, training, turned
        self.loss = float("nan")  # of the last update's mini-batch, before that update
        self._shapes = {name: array.shape for name, array in weights.items()}
        self._places = dict(zip(weights, network.parameters, strict=True))
        parameters = {}
        for name, place in self._places.items():
            array = weights[name].T if turned else weights[name]
            parameters[place] = array.reshape(network.parameters[place].shape)
        network.set_parameters(parameters)

    @property
    def weights(self) -> dict[str, Array]:
        """Copies of the present weights under the post's names and in its shapes."""
        arrays = {}
        for name, place in self._places.items():
            array = self.network.parameters[place]
            shaped = (array.T if self.turned else array).reshape(self._shapes[name])
            arrays[name] = np.array(shaped, np.float64, order="C")
        return arrays

    def update(self, n: int = 1) -> None:
        """n more updates. Raises Diverged."""
        check_whole("update", "n", n, least=0)
        step = self.training.advance(n)
        if step is not None:
            self.loss = step.loss


def starts(default_seed: int) -> Callable[[Start], Start]:
    """Makes a recipe's `start` check the names it is given; `seed` None is the default seed."""

    def decorate(make: Start) -> Start:
        recipe = make.__module__.rpartition(".")[2]
        parameters = inspect.signature(make).parameters
        known = list(parameters)[2:]

        @functools.wraps(make)
        def start(
            weights: Weights | None = None, seed: int | None = None, **overrides: Any
        ) -> Program:
            for name, value in overrides.items():
                if name in known and isinstance(parameters[name].default, bool):
                    check_flag(recipe, name, value)
                elif name not in known:
                    raise ValueError(
                        f"{recipe}: expected overrides of {', '.join(known)}, got {shown(name)}"
                    )
            rate = overrides.get("learning_rate", 1.0)
            if not 0.0 < as_float(rate) < math.inf:
                raise ValueError(
                    f"{recipe}: expected learning_rate as a number above 0, got {shown(rate)}"
                )
            given = default_seed if seed is None else seed
            seed = check_whole(recipe, "seed", given, least=0, most=2**32 - 1)
            return make(weights, seed, **overrides)

        return start

    return decorate


def given_or_drawn(
    recipe: str, given: Weights | None, drawn: Mapping[str, Array]
) -> dict[str, Array]:
    """The weights by hand, as float64, or those that were drawn where there are none.

    Raises ValueError unless the given ones have the names and shapes of the drawn ones.
    """
    if given is None:
        return dict(drawn)
    if not isinstance(given, Mapping) or set(given) != set(drawn):
        got = ", ".join(map(str, given)) if isinstance(given, Mapping) else type(given).__name__
        got = got if len(got) < 100 else f"{got[:99]}…"
        raise ValueError(f"{recipe}: expected the weights {', '.join(drawn)}, got {got or 'none'}")
    arrays = {}
    for name, like in drawn.items():
        array = as_numbers(f"{recipe}: expected {name}", given[name])
        if array.shape != like.shape:
            raise ValueError(f"{recipe}: expected {name} of shape {like.shape}, got {array.shape}")
        if not np.isfinite(array).all():
            raise ValueError(f"{recipe}: expected finite numbers in {name}, got NaN or infinity")
        arrays[name] = array.astype(np.float64)
    return arrays


def layer_sizes(
    recipe: str, sizes: Sequence[int] | None, weights: Weights | None, published: list[int]
) -> list[int]:
    """`sizes` where they are given, else those of the weights w0, w1, …, each (units, inputs).

    Raises ValueError unless they are at least two whole numbers from 1.
    """
    if sizes is None:
        kept = weights if isinstance(weights, Mapping) else {}
        named = [f"w{k}" for k in range(len(kept)) if f"w{k}" in kept]
        shapes = [as_numbers(f"{recipe}: expected {name}", kept[name]).shape for name in named]
        if not shapes or any(len(shape) != 2 for shape in shapes):
            return published
        sizes = [shapes[0][1], *(units for units, _ in shapes)]
    given = sizes.tolist() if isinstance(sizes, np.ndarray) else sizes
    if not isinstance(given, (list, tuple)) or len(given) < 2:
        raise ValueError(f"{recipe}: expected sizes as a list of at least two, got {shown(sizes)}")
    return [check_whole(recipe, "sizes", size) for size in given]
