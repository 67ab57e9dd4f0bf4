"""What classifier and regressor have in common: their words, `fit`, and how it goes on."""

import math
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.utils.validation import check_is_fitted, validate_data

from pynn.layers import Dense
from pynn.limits import (
    as_float,
    check_at_least_0,
    check_flag,
    check_float,
    check_whole,
    shown,
)
from pynn.matmul import Array
from pynn.network import Network
from pynn.sklearn.epochs import Patience, run, shows
from pynn.sklearn.making import (
    make_network,
    make_optimizer,
    penalize,
    rejoin,
    rows_together,
    seed_of,
)
from pynn.sklearn.undoing import all_or_nothing
from pynn.training import train
from pynn.training_steps import Training


@dataclass(frozen=True)
class Goal:
    """What a training is for.

    loss     of mini-batches
    score    of outputs (n, k), from the targets that belong to them; the larger the better
    weights  of the classes, by their numbers; None: all alike
    """

    loss: str
    score: Callable[[Array, Array], float]
    weights: Array | None = None


class NetworkEstimator(BaseEstimator, ABC):
    """The words are told in `pynn.sklearn`. A subclass says what its targets are."""

    network_: Network
    loss_curve_: list[float]
    validation_scores_: list[float] | None
    n_iter_: int

    def __init__(
        self,
        hidden_layer_sizes: Any = (100,),
        activation: Any = "relu",
        *,
        layers: Any = None,
        input_shape: Any = None,
        optimizer: Any = "adam",
        alpha: float = 0.0001,
        batch_size: int | str = "auto",
        learning_rate_init: Any = 0.001,
        max_iter: int = 200,
        shuffle: bool = True,
        random_state: Any = None,
        tol: float = 0.0001,
        n_iter_no_change: float = 10,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        warm_start: bool = False,
        verbose: bool = False,
        dtype: npt.DTypeLike = "float64",
    ) -> None:
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.layers = layers
        self.input_shape = input_shape
        self.optimizer = optimizer
        self.alpha = alpha
        self.batch_size = batch_size
        self.learning_rate_init = learning_rate_init
        self.max_iter = max_iter
        self.shuffle = shuffle
        self.random_state = random_state
        self.tol = tol
        self.n_iter_no_change = n_iter_no_change
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.warm_start = warm_start
        self.verbose = verbose
        self.dtype = dtype

    # What y may be, as `validate_data` asks.
    _y_kind: ClassVar[dict[str, bool]] = {}

    @abstractmethod
    def _targets(self, y: Array, anew: bool) -> Array:
        """What the network learns for y (n,) or (n, k). Raises ValueError.

        anew  whether this y says which classes, or how many outputs, there are
        """

    @abstractmethod
    def _last(self) -> Dense:
        """The last layer for targets like these."""

    @abstractmethod
    def _goal(self, targets: Array) -> Goal:
        """How right outputs are told from wrong ones. Raises ValueError."""

    @abstractmethod
    def _strata(self, targets: Array) -> Array | None:
        """The classes that held out rows have in the same shares; None where there are none."""

    @property
    def _who(self) -> str:
        return type(self).__name__

    def fit(self, X: Any, y: Any) -> Self:
        """Learns from rows X (n, features) and their y; see `pynn.sklearn`.

        Raises ValueError, and Diverged; warns (ConvergenceWarning) where `max_iter` epochs
        were too few for the loss to settle.
        """
        with all_or_nothing(self):
            warm = check_flag(self._who, "warm_start", self.warm_start)
            warm = warm and hasattr(self, "network_")
            x, y = self._examples(X, y, not warm)
            targets, seed = self._targets(y, not warm), seed_of(self._who, self)
            self._make(seed, going_on=warm)
            self._fit(x, targets, seed)
        return self

    def _examples(self, X: Any, y: Any, anew: bool) -> tuple[Array, Array]:
        dtype = check_float(self._who, self.dtype)
        return validate_data(self, X, y, reset=anew, dtype=dtype, **self._y_kind)

    def _make(self, seed: int, going_on: bool = False) -> None:
        """Network and optimizer, with the weights of the last network if that goes on."""
        network = make_network(self._who, self, self.n_features_in_, self._last(), seed)
        self._own_l2 = [layer.l2 for layer in network.neurons]
        if not going_on:
            self._order = np.random.default_rng(seed)
            self.loss_curve_, self.validation_scores_ = [], None
        elif network.plan == self.network_.plan:
            network.restore(self.network_.state())
        else:
            raise ValueError(
                f"{self._who}: expected the layers of the last fit with warm_start, got others"
            )
        self.network_, self._optimizer = network, make_optimizer(self._who, self)

    def _fit(self, x: Array, targets: Array, seed: int) -> None:
        who = self._who
        measure: Callable[[], float] | None = None
        epochs, goal = check_whole(who, "max_iter", self.max_iter), self._goal(targets)
        patience = Patience(check_at_least_0(who, "tol", self.tol), self._most_waited())
        if check_flag(who, "early_stopping", self.early_stopping):
            x, held_out, targets, answers = self._split(x, targets, seed)

            def measure() -> float:
                return goal.score(answers, self.network_.predict(held_out))

        visible, training = shows(self._who, self), self._training(x, targets, goal, epochs)
        course = run(training, patience, measure, visible)
        self._remember(course.losses, None if measure is None else course.scores)
        if not (course.settled or math.isinf(patience.most)):
            what = "loss" if measure is None else "score"
            warnings.warn(
                f"{who}: the {what} was still getting better after max_iter={epochs} epochs; "
                f"more of them or a larger learning rate may help",
                ConvergenceWarning,
                stacklevel=3,
            )

    def _most_waited(self) -> float:
        if as_float(self.n_iter_no_change) == math.inf:
            return math.inf
        return check_whole(self._who, "n_iter_no_change", self.n_iter_no_change)

    def _split(self, x: Array, targets: Array, seed: int) -> list[Array]:
        """Rows to learn from and rows to hold out, then their targets."""
        share = as_float(self.validation_fraction)
        if not 0.0 < share < 1.0:
            raise ValueError(
                f"{self._who}: expected 0 < validation_fraction < 1, "
                f"got {shown(self.validation_fraction)}"
            )
        parts: list[Array] = train_test_split(
            x, targets, test_size=share, random_state=seed, stratify=self._strata(targets)
        )
        if len(parts[1]) < 2:
            raise ValueError(
                f"{self._who}: expected at least 2 rows to hold out, got {len(parts[1])}; "
                f"a larger validation_fraction holds out more"
            )
        return parts

    def _training(self, x: Array, targets: Array, goal: Goal, epochs: int) -> Training:
        together = rows_together(self._who, self, len(x))
        penalize(self._who, self, self.network_, self._own_l2, together)
        return train(
            self.network_,
            x,
            targets,
            loss=goal.loss,
            optimizer=self._optimizer,
            batch_size=together,
            epochs=epochs,
            seed=self._order,
            shuffle=self.shuffle,
            class_weight=None if goal.weights is None else dict(enumerate(goal.weights)),
        )

    def _one_more_epoch(self, x: Array, targets: Array) -> None:
        """With network and optimizer as they are, or new ones where there are none."""
        if not hasattr(self, "network_"):
            self._make(seed_of(self._who, self))
        training = self._training(x, targets, self._goal(targets), 1)
        course = run(training, Patience(0.0, math.inf), verbose=shows(self._who, self))
        self._remember(course.losses, None)

    def _remember(self, losses: list[float], scores: list[float] | None) -> None:
        # New lists: those that failed are forgotten.
        self.loss_curve_ = self.loss_curve_ + losses
        self.n_iter_ = len(self.loss_curve_)
        if scores is not None:
            self.validation_scores_ = (self.validation_scores_ or []) + scores

    def _outputs(self, X: Any) -> Array:
        """What the network answers for rows X: (n, k)."""
        check_is_fitted(self)
        return self.network_.predict(validate_data(self, X, reset=False, dtype=self.network_.dtype))

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        if hasattr(self, "network_"):
            rejoin(self.network_, self._optimizer)
