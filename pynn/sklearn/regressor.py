"""A network that answers numbers."""

import math
from typing import Any, ClassVar, Self

import numpy as np
from sklearn.base import MultiOutputMixin, RegressorMixin
from sklearn.metrics import r2_score
from sklearn.utils import check_array

from pynn.layers import Dense
from pynn.matmul import Array
from pynn.sklearn.estimator import Goal, NetworkEstimator
from pynn.sklearn.undoing import all_or_nothing


class NetworkRegressor(MultiOutputMixin, RegressorMixin, NetworkEstimator):
    """A pynn network with one linear output for each number that is asked.

    It learns by the squared error of y as it is: y of very large or very small numbers is
    better scaled, by scikit-learn's TransformedTargetRegressor say. `pynn.sklearn` tells the
    words; `score` is R².
    """

    _y_kind: ClassVar = {"multi_output": True, "y_numeric": True}

    def partial_fit(self, X: Any, y: Any) -> Self:
        """One more epoch, of these rows. Raises as `fit` does."""
        with all_or_nothing(self):
            first = not hasattr(self, "network_")
            x, y = self._examples(X, y, first)
            self._one_more_epoch(x, self._targets(y, first))
        return self

    def predict(self, X: Any) -> Array:
        """Numbers (n,) or (n, k), as y was in the fit."""
        outputs = self._outputs(X)
        return outputs.reshape(len(outputs), *self._columns)

    def _targets(self, y: Array, anew: bool) -> Array:
        y = check_array(y, ensure_2d=False, input_name="y")
        if anew:
            self._columns = y.shape[1:]
        return y.reshape(len(y), -1)

    def _last(self) -> Dense:
        return Dense(math.prod(self._columns), "linear")

    def _goal(self, targets: Array) -> Goal:
        def score(truth: Array, outputs: Array) -> float:
            # Outputs of a training that diverges have squares beyond all numbers.
            with np.errstate(over="ignore"):
                return float(r2_score(truth, outputs)) if np.isfinite(outputs).all() else -math.inf

        return Goal("squared_error", score)

    def _strata(self, targets: Array) -> None:
        return None
