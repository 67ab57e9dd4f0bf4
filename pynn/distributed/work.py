"""What members do: functions of their arguments alone, which may run again, anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pynn.augmentation import Augmentation
from pynn.batches import Batches
from pynn.distributed.kit import Kit
from pynn.distributed.shards import Portion
from pynn.losses import Loss
from pynn.matmul import Array
from pynn.mini_batch import learn, no_warnings
from pynn.network import Network
from pynn.state import State
from pynn.steps import Diverged, Step
from pynn.tally import Counted, Tally
from pynn.training_steps import Training


@dataclass(frozen=True)
class Part:
    """A member's part of a mini-batch."""

    numbers: Array  # the network's, as `flat` gives them
    rows: Array  # of the member's portion, by their numbers
    seed: int | None  # of what layers and augmentation draw
    augment: Augmentation | None
    tally: Tally | None


@dataclass(frozen=True)
class Gradient:
    """What comes back: the gradient and the statistics, as `flat` gives them."""

    gradient: Array
    statistics: Array
    loss: float
    tally: Tally | None


def gradient(kit: Kit, portion: Portion, part: Part) -> Gradient:
    """The gradient of these rows, without penalties: those are no matter of rows."""
    network, loss, *_ = kit.unpacked()
    put(part.numbers, network.arrays)
    for layer in network.neurons:
        layer.penalize(0.0, 0.0)
    noise = None if part.seed is None else np.random.default_rng(part.seed)
    loss, tally = counted(loss, part.tally)
    x, weights = network.scaled(portion.rows[part.rows]), portion.weights
    with no_warnings():
        if part.augment is not None and noise is not None:
            x = part.augment(x, noise)
        own = None if weights is None else weights[part.rows]
        value = learn(network, x, portion.targets[part.rows], loss, noise, own)
    return Gradient(flat(network.gradients), flat(network.statistics), value, tally)


@dataclass(frozen=True)
class Stretch:
    """Some steps of a training that is all in one place."""

    state: State
    steps: int
    epochs: int | None
    augment: Augmentation | None
    clip_norm: float | None
    tally: Tally | None


@dataclass(frozen=True)
class Done:
    state: State
    steps: list[Step]
    failure: str | None
    tally: Tally | None


def advance(kit: Kit, portion: Portion, stretch: Stretch) -> Done:
    """So many steps on from there, or to the end of the epoch."""
    network, loss, optimizer, order, noise = kit.unpacked()
    batches = _batches(network, portion, 1, order, stretch.augment, noise)
    training = Training(network, batches, loss, optimizer, stretch.epochs, stretch.clip_norm)
    training.restore(stretch.state)
    training.loss, tally = counted(loss, stretch.tally)
    if tally is not None and stretch.tally is not None:
        tally.merge(stretch.tally)  # one sum from the beginning of the epoch, as at home
    steps: list[Step] = []
    failure = None
    try:
        while made := training.group(stretch.steps - len(steps)):
            steps += made
            if made[-1].ends_epoch:
                break
    except Diverged as diverged:
        failure = str(diverged)
    return Done(training.state(), steps, failure, tally)


@dataclass(frozen=True)
class Round:
    """Steps that a member goes alone."""

    state: State  # of network and optimizer
    seeds: tuple[int | None, int]  # of the member's order in this epoch, and of its noise
    row: int  # of the epoch, where they begin
    steps: int
    size: int
    augment: Augmentation | None
    clip_norm: float | None
    tally: Tally | None


@dataclass(frozen=True)
class Moved:
    state: State
    rows: int
    total: float  # of the losses, as `RunningLoss` adds them up
    tally: Tally | None


def move(kit: Kit, portion: Portion, round: Round) -> Moved:
    """So many steps on from there, or to the end of the member's rows."""
    network, loss, optimizer, *_ = kit.unpacked()
    order, noise = (None if seed is None else np.random.default_rng(seed) for seed in round.seeds)
    assert noise is not None
    batches = _batches(network, portion, round.size, order, round.augment, noise)
    network.restore(round.state.part("network"))
    optimizer.restoring(round.state.part("optimizer"), network.parameters)()
    batches.begin_epoch()
    batches.row, batches.taken = round.row, round.row // round.size
    training = Training(network, batches, loss, optimizer, None, round.clip_norm)
    training.loss, tally = counted(loss, round.tally)
    left = round.steps
    try:
        while batches.left and (made := training.group(left)):
            left -= len(made)
        total = training.running.total
    except Diverged:
        total = np.nan
    state = State.join({"network": network.state(), "optimizer": optimizer.state()})
    return Moved(state, training.running.examples, total, tally)


def counted(loss: Loss, tally: Tally | None) -> tuple[Loss, Tally | None]:
    """The loss with an empty tally of its own: what a task was given stays as it is."""
    if tally is None:
        return loss, None
    own = tally.fresh()
    return Counted(loss, own), own


def _batches(
    network: Network,
    portion: Portion,
    size: int,
    order: np.random.Generator | None,
    augment: Augmentation | None,
    noise: np.random.Generator,
) -> Batches:
    rows, targets, weights = portion.rows, portion.targets, portion.weights
    return Batches(network, rows, targets, size, order, augment, noise, weights)


def flat(arrays: Mapping[str, Array]) -> Array:
    """All their numbers in a row, as a new array."""
    return np.concatenate([array.ravel() for array in arrays.values()] or [np.empty(0)])


def put(numbers: Array, arrays: Mapping[str, Array]) -> None:
    """The numbers of `flat` back into arrays like those."""
    start = 0
    for array in arrays.values():
        array[...] = numbers[start : start + array.size].reshape(array.shape)
        start += array.size
