"""Reads what a hand has drawn: a digit or a whole number, from the strokes of the pen.

The networks that do it, `digits.npz` and `likeness.npz`, come from `build/train_reader.py`.
"""

from pynn.reader.reader import Digit, Reader, Reading, shipped
from pynn.reader.strokes import image_of

__all__ = ["Digit", "Reader", "Reading", "image_of", "shipped"]
