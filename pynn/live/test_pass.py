"""One pass over the test images in chunks, so that a page stays alive meanwhile."""

import time
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from pynn.classes import class_numbers
from pynn.matmul import Array
from pynn.metrics import answers_in_chunks, count_pairs
from pynn.network import Network

MISTAKES = 24
NO_ANSWER = -1
# A probability of 0 has no logarithm.
LEAST = float(np.finfo(np.float32).tiny)


class TestPass:
    """Iterate over `chunks` to the end; the results are complete then.

    The weights must not change meanwhile. An output of NaN is no answer: it is never
    right, and in no picture.
    """

    __test__ = False  # not a test case, for pytest

    def __init__(self, network: Network, images: Array, labels: Array) -> None:
        self.network, self.images = network, images
        self.truth = class_numbers(labels)
        self.answers = np.zeros(len(labels), np.intp)
        self.certainty = np.zeros(len(labels), np.float32)
        self.total = 0.0  # of the cross-entropies
        self.tested = 0
        self.chunks = self._chunks()

    def _chunks(self) -> Iterator[int]:
        for rows, outputs in answers_in_chunks(self.network, self.images):
            known = ~np.isnan(outputs).any(axis=1)
            self.answers[rows] = np.where(known, class_numbers(outputs), NO_ANSWER)
            self.certainty[rows] = outputs.max(axis=1)
            likely = outputs[np.arange(len(outputs)), self.truth[rows]]
            self.total -= float(np.log(np.maximum(likely, LEAST)).sum())
            self.tested = rows.stop
            yield self.tested

    def go_on(self, deadline: float) -> bool:
        """Until the deadline of `time.perf_counter`, or to the end; gives whether it is there."""
        return all(time.perf_counter() < deadline for _ in self.chunks)

    def restore(self, answers: Array, certainty: Array) -> None:
        """The results of a pass that was made before."""
        np.copyto(self.answers, answers, casting="unsafe")
        np.copyto(self.certainty, certainty)
        self.tested = len(answers)

    @property
    def done(self) -> float:
        """The share of images that have been tested, 0 to 1."""
        return self.tested / len(self.truth)

    @property
    def accuracy(self) -> float:
        """The share of right answers, 0 to 1."""
        return float(np.mean(self.answers == self.truth))

    @property
    def loss(self) -> float:
        """The mean cross-entropy. Of a restored pass it is not known."""
        return self.total / len(self.truth)

    def pictures(self) -> dict[str, npt.NDArray[np.generic]]:
        """The confusion matrix, the mistakes of which it was surest, and what thresholds do."""
        answered = self.answers != NO_ANSWER
        return {
            "confusion": count_pairs(
                self.truth[answered], self.answers[answered], self.network.outputs
            ),
            **self._shown(answered & (self.answers != self.truth)),
            "thresholds": self.thresholds(),
        }

    def thresholds(self) -> npt.NDArray[np.float64]:
        """(100, 2): of who must be sure by 0, 1 … 99 %, the share answered, and right of those."""
        right = self.answers == self.truth
        table = np.zeros((100, 2))
        for percent in range(100):
            sure = (self.certainty >= percent / 100) & (self.answers != NO_ANSWER)
            if sure.any():
                table[percent] = sure.mean(), right[sure].mean()
        return table

    def cell(self, truth: int, answer: int) -> dict[str, npt.NDArray[np.generic]]:
        """Those images of one class that got this answer, the surest first."""
        return self._shown((self.truth == truth) & (self.answers == answer))

    def _shown(self, among: npt.NDArray[np.bool_]) -> dict[str, npt.NDArray[np.generic]]:
        rows = np.flatnonzero(among)
        shown = rows[np.argsort(-self.certainty[rows], kind="stable")][:MISTAKES]
        labels = (self.truth[shown], self.answers[shown], self.certainty[shown])
        return {
            "mistakes": self.images[shown] / 255.0,
            "mistake_labels": np.column_stack(labels),
        }
