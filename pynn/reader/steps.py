"""How a drawing becomes the image that a network sees, step by step; each step can be left out.

With all of them it is `image_of`: MNIST's images were made so, and a network that has learned from
those is lost on others.
"""

from collections.abc import Sequence

import numpy as np

from pynn.digits import BOX, SIDE
from pynn.matmul import Array
from pynn.reader.strokes import (
    MARGIN,
    PEN,
    Stroke,
    box_of,
    centre_of,
    fitted,
    image_of,
    inked,
    size_of,
)

STEPS = ("drawn", "scaled", "inked", "centred")


def steps_of(
    strokes: Sequence[Stroke],
    pen: float,
    width: float,
    *,
    scale: bool = True,
    ink: bool = True,
    centre: bool = True,
) -> Array:
    """(4, 28, 28), 0 to 1: the image after each of `STEPS`; one that is left out changes nothing.

    pen     its width on the paper, in the places' unit
    width   of the paper, which is 1 high
    scale   the drawing is made as large as a box of 20 x 20 pixels
    ink     it is inked with a pen in proportion to the box, however wide the pen was
    centre  its centre of mass is put in the middle
    """
    made = np.zeros((len(STEPS), SIDE, SIDE))
    if not strokes:
        return made
    pixel = SIDE / max(width, 1.0)
    lines, thick = _moved(strokes, pixel, (SIDE - np.array([width, 1.0]) * pixel) / 2), pen * pixel
    made[0] = inked(lines, thick)
    if scale:
        factor = BOX / (size_of(strokes) + pen or 1.0)
        lines, thick = _in_the_middle(_moved(strokes, factor)), pen * factor
    made[1] = inked(lines, thick)
    if ink:
        is_dot = size_of(strokes) == 0
        thick = BOX if is_dot and scale else PEN
        lines = _in_the_middle(fitted(strokes, thick)) if scale else lines
    made[2] = inked(lines, thick)
    if centre and scale and ink:
        made[3] = image_of(strokes).reshape(SIDE, SIDE)
    elif centre:
        away = np.rint(SIDE / 2 + 0.5 - centre_of(made[2]))
        made[3] = inked([line + away for line in lines], thick)
    else:
        made[3] = made[2]
    return made


def _moved(strokes: Sequence[Stroke], factor: float, start: Array | float = MARGIN) -> list[Stroke]:
    return [stroke * factor + start for stroke in strokes]


def _in_the_middle(lines: Sequence[Stroke]) -> list[Stroke]:
    """The same, their box in the middle of the image."""
    left, top, right, bottom = box_of(lines)
    away = SIDE / 2 - np.array([(left + right) / 2, (top + bottom) / 2])
    return [line + away for line in lines]
