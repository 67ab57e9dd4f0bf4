"""Dirt on a drawn digit: noise of the paper and specks, told from strokes.

Either would widen the box that the digit is fitted into, and a digit that comes out too small
is misread. Noise is ink too faint for a stroke. A speck is a part too small for how far off it
lies: what is close to the digit belongs to it at any size, what is distant only if it is large.
"""

import numpy as np

from pynn.matmul import Array
from pynn.parts import Page, ends

# Fainter than this is no ink: rounding, not a stroke.
INK = 0.01
# Noise is at most this share of the darkest ink.
NOISE = 0.1
# A part of this share of the digit is never a speck.
LARGE = 0.5
# Strokes are followed from cell to cell; so many of these along the longer side of all ink.
CELLS = 64


def without_dirt(drawing: Array, fitted: int) -> Array:
    """The box that the digit fills in `drawing` (height, width), without noise and specks.

    Ink is 0 to 1, or bytes 0 to 255. What lies within the box stays as it is, noise excepted.
    Ink that fits `fitted` x `fitted` pixels may be an image of MNIST's: it keeps its specks,
    since each pixel is a good part of a stroke there, and noise is half as strong at most.
    A blank drawing gives an empty array.
    """
    least = int(255 * INK) if drawing.dtype == np.uint8 else INK
    while True:
        top, bottom, left, right = ends(drawing > least)
        box = drawing[top:bottom, left:right]
        if not box.size:
            return box
        small = max(box.shape) <= fitted
        step = -(-max(box.shape) // CELLS)
        cells = darkest(box, step)
        page = Page(cells > cells.max() * (NOISE / 2 if small else NOISE))
        # As faint as noise are the soft edges of strokes, up to one of the fitted pixels wide.
        edge = -(-max(cells.shape) // fitted)
        noise = cells[~page.flags(page.grown(page.ink, edge))].max(initial=0)
        digit = page.ink if small else digit_of(page)
        drawing = box
        if digit != page.ink:
            own = page.grown(digit, edge) & ~(page.ink ^ digit)
            top, bottom, left, right = ends(page.flags(own) & (cells > least))
            drawing = box[top * step : bottom * step, left * step : right * step]
        if noise:
            drawing = drawing * (drawing > noise)
        elif drawing.shape == box.shape:
            return box
        # What is left has another box, darkest place and cells: a second look sees more.


def darkest(drawing: Array, step: int) -> Array:
    """The darkest pixel of each cell of step x step pixels, fewer at the far ends."""
    if step == 1:
        return drawing
    for _axis in range(2):
        cells = np.zeros((-(-len(drawing) // step), drawing.shape[1]), drawing.dtype)
        for first in range(step):
            rows = drawing[first::step]
            np.maximum(cells[: len(rows)], rows, out=cells[: len(rows)])
        drawing = cells.T
    return drawing


def digit_of(page: Page) -> int:
    """The set of the ink that makes up the digit: the largest part and what belongs to it."""
    *others, digit = sorted(page.parts(), key=int.bit_count)
    while others and (own := nearest_own(page, digit, others)):
        digit |= own
        others = [part for part in others if not part & digit]
    return digit


def nearest_own(page: Page, digit: int, others: list[int]) -> int:
    """The set of those parts among the others that belong to the digit and are nearest to it."""
    top, bottom, left, right = ends(page.flags(digit))
    size = max(bottom - top, right - left)
    reach, gap = page.grown(digit), 0
    while others:
        reach, gap = page.grown(reach), gap + 1
        # Of all separate parts in MNIST's images that hold a tenth of the ink or more, this
        # keeps every one twice over; of those between a twentieth and a tenth, 99 of 100.
        least = digit.bit_count() * min(LARGE, (gap / size) ** 2)
        others = [part for part in others if part.bit_count() >= least]
        own = 0
        for part in others:
            if part & reach:
                own |= part
        if own:
            return own
    return 0
