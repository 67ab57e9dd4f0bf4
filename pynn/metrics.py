"""What a network is worth on examples it need not have seen: loss, accuracy, confusion."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pynn.losses import Loss, get_loss
from pynn.matmul import Array
from pynn.network import CHUNK, Network
from pynn.targets import as_examples, class_numbers


@dataclass(frozen=True)
class Evaluation:
    """loss is per example as the loss reduces it; accuracy is a share from 0 to 1."""

    loss: float
    accuracy: float


def evaluate(
    network: Network, x: npt.ArrayLike, y: npt.ArrayLike, *, loss: str | Loss
) -> Evaluation:
    """Loss and accuracy on all of x (n, inputs) and y. Penalties are left out."""
    loss = get_loss(loss)
    rows, targets = as_examples("evaluate", network, x, y, loss)
    total, right = 0.0, 0
    for start in range(0, len(rows), CHUNK):
        chosen = slice(start, start + CHUNK)
        t = targets[chosen]
        # An overflow shows in the loss.
        with network.lock, np.errstate(over="ignore", invalid="ignore"):
            z = network.pre_activation(network.as_input(rows[chosen]))
            value = loss.value(z, t, network.layers[-1].activation)
            outputs = network.layers[-1].activation.forward(z, out=z)
            right += int(np.count_nonzero(class_numbers(outputs) == class_numbers(t)))
        total += value * (len(t) if loss.reduction == "mean" else 1)
    per_example = total / len(rows) if loss.reduction == "mean" else total
    return Evaluation(per_example, right / len(rows))


def accuracy(network: Network, x: npt.ArrayLike, y: npt.ArrayLike) -> float:
    """The share, from 0 to 1, of examples whose class the network answers.

    y has class numbers (n,) or one-hot rows. With several outputs the answer is
    the largest; with one output it is class 1 above 1/2.
    """
    truth, answers = _truth_and_answers("accuracy", network, x, y)
    return float(np.mean(truth == answers))


def confusion_matrix(network: Network, x: npt.ArrayLike, y: npt.ArrayLike) -> npt.NDArray[np.intp]:
    """Counts (classes, classes): row = true class, column = answered class."""
    truth, answers = _truth_and_answers("confusion_matrix", network, x, y)
    return count_pairs(truth, answers, max(network.outputs, 2))


def count_pairs(
    truth: npt.NDArray[np.intp], answers: npt.NDArray[np.intp], classes: int
) -> npt.NDArray[np.intp]:
    """Counts (classes, classes) of (true, answered) pairs of class numbers."""
    if truth.size and not (truth.min() >= 0 and truth.max() < classes):
        raise ValueError(
            f"confusion_matrix: expected classes from 0 to {classes - 1}, "
            f"got {truth.min()} to {truth.max()}"
        )
    pairs = np.bincount(truth * classes + answers, minlength=classes * classes)
    return pairs.reshape(classes, classes)


def answers_in_chunks(network: Network, x: npt.ArrayLike) -> Iterator[tuple[slice, Array]]:
    """Outputs for some rows at a time, so that a caller can do something in between."""
    rows = network.as_rows(x)
    for start in range(0, len(rows), CHUNK):
        chosen = slice(start, min(start + CHUNK, len(rows)))
        yield chosen, network.predict(rows[chosen])


def _truth_and_answers(
    who: str, network: Network, x: npt.ArrayLike, y: npt.ArrayLike
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    targets = np.asarray(y)
    # One column would be read as yes or no, whatever the network answers.
    if targets.ndim == 2 and targets.shape[1] != network.outputs:
        raise ValueError(
            f"{who}: expected targets of shape (any,) or (any, {network.outputs}), "
            f"got {targets.shape}"
        )
    outputs, truth = network.predict(x), class_numbers(targets)
    if len(outputs) != len(truth) or not len(outputs):
        raise ValueError(
            f"{who}: expected as many targets as examples, at least one, "
            f"got {len(outputs)} examples and {len(truth)} targets"
        )
    return truth, class_numbers(outputs)
