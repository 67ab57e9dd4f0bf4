"""Reads what a hand has drawn: a digit or a whole number, from the strokes of the pen.

The networks that do it, `digits.npz` and `likeness.npz`, come from `build/train_reader.py`.
A `Hand` of your own examples teaches it letters and signs, or digits as you write them:

    hand = Hand.from_bytes(Path("hand.npz").read_bytes())
    teaching = Teaching(hand, mixed=(x_train, y_train))
    for epoch in teaching:
        print(epoch, teaching.own, teaching.digits)
    teaching.reader().read(strokes).text
"""

from pynn.reader.hand import Hand
from pynn.reader.own import OwnReader, Teaching
from pynn.reader.reader import Digit, Reader, Reading, shipped
from pynn.reader.strokes import image_of

__all__ = ["Digit", "Hand", "OwnReader", "Reader", "Reading", "Teaching", "image_of", "shipped"]
