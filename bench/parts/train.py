"""Seconds for an epoch, of every peer, in turn, and the accuracy that each reaches with it."""

from chrome import Chrome
from peer_list import BY_HAND, NATIVE, PLAIN, SHIPPED, SKLEARN, TORCH, entries
from report import epochs_table, seconds, table
from runners import Contestants, Series
from tasks import LENET, MNIST_60K, QUICK, QUICK_LENET, TASKS, WIDE, Task

# Accuracy is compared after the first, unmeasured epoch and so many more.
COMPARED = 2


def run(chrome: Chrome, quick: bool) -> list[str]:
    lines = [
        "## Training",
        "",
        "Seconds for one epoch (for XOR: for 100), by each peer's own clock, loading and the first",
        "epoch excepted. All peers are open at once and take turns. *× shipped* is the median as a",
        "multiple of pynn's in Chromium. Accuracy is on the test images, after equally many epochs",
        "for every peer. *By hand* means written for this bench; the others are run as their users",
        "write it. Natively all run on one thread. pynn in Chromium skips the zeros of images, and",
        "so do those that get a sparse matrix; all others multiply them.",
    ]
    versions: dict[str, None] = {}
    short = ["## In short", "", "One epoch; all in one run, in turn, on this machine."]
    for task in (QUICK, QUICK_LENET) if quick else TASKS:
        series = measure(chrome, task)
        versions |= dict.fromkeys(one.about for one in series if one.about)
        epochs = 1 + (min(COMPARED, task.rounds) if task.timed == "epoch" else 0)
        table = epochs_table(series, SHIPPED, epochs)
        if task in (QUICK, QUICK_LENET, MNIST_60K, WIDE, LENET):
            short += in_short(task, series)
        lines += ["", f"### {task.about[0].upper()}{task.about[1:]}", "", *table]
    return [*short, "", *lines, "", "Versions: " + "; ".join(versions) + "."]


def measure(chrome: Chrome, task: Task) -> list[Series]:
    print(f"train: {task.about}", flush=True)
    contestants = Contestants(entries(chrome, task))
    try:
        contestants.each(lambda runner: runner.prepare(task.plain()))
        # The first epoch compiles, and makes buffers; it is not measured.
        contestants.each(lambda runner: runner.timed("epoch"))
        before = min(COMPARED, task.rounds)
        contestants.interleave(lambda runner: runner.timed(task.timed), before)
        found = contestants.each(lambda runner: runner.accuracy())
        for series, share in zip(contestants.series, found, strict=True):
            series.accuracy = share
        contestants.interleave(lambda runner: runner.timed(task.timed), task.rounds - before)
    finally:
        contestants.close()
    for series in contestants.series:
        shown = f"{series.median:.3f} s" if series.median else series.problem
        print(f"  {series.name} ({series.place}): {shown}", flush=True)
    return contestants.series


def in_short(task: Task, series: list[Series]) -> list[str]:
    """The few figures that a reader wants first; who failed has none."""
    medians = {(one.name, one.place): one.median for one in series if one.median}

    def best(*words: str) -> tuple[str, float] | None:
        """The fastest in Chromium whose name has one of the words."""
        found = [
            (name, value)
            for (name, place), value in medians.items()
            if place == "Chromium" and any(word in name for word in words)
        ]
        return min(found, key=lambda pair: pair[1], default=None)

    def native(name: str) -> tuple[str, float] | None:
        value = medians.get((name, "native"))
        return None if value is None else (f"{name}, native", value)

    rivals = {
        SHIPPED: [
            best(PLAIN, f"{BY_HAND} in"),
            best("model.fit"),
            best("gradients", "onnx"),
            best("jax-js"),
            best("ConvNetJS"),
            native(BY_HAND),
            native(TORCH),
        ],
        f"{NATIVE}, native": [native(BY_HAND), native(TORCH), native(SKLEARN)],
    }
    own = {
        SHIPPED: medians.get((SHIPPED, "Chromium")),
        f"{NATIVE}, native": medians.get((NATIVE, "native")),
    }
    rows = [
        [ours, seconds(value), rival[0], seconds(rival[1]), f"{rival[1] / value:.2f}"]
        for ours, value in own.items()
        if value
        for rival in rivals[ours]
        if rival
    ]
    head = ["pynn", "s", "against", "s", "times as long"]
    return ["", f"{task.about[0].upper()}{task.about[1:]}:", "", *table(head, rows)]
