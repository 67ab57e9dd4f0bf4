"""What is seen of a network on the plane: its pictures, a point on its way, a guess beside it."""

from dataclasses import asdict
from typing import Any, ClassVar

import numpy as np

from pynn.classes import class_numbers, cut_between
from pynn.frame import Frame, make_frame
from pynn.live.diagnosis import Case, diagnose
from pynn.live.editing import Editing
from pynn.live.guess import distance, read_guess
from pynn.live.inside import Inside, net
from pynn.live.planar_points import inputs
from pynn.live.plane import feature_pictures, gradients, pictures, way
from pynn.matmul import Array
from pynn.metrics import count_pairs
from pynn.settings import Flag, Integer, Real

# So many points can be told one by one.
FEW = 8
# Numbers of a point of the curve that every frame tells; the rest comes behind.
TOLD = 5


class Watched(Editing):
    """A run whose frames show the plane.

    sets      points and classes: those to train on first, those to test on last
    examples  the same as the network takes them
    grid      what the network is told of the points of the map
    """

    seen: ClassVar = {
        "touch": (Real("x1", 0.0, -1e3, 1e3), Real("x2", 0.0, -1e3, 1e3)),
        "let_go": (),
        "watch": (Flag("confusion", False), Flag("timed", False), Integer("inside", 0, 0, 8)),
        "diagnose": (),
    }

    sets: list[tuple[Array, Array]]
    examples: list[tuple[Array, Array]]
    grid: Array
    low: float
    high: float
    classes: int
    train_accuracy: float
    accuracy: float
    touched: Array | None = None
    confused = False
    timed = False
    inside: Inside | None = None
    points_are_new = True

    def touch(self, x1: float, x2: float) -> Frame:
        """A point of the plane, which every frame follows through the network from now on."""
        self.touched = np.array([[x1, x2]])
        return make_frame({}, self._way(self.touched))

    def _way(self, point: Array) -> dict[str, Array]:
        """The point (1, 2) and all that comes of it."""
        return {"touch/point": point[0], **way(self.network, self._inputs(point))}

    def let_go(self) -> Frame:
        self.touched = None
        return make_frame({})

    def watch(self, confusion: bool, timed: bool, inside: int) -> Frame:
        """What every frame has from now on besides the plane, and has at once.

        confusion  the matrix of the test points, `confusion` (true class, answer)
        timed      the new points of the curve with mini-batches and seconds, as `timed` (n, 7);
                   at once all of them
        inside     the hidden layer whose view of the plane is shown, as `pynn.live.inside` has
                   it; 0 for none, and beyond the last for the last
        """
        layers = len(self.network.neurons) - 1
        layer = min(inside, layers)
        self.confused = confusion and self.classes > 0
        if layer == 0:
            self.inside = None
        elif self.inside is None or self.inside.layer != layer:
            self.inside = Inside(layer, self._inputs(net(self.low, self.high)))
        self.timed = timed
        head: dict[str, Any] = {}
        arrays = self._watched(head) | ({"timed": self.history.whole()} if timed else {})
        return make_frame(head, arrays)

    def _watched(self, head: dict[str, Any]) -> dict[str, Array]:
        """The arrays of what is watched; the head is told what it is."""
        arrays: dict[str, Array] = {}
        if self.confused:
            rows, targets = self.examples[-1]
            cut = cut_between(targets, self.network.last.activation)
            told = class_numbers(np.nan_to_num(self.network.predict(rows)), cut)
            arrays["confusion"] = count_pairs(class_numbers(targets, cut), told, self.classes)
        if self.inside is not None:
            more, share = self.inside.pictures(self.network, self.examples[0][0])
            head |= {"inside": self.inside.layer, "inside_share": share}
            arrays |= more
        return arrays

    def diagnose(self) -> Frame:
        """What holds the training up, as `diagnosis` in the head: code, values, change; or None."""
        case = Case(
            self.settings, self.network, self.examples[0][0], self.step,
            self.train_accuracy, self.accuracy, self.history.whole(), self.status == "diverged",
        )  # fmt: skip
        found = diagnose(case)
        return make_frame({"diagnosis": found and asdict(found)})

    def _shown(self, head: dict[str, Any]) -> Frame:
        """A frame with all that is seen now."""
        arrays = pictures(self.network, self.grid, self.classes)
        fresh = self.history.fresh()
        arrays |= {"history": fresh[:, :TOLD], **self._answers()}
        if self.timed:
            arrays["timed"] = fresh
        if self.settings["guess"]:
            apart = distance(read_guess(self.settings["guess"]), arrays["map"])
            head = {**head, "guess_distance": apart}
        if self.step == self.learned:
            arrays |= gradients(self.network)
        if self.touched is not None:
            arrays |= self._way(self.touched)
        head = dict(head)
        arrays |= self._watched(head)
        if self.points_are_new:
            names = ("train_x", "train_y", "test_x", "test_y")
            arrays |= dict(zip(names, (*self.sets[0], *self.sets[-1]), strict=True))
            arrays["inputs"] = feature_pictures(self.grid)
            self.points_are_new = False
        return make_frame({**head, **self._by_hand()}, arrays)

    def _inputs(self, x: Array) -> Array:
        """What the network is told of points (n, 2)."""
        return inputs(self.settings, x)

    def _answers(self) -> dict[str, Array]:
        """(rows, 1) what the network says to each of a few points that have a place each."""
        x, _ = self.sets[0]
        if len(x) > FEW:
            return {}
        return {"answers": np.nan_to_num(self.network.predict(self._inputs(x)))}
