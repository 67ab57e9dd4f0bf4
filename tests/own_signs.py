"""Signs of one's own, as one hand writes them again and again; strokes as the desk takes them."""

import numpy as np
from reader.hand import varied
from reader.signs import SIGNS, written

from pynn.reader.strokes import Stroke

END = np.full((1, 2), np.nan)


def drawn(sign: str, rng: np.random.Generator) -> list[Stroke]:
    """A third of the pad high or so, turned by up to 15 degrees, and never quite the same."""
    return [0.3 * stroke + 0.2 for stroke in varied(written(SIGNS[sign][0]), rng, 15.0)]


def as_bytes(*strokes: Stroke) -> bytes:
    return np.vstack([part for s in strokes for part in (s, END)]).astype("<f4").tobytes()
