"""How hands differ: the same strokes turned, stretched, slanted, and drawn less steadily."""

from collections.abc import Sequence

import numpy as np

from pynn.reader.strokes import Stroke

Strokes = Sequence[Stroke]

# Degrees either way; a third more and a wide pad; a tangent; and of a drawing's size.
TURN, WIDER, SLANT, WOBBLE = 30.0, (-0.4, 0.55), 0.15, 0.05
# Width of the pen in pixels of the image.
PEN = (1.4, 3.4)


def varied(strokes: Strokes, rng: np.random.Generator, turn: float = TURN) -> list[Stroke]:
    """The same drawing by another hand. Strokes may be longer than they were, never shorter."""
    places = np.concatenate(strokes)
    middle = (places.min(axis=0) + places.max(axis=0)) / 2
    size = float(np.ptp(places, axis=0).max()) or 1.0
    angle = np.deg2rad(rng.uniform(-turn, turn))
    wide = np.exp(rng.uniform(*WIDER) / 2)
    stretched = np.array([[wide, 0.0], [rng.uniform(-SLANT, SLANT), 1 / wide]])
    turned = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    # A slow wave across the paper, the same for all strokes: they stay together.
    waves = rng.uniform(2.0, 7.0, (2, 2)), rng.uniform(0.0, 6.3, 2), rng.uniform(0, WOBBLE, 2)
    # A pad may be wider than high, and the paper be turned: either may come first.
    first, then = (stretched, turned) if rng.random() < 0.5 else (turned, stretched)
    drawn = []
    for stroke in strokes:
        local = (stroke - middle) / size
        wave = np.sin(local @ waves[0] + waves[1]) * waves[2]
        drawn.append((local + wave) @ first @ then)
    return drawn


def pen(rng: np.random.Generator) -> float:
    return float(rng.uniform(*PEN))
