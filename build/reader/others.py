"""Drawings that are no digit: letters and signs, scribbles, digits on their side, two in one."""

from collections.abc import Callable, Sequence

import numpy as np

from pynn.reader.strokes import Stroke
from reader.hand import Strokes, varied
from reader.signs import SIGNS, along, bent, written

# Digits that are none when they lie on their side, stand on their head, or are mirrored.
ON_THEIR_SIDE, ON_THEIR_HEAD, MIRRORED = (2, 3, 4, 5, 6, 7, 9), (2, 3, 4, 7), (3, 4, 7, 9)
WAYS = [way for ways in SIGNS.values() for way in ways]

Digits = Callable[[Sequence[int], np.random.Generator], Strokes]
Letters = Sequence[Strokes]


def other(digits: Digits, letters: Letters, rng: np.random.Generator) -> list[Stroke]:
    """Strokes that are no digit; `digits` gives those of one digit out of some."""
    kind = rng.random()
    if kind < 0.28:
        return varied(written(WAYS[rng.integers(len(WAYS))]), rng, turn=20.0)
    if kind < 0.56:
        return varied(letters[int(rng.integers(len(letters)))], rng, turn=20.0)
    if kind < 0.76:
        return varied(scribble(rng), rng)
    if kind < 0.86:
        return varied(turned(digits, rng), rng, turn=15.0)
    if kind < 0.96:
        return varied(beside(digits, rng), rng, turn=10.0)
    return varied(struck_out(digits, rng), rng, turn=15.0)


def scribble(rng: np.random.Generator) -> list[Stroke]:
    """Curves and corners without a meaning, of one stroke to three."""
    kind = rng.random()
    if kind < 0.3:  # to and fro
        turns = int(rng.integers(4, 12))
        across = np.arange(turns) / turns
        up = np.where(np.arange(turns) % 2, 1.0, 0.0) + rng.normal(0, 0.12, turns)
        places = np.column_stack([across * rng.uniform(0.3, 2.0), up])
        return [_drawn(places, rng)]
    if kind < 0.5:  # round and round
        t = np.linspace(0, rng.uniform(2.2, 6) * 2 * np.pi, 90)
        radius = 1 + rng.uniform(-0.1, 0.1) * t + 0.1 * np.sin(t * rng.uniform(0.2, 0.8))
        drift = np.outer(t, rng.uniform(-0.12, 0.12, 2))
        return [np.column_stack([radius * np.cos(t), radius * np.sin(t)]) + drift]
    strokes: list[Stroke] = []
    for _ in range(int(rng.integers(1, 4)) if kind < 0.8 else int(rng.integers(4, 8))):
        count = int(rng.integers(5, 11)) if kind < 0.8 else int(rng.integers(2, 4))
        places = rng.uniform(0, 1, (count, 2))
        strokes.append(_drawn(places, rng))
    return strokes


def turned(digits: Digits, rng: np.random.Generator) -> list[Stroke]:
    """A digit that lies on its side, stands on its head or is mirrored."""
    kind = rng.random()
    if kind < 0.5:
        sign = rng.choice([-1.0, 1.0])
        return [s[:, ::-1] * np.array([sign, -sign]) for s in digits(ON_THEIR_SIDE, rng)]
    if kind < 0.75:
        return [-stroke for stroke in digits(ON_THEIR_HEAD, rng)]
    return [stroke * np.array([-1.0, 1.0]) for stroke in digits(MIRRORED, rng)]


def beside(digits: Digits, rng: np.random.Generator) -> list[Stroke]:
    """Two digits in a row, or three, as if they were one."""
    strokes: list[Stroke] = []
    right = 0.0
    for _ in range(2 if rng.random() < 0.75 else 3):
        own = digits(range(10), rng)
        places = np.concatenate(own)
        low, size = places.min(axis=0), max(float(np.ptp(places[:, 1])), 1.0)
        places = (places - low) / size
        strokes += [(stroke - low) / size + np.array([right, 0.0]) for stroke in own]
        right += float(places[:, 0].max()) + rng.uniform(0.02, 0.6)
    return strokes


def struck_out(digits: Digits, rng: np.random.Generator) -> list[Stroke]:
    """A digit under lines that go to and fro across all of it."""
    own = list(digits(range(10), rng))
    places = np.concatenate(own)
    low, size = places.min(axis=0), np.ptp(places, axis=0)
    turns = int(rng.integers(3, 8))
    across = np.column_stack([np.linspace(-0.1, 1.1, turns), np.arange(turns) % 2])
    return [*own, along((across if rng.random() < 0.5 else across[:, ::-1]) * size + low)]


def _drawn(places: Stroke, rng: np.random.Generator) -> Stroke:
    return bent(places) if rng.random() < 0.5 else along(places)
