"""What a program shows, drawn by matplotlib where it is installed: `pip install matplotlib`.

    with show.to(Figures()):              # windows, which follow the program
        ...
    with show.to(Figures("pictures")):    # or PNG files in a folder
        ...

In a notebook the first leads to its cells, with curves of a `fit` in the place of its bar.

`pynn run PROGRAM.py --figures` does the same for a program as it stands. Text goes to the terminal.
"""

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from pynn.paths import as_path
from pynn.show.items import Diagram, Images, Item, Plane, Point
from pynn.show.terminal import Terminal

if TYPE_CHECKING:
    from pynn.show.notebook import Notebook

BETWEEN = 0.5  # seconds from one drawing to the next
MOST_IMAGES = 64
FILES_ONLY = ("agg", "cairo", "pdf", "pgf", "ps", "svg", "template")  # backends without windows
COLOURS = ("#e58a3c", "#3f82c4", "#2f9e78", "#b56fae")  # of classes


class Figures:
    """A figure for each chart, each image's name, the plane and the network.

    folder  where `close` writes them as PNG files; None: windows, if matplotlib can open some
    Raises ValueError where matplotlib is missing.
    """

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        try:
            import matplotlib
            import matplotlib.pyplot as plt
        except ImportError:
            raise ValueError(
                "Figures: expected matplotlib to be installed, got none; pip install matplotlib"
            ) from None
        self.folder = None if folder is None else as_path("Figures", folder)
        self.plt, self.terminal = plt, Terminal()
        backend = matplotlib.get_backend().lower()
        self.live = self.folder is None and backend not in FILES_ONLY
        self.notebook = inline() if self.live and "inline" in backend else None
        self.curves: dict[str, dict[str, list[tuple[float, float]]]] = {}
        self.waiting: dict[str, Callable[[Any], None]] = {}  # what draws a figure, by its name
        self.names: list[str] = []
        self._drawn = time.monotonic()

    def item(self, item: Item) -> None:
        if self.notebook is not None:
            self.notebook.item(item)
            return
        match item:
            case Point(curve, x, y, chart):
                chart = chart or "curves"
                self.curves.setdefault(chart, {}).setdefault(curve, []).append((x, y))
                self._wants(chart, lambda axes: draw_curves(axes, self.curves[chart]))
            case Images(name, images, signed):
                self._wants(name or "image", lambda axes: draw_images(axes, images, signed))
            case Plane():
                chances = item.chances()
                self._wants("map", lambda axes: draw_plane(axes, item, chances))
            case Diagram(_, _, weights):
                self.terminal.item(item)
                if weights and max(max(matrix.shape) for matrix in weights) <= MOST_IMAGES:
                    self._wants("network", lambda axes: draw_network(axes, weights))
            case _:
                self.terminal.item(item)

    def progress(self, share: float) -> None:
        (self.notebook or self.terminal).progress(share)

    def close(self) -> None:
        """The last pictures: written to the folder, or shown until their windows are closed."""
        if self.notebook is not None:
            self.notebook.draw()
        self._draw()
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name in self.names:
                self.plt.figure(name).savefig(self.folder / f"{file_name(name)}.png", dpi=120)
        elif self.live:
            self.plt.show()
        for name in self.names:
            self.plt.close(name)

    def _wants(self, name: str, draw: Callable[[Any], None]) -> None:
        self.waiting[name] = draw
        if name not in self.names:
            self.names.append(name)
        if self.live and time.monotonic() - self._drawn > BETWEEN:
            self._draw()
            self.plt.pause(0.001)
            self._drawn = time.monotonic()

    def _draw(self) -> None:
        for name, draw in self.waiting.items():
            figure = self.plt.figure(name)
            figure.clear()
            axes = figure.add_subplot()
            axes.set_title(name)
            draw(axes)
        self.waiting = {}


def inline() -> "Notebook | None":
    """The cells of a notebook, in which a picture changes in place; pyplot only adds pictures."""
    from pynn.show.cell import kernel_shell

    if kernel_shell() is None:
        return None
    from pynn.show.notebook import Notebook

    return Notebook()


def draw_curves(axes: Any, curves: dict[str, list[tuple[float, float]]]) -> None:
    for name, points in curves.items():
        axes.plot(*zip(*points, strict=True), label=name)
    axes.legend()


def draw_images(axes: Any, images: Any, signed: bool) -> None:
    """Side by side, in about as many rows as columns."""
    some = np.asarray(images[:MOST_IMAGES], float)
    count, height, width = some.shape
    columns = int(np.ceil(np.sqrt(count * height / width)))
    rows = -(-count // columns)
    whole = np.full((rows * (height + 1) - 1, columns * (width + 1) - 1), np.nan)
    for k, image in enumerate(some):
        down, across = divmod(k, columns)
        top, left = down * (height + 1), across * (width + 1)
        whole[top : top + height, left : left + width] = image
    limit = np.nanmax(np.abs(whole)) if np.isfinite(whole).any() else 1.0
    words = {"cmap": "PuOr_r", "vmin": -limit, "vmax": limit} if signed else {"cmap": "gray_r"}
    axes.imshow(whole, **words)
    axes.set_axis_off()


def draw_plane(axes: Any, plane: Plane, chances: Any) -> None:
    axes.set_xlim(plane.extent[:2])
    axes.set_ylim(plane.extent[2:])
    if len(chances) == 1:
        axes.imshow(chances[0], extent=plane.extent, cmap="PuOr", vmin=0.0, vmax=1.0)
    else:
        winners = chances.argmax(axis=0)
        axes.imshow(winners, extent=plane.extent, cmap="tab10", vmin=0, vmax=9, alpha=0.5)
    for part, rows in plane.points.items():
        colours = [COLOURS[int(label) % len(COLOURS)] for label in rows[:, 2]]
        face = colours if part == "train" else "none"
        axes.scatter(rows[:, 0], rows[:, 1], facecolors=face, edgecolors=colours)


def draw_network(axes: Any, weights: list[Any]) -> None:
    """Units as dots, a line for each weight: as thick as it is large, blue where positive."""
    sizes = [weights[0].shape[0], *(matrix.shape[1] for matrix in weights)]
    largest = max(float(np.abs(matrix).max()) for matrix in weights) or 1.0
    places = [np.arange(size) - (size - 1) / 2 for size in sizes]
    for layer, matrix in enumerate(weights):
        for (i, j), weight in np.ndenumerate(matrix):
            axes.plot(
                [layer, layer + 1],
                [places[layer][i], places[layer + 1][j]],
                color="#3f82c4" if weight > 0 else "#e58a3c",
                linewidth=4 * abs(float(weight)) / largest,
                zorder=1,
            )
    for layer, units in enumerate(places):
        axes.scatter([layer] * len(units), units, color="white", edgecolors="black", zorder=2)
    axes.set_axis_off()


def file_name(name: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in name).strip("-") or "picture"
