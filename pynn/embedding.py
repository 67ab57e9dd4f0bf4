"""Rows of many numbers as points of the plane: their widest spread, or who is near whom.

principal axes  the two directions in which the rows spread most (PCA)
t-SNE           neighbours stay neighbours; what is far apart means little
                (van der Maaten and Hinton 2008, "Visualizing data using t-SNE")
"""

import numpy as np

from pynn.chance import Seed, stream
from pynn.matmul import Array

# Steps that draw neighbours together strongly, how strongly, and momentum before and after.
EARLY, EXAGGERATION, MOMENTA = 100, 12.0, (0.5, 0.8)
# Of a row, by whose places a new one finds its own.
NEIGHBOURS = 5
# The smallest probability, and how narrow the gains of a step may become.
LEAST, LEAST_GAIN = 1e-12, 0.01


class Principal:
    """The plane of the widest spread.

    places  (n, 2) of the rows, measured from their mean
    share   of all spread that the plane shows, 0 to 1
    """

    def __init__(self, rows: Array, like: "Principal | None" = None) -> None:
        """like  another one, whose axes point the same way: a sign means nothing"""
        self.mean = rows.mean(axis=0)
        centred = (rows - self.mean).astype(np.float64)
        _, sizes, axes = np.linalg.svd(centred, full_matrices=False)
        self.axes = np.zeros((2, rows.shape[1]))
        self.axes[: min(2, len(axes))] = axes[:2]
        if like is not None and like.axes.shape == self.axes.shape:
            turned = (self.axes * like.axes).sum(axis=1) < 0
            self.axes[turned] *= -1.0
        spread = float((sizes**2).sum())
        self.share = float((sizes[:2] ** 2).sum()) / spread if spread else 1.0
        self.places = centred @ self.axes.T

    def place(self, row: Array) -> Array:
        """(2,) of another row."""
        made: Array = (row - self.mean) @ self.axes.T
        return made


class Neighbours:
    """t-SNE, step by step; exact, so for some hundred rows.

    places  (n, 2) as they are by now
    steps   done so far
    """

    def __init__(self, rows: Array, perplexity: float = 30.0, seed: Seed = 0) -> None:
        """perplexity  about how many neighbours each row has; less than a third of the rows"""
        self.rows, self.steps = rows.astype(np.float64), 0
        count = len(rows)
        self._near = affinities(self.rows, min(perplexity, max(1.0, (count - 1) / 3)))
        self.places = Principal(rows).places
        largest = float(np.abs(self.places).max()) or 1.0
        noise = stream("Neighbours", seed, "noise").normal(0.0, 1e-4, self.places.shape)
        self.places = self.places / largest * 1e-2 + noise
        self._velocity = np.zeros_like(self.places)
        self._gains = np.ones_like(self.places)
        self._rate = max(count / EXAGGERATION / 4.0, 50.0)

    def step(self) -> None:
        """One step down the divergence of the two tables of neighbours."""
        early = self.steps < EARLY
        near = self._near * EXAGGERATION if early else self._near
        apart = squares(self.places)
        heavy = 1.0 / (1.0 + apart)
        np.fill_diagonal(heavy, 0.0)
        shown = np.maximum(heavy / heavy.sum(), LEAST)
        pull = (near - shown) * heavy
        gradient = 4.0 * (pull.sum(axis=1)[:, np.newaxis] * self.places - pull @ self.places)
        same_way = np.sign(gradient) == np.sign(self._velocity)
        gains = np.where(same_way, 0.8 * self._gains, self._gains + 0.2)
        self._gains = np.maximum(gains, LEAST_GAIN)
        self._velocity = MOMENTA[not early] * self._velocity - self._rate * self._gains * gradient
        self.places = self.places + self._velocity
        self.places -= self.places.mean(axis=0)
        self.steps += 1

    def place(self, row: Array) -> Array:
        """(2,) where another row would lie: among those that are most like it."""
        apart = ((self.rows - row) ** 2).sum(axis=1)
        nearest = np.argsort(apart)[:NEIGHBOURS]
        weights = 1.0 / (apart[nearest] + 1e-9)
        made: Array = weights @ self.places[nearest] / weights.sum()
        return made


def squares(rows: Array) -> Array:
    """(n, n) squared distances."""
    lengths = (rows**2).sum(axis=1)
    apart: Array = np.maximum(lengths[:, np.newaxis] + lengths - 2.0 * rows @ rows.T, 0.0)
    return apart


def affinities(rows: Array, perplexity: float) -> Array:
    """(n, n) how likely two rows are neighbours, all of them together 1.

    Around each row lies a normal distribution, as wide as gives it that perplexity.
    """
    apart = squares(rows)
    count = len(rows)
    others = ~np.eye(count, dtype=bool)
    scale = float(apart[others].mean()) or 1.0
    near = np.zeros((count, count))
    for row in range(count):
        low, high, precision = 0.0, np.inf, 1.0 / scale
        own = apart[row, others[row]]
        for _ in range(50):
            chance = np.exp(-(own - own.min()) * precision)
            chance /= chance.sum()
            entropy = -float((chance * np.log(np.maximum(chance, LEAST))).sum())
            if abs(entropy - np.log(perplexity)) < 1e-4:
                break
            if entropy > np.log(perplexity):
                low = precision
                precision = precision * 2 if np.isinf(high) else (precision + high) / 2
            else:
                high, precision = precision, (precision + low) / 2
        near[row, others[row]] = chance
    together: Array = np.maximum((near + near.T) / (2 * count), LEAST)
    return together
