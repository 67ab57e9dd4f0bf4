"""What is seen of a network on the plane: its pictures, a point on its way, a guess beside it."""

from dataclasses import asdict
from typing import Any, ClassVar

import numpy as np

from pynn.live.diagnosis import Case, diagnose
from pynn.live.editing import Editing
from pynn.live.frame import Frame, make_frame
from pynn.live.guess import distance, read_guess
from pynn.live.plane import gradients, pictures, way
from pynn.matmul import Array
from pynn.metrics import measure
from pynn.settings import Real

# So many points can be told one by one.
FEW = 8


class Watched(Editing):
    """A run whose frames show the plane.

    sets      points and classes: those to train on first, those to test on last
    examples  the same as the network takes them
    grid      the points of the map
    """

    seen: ClassVar = {
        "touch": (Real("x1", 0.0, -1e3, 1e3), Real("x2", 0.0, -1e3, 1e3)),
        "let_go": (),
        "diagnose": (),
    }

    sets: list[tuple[Array, Array]]
    examples: list[tuple[Array, Array]]
    grid: Array
    classes: int
    touched: Array | None = None
    points_are_new = True

    def touch(self, x1: float, x2: float) -> Frame:
        """A point of the plane, which every frame follows through the network from now on."""
        self.touched = np.array([x1, x2])
        return make_frame({}, way(self.network, self.touched))

    def let_go(self) -> Frame:
        self.touched = None
        return make_frame({})

    def diagnose(self) -> Frame:
        """What holds the training up, as `diagnosis` in the head: code, values, change; or None."""
        case = Case(
            self.settings, self.network, self.examples[0][0], self.step,
            measure(self.network, *self.examples[0], self.steps.loss).accuracy,
            measure(self.network, *self.examples[-1], self.steps.loss).accuracy,
            self.history.whole(), self.status == "diverged",
        )  # fmt: skip
        found = diagnose(case)
        return make_frame({"diagnosis": found and asdict(found)})

    def _shown(self, head: dict[str, Any]) -> Frame:
        """A frame with all that is seen now."""
        arrays = {
            **pictures(self.network, self.grid, self.classes),
            "history": self.history.fresh(),
            **self._answers(),
        }
        if self.settings["guess"]:
            apart = distance(read_guess(self.settings["guess"]), arrays["map"])
            head = {**head, "guess_distance": apart}
        if self.step == self.learned:
            arrays |= gradients(self.network)
        if self.touched is not None:
            arrays |= way(self.network, self.touched)
        if self.points_are_new:
            names = ("train_x", "train_y", "test_x", "test_y")
            arrays |= dict(zip(names, (*self.sets[0], *self.sets[-1]), strict=True))
            self.points_are_new = False
        return make_frame({**head, **self._by_hand()}, arrays)

    def _answers(self) -> dict[str, Array]:
        """(rows, 1) what the network says to each of a few points that have a place each."""
        x, _ = self.sets[0]
        if len(x) > FEW:
            return {}
        return {"answers": np.nan_to_num(self.network.predict(x))}
