"""Steps a second and bytes per step of `pynn.distributed` on local Dask workers.

    python bench/cluster.py [--seconds 5] [--hidden 128] [--rows 32768] [--batch 256]

A network of 784 inputs, one hidden layer and 10 outputs learns random pixels: in this process
without Dask, by one member, by members in step, and in rounds of local steps. Each worker is a
process with one thread. A mini-batch of all members together has --batch rows in each of them,
so rows a second can be compared. Bytes are those of the pickled arguments and results of all
tasks, per mini-batch; beside them is what `docs/cluster.md` reckons with.
"""

import argparse
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dask.array as da
import numpy as np
from distributed import Client, LocalCluster

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pynn import SGD, Dense, Network, train
from pynn.distributed import train as train_on
from pynn.training_steps import Training


def network(hidden: int) -> Network:
    return Network([Dense(hidden, "relu"), Dense(10, "softmax")], 784)


def rows_a_second(training: Training, seconds: float) -> float:
    for _ in range(3):
        training.group()
    rows, began = 0, time.perf_counter()
    while (passed := time.perf_counter() - began) < seconds:
        rows += sum(step.examples for step in training.group())
    return rows / passed


def bytes_of(training: Any, groups: int = 3) -> tuple[int, int]:
    """Of arguments and results, and the rows that were learned from meanwhile."""
    count, rows, members = 0, 0, training.members
    ask: Callable[..., list[Any]] = members.ask

    def counted(work: Callable[..., Any], asked: dict[int, Any]) -> list[Any]:
        nonlocal count
        results = ask(work, asked)
        count += sum(len(pickle.dumps(one)) for one in (*asked.values(), *results))
        return results

    members.ask = counted
    for _ in range(groups):
        rows += sum(step.examples for step in training.group())
    members.ask = ask
    return count, rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--rows", type=int, default=32768)
    parser.add_argument("--batch", type=int, default=256)
    options = parser.parse_args()
    rows, batch = options.rows, options.batch
    size = sum(array.nbytes for array in network(options.hidden).parameters.values())
    words: dict[str, Any] = {"loss": "cross_entropy", "epochs": None}

    def tell(name: str, rate: float, kilobytes: str = "", reckoned: str = "") -> None:
        line = f"{name:30}{rate / batch:12.1f}{rate:12.0f}{kilobytes:>12}{reckoned:>12}"
        print(line, flush=True)

    print(f"{size / 1e3:.0f} kB of parameters, {rows} rows, mini-batches of {batch}")
    print(f"{'':30}{'steps/s':>12}{'rows/s':>12}{'kB a step':>12}{'reckoned':>12}")
    draw = np.random.default_rng(0)
    x = draw.integers(0, 256, (rows, 784)).astype(np.uint8)
    optimizer = SGD(0.01, momentum=0.9)
    home = train(
        network(options.hidden), x, draw.integers(0, 10, rows), optimizer=optimizer,
        batch_size=batch, **words,
    )  # fmt: skip
    tell("here, without Dask", rows_a_second(home, options.seconds))
    for members in (1, 2, 4):
        with (
            LocalCluster(
                n_workers=members, threads_per_worker=1, dashboard_address=":0"
            ) as cluster,
            Client(cluster) as client,
        ):
            drawn = da.random.default_rng(0)  # on the workers
            data = [
                drawn.integers(0, high, shape, dtype=np.uint8, chunks=(rows // 8, *shape[1:]))
                for high, shape in ((256, (rows, 784)), (10, (rows,)))
            ]
            for steps in (None, 1, 10, 100) if members > 1 else (None,):
                training = train_on(
                    network(options.hidden), *data, client=client, members=members,
                    local_steps=steps, optimizer=SGD(0.01, momentum=0.9),
                    batch_size=batch if steps is None else batch // members, **words,
                )  # fmt: skip
                rate = rows_a_second(training, options.seconds)
                count, learned = bytes_of(training)
                if members == 1:
                    name, reckoned = "1 member", ""
                elif steps is None:
                    name, reckoned = f"{members} in step", f"{2 * members * size / 1e3:.0f}"
                else:
                    # The optimizer's slots travel too.
                    name = f"{members} by {steps} local steps"
                    reckoned = f"{4 * members * size / steps / 1e3:.0f}"
                tell(name, rate, f"{count / learned * batch / 1e3:.0f}", reckoned)


if __name__ == "__main__":
    main()
