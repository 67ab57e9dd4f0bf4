"""A search over 24 settings on one Dask worker and on several, in turn.

    python bench/search.py [--workers 2] [--rounds 3] [--epochs 60]

Each worker is a process with one thread; joblib's Dask backend hands out the fits of
scikit-learn's GridSearchCV. In each round joblib's own processes do the same search without
Dask, which shows what the machine has to give at that time. What is printed is the seconds of
each search, and how much of one worker's time several take.
"""

import argparse
import math
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import joblib
from distributed import Client, LocalCluster
from sklearn.datasets import load_digits
from sklearn.model_selection import GridSearchCV

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pynn.sklearn import NetworkClassifier

SETTINGS = {
    "hidden_layer_sizes": [(32,), (64,), (64, 32)],
    "learning_rate_init": [0.001, 0.003, 0.01, 0.03],
    "alpha": [0.0001, 0.01],
}


def seconds(epochs: int, **where: Any) -> float:
    x, y = load_digits(return_X_y=True)
    model = NetworkClassifier(random_state=0, max_iter=epochs, n_iter_no_change=math.inf)
    search = GridSearchCV(model, SETTINGS, cv=2, refit=False, error_score="raise")
    began = time.perf_counter()
    with joblib.parallel_config(**where):
        search.fit(x / 16.0, y)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=60)
    options = parser.parse_args()

    def cluster(workers: int) -> LocalCluster:
        return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0")

    with (
        cluster(1) as one,
        cluster(options.workers) as several,
        Client(one) as alone,
        Client(several) as together,
    ):
        dask = [{"backend": "dask", "client": one, "n_jobs": -1} for one in (alone, together)]
        # One process of joblib's own would be this one.
        own = [{"backend": "loky", "n_jobs": count} for count in (1, options.workers)]
        ratios: dict[str, list[float]] = {"Dask": [], "joblib": []}
        for where in (*dask, *own):  # imports
            seconds(1, **where)
        for _ in range(options.rounds):
            for name, pair in zip(ratios, (dask, own), strict=True):
                times = [seconds(options.epochs, **where) for where in pair]
                ratios[name].append(times[1] / times[0])
                print(
                    f"{name:8} 1 worker {times[0]:6.1f} s   {options.workers} workers "
                    f"{times[1]:6.1f} s   ratio {ratios[name][-1]:.2f}",
                    flush=True,
                )
        for name, found in ratios.items():
            print(f"{name:8} median ratio {statistics.median(found):.2f}")


if __name__ == "__main__":
    main()
