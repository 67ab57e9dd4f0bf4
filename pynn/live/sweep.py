"""One setting at several values, or from several seeds: as many runs, trained in turn.

One run is luck. Each of them is the very run that the playground makes of its settings.
"""

from typing import Any, ClassVar

import numpy as np

from pynn.frame import Frame, make_frame
from pynn.live import planar_task as task
from pynn.live.experiment import MILLISECONDS, Experiment, deadline_in
from pynn.live.folder import MNISTFolder
from pynn.live.planar import PlanarExperiment
from pynn.live.planar_points import inputs
from pynn.live.plane import answers, grid
from pynn.matmul import Array
from pynn.settings import Choice, Integer, SettingsError, Table, Text

MOST_RUNS = 20
# Along a side of a small map.
SIDE = 24
# What belongs to one run alone.
ALONE = task.ASIDE | {"edits"}
VARIED = tuple(setting.name for setting in task.TABLE if setting.name not in {"points", *ALONE})
BETWEEN = "|"


class SweepExperiment(Experiment):
    """Runs of the playground that differ in one setting.

    vary    its name
    values  of the runs, with | between them: "0.01|0.1|1", "adam|sgd", "8|8,8"
    epochs  after which it is over
    """

    table: ClassVar[Table] = (
        *(setting for setting in task.TABLE if setting.name not in ALONE),
        Choice("vary", "seed", VARIED),
        Text("values", "1|2|3", 2_000),
        Integer("epochs", 200, 1, 100_000),
    )
    actions: ClassVar = {"advance": (MILLISECONDS,)}

    def __init__(self, settings: dict[str, Any], folder: MNISTFolder) -> None:
        self.settings, self.epochs = settings, settings["epochs"]
        named = {setting.name: setting for setting in task.TABLE}
        base = {name: settings.get(name, named[name].read(named[name].default)) for name in named}
        setting = named[settings["vary"]]
        parts = settings["values"].split(BETWEEN)
        if not 1 <= len(parts) <= MOST_RUNS:
            raise SettingsError(
                "runs", f"values: expected 1 to {MOST_RUNS} values, got {len(parts)}",
                name="values", got=len(parts), low=1, high=MOST_RUNS,
            )  # fmt: skip
        values = [setting.read(part.strip()) for part in parts]
        self.values = [part.strip() for part in parts]
        self.runs = [PlanarExperiment({**base, setting.name: value}, folder) for value in values]
        self.grids = [inputs(run.settings, grid(run.low, run.high, SIDE)) for run in self.runs]

    def opened(self) -> Frame:
        first = self.runs[0]
        head = {
            "extent": [first.low, first.high, first.low, first.high],
            "settings": self.settings | {"features": list(self.settings["features"])},
            "values": self.values,
            "classes": [run.classes for run in self.runs],
        }
        return self._frame(head)

    def advance(self, milliseconds: float) -> Frame:
        """Trains for about that long, the run that is the least far first, an epoch at a time."""
        deadline = deadline_in(milliseconds)
        while left := [run for run in self.runs if not self._is_over(run)]:
            run = min(left, key=lambda one: one.epoch)
            run.train(deadline, run.epoch + 1)
            if deadline_in(0.0) >= deadline:
                break
        return self._frame({})

    def _is_over(self, run: PlanarExperiment) -> bool:
        return run.epoch >= self.epochs or run.status == "diverged"

    def _frame(self, head: dict[str, Any]) -> Frame:
        """
        maps/I     the plane as run I sees it, (SIDE, SIDE) or (classes, SIDE, SIDE)
        curves     (n, 6) new points: the run, its epoch, losses and accuracies
        """
        arrays: dict[str, Array] = {}
        points = []
        for place, run in enumerate(self.runs):
            arrays[f"maps/{place}"] = answers(run.network, self.grids[place], run.classes)
            fresh = run.history.fresh()[:, :5]
            points.append(np.column_stack([np.full(len(fresh), float(place)), fresh]))
        arrays["curves"] = np.concatenate(points)
        over = all(self._is_over(run) for run in self.runs)
        told = [
            {name: _plain(getattr(run, name)) for name in
             ("epoch", "train_loss", "test_loss", "accuracy", "status")}
            for run in self.runs
        ]  # fmt: skip
        return make_frame(
            {**head, "runs": told, "status": "finished" if over else "running"}, arrays
        )


def _plain(value: Any) -> Any:
    """A loss that is not finite has no plain number."""
    return None if isinstance(value, float) and not np.isfinite(value) else value
