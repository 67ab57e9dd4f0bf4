"""A search over 24 settings on one Dask worker and on several, one after the other in turn.

    python bench/search.py [--workers 2] [--rounds 3] [--epochs 60]

Each worker is a process with one thread; joblib's Dask backend hands out the fits of
scikit-learn's GridSearchCV. Rounds take turns, so that what else the machine does meets all
alike. What is printed is the time of each search, and the ratio of each round with its median.
"""

import argparse
import math
import statistics
import sys
import time
from pathlib import Path

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


def seconds(client: Client, epochs: int) -> float:
    x, y = load_digits(return_X_y=True)
    model = NetworkClassifier(random_state=0, max_iter=epochs, n_iter_no_change=math.inf)
    search = GridSearchCV(model, SETTINGS, cv=2, n_jobs=-1, refit=False, error_score="raise")
    began = time.perf_counter()
    with joblib.parallel_config(backend="dask", client=client):
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
        for client in (alone, together):  # imports
            seconds(client, 1)
        ratios = []
        for _ in range(options.rounds):
            times = [seconds(client, options.epochs) for client in (alone, together)]
            ratios.append(times[1] / times[0])
            print(
                f"1 worker {times[0]:6.1f} s   {options.workers} workers {times[1]:6.1f} s   "
                f"ratio {ratios[-1]:.2f}",
                flush=True,
            )
        print(f"median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
