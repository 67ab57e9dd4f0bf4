"""Drawings as they come from a page: the strokes of a pen, or a grey picture."""

import numpy as np
import numpy.typing as npt

from pynn.digits import SIDE
from pynn.reader.strokes import Stroke
from pynn.settings import Bytes, Integer, Real, SettingsError
from pynn.settings.kinds import check_size

# x, y of every place of the pen, as float32; NaN, NaN ends a stroke.
STROKES = Bytes("strokes", 1 << 20)
PLACE = 8
# Width of the pen, in the places' unit.
PEN = Real("pen", 0.0, 0.0, 1e6)
# An image of a digit as a network sees it: 784 float32, 0 to 1.
IMAGE = Bytes("image", 4 * SIDE * SIDE)
# Of a picture: its sides, and its grey row by row.
PICTURE = (
    Integer("width", 28, 2, 2000),
    Integer("height", 28, 2, 2000),
    Bytes("grey", 2000 * 2000),
)


def image_from(content: bytes) -> npt.NDArray[np.float32]:
    """(784,) the image that IMAGE describes. Raises SettingsError."""
    check_size("image", content, 4 * SIDE * SIDE)
    pixels: npt.NDArray[np.float32] = np.nan_to_num(np.frombuffer(content, "<f4")).clip(0.0, 1.0)
    return pixels


def picture_from(width: int, height: int, grey: bytes) -> npt.NDArray[np.uint8]:
    """The picture that PICTURE describes. Raises SettingsError."""
    check_size("grey", grey, width * height, f" for {width} x {height}")
    return np.frombuffer(grey, np.uint8).reshape(height, width)


def strokes_from(content: bytes) -> list[Stroke]:
    """The strokes that STROKES describes. Raises SettingsError."""
    if len(content) % PLACE:
        raise _refusal(f"whole places of {PLACE} bytes, got {len(content)} bytes")
    places = np.frombuffer(content, "<f4").reshape(-1, 2).astype(np.float64)
    ends = np.isnan(places).all(axis=1)
    if not np.isfinite(places[~ends]).all() or np.abs(places[~ends]).max(initial=0.0) > 1e6:
        raise _refusal("places of the pen between -1e6 and 1e6, got others")
    strokes = np.split(places, np.flatnonzero(ends))
    return [kept for stroke in strokes if len(kept := stroke[~np.isnan(stroke[:, 0])])]


def _refusal(wanted: str) -> SettingsError:
    return SettingsError(
        "type", f"strokes: expected {wanted}", name="strokes", got="", wanted="strokes"
    )
