"""One mini-batch: forward, backward, one update."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from pynn.chance import check_generator
from pynn.limits import shown
from pynn.losses import Loss, get_loss, weighed
from pynn.matmul import Array
from pynn.network import Network, check_network
from pynn.optimizer import Optimizer
from pynn.optimizers import get_optimizer
from pynn.slices import even_slices
from pynn.targets import as_examples


def train_step(
    network: Network,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    loss: str | Loss,
    optimizer: Optimizer,
    *,
    noise: np.random.Generator | None = None,
) -> float:
    """One mini-batch, all of x and y: one update, from the loss that is returned.

    noise  what layers draw from that learn by chance; the same one for all steps, since
           one that is made anew for each would give each the same numbers

    The other words are `train`'s, and so are the checks.
    """
    check_network("train_step", network)
    loss = network.arithmetic.loss(get_loss(loss))
    if isinstance(optimizer, str):
        raise ValueError(
            f"train_step: expected an optimizer that lasts from step to step, SGD(0.1) say, "
            f"got {shown(optimizer)}"
        )
    optimizer_of("train_step", optimizer, network)
    rows, targets = as_examples("train_step", network, x, y, loss)
    if noise is not None or network.needs_noise:
        check_generator("train_step", "noise", noise)
    network.units.learn(rows)
    with network.lock, no_warnings():
        return update(network, network.scaled(rows), targets, loss, optimizer, noise)


def update(
    network: Network,
    x: Array,
    targets: Array,
    loss: Loss,
    optimizer: Optimizer,
    noise: np.random.Generator | None,
    weights: Array | None = None,
    clip_norm: float | None = None,
) -> float:
    """The same for rows that are checked and scaled; who calls holds the network's lock."""
    value = learn(network, x, targets, loss, noise, weights)
    if clip_norm is not None:
        clip(network, clip_norm)
    move(network, optimizer)
    return value


def clip(network: Network, most: float) -> None:
    """Shortens the gradient of all parameters together to the length `most`, if it is longer.

    Pascanu, Mikolov, Bengio 2013; Keras's `global_clipnorm` (its `clipnorm` is of each array),
    PyTorch's `clip_grad_norm_` (which adds 1e-6 to the length that it divides by).
    """
    squares = sum(network.arithmetic.squares(array) for array in network.gradients.values())
    if squares > most * most:
        for array in network.gradients.values():
            array *= most / math.sqrt(squares)


def move(network: Network, optimizer: Optimizer) -> None:
    """The parameters by their gradients; what is held stays."""
    kept = network.held.kept(network.parameters) if network.held else ()
    optimizer.update(network.parameters, network.gradients)
    for array, mask, numbers in kept:
        array[mask] = numbers


def learn(
    network: Network,
    x: Array,
    targets: Array,
    loss: Loss,
    noise: np.random.Generator | None,
    weights: Array | None = None,
) -> float:
    """`Network.backpropagate`, in portions where a large batch needs much room.

    The portions' gradients are added up, each by its share of the rows where the loss is a mean.
    """
    mean = loss.reduction == "mean"
    # Each portion of a sum would have the whole penalty.
    if len(x) <= network.most_kept or (
        not mean and any(layer.penalized for layer in network.layers)
    ):
        return network.backpropagate(x, targets, loss, noise, **weighed(weights))
    value, gradients = 0.0, network.gradients
    sums = {name: network.sums.get(name, array.shape) for name, array in gradients.items()}
    for total in sums.values():
        total.fill(0.0)
    for rows in even_slices(len(x), network.most_kept):
        share = (rows.stop - rows.start) / len(x) if mean else 1.0
        own = weighed(None if weights is None else weights[rows])
        value += share * network.backpropagate(x[rows], targets[rows], loss, noise, **own)
        for name, array in gradients.items():
            array *= share
            sums[name] += array
    for name, array in gradients.items():
        np.copyto(array, sums[name])
    return value


def no_warnings() -> np.errstate:
    """An overflow shows in the loss, and is reported from there in words."""
    return np.errstate(over="ignore", invalid="ignore", divide="ignore")


def optimizer_of(who: str, optimizer: object, network: Network) -> Optimizer:
    """The optimizer that is meant. ValueError unless there is one, and not another network's."""
    found = get_optimizer(who, optimizer)
    found.check_owner(network.parameters)
    found.rate()  # of the next update; better refused before anything is worked out
    return found


def wild_parameter(network: Network) -> str | None:
    """The name of a parameter or a statistic that is not finite, if there is one."""
    for name, array in network.arrays.items():
        if not np.isfinite(array).all():
            return name
    return None
