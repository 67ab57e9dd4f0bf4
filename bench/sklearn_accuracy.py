"""NetworkClassifier and scikit-learn's MLPClassifier side by side, each with its defaults.

    python bench/sklearn_accuracy.py [--seeds 10] [DATA ...]

The four small data sets that scikit-learn brings along, standardised in a pipeline, and its
own cross_val_score with five shuffled folds. A seed chooses the folds, the same for both,
and the first weights. What is printed is the mean accuracy over the seeds with its standard
error, the mean difference with its own, and the seconds that both took.
"""

import argparse
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pynn.sklearn import NetworkClassifier

DATA: dict[str, Callable[..., Any]] = {
    "iris": load_iris,
    "wine": load_wine,
    "breast_cancer": load_breast_cancer,
    "digits": load_digits,
}
KINDS = {"pynn": NetworkClassifier, "sklearn": MLPClassifier}


def accuracy(kind: type, x: np.ndarray, y: np.ndarray, seed: int) -> float:
    """The mean over five folds."""
    model = make_pipeline(StandardScaler(), kind(random_state=seed))
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    return float(cross_val_score(model, x, y, cv=folds, error_score="raise").mean())


def with_error(values: np.ndarray) -> str:
    return f"{values.mean():7.4f} ± {error_of(values):.4f}"


def error_of(values: np.ndarray) -> float:
    """The standard error of the mean."""
    return float(values.std(ddof=1) / np.sqrt(len(values)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("data", nargs="*", metavar="DATA", help=", ".join(DATA))
    options = parser.parse_args()
    if unknown := set(options.data) - set(DATA):
        parser.error(f"expected {', '.join(DATA)}, got {', '.join(sorted(unknown))}")
    # Both end their 200 epochs on the smallest sets, and say so for every fold.
    warnings.simplefilter("ignore", ConvergenceWarning)
    print(f"{'':14}{'pynn':>18}{'sklearn':>18}{'difference':>18}   seconds of both")
    for name in options.data or DATA:
        x, y = DATA[name](return_X_y=True)
        found, seconds = {}, {}
        for who, kind in KINDS.items():
            began = time.perf_counter()
            found[who] = np.array([accuracy(kind, x, y, seed) for seed in range(options.seeds)])
            seconds[who] = time.perf_counter() - began
        parts = [*found.values(), found["pynn"] - found["sklearn"]]
        columns = "".join(f"{with_error(part):>18}" for part in parts)
        spent = " ".join(f"{seconds[who]:7.1f}" for who in KINDS)
        print(f"{name:14}{columns}   {spent}", flush=True)


if __name__ == "__main__":
    main()
