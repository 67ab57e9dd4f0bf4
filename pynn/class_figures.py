"""How good a network is at each class: precision, recall, F1."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pynn.matmul import Array
from pynn.metrics import confusion_matrix
from pynn.network import Network


@dataclass(frozen=True)
class ClassFigures:
    """One class; a share of nothing is 0, as in scikit-learn."""

    precision: float  # of the examples answered with it, how many are of it
    recall: float  # of the examples that are of it, how many are answered with it
    f1: float  # 2 precision recall / (precision + recall)
    examples: int  # that are of it


@dataclass(frozen=True)
class ClassReport:
    """`classes` in the order of their numbers; str() is a table of them.

    average  the plain mean of the classes' figures, "macro" in scikit-learn
    """

    accuracy: float
    classes: list[ClassFigures]
    average: ClassFigures

    def __str__(self) -> str:
        rows = [(str(number), one) for number, one in enumerate(self.classes)]
        rows.append(("average", self.average))
        lines = [f"{'class':>8} {'precision':>10} {'recall':>10} {'F1':>10} {'examples':>10}"]
        lines += [
            f"{name:>8} {one.precision:10.4f} {one.recall:10.4f} {one.f1:10.4f} {one.examples:10}"
            for name, one in rows
        ]
        return "\n".join([*lines, f"accuracy {self.accuracy:.4f}"])


def class_report(network: Network, x: npt.ArrayLike, y: npt.ArrayLike) -> ClassReport:
    """The figures on x (n, inputs) and y, of which classes are told as `accuracy` does."""
    counts = confusion_matrix(network, x, y)
    right, there, answered = counts.diagonal(), counts.sum(axis=1), counts.sum(axis=0)
    precision, recall = right / np.maximum(answered, 1), right / np.maximum(there, 1)
    both = precision + recall
    f1 = 2.0 * precision * recall / np.where(both > 0.0, both, 1.0)
    shares = np.stack([precision, recall, f1], axis=1)
    rows = [_figures(row, int(n)) for row, n in zip(shares, there, strict=True)]
    total = int(there.sum())
    average = _figures(shares.mean(axis=0), total)
    return ClassReport(float(right.sum() / total), rows, average)


def _figures(shares: Array, examples: int) -> ClassFigures:
    precision, recall, f1 = map(float, shares)
    return ClassFigures(precision, recall, f1, examples)
