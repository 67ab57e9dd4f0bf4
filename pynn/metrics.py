"""What a network is worth on examples it need not have seen: loss, accuracy, confusion."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pynn.classes import class_numbers, cut_between
from pynn.layers.row import portions
from pynn.limits import as_numbers
from pynn.losses import Loss, get_loss
from pynn.matmul import Array
from pynn.network import Network, check_network
from pynn.tally import Tally
from pynn.targets import as_examples


@dataclass(frozen=True)
class Evaluation:
    """What a network is worth: NaN for what its targets do not have (see `Tally`)."""

    loss: float  # per example as the loss reduces it
    accuracy: float = math.nan  # of classes, a share from 0 to 1
    mean_absolute_error: float = math.nan  # of other numbers
    r2: float = math.nan


def evaluate(
    network: Network, x: npt.ArrayLike, y: npt.ArrayLike, *, loss: str | Loss
) -> Evaluation:
    """The loss on all of x (n, inputs) and y, and the accuracy where y names classes.

    Penalties are left out. Classes are told apart as `accuracy` does; an output of NaN is
    never right, and its loss is NaN.
    """
    check_network("evaluate", network)
    loss = network.arithmetic.loss(get_loss(loss))
    return measure(network, *as_examples("evaluate", network, x, y, loss), loss)


def measure(network: Network, rows: Array, targets: Array, loss: Loss) -> Evaluation:
    """The same for rows and targets as `as_examples` gives them, and the network's own loss."""
    total, tally = 0.0, Tally(targets, loss, network.last.activation)
    for chosen in portions(network.layers, len(rows)):
        t = targets[chosen]
        # An overflow shows in the loss.
        with network.lock, np.errstate(over="ignore", invalid="ignore"):
            z = network.pre_activation(network.scaled(rows[chosen]))
            value = loss.value(z, t, network.last.activation)
            tally.add(network.last.activation.forward(z, out=z), t)
        total += value * (len(t) if loss.reduction == "mean" else 1)
    per_example = total / len(rows) if loss.reduction == "mean" else total
    return Evaluation(per_example, **tally.measures)


def accuracy(network: Network, x: npt.ArrayLike, y: npt.ArrayLike) -> float:
    """The share, from 0 to 1, of examples whose class the network answers.

    y has class numbers (n,) or one-hot rows. With several outputs the answer is the
    largest. With one output y is (n,) or (n, 1), and the answer is class 1 above the
    middle of the two labels: above 1/2 for 0 and 1, above 0 for -1 and 1. Raises
    ValueError for other labels, and where an output is NaN.
    """
    truth, answers = _truth_and_answers("accuracy", network, x, y)
    return float(np.mean(truth == answers))


def confusion_matrix(network: Network, x: npt.ArrayLike, y: npt.ArrayLike) -> npt.NDArray[np.intp]:
    """Counts (classes, classes): row = true class, column = answered class.

    Classes are told apart, and input is refused, as `accuracy` does.
    """
    truth, answers = _truth_and_answers("confusion_matrix", network, x, y)
    return count_pairs(truth, answers, max(network.outputs, 2))


def count_pairs(
    truth: npt.NDArray[np.intp], answers: npt.NDArray[np.intp], classes: int
) -> npt.NDArray[np.intp]:
    """Counts (classes, classes) of (true, answered) pairs of class numbers."""
    _check_classes("confusion_matrix", truth, classes)
    pairs = np.bincount(truth * classes + answers, minlength=classes * classes)
    return pairs.reshape(classes, classes)


def answers_in_chunks(network: Network, x: npt.ArrayLike) -> Iterator[tuple[slice, Array]]:
    """Outputs for some rows at a time, so that a caller can do something in between."""
    rows = network.as_rows(x)
    for chosen in portions(network.layers, len(rows)):
        yield chosen, network.predict(rows[chosen])


def _truth_and_answers(
    who: str, network: Network, x: npt.ArrayLike, y: npt.ArrayLike
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    check_network(who, network)
    targets = as_numbers(f"{who}: expected y", y)
    # One column would be read as yes or no, whatever the network answers.
    if targets.ndim != 1 and targets.shape[1:] != (network.outputs,):
        raise ValueError(
            f"{who}: expected targets of shape (any,) or (any, {network.outputs}), "
            f"got {targets.shape}"
        )
    labels = class_numbers(targets.reshape(-1) if network.outputs == 1 else targets)
    outputs = network.predict(x)
    if len(outputs) != len(labels) or not len(outputs):
        raise ValueError(
            f"{who}: expected as many targets as examples, at least one, "
            f"got {len(outputs)} examples and {len(labels)} targets"
        )
    if wild := int(np.isnan(outputs).any(axis=1).sum()):
        raise ValueError(
            f"{who}: expected outputs that are numbers, got NaN for {wild} of {len(outputs)} "
            f"examples; train a new network"
        )
    if network.outputs > 1:
        _check_classes(who, labels, network.outputs)
        return labels, class_numbers(outputs)
    if not (np.isin(labels, (0, 1)).all() or np.isin(labels, (-1, 1)).all()):
        raise ValueError(
            f"{who}: expected labels 0 and 1, or -1 and 1, got {labels.min()} to {labels.max()}"
        )
    cut = cut_between(labels, network.last.activation)
    return (labels > cut).astype(np.intp), class_numbers(outputs, cut)


def _check_classes(who: str, classes: npt.NDArray[np.intp], count: int) -> None:
    if classes.size and not (classes.min() >= 0 and classes.max() < count):
        raise ValueError(
            f"{who}: expected classes from 0 to {count - 1}, got {classes.min()} to {classes.max()}"
        )
