"""Letters are no digits: ways to write them that no network has learned from."""

import numpy as np
import pytest
from reader.hand import pen, varied
from reader.signs import bent

from pynn.reader import Reader
from pynn.reader.reader import LEAST
from pynn.reader.strokes import image_of

# A letter's strokes in a square of ten, as somebody prints them.
LETTERS = {
    "A": ["0,10 5,0 10,10", "2,6 8,6"],
    "C": ["9,2 7,0 3,0 0,3 0,7 3,10 7,10 9,8"],
    "E": ["8,0 1,0 1,10 8,10", "1,5 7,5"],
    "F": ["8,0 1,0 1,10", "1,5 6,5"],
    "H": ["1,0 1,10", "9,0 9,10", "1,5 9,5"],
    "J": ["7,0 7,8 5,10 2,10 1,8"],
    "K": ["1,0 1,10", "8,0 1,6", "3,4 9,10"],
    "M": ["0,10 1,0 5,7 9,0 10,10"],
    "N": ["1,10 1,0 9,10 9,0"],
    "P": ["1,10 1,0 6,0 8,1 8,4 6,5 1,5"],
    "Q": ["5,0 1,2 0,5 1,8 5,10 9,8 10,5 9,2 5,0", "6,7 10,11"],
    "R": ["1,10 1,0 6,0 8,1 8,4 6,5 1,5", "4,5 9,10"],
    "T": ["0,0 10,0", "5,0 5,10"],
    "V": ["0,0 5,10 10,0"],
    "W": ["0,0 2,10 5,3 8,10 10,0"],
    "X": ["0,0 10,10", "10,0 0,10"],
    "d": ["7,0 7,10", "7,5 5,4 2,4 1,6 1,9 3,10 5,10 7,8"],
    "e": ["1,6 8,6 8,4 6,2 3,2 1,4 1,8 3,10 6,10 8,9"],
    "h": ["1,0 1,10", "1,5 4,3 6,4 7,6 7,10"],
    "k": ["1,0 1,10", "6,4 1,7 7,10"],
    "m": ["0,3 0,10", "0,5 2,3 4,4 4,10", "4,5 6,3 8,4 8,10"],
    "n": ["1,3 1,10", "1,5 4,3 6,4 7,6 7,10"],
    "r": ["1,3 1,10", "1,6 3,3 6,3"],
    "t": ["4,0 4,9 6,10 8,9", "1,3 8,3"],
    "w": ["0,3 2,10 4,5 6,10 8,3"],
    "x": ["1,3 8,10", "8,3 1,10"],
}


def strokes(letter: str) -> list[np.ndarray]:
    return [np.array([p.split(",") for p in line.split()], float) for line in LETTERS[letter]]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rounded", [False, True])
def test_letters_are_no_digits_printed_or_rounded(seed: int, rounded: bool) -> None:
    rng = np.random.default_rng(seed)

    def hand(letter: str) -> list[np.ndarray]:
        lines = [bent(s) if rounded and len(s) > 2 else s for s in strokes(letter)]
        return varied(lines, rng, turn=20.0)

    written = [hand(letter) for letter in LETTERS for _ in range(10)]
    images = np.stack([image_of(letter, pen(rng)) for letter in written])
    reader = Reader()
    likeness = np.array([like for _, like in reader.see(images.reshape(-1, 28, 28, 1))])
    assert (likeness < LEAST).mean() >= 0.97
    # Nor are two halves of a letter: a V is no 11.
    read = [any(digit.is_digit for digit in reader.read(one).digits) for one in written]
    assert np.mean(read) <= 0.06
