"""A published program runs as a recipe, a slice at a time, next to its published results."""

import time
from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np

from pynn.datasets.mnist import TEST, file_names
from pynn.frame import Frame, make_frame, to_scale
from pynn.live.experiment import MILLISECONDS, Experiment, deadline_in
from pynn.live.folder import MNISTFolder
from pynn.matmul import Array
from pynn.recipes import RECIPES
from pynn.recipes.programs import program
from pynn.settings import Choice, Table, check
from pynn.show.items import Images, Plane
from pynn.show.record import Record, curves
from pynn.show.script import Script
from pynn.show.stage import Stage
from pynn.steps import Diverged

MOST_IMAGES = 32
KINDS = ("map", "image")  # of pictures

TABLE: Table = (
    Choice("recipe", "eleven_lines", tuple(RECIPES)),
    Choice("length", "short", ("short", "full")),
)


class RecipesExperiment(Experiment):
    """One recipe at a time, at full length or shortened as the program itself says."""

    table: ClassVar[Table] = TABLE
    actions: ClassVar = {"advance": (MILLISECONDS,), "reset": (), "file": ()}

    def __init__(self, settings: dict[str, Any], folder: MNISTFolder) -> None:
        self.settings, self.folder = settings, folder
        self.program, self.options = program_of(settings)
        self._start()

    @staticmethod
    def needs(settings: dict[str, Any], folder: MNISTFolder) -> list[str]:
        """MNIST's files that the run reads and that are not there yet."""
        images = program_of(settings)[1].get("images")
        if images is None:
            return []
        return folder.absent([*file_names("train", images), *file_names("test", TEST)])

    def _start(self) -> None:
        self.status, self.reason = "ready", None
        self.record, self.curves = Record(), dict[str, int]()
        stage = Stage(self.record, {**self.options, "data": str(self.folder.path)})
        self.slices: Iterator[None] = self.program.slices(stage)

    def opened(self) -> Frame:
        recipe = RECIPES[self.settings["recipe"]]
        changed = self.program.changed(self.options)
        return self._frame(
            {
                "settings": dict(self.settings),
                "title": recipe.TITLE,
                "source": recipe.SOURCE,
                "about": self.program.about,
                "code": self.program.text,
                "published": [[name, texts] for name, texts in self.program.published.items()],
                "picture": next((kind for kind in KINDS if kind in self.program.shows), None),
                "has_short": bool(self.program.short),
                "changes": [[key, *values] for key, values in changed.items()],
            }
        )

    def advance(self, milliseconds: float) -> Frame:
        """Runs for about that long."""
        deadline = deadline_in(milliseconds)
        if self.status == "ready":
            self.status = "running"
        while self.status == "running":
            try:
                next(self.slices)
            except StopIteration:
                self.status = "finished"
            except Diverged:
                self._diverge("loss_not_finite")
            if time.perf_counter() >= deadline:
                break
        return self._frame({})

    def file(self) -> Frame:
        """The file that the program has written, as the frame's blob."""
        files = list(self.record.files.values())
        return make_frame({}, blob=files[-1].content if files else None)

    def _frame(self, head: dict[str, Any]) -> Frame:
        taken = self.record.take()
        for name in curves(taken):
            self.curves.setdefault(name, len(self.curves))
        points = [(float(self.curves[point.curve]), point.x, point.y) for point in taken.points]
        arrays: dict[str, Array] = {"points": np.array(points).reshape(-1, 3)}
        compared = self.record.compared
        state: dict[str, Any] = {
            "done": 1.0 if self.status == "finished" else self.record.share,
            "status": self.status,
            "reason": self.reason,
            "lines": taken.lines,
            "compared": [[one.name, one.published, one.here, dict(one.at)] for one in compared],
            "curves": list(self.curves),
            "file": next(reversed(self.record.files), None),
        }
        for images in taken.images.values():
            arrays["image"] = pixels(images)
        if taken.plane is not None:
            arrays |= {"map": taken.plane.chances(), **marks(taken.plane)}
            state["extent"] = list(taken.plane.extent)
        return make_frame({**head, **state}, arrays)


def pixels(images: Images) -> Array:
    """The first few images: of weights within -1 to 1, of others within 0 to 1."""
    some = images.images[:MOST_IMAGES]
    if images.signed:
        return to_scale(some, axis=(1, 2))
    low = some.min(axis=(1, 2), keepdims=True)
    return to_scale(some - low, axis=(1, 2))


def marks(plane: Plane) -> dict[str, Array]:
    return {f"map_{name}": rows for name, rows in plane.points.items()}


def program_of(settings: dict[str, Any]) -> tuple[Script, dict[str, Any]]:
    """The recipe's program, and the settings of a run of this length."""
    script = program(settings["recipe"])
    return script, check(script.table, script.short if settings["length"] == "short" else {})
