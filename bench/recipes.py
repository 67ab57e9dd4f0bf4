"""The five recipes side by side with their plain transcriptions (tests/transcriptions.py).

    python bench/recipes.py [--rounds 25] [RECIPE ...]

Both do the same updates from the same weights on the same MNIST images, turn and turn
about, so that a busy machine is equally busy for both. A round's ratio is of two
neighbouring measurements; what is printed is the median of all rounds with the quarter
below and above it. The numbers of both are compared at the end.

BLAS has its own threads: on few or busy cores these small products are faster with
OPENBLAS_NUM_THREADS=1, and steadier, for both sides. The setting is printed.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import transcriptions as plain  # noqa: E402

from pynn.recipes import RECIPES  # noqa: E402
from pynn.recipes.data import digit_rows, read_mnist  # noqa: E402
from pynn.recipes.eleven_lines import X_TWO, Y  # noqa: E402
from pynn.recipes.quadrants import X as FOUR_POINTS  # noqa: E402
from pynn.recipes.skyone import inputs, targets  # noqa: E402

IMAGES = 6000
# How many updates make some hundredths of a second.
UPDATES = {"eleven_lines": 1000, "quadrants": 500, "skyone": 500, "nielsen": 300, "bp_mnist": 96}

try:
    from resource import RUSAGE_SELF, getrusage

    def page_faults() -> int:
        return getrusage(RUSAGE_SELF).ru_minflt
except ImportError:  # Windows

    def page_faults() -> int:
        return 0


def pairs() -> dict[str, Callable[[], list[tuple[str, Any]]]]:
    """For each recipe: ours, and one or more transcriptions, from the same weights."""
    mnist = read_mnist(IMAGES)
    pixels, digits = mnist.x / 255, digit_rows(mnist.y)
    X3, T3 = inputs(mnist.x), targets(mnist.y)

    def eleven_lines() -> list[tuple[str, Any]]:
        ours = RECIPES["eleven_lines"].start()
        return [("", ours), ("", plain.ElevenLinesTwo(ours.weights, X_TWO, Y[:, np.newaxis]))]

    def quadrants() -> list[tuple[str, Any]]:
        ours = RECIPES["quadrants"].start()
        return [("", ours), ("", plain.Quadrants(ours.weights, FOUR_POINTS, np.arange(4)))]

    def skyone() -> list[tuple[str, Any]]:
        ours = RECIPES["skyone"].start(X=X3, T=T3)
        return [("", ours), ("", plain.Skyone(ours.weights, X3, T3))]

    def nielsen() -> list[tuple[str, Any]]:
        ours = RECIPES["nielsen"].start(X=pixels, Y=digits, shuffle=False)
        return [
            ("", ours),
            ("example by example, as the book", plain.Nielsen(ours.weights, pixels, digits)),
            ("whole batches at once", plain.NielsenByBatch(ours.weights, pixels, digits)),
        ]

    def bp_mnist() -> list[tuple[str, Any]]:
        ours = RECIPES["bp_mnist"].start(X=pixels, Y=digits)
        return [("", ours), ("", plain.BPMnist(ours.weights, pixels, digits))]

    made = (eleven_lines, quadrants, skyone, nielsen, bp_mnist)
    return {function.__name__: function for function in made}


def timed(program: Any, updates: int) -> tuple[float, float]:
    """Microseconds and page faults of one update."""
    faults, began = page_faults(), time.perf_counter()
    program.update(updates)
    took = time.perf_counter() - began
    return took / updates * 1e6, (page_faults() - faults) / updates


def quarters(values: list[float]) -> str:
    low, middle, high = statistics.quantiles(values, n=4)
    digits = 0 if middle >= 100 else 1 if middle >= 10 else 2
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def measure(name: str, made: list[tuple[str, Any]], rounds: int) -> None:
    updates = UPDATES[name]
    for _, program in made:
        program.update(updates)
    taken: list[list[float]] = [[] for _ in made]
    faults: list[list[float]] = [[] for _ in made]
    for _ in range(rounds):
        for place, (_, program) in enumerate(made):
            microseconds, failed = timed(program, updates)
            taken[place].append(microseconds)
            faults[place].append(failed)
    ours = made[0][1].weights
    for place in range(1, len(made)):
        what, program = made[place]
        ratios = [theirs / own for theirs, own in zip(taken[place], taken[0], strict=True)]
        apart = max(np.abs(ours[key] - array).max() for key, array in program.weights.items())
        print(name, f"against {what}" if what else "")
        for side, index in (("pynn ", 0), ("plain", place)):
            paged = f"{statistics.mean(faults[index]):.1f} page faults"
            print(f"  {side}   {quarters(taken[index])} microseconds an update, {paged}")
        print(
            f"  faster  {quarters(ratios)} times; weights apart by {apart:.1e} at most", flush=True
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("recipes", nargs="*", metavar="RECIPE", help=", ".join(UPDATES))
    parser.add_argument("--rounds", type=int, default=25)
    options = parser.parse_args()
    threads = os.environ.get("OPENBLAS_NUM_THREADS", "not set")
    print(
        f"NumPy {np.__version__}, OPENBLAS_NUM_THREADS {threads}, {os.cpu_count()} cores, ", end=""
    )
    print(f"median (quarter below to quarter above) of {options.rounds} rounds\n")
    made = pairs()
    for name in options.recipes or made:
        measure(name, made[name](), options.rounds)


if __name__ == "__main__":
    main()
