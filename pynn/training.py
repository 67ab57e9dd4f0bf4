"""Training: one function does one mini-batch, one generator runs the epochs.

`fit` stands on `train`, and so does everything else that trains: the page, the
command line and the recipes. Nobody else loops over batches.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pynn.buffers import Buffers
from pynn.layers import check_whole
from pynn.losses import Loss, get_loss
from pynn.matmul import Array
from pynn.metrics import evaluate
from pynn.network import Network
from pynn.optimizers import Optimizer
from pynn.progress import Progress
from pynn.targets import as_examples


class Diverged(ArithmeticError):
    """The loss became NaN or infinite; the sentence says when and what to try."""


@dataclass(frozen=True)
class Step:
    """One mini-batch that has been trained on."""

    epoch: int  # from 1
    step: int  # from 1, within the epoch
    steps: int  # of an epoch
    examples: int  # in this mini-batch
    loss: float  # before its update

    @property
    def ends_epoch(self) -> bool:
        return self.step == self.steps


class RunningLoss:
    """The loss of an epoch so far: the mean over its examples, or the sum of its batches."""

    def __init__(self, loss: Loss) -> None:
        self._mean = loss.reduction == "mean"
        self._total, self._examples = 0.0, 0

    def add(self, step: Step) -> None:
        self._total += step.loss * step.examples if self._mean else step.loss
        self._examples += step.examples

    @property
    def value(self) -> float:
        return self._total / self._examples if self._mean else self._total


def train_step(
    network: Network, x: Array, targets: Array, loss: Loss, optimizer: Optimizer
) -> float:
    """One mini-batch: loss and gradients at the present weights, then one update."""
    # An overflow shows in the loss, and is reported from there in words.
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        value = network.backpropagate(x, targets, loss)
        optimizer.update(network.parameters, network.gradients)
    return value


def train(
    network: Network,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    loss: str | Loss,
    optimizer: Optimizer,
    batch_size: int = 32,
    epochs: int | None = 1,
    seed: int | np.random.Generator = 0,
    shuffle: bool = True,
) -> Iterator[Step]:
    """Trains while it is iterated over, one mini-batch for each `Step`.

    x          (n, inputs), see `Network`; uint8 stays uint8 until its batch comes
    y          class numbers, one-hot rows or real targets, as the loss asks
    batch_size examples in a mini-batch; the last of an epoch may be shorter
    epochs     how often all examples are seen; None goes on for ever
    seed       of the order: rows are shuffled anew before every epoch
    shuffle    False takes the rows in the order they have

    Input is checked at once, not at the first step. Raises ValueError, and
    Diverged (with the weights as they then are) when the loss is not finite.
    """
    loss = get_loss(loss)
    rows, targets = as_examples("train", network, x, y, loss)
    check_whole("train", "batch_size", batch_size)
    if epochs is not None:
        check_whole("train", "epochs", epochs, least=0)
    order = np.random.default_rng(seed) if shuffle else None
    return _steps(network, rows, targets, loss, optimizer, batch_size, epochs, order)


def _steps(
    network: Network,
    rows: Array,
    targets: Array,
    loss: Loss,
    optimizer: Optimizer,
    batch_size: int,
    epochs: int | None,
    order: np.random.Generator | None,
) -> Iterator[Step]:
    steps = math.ceil(len(rows) / batch_size)
    epoch = 0
    while epochs is None or epoch < epochs:
        epoch += 1
        batches = _batches(network, rows, targets, batch_size, order)
        for number, (x, t) in enumerate(batches, start=1):
            value = train_step(network, x, t, loss, optimizer)
            if not math.isfinite(value):
                raise Diverged(
                    f"train: the loss became {value} in epoch {epoch}, step {number}; "
                    f"try a smaller learning rate"
                )
            yield Step(epoch, number, steps, len(x), value)


def _batches(
    network: Network,
    rows: Array,
    targets: Array,
    batch_size: int,
    order: np.random.Generator | None,
) -> Iterator[tuple[Array, Array]]:
    """One epoch's mini-batches, each in the same working arrays as the one before."""
    shuffled = None if order is None else order.permutation(len(rows))
    inputs, kept = Buffers(network.dtype), (Buffers(rows.dtype), Buffers(targets.dtype))
    for start in range(0, len(rows), batch_size):
        chosen = slice(start, start + batch_size)
        if shuffled is None:
            x, t = rows[chosen], targets[chosen]
        else:
            x, t = (
                # mode="clip" is the one with which `take` fills `out` directly.
                np.take(
                    source,
                    shuffled[chosen],
                    axis=0,
                    out=buffers.get("batch", (len(shuffled[chosen]), *source.shape[1:])),
                    mode="clip",
                )
                for source, buffers in zip((rows, targets), kept, strict=True)
            )
        yield network.as_input(x, inputs), t


def fit(
    network: Network,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    loss: str | Loss,
    optimizer: Optimizer,
    batch_size: int = 32,
    epochs: int = 1,
    seed: int | np.random.Generator = 0,
    shuffle: bool = True,
    validation: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    verbose: bool = True,
) -> dict[str, list[float]]:
    """Trains for some epochs and tells how it went; the other words are `train`'s.

    validation  (x, y) that are measured after every epoch and never trained on
    verbose     a progress bar on the standard error stream

    Returns lists with one number an epoch: "loss" (of the epoch, while the weights
    moved) and, with validation, "validation_loss" and "validation_accuracy".
    """
    loss = get_loss(loss)
    history: dict[str, list[float]] = {"loss": []}
    if validation is not None:
        # Better now than after the first epoch.
        as_examples("validation", network, *validation, loss)
        history |= {"validation_loss": [], "validation_accuracy": []}
    running = RunningLoss(loss)
    steps = train(
        network,
        x,
        y,
        loss=loss,
        optimizer=optimizer,
        batch_size=batch_size,
        epochs=epochs,
        seed=seed,
        shuffle=shuffle,
    )
    with Progress(epochs, shown=verbose) as progress:
        for step in steps:
            running.add(step)
            progress.step(step.epoch, step.step, step.steps, running.value)
            if not step.ends_epoch:
                continue
            history["loss"].append(running.value)
            running = RunningLoss(loss)
            if validation is not None:
                measured = evaluate(network, *validation, loss=loss)
                history["validation_loss"].append(measured.loss)
                history["validation_accuracy"].append(measured.accuracy)
            progress.epoch({name: values[-1] for name, values in history.items()})
    return history
