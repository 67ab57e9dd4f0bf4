"""Seconds for an epoch, of every peer, in turn, and the accuracy that each reaches with it."""

from chrome import Chrome
from peer_list import SHIPPED, entries
from report import epochs_table
from runners import Contestants, Series
from tasks import QUICK, TASKS, Task

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
        "write it. Natively all run on one thread.",
    ]
    versions: dict[str, None] = {}
    for task in (QUICK,) if quick else TASKS:
        series = measure(chrome, task)
        versions |= dict.fromkeys(one.about for one in series if one.about)
        table = epochs_table(series, SHIPPED, 1 + min(COMPARED, task.rounds))
        lines += ["", f"### {task.about[0].upper()}{task.about[1:]}", "", *table]
    return [*lines, "", "Versions: " + "; ".join(versions) + "."]


def measure(chrome: Chrome, task: Task) -> list[Series]:
    print(f"train: {task.about}", flush=True)
    contestants = Contestants(entries(chrome, task))
    try:
        contestants.each(lambda runner: runner.prepare(task.plain()))
        contestants.each(lambda runner: runner.epoch())
        before = min(COMPARED, task.rounds)
        contestants.interleave(lambda runner: runner.epoch(), before)
        found = contestants.each(lambda runner: runner.accuracy())
        for series, share in zip(contestants.series, found, strict=True):
            series.accuracy = share
        contestants.interleave(lambda runner: runner.epoch(), task.rounds - before)
    finally:
        contestants.close()
    for series in contestants.series:
        shown = f"{series.median:.3f} s" if series.median else series.problem
        print(f"  {series.name} ({series.place}): {shown}", flush=True)
    return contestants.series
