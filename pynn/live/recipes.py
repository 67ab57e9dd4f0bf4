"""A published program runs as a recipe, a slice at a time, next to its published results."""

import inspect
import time
from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np

from pynn.datasets.mnist import TEST, file_names
from pynn.live.experiment import MILLISECONDS, Experiment, deadline_in
from pynn.live.folder import MNISTFolder
from pynn.live.frame import Frame, make_frame, to_scale
from pynn.matmul import Array
from pynn.recipes import RECIPES, changed, perform
from pynn.recipes.events import Compared, Event, File, Line, Picture, Point, Progress
from pynn.settings import Choice, Table, check
from pynn.steps import Diverged

MOST_IMAGES = 32
# What a recipe's curves run along.
ALONG = {"skyone": "images", "nielsen": "epochs", "bp_mnist": "epochs"}

TABLE: Table = (
    Choice("recipe", "eleven_lines", tuple(RECIPES)),
    Choice("length", "short", ("short", "full")),
)


class RecipesExperiment(Experiment):
    """One recipe at a time, at full length or shortened as the recipe itself says."""

    table: ClassVar[Table] = TABLE
    actions: ClassVar = {"advance": (MILLISECONDS,), "reset": (), "file": ()}

    def __init__(self, settings: dict[str, Any], folder: MNISTFolder) -> None:
        self.settings, self.folder = settings, folder
        self.module = RECIPES[settings["recipe"]]
        self.options = run_options(settings)
        self._start()

    @staticmethod
    def needs(settings: dict[str, Any], folder: MNISTFolder) -> list[str]:
        """MNIST's files that the run reads and that are not there yet."""
        images = run_options(settings).get("images")
        if images is None:
            return []
        return folder.absent([*file_names("train", images), *file_names("test", TEST)])

    def _start(self) -> None:
        self.status, self.reason = "ready", None
        self.done = 0.0
        self.compared: list[list[str]] = []
        self.curves: list[str] = []
        self.kept: File | None = None
        self._forget()
        self.events: Iterator[Event] = perform(
            self.settings["recipe"], self.options, self.folder.path
        )

    def _forget(self) -> None:
        """Lines, points and pictures are told once."""
        self.lines: list[str] = []
        self.points: list[tuple[float, float, float]] = []
        self.picture: Picture | None = None

    def opened(self) -> Frame:
        name = self.settings["recipe"]
        published = [
            [key, [texts] if isinstance(texts, str) else list(texts)]
            for key, texts in self.module.PUBLISHED.items()
        ]
        return self._frame(
            {
                "settings": dict(self.settings),
                "title": self.module.TITLE,
                "source": self.module.SOURCE,
                "about": inspect.getdoc(self.module) or "",
                "code": inspect.getsource(self.module),
                "published": published,
                "curve_x": ALONG.get(name, "updates"),
                "has_short": bool(self.module.SHORT),
                "changes": [[key, *values] for key, values in changed(name, self.options).items()],
            }
        )

    def advance(self, milliseconds: float) -> Frame:
        """Runs for about that long."""
        deadline = deadline_in(milliseconds)
        if self.status == "ready":
            self.status = "running"
        while self.status == "running":
            try:
                self._take(next(self.events))
            except StopIteration:
                self.status, self.done = "finished", 1.0
            except Diverged:
                self._diverge("loss_not_finite")
            if time.perf_counter() >= deadline:
                break
        return self._frame({})

    def reset(self) -> Frame:
        """The same start again."""
        self._start()
        return self.opened()

    def file(self) -> Frame:
        """The file that the program has written, as the frame's blob."""
        return make_frame({}, blob=self.kept.content if self.kept else None)

    def _take(self, event: Event) -> None:
        match event:
            case Progress(done):
                self.done = done
            case Line(text):
                self.lines.append(text)
            case Point(curve, x, y):
                if curve not in self.curves:
                    self.curves.append(curve)
                self.points.append((float(self.curves.index(curve)), x, y))
            case Compared(name, published, here):
                self.compared.append([name, published, here])
            case Picture():
                self.picture = event
            case File():
                self.kept = event

    def _frame(self, head: dict[str, Any]) -> Frame:
        arrays: dict[str, Array] = {"points": np.array(self.points).reshape(-1, 3)}
        state: dict[str, Any] = {
            "done": self.done,
            "status": self.status,
            "reason": self.reason,
            "lines": self.lines,
            "compared": list(self.compared),
            "curves": list(self.curves),
            "file": self.kept.name if self.kept else None,
        }
        if self.picture is not None and self.picture.name == "weights":
            arrays["weights"] = to_scale(self.picture.images[:MOST_IMAGES], axis=(1, 2))
        elif self.picture is not None:
            arrays["map"] = self.picture.images
            for name, points in self.picture.points.items():
                arrays[f"map_{name}"] = points
            state["extent"] = list(self.picture.extent or ())
        frame = make_frame({**head, **state}, arrays)
        self._forget()
        return frame


def run_options(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings of the recipe's own run for this length."""
    module = RECIPES[settings["recipe"]]
    return check(module.TABLE, module.SHORT if settings["length"] == "short" else {})
