"""Epochs one after another, until they bring no more."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pynn.limits import check_flag, is_int
from pynn.mini_batch import no_warnings, wild_parameter
from pynn.show.fit_progress import fit_progress
from pynn.state import State
from pynn.steps import Diverged
from pynn.training_steps import Training


class Patience:
    """Is over after more than `most` epochs in a row that were not better by `tol`."""

    def __init__(self, tol: float, most: float) -> None:
        self.tol, self.most = tol, most
        self.best, self.waited = -math.inf, 0

    def is_over(self, value: float) -> bool:
        """Whether this epoch's value, the larger the better, ends it. NaN is never better."""
        self.waited = 0 if value >= self.best + self.tol else self.waited + 1
        if value > self.best:
            self.best = value
        return self.waited > self.most


@dataclass
class Course:
    """How it went: a number for each epoch, and whether patience was over before the epochs."""

    losses: list[float] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    settled: bool = False


def run(
    training: Training,
    patience: Patience,
    measure: Callable[[], float] | None = None,
    verbose: bool = False,
) -> Course:
    """Runs a training to its end, or until patience is over.

    measure  the score of the network as it is. Patience then goes by it, and the network is
             left as it was when it was best; else patience goes by the loss with penalties

    Raises Diverged.
    """
    network, course, best = training.network, Course(), None
    with fit_progress(training.epochs or 1, verbose) as progress:
        while (step := training.advance(training.batches.steps)) is not None:
            with no_warnings():
                loss = training.running.value + network.penalty()
            value, told = -loss, {"loss": loss}
            if measure is not None:
                value = told["validation_score"] = measure()
                course.scores.append(value)
                best = network.state() if value > patience.best else best
            course.losses.append(loss)
            progress.step(step.epoch, step.step, step.steps, loss)
            progress.epoch(told)
            if patience.is_over(value):
                course.settled = True
                break
    _finish(training, best)
    return course


def shows(who: str, words: Any) -> bool:
    """Whether there is a progress bar; numbers from 0, as scikit-learn has them, will do."""
    if is_int(words.verbose) and words.verbose >= 0:
        return words.verbose > 0
    return check_flag(who, "verbose", words.verbose)


def _finish(training: Training, best: State | None) -> None:
    if best is not None:
        training.network.restore(best)
    # `train` looks at the last update of its epochs, and these may have ended before.
    if (name := wild_parameter(training.network)) is not None:
        raise Diverged(f"fit: {name} became NaN or infinite; try a smaller learning rate")
