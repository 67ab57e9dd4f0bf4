"""The plane as a hidden layer bends it: a net of lines, and the points, carried through it."""

import numpy as np

from pynn.matmul import Array
from pynn.network import Network

# Lines of the net along each side.
LINES = 49


def net(low: float, high: float) -> Array:
    """Where the lines cross (LINES^2, 2), the top row first."""
    along = np.linspace(low, high, LINES)
    x, y = np.meshgrid(along, along[::-1])
    return np.column_stack([x.ravel(), y.ravel()])


class Inside:
    """What one layer makes of the plane, as two numbers for each place.

    Two units are shown directly, one along a line, more by the two directions in which the
    points are spread the most. Those turn as the layer learns; from one picture to the next
    they are turned back, so that the picture does not spin.
    """

    def __init__(self, layer: int, net: Array) -> None:
        self.layer = layer  # of the hidden ones, from 1
        self._net = net  # what the network is told of the net's crossings
        self._axes: Array | None = None

    def pictures(self, network: Network, rows: Array) -> tuple[dict[str, Array], float]:
        """
        rows           what the network is told of the points
        inside/net     (LINES, LINES, 2) where the crossings come to lie
        inside/points  (n, 2) and the points
        inside/answers (LINES, LINES, outputs) what the network says at the crossings
        Returns the share of the points' spread that two directions show, 0 to 1, too.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            points = self._said(network, rows)
            crossings = self._said(network, self._net)
            answers = np.nan_to_num(network.last.output)
        axes, share = self._directions(points)
        shape = (LINES, LINES, -1)
        shown = {
            "inside/net": (crossings @ axes).reshape(shape),
            "inside/points": points @ axes,
            "inside/answers": answers.reshape(shape),
        }
        return shown, share

    def _said(self, network: Network, rows: Array) -> Array:
        """(n, units) what the layer says to these rows."""
        network.forward(network.as_input(rows))
        return np.nan_to_num(network.neurons[self.layer - 1].output).astype(np.float64)

    def _directions(self, points: Array) -> tuple[Array, float]:
        """(units, 2) the axes of the picture, and how much of the spread they show."""
        units = points.shape[1]
        if units <= 2:
            return np.eye(units, 2), 1.0
        centred = points - points.mean(axis=0)
        spread, directions = np.linalg.eigh(centred.T @ centred)
        axes = directions[:, :-3:-1]
        if self._axes is not None and self._axes.shape == axes.shape:
            # The turn in their plane that brings them nearest to the axes of before.
            left, _, right = np.linalg.svd(axes.T @ self._axes)
            axes = axes @ left @ right
        self._axes = axes
        total = float(spread.sum())
        return axes, float(spread[-2:].sum()) / total if total else 1.0
