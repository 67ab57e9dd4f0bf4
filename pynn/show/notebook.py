"""What a program shows in a notebook: below its cell, each thing an output that changes in place.

What has a name takes the place of what had it before in that cell. Without a name it takes
the place of what the same call in the program showed, so a loop has one output. Pictures are
drawn by matplotlib where it is installed; its pyplot is left to the person.
"""

import binascii
import io
import sys
import time
from collections.abc import Callable, Hashable
from itertools import islice
from pathlib import Path
from typing import Any

from pynn.show.bars import Bar
from pynn.show.cell import Output, kernel_shell
from pynn.show.figures import MOST_IMAGES, draw_curves, draw_images, draw_network, draw_plane
from pynn.show.html import compared_table, diagram_table, html_table
from pynn.show.items import Compared, Diagram, File, Images, Item, Line, Plane, Point, Table

BETWEEN = 0.5  # seconds from one drawing to the next
AT_ONCE = 6  # drawings of a cell that need not wait

Draw = Callable[[Any], None]


class Notebook:
    """A new cell begins with new outputs; what still waits is drawn when a cell is over."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.outputs: dict[Hashable, Output] = {}
        self.curves: dict[str, dict[str, list[tuple[float, float]]]] = {}
        self.waiting: dict[Hashable, tuple[str, Draw]] = {}  # titles, and what draws them
        self.compared: list[Compared] = []
        self.bar, self.share = Bar(), 0.0
        self.drawings, self.drawn = 0, 0.0
        self.watching: Any = None

    def item(self, item: Item) -> None:
        self._watch()
        match item:
            case Line(text):
                print(text)
            case Point(curve, x, y, chart):
                curves = self.curves.setdefault(chart, {})
                curves.setdefault(curve, []).append((x, y))
                self._wants(chart, ("chart", chart), lambda axes: draw_curves(axes, curves), item)
            case Images(name, images, signed):
                key = ("image", name or calling())
                self._wants(name, key, lambda axes: draw_images(axes, images, signed))
            case Plane():
                chances = item.chances()
                key = ("map", calling())
                self._wants("", key, lambda axes: draw_plane(axes, item, chances))
            case Diagram(_, _, weights):
                place = calling()
                self._show(("layers", place), diagram_table(item))
                if weights and max(max(matrix.shape) for matrix in weights) <= MOST_IMAGES:
                    self._wants("", ("network", place), lambda axes: draw_network(axes, weights))
            case Table(name, head, rows):
                self._show(("table", name or calling()), html_table(head, rows, name))
            case Compared():
                self.compared.append(item)
                self._show("compared", compared_table(self.compared))
            case File(name, content):
                Path(name).write_bytes(content)
                print(f"saved {name}")

    def progress(self, share: float) -> None:
        self._watch()
        if share < self.share:  # another loop
            self.bar = Bar()
        self.share = share
        self.bar.draw(share)
        if self.waiting and time.monotonic() - self.drawn > BETWEEN:
            self.draw()

    def draw(self) -> None:
        """All pictures that wait."""
        for key, (title, draw) in self.waiting.items():
            self._show(key, picture(title, draw))
        self.waiting = {}
        self.drawings, self.drawn = self.drawings + 1, time.monotonic()

    def _wants(self, title: str, key: Hashable, draw: Draw, point: Point | None = None) -> None:
        self.waiting[key] = title, draw
        if point is not None and point.more:
            return
        if self.drawings < AT_ONCE or time.monotonic() - self.drawn > BETWEEN:
            self.draw()

    def _show(self, key: Hashable, data: dict[str, str]) -> None:
        self.outputs.setdefault(key, Output()).show(data)

    def _watch(self) -> None:
        """From the first thing that a cell shows to its end."""
        if self.watching is None and (shell := kernel_shell()) is not None:
            self.watching = shell.events
            self.watching.register("post_execute", self._end)

    def _end(self) -> None:
        self.watching.unregister("post_execute", self._end)
        try:
            self.draw()
        finally:
            self._begin()


def picture(title: str, draw: Draw) -> dict[str, str]:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return {
            "text/plain": f"{title} (a picture needs matplotlib: pip install matplotlib)".strip()
        }
    figure, file = Figure(), io.BytesIO()
    draw(figure.add_subplot(title=title))
    figure.savefig(file, format="png", bbox_inches="tight")
    png = binascii.b2a_base64(file.getvalue(), newline=False).decode()
    return {"image/png": png, "text/plain": f"<picture {title}>" if title else "<picture>"}


def calling() -> Hashable:
    """Which calls of the program are at work, from that of `show` on; a line may have several."""
    places: list[Hashable] = []
    frame = sys._getframe()
    while frame is not None:
        if not str(frame.f_globals.get("__name__")).startswith("pynn.show."):
            # An instruction has two bytes. IPython makes code of each statement by itself.
            position = next(islice(frame.f_code.co_positions(), frame.f_lasti // 2, None))
            places.append((frame.f_code.co_filename, position))
        frame = frame.f_back  # type: ignore[assignment]
    return tuple(places)
