"""How an epoch's time grows with examples, width and depth, for pynn as shipped in Chromium."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from chrome import Chrome, ChromeRunner
from report import seconds, spread, table
from runners import Contestants, Entry, Series
from tasks import Task

EXAMPLES = (1_000, 5_000, 10_000, 30_000, 60_000)
WIDTHS = (32, 64, 128, 256, 512)
DEPTHS = (1, 2, 3, 4)
AT_WIDTHS = 10_000


def run(chrome: Chrome, quick: bool) -> list[str]:
    rounds = 2 if quick else 5
    most = 5_000 if quick else EXAMPLES[-1]
    # Each measurement sees as many images, so that all last equally long.
    examples = [_task((784, 128, 10), n, most // n) for n in EXAMPLES if n <= most]
    rows = min(AT_WIDTHS, most)
    widths = [_task((784, width, 10), rows, 1) for width in WIDTHS]
    depths = [_task((784, *[128] * depth, 10), rows, 1) for depth in DEPTHS]
    if quick:
        widths, depths = widths[::2], depths[::2]
    lines = [
        "## Scaling",
        "",
        "pynn as shipped, Chromium, batch 64, all sizes open at once and in turn. *Per image* and",
        "*per FLOP* are multiples of the line that says 1.00: no more than 1 is linear or better.",
    ]
    for title, tasks, cost in (
        ("Examples", examples, lambda task: float(task.examples * task.epochs)),
        ("Width", widths, lambda task: _flops(task.sizes) * task.examples),
        ("Depth", depths, lambda task: _flops(task.sizes) * task.examples),
    ):
        series = _measure(chrome, tasks, rounds)
        lines += ["", f"### {title}", "", *_table(tasks, series, cost)]
    return lines


def _task(sizes: Sequence[int], examples: int, epochs: int) -> Task:
    return Task("scaling", "", tuple(sizes), examples, epochs=epochs, tests=1000)


def _flops(sizes: Sequence[int]) -> float:
    """For one image: forward, weights' gradients, and inputs' gradients but for the first layer."""
    products = [a * b for a, b in pairwise(sizes)]
    return 2.0 * (3 * sum(products) - products[0])


def _measure(chrome: Chrome, tasks: Sequence[Task], rounds: int) -> list[Series]:
    def make() -> ChromeRunner:
        return ChromeRunner(chrome, "pyodide", peer="pynn_peer", kernel=True)

    contestants = Contestants([Entry(str(task.sizes), "Chromium", make) for task in tasks])
    try:
        contestants.each(lambda runner, task: runner.prepare(task.plain()), tasks)
        contestants.each(lambda runner: runner.timed("epoch"))
        contestants.interleave(lambda runner: runner.timed("epoch"), rounds)
    finally:
        contestants.close()
    return contestants.series


def _table(
    tasks: Sequence[Task], series: Sequence[Series], cost: Callable[[Task], float]
) -> list[str]:
    by_examples = len({task.sizes for task in tasks}) == 1
    costs = [(one.median or 0.0) / cost(task) for task, one in zip(tasks, series, strict=True)]
    # Against the default: 10,000 images or 128 units; in a quick run against the first.
    default = next(
        (
            place
            for place, task in enumerate(tasks)
            if (task.examples if by_examples else task.sizes)
            == (10_000 if by_examples else (784, 128, 10))
        ),
        0,
    )
    rows = []
    for task, one, value in zip(tasks, series, costs, strict=True):
        if not one.values:
            rows.append([str(task.sizes), str(task.examples), one.problem, "", ""])
            continue
        each = [v / task.epochs for v in one.values]
        rows.append(
            [
                "-".join(map(str, task.sizes)),
                f"{task.examples:,}",
                seconds((one.median or 0.0) / task.epochs),
                spread(each),
                f"{value / costs[default]:.2f}" if costs[default] else "–",
            ]
        )
    unit = "per image" if by_examples else "per FLOP"
    return table(["net", "images", "epoch s", "min–max", unit], rows)
