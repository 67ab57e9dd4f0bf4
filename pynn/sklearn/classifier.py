"""A network that tells classes apart."""

import math
from collections.abc import Mapping
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import ClassifierMixin
from sklearn.metrics import accuracy_score
from sklearn.preprocessing import LabelEncoder
from sklearn.utils.class_weight import compute_class_weight
from sklearn.utils.multiclass import check_classification_targets

from pynn.classes import class_numbers
from pynn.layers import Dense
from pynn.limits import as_float, shown
from pynn.matmul import Array
from pynn.sklearn.estimator import Goal, NetworkEstimator
from pynn.sklearn.undoing import all_or_nothing


class NetworkClassifier(ClassifierMixin, NetworkEstimator):
    """A pynn network for two classes (one sigmoid output) or more (softmax).

    It learns by cross-entropy. Labels are whatever can be sorted, texts say. `pynn.sklearn`
    tells the words; `score` is the accuracy.
    """

    classes_: npt.NDArray[Any]

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
        class_weight: Any = None,
    ) -> None:
        super().__init__(
            hidden_layer_sizes,
            activation,
            layers=layers,
            input_shape=input_shape,
            optimizer=optimizer,
            alpha=alpha,
            batch_size=batch_size,
            learning_rate_init=learning_rate_init,
            max_iter=max_iter,
            shuffle=shuffle,
            random_state=random_state,
            tol=tol,
            n_iter_no_change=n_iter_no_change,
            early_stopping=early_stopping,
            validation_fraction=validation_fraction,
            warm_start=warm_start,
            verbose=verbose,
            dtype=dtype,
        )
        self.class_weight = class_weight

    def partial_fit(self, X: Any, y: Any, classes: Any = None) -> Self:
        """One more epoch, of these rows; `classes` are all there will be, told the first time.

        y may be of some of them. Raises as `fit` does, and for class_weight "balanced", which
        needs all rows.
        """
        with all_or_nothing(self):
            first = not hasattr(self, "network_")
            if isinstance(self.class_weight, str) and self.class_weight == "balanced":
                raise ValueError(
                    f"{self._who}: expected class_weight as a dictionary with partial_fit, "
                    f"got 'balanced'"
                )
            if first or classes is not None:
                self._know(classes, first)
            x, y = self._examples(X, y, first)
            self._one_more_epoch(x, self._targets(y, False))
        return self

    def predict(self, X: Any) -> npt.NDArray[Any]:
        """The likeliest class (n,) of each row."""
        numbers = class_numbers(self._outputs(X))
        return self.classes_[numbers]

    def predict_proba(self, X: Any) -> Array:
        """How likely each class is (n, classes), in the order of `classes_`."""
        outputs = self._outputs(X)
        return np.hstack([1.0 - outputs, outputs]) if outputs.shape[1] == 1 else outputs

    def _know(self, classes: Any, first: bool) -> None:
        if classes is None:
            raise ValueError(f"{self._who}: expected classes in the first partial_fit, got none")
        known = LabelEncoder().fit(classes).classes_
        if not first and not np.array_equal(known, self.classes_):
            raise ValueError(
                f"{self._who}: expected the classes it knows, {shown(self.classes_.tolist())}, "
                f"got {shown(known.tolist())}"
            )
        if len(known) < 2:
            raise ValueError(f"{self._who}: expected at least 2 classes, got {len(known)} class")
        self.classes_ = known

    def _targets(self, y: Array, anew: bool) -> Array:
        check_classification_targets(y)
        if anew:
            self._know(y, first=True)
        numbers: Array = LabelEncoder().fit(self.classes_).transform(y)
        return numbers

    def _last(self) -> Dense:
        several = len(self.classes_) > 2
        return Dense(len(self.classes_), "softmax") if several else Dense(1, "sigmoid")

    def _goal(self, targets: Array) -> Goal:
        weights = self._class_weights(targets)

        def score(truth: Array, outputs: Array) -> float:
            share = accuracy_score(truth, class_numbers(outputs), sample_weight=weights[truth])
            return float(share)

        loss = "binary_cross_entropy" if len(weights) == 2 else "cross_entropy"
        return Goal(loss, score, None if self.class_weight is None else weights)

    def _class_weights(self, targets: Array) -> Array:
        given = self.class_weight
        if isinstance(given, Mapping):
            good = all(0.0 <= as_float(weight) < math.inf for weight in given.values())
        else:
            good = given is None or (isinstance(given, str) and given == "balanced")
        try:
            if good:
                return compute_class_weight(given, classes=self.classes_, y=self.classes_[targets])
        except ValueError:  # a class that there is not
            pass
        raise ValueError(
            f"{self._who}: expected class_weight as None, 'balanced' or numbers >= 0 by class, "
            f"of {shown(self.classes_.tolist())}, got {shown(given)}"
        )

    def _strata(self, targets: Array) -> Array:
        return targets
